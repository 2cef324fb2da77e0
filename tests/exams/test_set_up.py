"""tests.exams.test_set_up — creating, revising, announcing, cancelling, releasing; each refusal changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.base.states import IllegalMove, move
from exam_app.committees.errors import RulesInvalid
from exam_app.committees.rules import LocalRules
from exam_app.exams import queries, roster, service
from exam_app.exams.errors import (
    AlreadyReleased,
    BlueprintMissing,
    BlueprintNotReady,
    BlueprintOfOtherOrgan,
    ClosesBeforeItOpens,
    DurationTooLong,
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
from exam_app.exams.models import Exam
from exam_app.exams.roster import NewEntry
from exam_app.exams.states import EXAM_MOVES, ExamState
from exam_app.papers import service as papers
from exam_app.papers.errors import NoSuchBlueprint
from question_bank.kinds import OrganType
from tests.conftest import NINE
from tests.exams.factories import OPENS, make_hall, set_up
from tests.factories import make_committee, make_person
from tests.papers.factories import fill_bank, make_blueprint, make_ready_blueprint


def _exams() -> int:
    return db.session.scalar(select(func.count()).select_from(Exam)) or 0


def test_created_exam_freezes_the_rules_it_was_given(app: Flask) -> None:
    with transaction():
        hall = make_hall(people=0)

    frozen = queries.rules_of(queries.get_exam(hall.exam.id, hall.committee.id))
    assert (frozen.exam_title, frozen.duration_minutes) == (hall.exam.title, 90)
    assert queries.blueprints_of(hall.exam.id) == {OrganType.GOVERNMENT: hall.blueprint_id}
    assert hall.exam.state is ExamState.DRAFT


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"title": "  "}, ExamTitleInvalid),
        ({"title": "长" * 121}, ExamTitleInvalid),
        ({"place": "长" * 121}, ExamTitleInvalid),
        ({"opens_at": NINE - timedelta(days=1), "closes_at": NINE + timedelta(hours=2)}, WindowInPast),
        ({"closes_at": OPENS}, ClosesBeforeItOpens),
        ({"closes_at": OPENS + timedelta(minutes=89)}, DurationTooLong),
        ({"rules": LocalRules(full_marks=120)}, FullMarksDiffer),
        ({"rules": LocalRules(pass_mark=101)}, RulesInvalid),
        ({"blueprints": {OrganType.GOVERNMENT: 99}}, NoSuchBlueprint),
        ({"makeup_of_id": 99}, NoSuchExam),
    ],
)
def test_exam_that_cannot_be_held_is_not_created(
    app: Flask, changes: dict[str, Any], refusal: type[DomainError]
) -> None:
    with transaction():
        committee = make_committee()
        fill_bank(committee)
        blueprint = make_ready_blueprint(committee)
    with pytest.raises(refusal), transaction():
        service.create(set_up(committee, blueprint.id, **changes), MACHINE, NINE)

    assert _exams() == 0


def test_only_ready_blueprints_of_the_right_organ_and_committee_are_taken(app: Flask) -> None:
    with transaction():
        committee, other = make_committee(), make_committee("乙市人大常委会")
        fill_bank(committee)
        fill_bank(other)
        ready, draft = make_ready_blueprint(committee), make_blueprint(committee, name="草稿")
        foreign = make_ready_blueprint(other)
    cases: list[tuple[dict[OrganType, int], type[DomainError]]] = [
        ({OrganType.GOVERNMENT: draft.id}, BlueprintNotReady),
        ({OrganType.COURT: ready.id}, BlueprintOfOtherOrgan),
        ({OrganType.GOVERNMENT: foreign.id}, NoSuchBlueprint),
    ]
    for blueprints, refusal in cases:
        with pytest.raises(refusal), transaction():
            service.create(set_up(committee, ready.id, blueprints=blueprints), MACHINE, NINE)

    assert _exams() == 0


def test_draft_is_revised_and_announced_exam_is_not(app: Flask) -> None:
    with transaction():
        hall = make_hall()
    command = set_up(hall.committee, hall.blueprint_id, title="改名", rules=LocalRules(duration_minutes=60))
    with transaction():
        service.revise(hall.exam.id, command, MACHINE, NINE)
        service.announce(hall.exam.id, hall.committee.id, MACHINE, NINE)
    acts: list[Callable[[], object]] = [
        lambda: service.revise(hall.exam.id, set_up(hall.committee, hall.blueprint_id), MACHINE, NINE),
        lambda: service.set_blueprint(
            hall.exam.id, hall.committee.id, OrganType.GOVERNMENT, hall.blueprint_id, MACHINE, NINE
        ),
    ]
    for act in acts:
        with pytest.raises(ExamFixed), transaction():
            act()

    assert (hall.exam.title, hall.exam.duration_minutes) == ("改名", 60)


def test_exam_for_nobody_is_not_announced(app: Flask) -> None:
    with transaction():
        hall = make_hall(people=0)
    with pytest.raises(RosterEmpty), transaction():
        service.announce(hall.exam.id, hall.committee.id, MACHINE, NINE)

    assert hall.exam.state is ExamState.DRAFT


def test_every_organ_on_the_roster_needs_a_blueprint(app: Flask) -> None:
    with transaction():
        hall = make_hall()
        judge = NewEntry(person_id=make_person(hall.committee, "法官甲").id, organ_type=OrganType.COURT)
        roster.add_entries(hall.exam.id, hall.committee.id, [judge], MACHINE, NINE)
    with pytest.raises(BlueprintMissing) as refusal, transaction():
        service.announce(hall.exam.id, hall.committee.id, MACHINE, NINE)

    assert refusal.value.facts["organs"] == [OrganType.COURT]
    assert hall.exam.state is ExamState.DRAFT


def test_blueprint_retired_meanwhile_stops_the_announcement(app: Flask) -> None:
    with transaction():
        hall = make_hall()
        papers.retire(hall.blueprint_id, hall.committee.id, MACHINE, NINE)
    with pytest.raises(BlueprintNotReady), transaction():
        service.announce(hall.exam.id, hall.committee.id, MACHINE, NINE)

    assert hall.exam.state is ExamState.DRAFT


def test_draft_whose_time_has_passed_is_not_announced(app: Flask) -> None:
    with transaction():
        hall = make_hall()
    with pytest.raises(WindowInPast), transaction():
        service.announce(hall.exam.id, hall.committee.id, MACHINE, OPENS + timedelta(hours=1))

    assert hall.exam.state is ExamState.DRAFT


def test_announcement_is_on_record_with_the_rules(app: Flask) -> None:
    with transaction():
        hall = make_hall(announced=True)

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "exam.announce")).one()
    assert entry.about == f"exam:{hall.exam.id}"
    assert entry.details["rules"]["pass_mark"] == 60
    assert hall.exam.announced_at == NINE


def test_cancelling_needs_a_reason_and_stays_on_record(app: Flask) -> None:
    with transaction():
        hall = make_hall(announced=True)
    with pytest.raises(ReasonMissing), transaction():
        service.cancel(hall.exam.id, hall.committee.id, " ", MACHINE, NINE)
    assert hall.exam.state == "announced"

    with transaction():
        service.cancel(hall.exam.id, hall.committee.id, "会议改期", MACHINE, NINE)
    assert hall.exam.state == "cancelled"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "exam.cancel")).one()
    assert entry.details["reason"] == "会议改期"


def test_start_is_released_once_within_the_window(app: Flask) -> None:
    with transaction():
        hall = make_hall(announced=True)
    ids = (hall.exam.id, hall.committee.id)
    with pytest.raises(TooEarlyToRelease), transaction():
        service.release(*ids, MACHINE, OPENS - timedelta(minutes=31))
    with pytest.raises(ExamOver), transaction():
        service.release(*ids, MACHINE, hall.exam.closes_at)
    assert hall.exam.released_at is None

    with transaction():
        service.release(*ids, MACHINE, OPENS - timedelta(minutes=5))
    with pytest.raises(AlreadyReleased), transaction():
        service.release(*ids, MACHINE, OPENS)
    with pytest.raises(AlreadyReleased), transaction():
        service.cancel(*ids, "太晚了", MACHINE, OPENS)
    assert hall.exam.released_at == OPENS - timedelta(minutes=5)
    assert hall.exam.state is ExamState.ANNOUNCED


def test_draft_is_not_released(app: Flask) -> None:
    with transaction():
        hall = make_hall()
    with pytest.raises(NotAnnounced), transaction():
        service.release(hall.exam.id, hall.committee.id, MACHINE, OPENS)

    assert hall.exam.released_at is None


def test_foreign_exam_is_not_found(app: Flask) -> None:
    with transaction():
        hall = make_hall()
        other = make_committee("乙市人大常委会")
    acts: list[Callable[[], object]] = [
        lambda: queries.get_exam(hall.exam.id, other.id),
        lambda: service.announce(hall.exam.id, other.id, MACHINE, NINE),
        lambda: service.cancel(hall.exam.id, other.id, "原因", MACHINE, NINE),
        lambda: service.release(hall.exam.id, other.id, MACHINE, NINE),
        lambda: service.revise(hall.exam.id, set_up(other, hall.blueprint_id), MACHINE, NINE),
    ]
    for act in acts:
        with pytest.raises(NoSuchExam), transaction():
            act()

    assert hall.exam.state is ExamState.DRAFT


@pytest.mark.parametrize("current", list(ExamState))
@pytest.mark.parametrize("target", list(ExamState))
def test_exam_moves(current: ExamState, target: ExamState) -> None:
    allowed = {("draft", "announced"), ("draft", "cancelled"), ("announced", "cancelled")}
    if (current.value, target.value) in allowed:
        assert move(current, target, EXAM_MOVES) is target
    else:
        with pytest.raises(IllegalMove):
            move(current, target, EXAM_MOVES)


def test_further_makeup_than_the_rules_allow_is_refused(app: Flask) -> None:
    with transaction():
        hall = make_hall(people=0)
        second = set_up(hall.committee, hall.blueprint_id, makeup_of_id=hall.exam.id)
        makeup_id = service.create(second, MACHINE, NINE).id
    before = _exams()

    with pytest.raises(MakeupsUsedUp), transaction():
        service.create(set_up(hall.committee, hall.blueprint_id, makeup_of_id=makeup_id), MACHINE, NINE)
    assert _exams() == before

    with transaction():
        twice = set_up(hall.committee, hall.blueprint_id, makeup_of_id=makeup_id, rules=LocalRules(makeups=2))
        assert service.create(twice, MACHINE, NINE).makeup_of_id == makeup_id
