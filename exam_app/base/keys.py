"""base.keys — the keys of this installation, made at first run and kept outside the database and the repository."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from flask import current_app

from exam_app.base.chance import token

KEY_BYTES = 32
NAMES = ("session", "audit", "receipts", "papers", "personal", "codes", "emergency")
METRICS = "metrics.token"


@dataclass(frozen=True, kw_only=True)
class Keyring:
    """One secret for each purpose; `folder` also holds the committees' signing keys, `metrics` opens the figures."""

    folder: Path
    session: bytes
    audit: bytes
    receipts: bytes
    papers: bytes
    personal: bytes
    codes: bytes
    emergency: bytes
    metrics: str


def load_keys(folder: Path) -> Keyring:
    """Read the keys, making those that do not exist yet; safe when several processes start at once."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    secrets = {name: read_or_make(folder / f"{name}.key") for name in NAMES}
    metrics = read_or_make(folder / METRICS, f"{token()}\n".encode()).decode().strip()
    return Keyring(folder=folder, metrics=metrics, **secrets)


def are_readable(folder: Path) -> bool:
    """Whether every secret can be read, and is whole."""
    try:
        return all(len((folder / f"{name}.key").read_bytes()) == KEY_BYTES for name in NAMES)
    except OSError:
        return False


def read_or_make(path: Path, fresh: bytes | None = None) -> bytes:
    """Return the secret in the file; if there is none, write one that appears whole or not at all."""
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
        draft.touch(mode=0o600)
        draft.write_bytes(os.urandom(KEY_BYTES) if fresh is None else fresh)
        try:
            os.link(draft, path)  # unlike rename, never replaces the key that another process made first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()


def keys() -> Keyring:
    """Return the keys of the running application."""
    return cast(Keyring, current_app.extensions["exam_keys"])
