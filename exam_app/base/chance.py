"""base.chance — the only source of chance.

Secrets use the system's generator. Draws that must be provable afterwards use `rng(seed)`. An entrance that must make
the same things every time (the demo) opens `repeatable(seed)` around its work. The alphabet of codes that people type
leaves out what looks alike (0 O, 1 I L, 2 Z, 5 S, 8 B, U V).
"""

import base64
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import Random

Rng = Random
CODE_ALPHABET = "34679ACDEFGHJKMNPQRTWXY"
_source: ContextVar[Random] = ContextVar("source", default=secrets.SystemRandom())  # noqa: B039 - holds no state


def rng(seed: str) -> Rng:
    """Return a generator whose draws depend on the seed alone."""
    return random.Random(seed)


@contextmanager
def repeatable(seed: str) -> Iterator[None]:
    """Make every seed, token and code inside the block depend on the given seed alone. Never in a real office."""
    kept = _source.set(rng(seed))
    try:
        yield
    finally:
        _source.reset(kept)


def seed() -> str:
    """Return a fresh seed of 128 bits, as hexadecimal text."""
    return f"{_source.get().getrandbits(128):032x}"


def token(size: int = 32) -> str:
    """Return an unguessable token for headers and addresses; `size` counts bytes."""
    return base64.urlsafe_b64encode(_source.get().randbytes(size)).rstrip(b"=").decode()


def code(length: int) -> str:
    """Return an unguessable code that a person can read and type (4.5 bits a character)."""
    return "".join(_source.get().choice(CODE_ALPHABET) for _ in range(length))
