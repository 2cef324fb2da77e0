"""results.service — closes sittings, marks, publishes, voids. Close first, mark after: the sweep finishes the rest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from exam_app.audit import service as audit
from exam_app.audit.service import MACHINE, Actor
from exam_app.bank import queries as bank
from exam_app.base.db import db
from exam_app.base.states import move
from exam_app.committees.rules import from_document
from exam_app.exams.models import Exam, ExamBlueprint, RosterEntry
from exam_app.papers import queries as papers
from exam_app.papers.models import Blueprint
from exam_app.results import queries
from exam_app.results.errors import (
    MarkingUnfinished,
    NoSuchResult,
    NothingToPublish,
    PeopleStillSitting,
    SetterMustNotPublish,
    SheetsUnread,
    SheetUnsettled,
    VoidingNeedsReason,
)
from exam_app.results.models import Mark, MarkingEvent, Result
from exam_app.results.rules import Outcome, SlotFacts, mark_paper
from exam_app.results.states import RESULT_MOVES, ResultState
from exam_app.sittings import queries as sitting_queries
from exam_app.sittings import service as sittings
from exam_app.sittings.models import Sitting
from exam_app.sittings.rules import short_code

REASON_LENGTH = 200


@dataclass(frozen=True)
class Finished:
    """A closed sitting's result and the short code of its seal."""

    result_id: int
    code: str


def finish(sitting_id: int, now: datetime) -> Finished:
    """Close the sitting and leave a result waiting; closed before, the same result and code again."""
    sitting = sittings.close(sitting_id, now)
    if sitting is None:
        result = db.session.scalars(select(Result).where(Result.sitting_id == sitting_id)).one()
        return Finished(result.id, short_code(db.session.get_one(Sitting, sitting_id).seal))
    entry = db.session.get_one(RosterEntry, sitting.roster_entry_id)
    result = Result(sitting_id=sitting_id, exam_id=entry.exam_id, person_id=entry.person_id)
    db.session.add(result)
    db.session.flush()  # the page and the marking after it need the id
    audit.note(
        MACHINE,
        "sitting.close",
        about=f"sitting:{sitting_id}",
        now=now,
        committee_id=db.session.get_one(Exam, entry.exam_id).committee_id,
        details={"state": sitting.state.value, "seal": sitting.seal, "result": result.id},
    )
    return Finished(result.id, short_code(sitting.seal))


def mark(result_id: int, now: datetime) -> Result:
    """Mark a waiting result by the exam's frozen rules; one that is marked already stays as it is.

    A sitting on paper is left alone until two people have read the sheet and it is settled.
    """
    result = _locked(result_id)
    if result.state is not ResultState.WAITING:
        return result
    if queries.awaits_sheet(result.sitting_id):
        raise SheetUnsettled(result=result_id)
    outcome = _outcome(result)
    for each in outcome.marks:
        row = Mark(result_id=result.id, slot=each.slot, response=each.response, fraction=each.fraction)
        row.marks = each.marks
        db.session.add(row)
    result.state = move(result.state, ResultState.MARKED, RESULT_MOVES)
    _judge(result, outcome, MACHINE, now)
    return result


def mark_again(result: Result, cause: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Mark a marked result anew by the answers that count now; the cause and the score before stay on record.

    Only acts of this room call this, with the result's row locked.
    """
    outcome, before = _outcome(result), result.score
    rows = {row.slot: row for row in queries.marks_of(result.id)}
    for each in outcome.marks:
        row = rows[each.slot]
        row.response, row.fraction, row.marks = each.response, each.fraction, each.marks
    _judge(result, outcome, actor, now, {**cause, "score_before": str(before)})


def _outcome(result: Result) -> Outcome:
    exam = db.session.get_one(Exam, result.exam_id)
    sitting = db.session.get_one(Sitting, result.sitting_id)
    return mark_paper(_slots(sitting.paper_id), queries.counting_answers(sitting.id), from_document(exam.rules))


def _slots(paper_id: int) -> list[SlotFacts]:
    slots = papers.slots(paper_id)
    keys = bank.keys_of([slot.version_id for slot in slots])
    return [
        SlotFacts(
            slot=slot.position,
            kind=slot.kind,
            worth=slot.marks,
            option_order=slot.option_order,
            key=keys[slot.version_id],
        )
        for slot in slots
    ]


def _judge(
    result: Result, outcome: Outcome, actor: Actor, now: datetime, cause: Mapping[str, Any] | None = None
) -> None:
    result.score, result.passed, result.band = outcome.score, outcome.passed, outcome.band
    result.marked_at = now
    details = {"passed": outcome.passed, "band": outcome.band, "answered": sum(1 for m in outcome.marks if m.response)}
    event = MarkingEvent(result_id=result.id, score=outcome.score, at=now, actor_id=actor.account_id)
    event.details = {**details, **(cause or {})}
    db.session.add(event)


def publish(exam_id: int, actor: Actor, now: datetime) -> list[Result]:
    """Publish every marked result of the exam; whoever set the exam must not, and nobody may still be sitting."""
    exam = db.session.scalars(select(Exam).where(Exam.id == exam_id).with_for_update()).one()
    if actor.account_id is None or actor.account_id in _setters(exam):
        raise SetterMustNotPublish(exam=exam_id)
    if sitting := sitting_queries.count_open(exam_id):
        raise PeopleStillSitting(count=sitting)
    if sheets := queries.count_sheets_awaited(exam_id):
        raise SheetsUnread(count=sheets)
    if waiting := queries.count_in_state(exam_id, ResultState.WAITING):
        raise MarkingUnfinished(count=waiting)
    query = select(Result).where(Result.exam_id == exam_id, Result.state == ResultState.MARKED)
    results = list(db.session.scalars(query.order_by(Result.id).with_for_update()))
    if not results:
        raise NothingToPublish(exam=exam_id)
    for result in results:
        result.state = move(result.state, ResultState.PUBLISHED, RESULT_MOVES)
        result.published_at, result.published_by = now, actor.account_id
    audit.note(
        actor,
        "results.publish",
        about=f"exam:{exam_id}",
        now=now,
        committee_id=exam.committee_id,
        details={"results": [result.id for result in results]},
    )
    return results


def void(result_id: int, committee_id: int, reason: str, actor: Actor, now: datetime) -> Result:
    """Void a result and its sitting, for a reason that stays on record; marks and answers stay as they are."""
    result = _locked(result_id)
    exam = db.session.get_one(Exam, result.exam_id)
    if exam.committee_id != committee_id:
        raise NoSuchResult(result=result_id)
    if not reason.strip() or len(reason) > REASON_LENGTH:
        raise VoidingNeedsReason(most=REASON_LENGTH)
    before = result.state
    result.state = move(result.state, ResultState.VOIDED, RESULT_MOVES)
    sittings.void(result.sitting_id, reason.strip(), actor, now)
    audit.note(
        actor,
        "result.void",
        about=f"result:{result_id}",
        now=now,
        committee_id=committee_id,
        details={"reason": reason.strip(), "was": before.value},
    )
    return result


def _setters(exam: Exam) -> set[int | None]:
    authors = (
        select(Blueprint.created_by)
        .join(ExamBlueprint, ExamBlueprint.blueprint_id == Blueprint.id)
        .where(ExamBlueprint.exam_id == exam.id)
    )
    return {exam.set_by, *db.session.scalars(authors)} - {None}


def _locked(result_id: int) -> Result:
    query = select(Result).where(Result.id == result_id).with_for_update()
    result = db.session.scalar(query.execution_options(populate_existing=True))
    if result is None:
        raise NoSuchResult(result=result_id)
    return result
