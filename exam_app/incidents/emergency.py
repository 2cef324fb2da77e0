"""incidents.emergency — the emergency file: its key, its bytes, and how its answers differ from the journal. Pure.

A file is one line that can be read (`EXAM-EMERGENCY 1 <sitting> <device>`), a nonce of 16 bytes, the answers as JSON
under a keystream of HMAC-SHA-256 blocks, and an HMAC-SHA-256 over all of it. The browser makes it without
crypto.subtle, which plain http lacks; the key is one a sitting and device, so no file opens another's.
"""

import hmac
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from exam_app.base.crypto import canonical, keyed_hash, same, sha256
from exam_app.sittings.errors import AnswerInvalid
from exam_app.sittings.rules import MOST_SLOTS, Acknowledged, check_answer

LARGEST_FILE = 1024 * 1024
FIRST_LINE = re.compile(rb"EXAM-EMERGENCY 1 ([1-9][0-9]{0,9}) ([0-9a-f]{16})\n")
HIGHEST_ID = 2**31 - 1
DEVICE_DIGITS, NONCE_BYTES, BLOCK_BYTES = 16, 16, 32


class Header(NamedTuple):
    """What a file says before it is opened: the sitting, and how the hash of its device's token begins."""

    sitting_id: int
    device: str
    length: int


@dataclass(frozen=True, kw_only=True)
class FileAnswer:
    """One answer as the page held it.

    `base` is the newest revision of the server that the page knew when the answer was given, `tried` the answers it
    replaced without an acknowledgement; `saved_at` is the server's time where the page had a receipt.
    """

    slot: int
    response: str
    revision: int
    base: int
    tried: frozenset[str]
    is_acknowledged: bool
    client_at: datetime | None
    saved_at: datetime | None


@dataclass(frozen=True)
class Content:
    """What is in a file: whose it is, when it was made by the clock of that computer, and every answer held."""

    admission_number: str
    made_at: datetime | None
    answers: tuple[FileAnswer, ...]


class Difference(StrEnum):
    """How an answer of the file stands to the server's."""

    EQUAL = "equal"
    ONLY_SERVER = "only_server"
    ONLY_FILE = "only_file"
    NEWER = "newer"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Compared:
    """One question: the server's answer, the file's, and how they differ."""

    slot: int
    server: Acknowledged | None
    file: FileAnswer | None
    difference: Difference

    @property
    def is_open(self) -> bool:
        """Whether there is something to choose."""
        return self.difference not in (Difference.EQUAL, Difference.ONLY_SERVER)

    @property
    def prefers_file(self) -> bool:
        """Whether the file's answer is proposed: it is, unless the server holds one that came later."""
        return self.difference in (Difference.ONLY_FILE, Difference.NEWER)


def key_of(secret: bytes, sitting_id: int, device: str) -> bytes:
    """Return the key of the files that one device makes for one sitting; `device` is the hash of its token."""
    return bytes.fromhex(keyed_hash(secret, "emergency", str(sitting_id), device))


def read_header(content: bytes) -> Header | None:
    """Return what a file says before it is opened; None where it is no emergency file."""
    found = FIRST_LINE.match(content) if len(content) <= LARGEST_FILE else None
    if found is None or int(found[1]) > HIGHEST_ID or len(content) < found.end() + NONCE_BYTES + BLOCK_BYTES:
        return None
    return Header(int(found[1]), found[2].decode(), found.end())


def open_file(content: bytes, header: Header, key: bytes) -> Content | None:
    """Return what is in a file; None if one byte is not as its device wrote it."""
    body, code = content[:-BLOCK_BYTES], content[-BLOCK_BYTES:]
    if not same(_mac(_mac(key, b"authenticate"), body).hex(), code.hex()):
        return None
    nonce = body[header.length : header.length + NONCE_BYTES]
    plain = _unmask(_mac(key, b"encrypt"), nonce, body[header.length + NONCE_BYTES :])
    try:
        return _read(json.loads(plain), header.sitting_id)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, AnswerInvalid):
        return None


def compare(journal: Iterable[Acknowledged], answers: Iterable[FileAnswer]) -> list[Compared]:
    """Return every question that either side answered, in order.

    As in the browser (resume.js): what the server took after the file's base, and is none of the answers tried here,
    was given elsewhere or later; it came later by the server's own order, so it stands until a person decides.
    """
    server = {answer.slot: answer for answer in sorted(journal)}
    file = {answer.slot: answer for answer in answers}
    return [_compared(slot, server.get(slot), file.get(slot)) for slot in sorted({*server, *file})]


def fingerprint(rows: Iterable[Compared]) -> str:
    """Return what a comparison is recognised by: a newer answer on the server makes it another one."""
    return sha256(canonical([[row.slot, row.server and row.server.revision, row.difference] for row in rows]).encode())


def device_at(devices: Iterable[tuple[datetime, str]], instant: datetime) -> str:
    """Return at which device a sitting was at an instant, from since when it was at which; earliest first."""
    return next((device for since, device in reversed(list(devices)) if since <= instant), "")


def _compared(slot: int, server: Acknowledged | None, file: FileAnswer | None) -> Compared:
    if file is None:
        difference = Difference.ONLY_SERVER
    elif (server.response if server else "") == file.response:
        difference = Difference.EQUAL
    elif server is None:
        difference = Difference.ONLY_FILE
    elif server.revision <= file.base or server.response in file.tried:
        difference = Difference.NEWER
    else:
        difference = Difference.CONFLICT
    return Compared(slot, server, file, difference)


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(key, message, "sha256")


def _unmask(key: bytes, nonce: bytes, masked: bytes) -> bytes:
    blocks = -(-len(masked) // BLOCK_BYTES)
    stream = b"".join(_mac(key, nonce + number.to_bytes(4, "big")) for number in range(blocks))[: len(masked)]
    return (int.from_bytes(masked, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(masked), "big")


def _read(document: Mapping[str, Any], sitting_id: int) -> Content:
    """Read the document strictly; anything unexpected raises."""
    listed = document["answers"]
    if document["version"] != 1 or document["sitting"] != sitting_id or len(listed) > MOST_SLOTS:
        raise ValueError("not a file of this sitting")
    answers = tuple(_read_answer(each) for each in listed)
    if len({answer.slot for answer in answers}) < len(answers):
        raise ValueError("two answers to one question")
    return Content(str(document["admissionNumber"]), read_instant(document["madeAt"]), answers)


def _read_answer(each: Mapping[str, Any]) -> FileAnswer:
    slot, response, revision, base = each["slot"], each["response"], each["revision"], each["base"]
    tried = frozenset(str(one) for one in each["tried"])
    if any(type(number) is not int for number in (slot, revision, base)) or not isinstance(response, str):
        raise ValueError("not an answer")
    check_answer(slot, response, revision)
    saved_at = datetime.fromisoformat(each["savedAt"]) if each["savedAt"] else None
    return FileAnswer(
        slot=slot,
        response=response,
        revision=revision,
        base=base,
        tried=tried,
        is_acknowledged=each["acknowledged"] is True,
        client_at=read_instant(each["clientAt"]),
        saved_at=saved_at.astimezone(UTC) if saved_at and saved_at.tzinfo else None,
    )


def read_instant(milliseconds: object) -> datetime | None:
    """Return the client's clock as an instant; None where it cannot be one, for it proves nothing anyway."""
    if not isinstance(milliseconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
