"""audit.rules — what a hash of the chain covers, and how a broken chain shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from exam_app.base.crypto import canonical, keyed_hash

FIRST_HASH = "0" * 64


class Entry(Protocol):
    """What an entry must show to be checked."""

    committee_id: Any
    sequence: Any
    actor_id: Any
    actor_name: Any
    verb: Any
    about: Any
    details: Any
    at: Any
    previous_hash: Any
    hash: Any


@dataclass(frozen=True)
class Fault:
    """Where a chain does not hold, and how: edited, removed, reordered, cut_off or head_differs."""

    committee_id: int
    sequence: int
    kind: str


def entry_hash(key: bytes, entry: Entry) -> str:
    """Return the keyed hash over everything the entry says and the hash before it."""
    at: datetime = entry.at
    return keyed_hash(
        key,
        str(entry.committee_id),
        str(entry.sequence),
        str(entry.actor_id or ""),
        entry.actor_name,
        entry.verb,
        entry.about,
        canonical(entry.details),
        at.astimezone(UTC).isoformat(),
        entry.previous_hash,
    )


def find_faults(
    key: bytes, committee_id: int, entries: Iterable[Entry], head: tuple[int, str], witnessed: tuple[int, str]
) -> list[Fault]:
    """Check one chain, given in order of storage, against its head in the database and the witnessed one outside."""
    faults: list[Fault] = []
    expected, previous, hashes = 1, FIRST_HASH, {0: FIRST_HASH}
    for entry in entries:
        if entry.sequence > expected:
            faults.append(Fault(committee_id, expected, "removed"))
        elif entry.sequence < expected:
            faults.append(Fault(committee_id, entry.sequence, "reordered"))
        if entry_hash(key, entry) != entry.hash:
            faults.append(Fault(committee_id, entry.sequence, "edited"))
        elif entry.previous_hash != previous and entry.sequence == expected:
            faults.append(Fault(committee_id, entry.sequence, "reordered"))
        previous, expected = entry.hash, entry.sequence + 1
        hashes[entry.sequence] = entry.hash
    last = expected - 1
    if (last, previous) != head:
        faults.append(Fault(committee_id, last + 1, "cut_off" if head[0] > last else "head_differs"))
    elif hashes.get(witnessed[0]) != witnessed[1]:
        faults.append(Fault(committee_id, last + 1, "cut_off" if witnessed[0] > last else "head_differs"))
    return faults
