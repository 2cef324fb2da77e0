"""results.proof — whether answers, seals and marks are still what was acknowledged, sealed and marked.

Judging is pure; reading goes through the sittings in small lots, so that a hundred thousand need no memory.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Select, select

from exam_app.audit.models import AuditEntry
from exam_app.base.crypto import public_key
from exam_app.base.db import db, is_sqlite
from exam_app.base.keys import keys
from exam_app.exams.models import RosterEntry
from exam_app.results import queries
from exam_app.results.models import Mark, Result
from exam_app.results.rules import Decided, overlay
from exam_app.results.states import ResultState
from exam_app.sittings.models import AnswerEvent, JournalSeal, LateEvent, Sitting
from exam_app.sittings.rules import Acknowledged, counting_answers, is_receipt, is_seal, read_seal_text
from exam_app.sittings.states import SittingState

LOT = 200
MARKED = (ResultState.MARKED, ResultState.PUBLISHED)


class FaultKind(StrEnum):
    """What is not as it was."""

    ANSWER_CHANGED = "answer_changed"
    ANSWER_REMOVED = "answer_removed"
    ANSWER_ADDED = "answer_added"
    RECEIPT_FORGED = "receipt_forged"
    LATE_FORGED = "late_forged"
    SEAL_MISSING = "seal_missing"
    SEAL_FORGED = "seal_forged"
    SEAL_NOT_AUDITED = "seal_not_audited"
    MARK_DIFFERS = "mark_differs"
    MARK_MISSING = "mark_missing"


class Said(NamedTuple):
    """An answer as a fault names it."""

    slot: int
    response: str
    at: datetime | None = None


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was: whose, what it was, what it is."""

    kind: FaultKind
    sitting_id: int
    admission_number: str
    was: Said | None = None
    found: Said | None = None


class Kept(NamedTuple):
    """An answer as the database holds it now, and its receipt."""

    answer: Acknowledged
    receipt: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One sitting as the database holds it now; `audited` is the seal on its closing audit line, if there is one."""

    sitting_id: int
    admission_number: str
    is_open: bool
    slots: int
    closed_at: datetime | None
    seal: str
    sealed_text: str | None
    signature: str
    result_state: ResultState | None
    audited: str | None = None
    journal: list[Kept] = field(default_factory=list)
    late: list[Kept] = field(default_factory=list)
    decisions: list[Decided] = field(default_factory=list)
    marks: dict[int, str] = field(default_factory=dict)

    @property
    def sealed_journal(self) -> list[Acknowledged] | None:
        """The journal as it was sealed; None where there is no seal that can be read."""
        return None if self.sealed_text is None else read_seal_text(self.sealed_text)

    def is_sealed(self, public: bytes) -> bool:
        """Whether the seal is genuine."""
        text = self.sealed_text
        return text is not None and is_seal(public, self.sitting_id, self.seal, text, self.signature)

    def fault(self, kind: FaultKind, was: Said | None = None, found: Said | None = None) -> Fault:
        """Return a fault of this sitting."""
        return Fault(kind, self.sitting_id, self.admission_number, was, found)


def faults_of(facts: Facts, public: bytes) -> list[Fault]:
    """Return whatever of a sitting is not as it was acknowledged, sealed and marked; an open one has no seal yet."""
    return [*_seal_faults(facts, public), *_journal_faults(facts, public), *_mark_faults(facts, public)]


def is_intact(facts: Facts, public: bytes) -> bool:
    """Whether a closed sitting's answers are those that were sealed, under a genuine seal."""
    faults = [*_seal_faults(facts, public), *_journal_faults(facts, public)]
    return not facts.is_open and all(fault.kind is FaultKind.LATE_FORGED for fault in faults)


def _seal_faults(facts: Facts, public: bytes) -> Iterator[Fault]:
    if facts.is_open:
        return
    if not facts.seal or facts.sealed_text is None:
        yield facts.fault(FaultKind.SEAL_MISSING)
    elif not facts.is_sealed(public):
        yield facts.fault(FaultKind.SEAL_FORGED)
    if facts.audited is not None and facts.audited != facts.seal:
        yield facts.fault(FaultKind.SEAL_NOT_AUDITED)


def _journal_faults(facts: Facts, public: bytes) -> Iterator[Fault]:
    journal = facts.sealed_journal
    sealed = None if journal is None else {each.revision: each for each in journal}
    for kept in facts.journal:
        yield from _answer_faults(facts, kept, sealed, public)
    there = {each.answer.revision for each in facts.journal}
    for gone in journal or []:
        if gone.revision not in there:
            yield facts.fault(FaultKind.ANSWER_REMOVED, _said(gone))
    for answer, receipt in facts.late:
        if not is_receipt(public, facts.sitting_id, answer, receipt):
            yield facts.fault(FaultKind.LATE_FORGED, None, _said(answer))


def _answer_faults(facts: Facts, kept: Kept, sealed: dict[int, Acknowledged] | None, public: bytes) -> Iterator[Fault]:
    answer = kept.answer
    was = (sealed or {}).get(answer.revision)
    if was is not None and was != answer:
        yield facts.fault(FaultKind.ANSWER_CHANGED, _said(was), _said(answer))
        return
    if sealed is not None and was is None:
        yield facts.fault(FaultKind.ANSWER_ADDED, None, _said(answer))
    if not is_receipt(public, facts.sitting_id, answer, kept.receipt):
        yield facts.fault(FaultKind.RECEIPT_FORGED, None, _said(answer))


def _mark_faults(facts: Facts, public: bytes) -> Iterator[Fault]:
    """Compare the marks with the answers that count: those sealed, where the seal is genuine, else those there are."""
    if facts.result_state is None or (facts.result_state not in MARKED and not facts.marks):
        return
    sealed = facts.sealed_journal if facts.is_sealed(public) else None
    journal = [each.answer for each in facts.journal] if sealed is None else sealed
    counting = overlay(counting_answers(journal), facts.decisions)
    for slot in sorted({*range(1, facts.slots + 1), *facts.marks}):
        was = Said(slot, counting.get(slot, ""))
        if slot not in facts.marks:
            yield facts.fault(FaultKind.MARK_MISSING, was)
        elif facts.marks[slot] != was.response:
            yield facts.fault(FaultKind.MARK_DIFFERS, was, Said(slot, facts.marks[slot]))


def _said(answer: Acknowledged) -> Said:
    return Said(answer.slot, answer.response, answer.server_at)


def read_facts(exam_id: int | None = None) -> Iterator[Facts]:
    """Yield the sittings, of one exam or all, as the database holds them; each lot is read from one snapshot."""
    last = 0
    while True:
        _take_snapshot()
        lot = _lot(exam_id, last)
        if not lot:
            return
        yield from lot
        last = lot[-1].sitting_id


def check(exam_id: int | None = None) -> Iterator[tuple[Facts, list[Fault]]]:
    """Yield each sitting with its faults."""
    public = public_key(keys().receipts)
    for facts in read_facts(exam_id):
        yield facts, faults_of(facts, public)


def read_one(admission_number: str) -> Facts | None:
    """Return the sitting of whoever has this admission number; None if there is none."""
    rows: Sequence[Any] = db.session.execute(_sittings().where(RosterEntry.admission_number == admission_number)).all()
    return _with_answers([tuple(row) for row in rows])[0] if rows else None


def _take_snapshot() -> None:
    """Let the statements that follow see one state of the database, while people sit and results are marked."""
    db.session.rollback()
    if not is_sqlite():
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def _lot(exam_id: int | None, after: int) -> list[Facts]:
    query = _sittings().where(Sitting.id > after).order_by(Sitting.id).limit(LOT)
    if exam_id is not None:
        query = query.where(RosterEntry.exam_id == exam_id)
    rows: Sequence[Any] = db.session.execute(query).all()
    return _with_answers([tuple(row) for row in rows]) if rows else []


def _sittings() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Sitting.id,
            RosterEntry.admission_number,
            Sitting.state,
            Sitting.slots,
            Sitting.closed_at,
            Sitting.seal,
            JournalSeal.text,
            JournalSeal.signature,
            Result.state,
        )
        .join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        .outerjoin(JournalSeal, JournalSeal.sitting_id == Sitting.id)
        .outerjoin(Result, Result.sitting_id == Sitting.id)
    )


def _with_answers(rows: list[tuple[Any, ...]]) -> list[Facts]:
    ids = [row[0] for row in rows]
    journals, late = _kept(AnswerEvent, ids), _kept(LateEvent, ids)
    audited, decisions, marks = _audited(ids), queries.late_decisions(ids), _marks(ids)
    return [
        Facts(
            sitting_id=number,
            admission_number=admission_number,
            is_open=state is SittingState.OPEN,
            slots=slots,
            closed_at=closed_at,
            seal=seal,
            sealed_text=text,
            signature=signature or "",
            result_state=result_state,
            audited=audited.get(number),
            journal=journals.get(number, []),
            late=late.get(number, []),
            decisions=decisions.get(number, []),
            marks=marks.get(number, {}),
        )
        for number, admission_number, state, slots, closed_at, seal, text, signature, result_state in rows
    ]


def _kept(table: type[AnswerEvent] | type[LateEvent], ids: list[int]) -> dict[int, list[Kept]]:
    columns = (table.sitting_id, table.revision, table.slot, table.response, table.server_at, table.receipt)
    rows: Sequence[Any] = db.session.execute(
        select(*columns).where(table.sitting_id.in_(ids)).order_by(table.sitting_id, table.revision)
    ).all()
    found: dict[int, list[Kept]] = {}
    for number, revision, slot, response, server_at, receipt in rows:
        found.setdefault(number, []).append(Kept(Acknowledged(revision, slot, response, server_at), receipt))
    return found


def _marks(ids: list[int]) -> dict[int, dict[int, str]]:
    query = select(Result.sitting_id, Mark.slot, Mark.response).join(Mark, Mark.result_id == Result.id)
    found: dict[int, dict[int, str]] = {}
    for number, slot, response in db.session.execute(query.where(Result.sitting_id.in_(ids))):
        found.setdefault(number, {})[slot] = response
    return found


def _audited(ids: list[int]) -> dict[int, str]:
    about = [f"sitting:{number}" for number in ids]
    query = select(AuditEntry.about, AuditEntry.details)
    query = query.where(AuditEntry.about.in_(about), AuditEntry.verb == "sitting.close")
    return {int(name.removeprefix("sitting:")): details.get("seal", "") for name, details in db.session.execute(query)}
