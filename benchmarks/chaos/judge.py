"""benchmarks.chaos.judge — compares what was acknowledged, and what was marked, with what is in the database.

It reads plain SQL, checks signatures with the public key alone and marks by itself; of the product it uses nothing.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from benchmarks.chaos.ledger import Acknowledged, Answer, HandedIn, Ledger
from benchmarks.chaos.marker import hundredths, judge_paper
from benchmarks.chaos.reader import Database, Kept, Mark, Result, Sitting, Slot

CODE_LETTERS = "34679ACDEFGHJKMNPQRTWXY"
OVERDUE_FOR = timedelta(seconds=10)


@dataclass
class Verdict:
    """What was found; every count must be 0."""

    acknowledged_lost: int = 0
    marks_differing: int = 0
    sittings_stuck: int = 0
    receipts_false: int = 0
    seals_differing: int = 0
    shown_differing: int = 0
    named: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was found."""
        return not any(value for value in asdict(self).values())

    def name(self, what: str) -> None:
        """Describe the first few findings for the report."""
        if len(self.named) < 20:
            self.named.append(what)


class Evidence:
    """The database after the exam, read once."""

    def __init__(self, database: Database) -> None:
        self.sittings: dict[int, Sitting] = {row.id: row for row in database.sittings()}
        self.counted = {_answer(row): row for row in database.kept("answer_event")}
        self.late: dict[Answer, list[Kept]] = defaultdict(list)
        for row in database.kept("late_event"):
            self.late[_answer(row)].append(row)
        self.slots: dict[int, list[Slot]] = defaultdict(list)
        for slot in database.slots():
            self.slots[slot.paper].append(slot)
        self.results: dict[int, Result] = {row.sitting: row for row in database.results()}
        self.marks: dict[int, list[Mark]] = defaultdict(list)
        for mark in database.marks():
            self.marks[mark.result].append(mark)
        self.journals: dict[int, list[Kept]] = defaultdict(list)
        for answer in sorted(self.counted.values(), key=lambda row: row.revision):
            self.journals[answer.sitting].append(answer)

    def counting(self, sitting: int) -> dict[int, str]:
        """Return the answer of each slot with the highest revision."""
        return {row.slot: row.response for row in self.journals[sitting]}


def judge(database: Database, keys: Path, ledger: Ledger, now: datetime) -> Verdict:
    """Judge the whole exam."""
    verdict, evidence = Verdict(), Evidence(database)
    public = Ed25519PrivateKey.from_private_bytes((keys / "receipts.key").read_bytes()).public_key()
    for acknowledged in ledger.acknowledgements():
        _judge_acknowledged(verdict, evidence, acknowledged, public)
    for handed in ledger.handed:
        _judge_handed(verdict, evidence, handed)
    for sitting in evidence.sittings.values():
        _judge_sitting(verdict, evidence, sitting, now)
    return verdict


def _judge_acknowledged(
    verdict: Verdict, evidence: Evidence, acknowledged: Acknowledged, public: Ed25519PublicKey
) -> None:
    counted = evidence.counted.get(acknowledged.answer)
    rows = evidence.late.get(acknowledged.answer, []) if acknowledged.late else [counted] if counted else []
    if not rows:
        verdict.acknowledged_lost += 1
        verdict.name(f"acknowledged and lost: {acknowledged}")
    elif not any(row.receipt == acknowledged.receipt and _is_signed(public, row) for row in rows):
        verdict.receipts_false += 1
        verdict.name(f"the receipt is not the one kept: {acknowledged}")


def _judge_handed(verdict: Verdict, evidence: Evidence, handed: HandedIn) -> None:
    """What travelled with a hand-in that got a code was acknowledged by it; the code must be that of the seal."""
    missing = [answer for answer in handed.unsent if answer not in evidence.counted and answer not in evidence.late]
    verdict.acknowledged_lost += len(missing)
    for answer in missing:
        verdict.name(f"handed in and lost: {answer}")
    sitting = evidence.sittings[handed.sitting]
    if short_code(sitting.seal) != handed.code:
        verdict.seals_differing += 1
        verdict.name(f"sitting {sitting.id}: the code {handed.code} is not that of its seal")
    is_late = any(answer in evidence.late for answer in handed.unsent)
    counting = {slot: text for slot, text in evidence.counting(handed.sitting).items() if text}
    if handed.is_calm and not is_late and counting != handed.shown:
        verdict.shown_differing += 1
        verdict.name(f"sitting {sitting.id}: shown {handed.shown}, counted {counting}")


def _judge_sitting(verdict: Verdict, evidence: Evidence, sitting: Sitting, now: datetime) -> None:
    result = evidence.results.get(sitting.id)
    if sitting.state == "open":
        if sitting.saves_close_at < now - OVERDUE_FOR:
            verdict.sittings_stuck += 1
            verdict.name(f"sitting {sitting.id} is still open")
        return
    if result is None or result.state == "waiting":
        verdict.sittings_stuck += 1
        verdict.name(f"sitting {sitting.id} is closed without a mark")
        return
    if sitting.seal != seal_of(sitting.id, evidence.journals[sitting.id]):
        verdict.seals_differing += 1
        verdict.name(f"sitting {sitting.id}: the seal is not that of its journal")
    _judge_marks(verdict, evidence, sitting, result)


def _judge_marks(verdict: Verdict, evidence: Evidence, sitting: Sitting, result: Result) -> None:
    counting = evidence.counting(sitting.id)
    expected = judge_paper(evidence.slots[sitting.paper], counting, sitting.rules)
    found = {mark.slot: mark for mark in evidence.marks[result.id]}
    for slot, worth in expected.items():
        mark = found.get(slot)
        is_equal = mark is not None and (
            (hundredths(mark.marks), hundredths(mark.fraction), mark.response)
            == (worth.hundredths, worth.halves * 50, counting.get(slot, ""))
        )
        if not is_equal:
            verdict.marks_differing += 1
            verdict.name(f"sitting {sitting.id} slot {slot}: {mark}, should be {worth}")
    total = sum(worth.hundredths for worth in expected.values())
    passed = total >= sitting.rules["pass_mark"] * 100
    if (hundredths(result.score), result.passed) != (total, passed) or len(found) != len(expected):
        verdict.marks_differing += 1
        verdict.name(f"sitting {sitting.id}: {result}, should be {total} hundredths")


def unfinished(database: Database) -> int:
    """Return how many sittings are open or unmarked now."""
    rows = database.rows("""SELECT count(*) FROM sitting s LEFT JOIN result r ON r.sitting_id = s.id
                            WHERE s.state = 'open' OR r.id IS NULL OR r.state = 'waiting'""")
    return int(rows[0][0])


def seal_of(sitting: int, journal: Iterable[Kept]) -> str:
    """Return the hash over a journal as the printed rule says."""
    lines: list[Any] = [[row.revision, row.slot, row.response, _stamp(row.server_at)] for row in journal]
    text = json.dumps([sitting, lines], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def short_code(seal: str) -> str:
    """Return the eight letters of a seal."""
    number, letters = int(seal[:24] or "0", 16), ""
    for _place in range(8):
        number, place = divmod(number, len(CODE_LETTERS))
        letters += CODE_LETTERS[place]
    return f"{letters[:4]}-{letters[4:]}"


def _answer(row: Kept) -> Answer:
    return Answer(row.sitting, row.slot, row.response, row.revision)


def _is_signed(public: Ed25519PublicKey, row: Kept) -> bool:
    text = f"receipt 1|{row.sitting}|{row.slot}|{row.response}|{row.revision}|{_stamp(row.server_at)}"
    try:
        public.verify(bytes.fromhex(row.receipt), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _stamp(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
