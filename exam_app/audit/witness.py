"""audit.witness — the heads of the chains, written to a file outside the database.

Whoever cuts the end off a chain and mends its head in the database is contradicted by this file. It may lag
behind by what a crash left unwritten, never run ahead.
"""

import os
from pathlib import Path

from exam_app.audit.rules import FIRST_HASH
from exam_app.base.keys import keys


def append_head(committee_id: int, sequence: int, mark: str) -> None:
    """Add one line; a single short write in append mode is whole even with several processes."""
    line = f"{committee_id} {sequence} {mark}\n".encode()
    handle = os.open(_path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, line)
    finally:
        os.close(handle)


def read_heads() -> dict[int, tuple[int, str]]:
    """Return the furthest head witnessed for each committee."""
    heads: dict[int, tuple[int, str]] = {}
    path = _path()
    if not path.exists():
        return heads
    for line in path.read_text().splitlines():
        committee, sequence, mark = line.split()
        if int(sequence) >= heads.get(int(committee), (0, FIRST_HASH))[0]:
            heads[int(committee)] = (int(sequence), mark)
    return heads


def _path() -> Path:
    return keys().folder.parent / "audit-heads.log"
