"""exams.service — use cases of exams: create, revise, choose blueprints, announce, cancel, release the start."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.db import db
from exam_app.base.states import move
from exam_app.committees.rules import LocalRules, from_document
from exam_app.exams import rules
from exam_app.exams.errors import (
    AlreadyReleased,
    BlueprintMissing,
    BlueprintNotReady,
    BlueprintOfOtherOrgan,
    ExamFixed,
    ExamOver,
    ExamTitleInvalid,
    FullMarksDiffer,
    MakeupsUsedUp,
    NoSuchExam,
    NotAnnounced,
    ReasonMissing,
    RosterEmpty,
    TooEarlyToRelease,
    WindowInPast,
)
from exam_app.exams.models import Exam, ExamBlueprint, RosterEntry
from exam_app.exams.queries import blueprints_of, get_exam, rules_of
from exam_app.exams.states import EXAM_MOVES, ExamState
from exam_app.papers import queries as papers
from exam_app.papers.states import BlueprintState
from question_bank.kinds import OrganType

LONGEST = 120
LONGEST_REASON = 200


@dataclass(frozen=True, kw_only=True)
class SetUpExam:
    """An exam as the form hands it in. `rules` are those of the day, as changed for this exam."""

    committee_id: int
    title: str
    opens_at: datetime
    closes_at: datetime
    rules: LocalRules
    place: str = ""
    blueprints: Mapping[OrganType, int] = field(default_factory=dict)
    makeup_of_id: int | None = None


def create(command: SetUpExam, actor: Actor, now: datetime) -> Exam:
    """Set up an exam as a draft."""
    document = _check(command, now)
    _refuse_further_makeup(command)
    exam = Exam(
        committee_id=command.committee_id,
        title=command.title.strip(),
        place=command.place.strip(),
        opens_at=command.opens_at,
        closes_at=command.closes_at,
        duration_minutes=command.rules.duration_minutes,
        rules=document,
        makeup_of_id=command.makeup_of_id,
        set_by=actor.account_id,
        created_at=now,
    )
    db.session.add(exam)
    db.session.flush()  # blueprints and the audit line need the id
    _choose(exam, command.blueprints)
    _note(exam, "exam.create", actor, now)
    return exam


def _refuse_further_makeup(command: SetUpExam) -> None:
    """A make-up of a make-up is the second chance; how many there are is a local rule."""
    depth, earlier = 0, command.makeup_of_id
    while earlier is not None:
        depth += 1
        earlier = get_exam(earlier, command.committee_id).makeup_of_id
    if depth > command.rules.makeups:
        raise MakeupsUsedUp(most=command.rules.makeups)


def revise(exam_id: int, command: SetUpExam, actor: Actor, now: datetime) -> Exam:
    """Change a draft; what was announced stays as it is."""
    exam = _lock(exam_id, command.committee_id)
    _refuse_fixed(exam)
    document = _check(command, now)
    exam.title, exam.place = command.title.strip(), command.place.strip()
    exam.opens_at, exam.closes_at = command.opens_at, command.closes_at
    exam.duration_minutes, exam.rules = command.rules.duration_minutes, document
    _choose(exam, command.blueprints)
    _note(exam, "exam.revise", actor, now)
    return exam


def set_blueprint(
    exam_id: int, committee_id: int, organ: OrganType, blueprint_id: int, actor: Actor, now: datetime
) -> None:
    """Choose which blueprint the candidates of an organ get; only while the exam is a draft."""
    exam = _lock(exam_id, committee_id)
    _refuse_fixed(exam)
    _choose(exam, {**blueprints_of(exam_id), organ: blueprint_id})
    _note(exam, "exam.set_blueprint", actor, now, organ=organ.value, blueprint=blueprint_id)


def announce(exam_id: int, committee_id: int, actor: Actor, now: datetime) -> Exam:
    """Announce the exam: from now on its times, rules and blueprints stand."""
    exam = _lock(exam_id, committee_id)
    organs = set(db.session.scalars(select(RosterEntry.organ_type).where(RosterEntry.exam_id == exam_id).distinct()))
    if not organs:
        raise RosterEmpty
    chosen = blueprints_of(exam_id)
    missing = sorted(organs - set(chosen))
    if missing:
        raise BlueprintMissing(organs=missing)
    if exam.state is ExamState.DRAFT and exam.closes_at - now < timedelta(minutes=exam.duration_minutes):
        raise WindowInPast
    for organ, blueprint_id in chosen.items():
        _check_blueprint(committee_id, organ, blueprint_id, rules_of(exam))
    exam.state = move(exam.state, ExamState.ANNOUNCED, EXAM_MOVES)
    exam.announced_at = now
    _note(exam, "exam.announce", actor, now, rules=exam.rules)
    return exam


def cancel(exam_id: int, committee_id: int, reason: str, actor: Actor, now: datetime) -> Exam:
    """Cancel an exam that has not begun; it stays on record with its reason."""
    exam = _lock(exam_id, committee_id)
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        raise ReasonMissing
    if exam.released_at is not None:
        raise AlreadyReleased(at=exam.released_at)
    exam.state = move(exam.state, ExamState.CANCELLED, EXAM_MOVES)
    _note(exam, "exam.cancel", actor, now, reason=reason.strip())
    return exam


def release(exam_id: int, committee_id: int, actor: Actor, now: datetime) -> Exam:
    """Release the start: candidates may begin from the announced time on."""
    exam = _lock(exam_id, committee_id)
    if exam.state is not ExamState.ANNOUNCED:
        raise NotAnnounced
    if exam.released_at is not None:
        raise AlreadyReleased(at=exam.released_at)
    entrance = rules.entrance(exam)
    if entrance.is_early(now):
        raise TooEarlyToRelease(begins=entrance.begins)
    if now >= exam.closes_at:
        raise ExamOver
    exam.released_at = now
    _note(exam, "exam.release", actor, now)
    return exam


def _lock(exam_id: int, committee_id: int) -> Exam:
    """Return the exam, locked, so that announcing, cancelling and changes of the roster come one after another."""
    query = select(Exam).where(Exam.id == exam_id, Exam.committee_id == committee_id).with_for_update()
    exam = db.session.scalar(query.execution_options(populate_existing=True))
    if exam is None:
        raise NoSuchExam(exam=exam_id)
    return exam


def _refuse_fixed(exam: Exam) -> None:
    if exam.state is not ExamState.DRAFT:
        raise ExamFixed


def _check(command: SetUpExam, now: datetime) -> dict[str, Any]:
    if not 1 <= len(command.title.strip()) <= LONGEST or len(command.place.strip()) > LONGEST:
        raise ExamTitleInvalid(most=LONGEST)
    frozen = from_document(replace(command.rules, exam_title=command.title.strip()).to_document())
    rules.check_window(command.opens_at, command.closes_at, frozen.duration_minutes, now)
    for organ, blueprint_id in command.blueprints.items():
        _check_blueprint(command.committee_id, organ, blueprint_id, frozen)
    return frozen.to_document()


def _check_blueprint(committee_id: int, organ: OrganType, blueprint_id: int, frozen: LocalRules) -> None:
    blueprint = papers.get_blueprint(blueprint_id, committee_id)
    if blueprint.state is not BlueprintState.READY:
        raise BlueprintNotReady(name=blueprint.name)
    if blueprint.organ_type is not organ:
        raise BlueprintOfOtherOrgan(name=blueprint.name)
    if blueprint.full_marks != frozen.full_marks:
        marks = f"{blueprint.full_marks.normalize():f}"
        raise FullMarksDiffer(name=blueprint.name, marks=marks, full=frozen.full_marks)


def _choose(exam: Exam, chosen: Mapping[OrganType, int]) -> None:
    frozen = rules_of(exam)
    rows = {row.organ_type: row for row in db.session.scalars(select(ExamBlueprint).filter_by(exam_id=exam.id))}
    for organ, blueprint_id in chosen.items():
        _check_blueprint(exam.committee_id, organ, blueprint_id, frozen)
        if organ in rows:
            rows[organ].blueprint_id = blueprint_id
        else:
            db.session.add(ExamBlueprint(exam_id=exam.id, organ_type=organ, blueprint_id=blueprint_id))
    for organ in rows.keys() - chosen.keys():
        db.session.delete(rows[organ])
    db.session.flush()  # whoever reads the choice next in this act must see it


def _note(exam: Exam, verb: str, actor: Actor, now: datetime, **details: Any) -> None:
    about = f"exam:{exam.id}"
    audit.note(
        actor, verb, about=about, now=now, committee_id=exam.committee_id, details={"title": exam.title, **details}
    )
