"""base.chance — the only source of chance.

Draws that must be provable afterwards use `rng(seed)`; secrets use the system's generator. The alphabet of
codes that people type leaves out what looks alike (0 O, 1 I L, 2 Z, 5 S, 8 B, U V).
"""

import random
import secrets
from random import Random

Rng = Random
CODE_ALPHABET = "34679ACDEFGHJKMNPQRTWXY"


def rng(seed: str) -> Rng:
    """Return a generator whose draws depend on the seed alone."""
    return random.Random(seed)


def seed() -> str:
    """Return a fresh seed of 128 bits, as hexadecimal text."""
    return secrets.token_hex(16)


def token(size: int = 32) -> str:
    """Return an unguessable token for headers and addresses; `size` counts bytes."""
    return secrets.token_urlsafe(size)


def code(length: int) -> str:
    """Return an unguessable code that a person can read and type (4.5 bits a character)."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))


def drawn_code(source: Rng, length: int) -> str:
    """Return a typable code drawn from a seeded generator; for the demo only."""
    return "".join(source.choice(CODE_ALPHABET) for _ in range(length))
