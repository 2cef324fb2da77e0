"""sheets.service — a sitting goes on with pen and paper, is read by two people, and is settled.

What the sheet says counts only once results.paper has taken it; this room says what stands on it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.crypto import canonical, sha256
from exam_app.base.db import db
from exam_app.exams import queries as exams
from exam_app.exams import seating
from exam_app.exams.errors import ReasonMissing
from exam_app.papers import queries as papers
from exam_app.papers.sealing import OpenedQuestion
from exam_app.sheets import queries, rules
from exam_app.sheets.errors import (
    AlreadyOnPaper,
    ChoiceMissing,
    NotOnPaper,
    ReadingInvalid,
    SettlerHasRead,
    SheetBegun,
    SheetCodeWrong,
    SheetNotCollected,
    SheetNotReadTwice,
    SheetReadByYou,
    SheetReadTwice,
    SheetSettled,
)
from exam_app.sheets.models import PaperEntry, PaperTurn
from exam_app.sheets.queries import SheetRow
from exam_app.sheets.rules import Choice, Fault, Stage
from exam_app.sittings import on_paper
from exam_app.sittings import queries as sittings
from exam_app.sittings.states import RoomEventKind

REASON_LENGTH = 200
AGREED = "两人录入一致"


@dataclass(frozen=True, kw_only=True)
class ReadSheet:
    """One person's reading of a sheet: the code on it, and what was typed for each question."""

    sitting_id: int
    committee_id: int
    sheet_code: str
    typed: Mapping[int, str]


@dataclass(frozen=True, kw_only=True)
class SettleSheet:
    """What the chief invigilator found where two readings differ, by question."""

    sitting_id: int
    committee_id: int
    choices: Mapping[int, Choice]


@dataclass(frozen=True)
class Settled:
    """What stands on a sheet, and for each question why it was taken."""

    answers: dict[int, str]
    reasons: dict[int, str]


def put_on_paper(entry_id: int, committee_id: int, reason: str, actor: Actor, now: datetime) -> PaperTurn:
    """Let a person go on with pen and paper, or begin so; the device is dead at once, the saved answers are printed."""
    why = _reason(reason)
    entry = exams.get_entry(entry_id, committee_id, lock=True)
    known = sittings.find_of_entry(entry_id)
    if known is not None and known.on_paper_at is not None:
        raise AlreadyOnPaper(entry=entry_id)
    sitting = on_paper.begin(entry, now)
    seating.check_in(entry_id, committee_id, actor, now)  # whoever is handed a sheet is in the room
    saved = on_paper.turn(sitting.id, why, actor, now)
    turn = db.session.get(PaperTurn, sitting.id) or PaperTurn(sitting_id=sitting.id)
    turn.reason, turn.printed_by, turn.printed_at = why, actor.account_id, now
    turn.printed_answers = rules.to_record(saved)
    db.session.add(turn)
    _note(sitting.id, committee_id, "paper.put", actor, now, reason=why, saved=len(saved))
    return turn


def back_to_screen(sitting_id: int, committee_id: int, reason: str, actor: Actor, now: datetime) -> str:
    """Let a person whose sheet nobody has read go on at a screen; return the seat's new code."""
    why = _reason(reason)
    sheet = _locked(sitting_id, committee_id)
    if sheet.stage is not Stage.TO_COLLECT or sheet.readings:
        raise SheetBegun(sitting=sitting_id)
    on_paper.turn_back(sitting_id, actor, now, why)
    _note(sitting_id, committee_id, "paper.back", actor, now, reason=why)
    return seating.replace_code(sheet.entry_id, committee_id, actor, now)


def note_collecting(sitting_id: int, committee_id: int, actor: Actor, now: datetime) -> None:
    """Record that the sheet was collected, once; closing the sitting is results' part of the act."""
    if _locked(sitting_id, committee_id).stage is Stage.TO_COLLECT:
        _note(sitting_id, committee_id, "paper.collect", actor, now)


def note_printing(sitting_ids: list[int], exam_id: int, committee_id: int, actor: Actor, now: datetime) -> None:
    """Record that sheets were printed, for they show the questions."""
    details = {"sittings": sitting_ids}
    audit.note(actor, "paper.print", about=f"exam:{exam_id}", now=now, committee_id=committee_id, details=details)


def read_sheet(command: ReadSheet, actor: Actor, now: datetime) -> SheetRow:
    """Keep one person's reading of a collected sheet; return the sheet with it."""
    sheet = _locked(command.sitting_id, command.committee_id)
    check_reader(sheet, actor)
    if not queries.fits_code(sheet, command.sheet_code):
        raise SheetCodeWrong(sitting=sheet.sitting_id)
    answers, faults = rules.read_sheet(questions_of(sheet), command.typed)
    if faults:
        raise ReadingInvalid(count=len(faults), faults=faults)
    assert actor.account_id is not None
    entry = PaperEntry(sitting_id=sheet.sitting_id, entered_by=actor.account_id, entered_at=now)
    entry.answers = rules.to_record(answers)
    db.session.add(entry)
    db.session.flush()  # the sheet is read again below
    facts = {"reading": len(sheet.readings) + 1, "answered": sum(map(bool, answers.values()))}
    digest = sha256(canonical(entry.answers).encode())  # ties the row to the chain and shows the other reader nothing
    _note(sheet.sitting_id, command.committee_id, "paper.read", actor, now, **facts, digest=digest)
    return queries.get_sheet(sheet.sitting_id, command.committee_id)


def check_reader(sheet: SheetRow, actor: Actor) -> None:
    """Raise the refusal that stands against this person's reading of the sheet now, if one does."""
    if sheet.stage is Stage.SETTLED:
        raise SheetSettled(sitting=sheet.sitting_id)
    if sheet.stage is Stage.TO_COLLECT:
        raise SheetNotCollected(sitting=sheet.sitting_id)
    if sheet.was_read_by(actor.account_id):
        raise SheetReadByYou(sitting=sheet.sitting_id)
    if sheet.stage is Stage.DIFFERS:
        raise SheetReadTwice(sitting=sheet.sitting_id)
    if sheet.stage is Stage.VOIDED:
        raise NotOnPaper(sitting=sheet.sitting_id)


def settle(command: SettleSheet, actor: Actor, now: datetime) -> Settled:
    """Settle what stands on a sheet: equal readings as they are, each difference as chosen, with a reason."""
    sheet = _locked(command.sitting_id, command.committee_id)
    check_settler(sheet, actor)
    judged = _judged(sheet, command.choices)
    one, other = (reading.answers for reading in sheet.readings)
    answers = rules.settled(one, other, judged)
    turn = db.session.get_one(PaperTurn, sheet.sitting_id)
    turn.settled_by, turn.settled_at = actor.account_id, now
    turn.settled_answers = rules.to_record(answers)
    reasons = {slot: command.choices[slot].reason.strip() if slot in judged else AGREED for slot in answers}
    found = [
        f"{slot}: {one.get(slot) or '-'} / {other.get(slot) or '-'} → {judged[slot] or '-'} {reasons[slot]}"
        for slot in sheet.differing
    ]
    on_paper.note(sheet.sitting_id, RoomEventKind.PAPER_SETTLED, actor, now, {"differences": len(found)})
    _note(sheet.sitting_id, command.committee_id, "paper.settle", actor, now, differences=found)
    return Settled(answers, reasons)


def check_settler(sheet: SheetRow, actor: Actor) -> None:
    """Raise the refusal that stands against this person's settling of the sheet, if one does.

    Whoever read the sheet does not judge between the readings: no one changes a mark alone.
    """
    if sheet.stage is Stage.SETTLED:
        raise SheetSettled(sitting=sheet.sitting_id)
    if sheet.stage is Stage.VOIDED:
        raise NotOnPaper(sitting=sheet.sitting_id)
    if sheet.stage is not Stage.DIFFERS:
        raise SheetNotReadTwice(sitting=sheet.sitting_id)
    if sheet.differing and sheet.was_read_by(actor.account_id):
        raise SettlerHasRead(sitting=sheet.sitting_id)


def questions_of(sheet: SheetRow) -> tuple[OpenedQuestion, ...]:
    """Return the questions of a sheet as they stand on it."""
    return papers.read_opened(sheet.paper_id).questions


def _judged(sheet: SheetRow, choices: Mapping[int, Choice]) -> dict[int, str]:
    """Return the answers chosen where the readings differ, or raise ChoiceMissing naming those that cannot stand."""
    asked = {question.slot: question for question in questions_of(sheet)}
    judged = {
        slot: rules.read_answer(asked[slot], choices[slot].typed)
        for slot in sheet.differing
        if slot in choices and 1 <= len(choices[slot].reason.strip()) <= REASON_LENGTH
    }
    good = {slot: found for slot, found in judged.items() if not isinstance(found, Fault)}
    if missing := [slot for slot in sheet.differing if slot not in good]:
        raise ChoiceMissing(slots=missing)
    return good


def _locked(sitting_id: int, committee_id: int) -> SheetRow:
    """Return the sheet with its turn locked, so that two people who act on it at once take turns."""
    db.session.execute(select(PaperTurn.sitting_id).where(PaperTurn.sitting_id == sitting_id).with_for_update())
    return queries.get_sheet(sitting_id, committee_id)


def _reason(text: str) -> str:
    reason = text.strip()
    if not 1 <= len(reason) <= REASON_LENGTH:
        raise ReasonMissing
    return reason


def _note(sitting_id: int, committee_id: int, verb: str, actor: Actor, now: datetime, **details: Any) -> None:
    audit.note(actor, verb, about=f"sitting:{sitting_id}", now=now, committee_id=committee_id, details=details)
