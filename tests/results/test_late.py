"""tests.results.test_late — late answers that somebody accepts count and are marked again; all stays on record."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from exam_app.audit.models import AuditEntry
from exam_app.audit.service import Actor
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.results import errors, late, queries
from exam_app.results import service as results
from exam_app.results.models import LateDecision, Mark, MarkingEvent, Result
from exam_app.results.rules import Decided, counting_late, overlay
from exam_app.results.states import ResultState
from exam_app.sittings import queries as sittings
from exam_app.sittings.models import LateEvent, RoomEvent, Sitting
from exam_app.sittings.rules import seal
from exam_app.sittings.states import LateReason, RoomEventKind
from tests.conftest import NINE
from tests.results.factories import publish, right_answers, sit
from tests.sittings.factories import Room, answer, make_room

CHIEF = Actor(7, "韩致远")
MINUTE = timedelta(minutes=1)
REASON = "断网所致，经核实属实"


@pytest.fixture
def room(app: Flask) -> Room:
    """A released exam for two people."""
    return make_room(2)


def hand_in(sitting: Sitting, now: datetime = NINE) -> int:
    """Close the sitting; return the result that waits."""
    with transaction():
        return results.finish(sitting.id, now).result_id


def mark(result_id: int, now: datetime = NINE) -> Result:
    with transaction():
        return results.mark(result_id, now)


def sit_with_late(room: Room, right: int = 2, place: int = 0) -> tuple[Result, LateEvent]:
    """Sit with so many right, be marked, and send the right answer to the next question when it is too late."""
    sitting = sit(room.entries[place], right)
    result = mark(hand_in(sitting))
    slot = right + 1
    answer(sitting, slot, right_answers(sitting)[slot], 10, NINE + MINUTE)
    return result, db.session.scalars(select(LateEvent).where(LateEvent.sitting_id == sitting.id)).one()


def decide(
    room: Room, events: Iterable[LateEvent | int], accepted: bool = True, now: datetime = NINE + 2 * MINUTE
) -> list[Result]:
    """Decide about late answers; commits."""
    ids = [event if isinstance(event, int) else event.id for event in events]
    committee_id = room.committee.id
    with transaction():
        return late.decide(ids, accepted, REASON, CHIEF, now, committee_id=committee_id)


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def count_lines() -> int:
    """Return how many acceptances the audit holds."""
    return len(db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "late.accept")).all())


letters = st.sampled_from(["", "A", "B", "AC"])
decisions = st.lists(
    st.tuples(st.integers(0, 3), st.booleans(), st.integers(0, 4)),
    max_size=12,
)


def decided(drawn: list[tuple[int, bool, int]]) -> list[Decided]:
    """Return decisions in the order drawn about five late answers, two to a slot."""
    known = [(1, 1, "A"), (2, 1, "B"), (3, 2, "AC"), (4, 2, ""), (5, 3, "D")]
    at, made = NINE, []
    for number, (minutes, accepted, event) in enumerate(drawn):
        at += minutes * MINUTE
        revision, slot, response = known[event]
        made.append(Decided(number, at, accepted, event, revision, slot, response))
    return made


@given(st.dictionaries(st.integers(1, 4), letters), decisions)
def test_overlay_is_what_a_plain_reading_of_the_rule_says(
    answers: dict[int, str], drawn: list[tuple[int, bool, int]]
) -> None:
    made = decided(drawn)
    expected = dict(answers)
    for slot in range(1, 5):
        standing = [
            each
            for each in made
            if each.slot == slot
            and each.accepted
            and each.number == max(other.number for other in made if other.event == each.event)
        ]
        if standing:
            expected[slot] = max(standing, key=lambda each: (each.at, each.revision)).response
    assert overlay(answers, made) == expected
    assert overlay(answers, reversed(made)) == expected, "the order in which rows are read must not matter"


@given(st.dictionaries(st.integers(1, 4), letters), decisions)
def test_nothing_accepted_changes_nothing(answers: dict[int, str], drawn: list[tuple[int, bool, int]]) -> None:
    declined = [each._replace(accepted=False) for each in decided(drawn)]
    assert overlay(answers, declined) == answers and counting_late(declined) == {}


def test_accepted_answer_counts_and_the_result_is_marked_again(room: Room) -> None:
    result, event = sit_with_late(room)
    assert (result.score, result.passed, result.band) == (40, False, "不合格")

    assert decide(room, [event]) == [result]

    assert (result.state, result.score, result.passed, result.band) == (ResultState.MARKED, 60, True, "合格")
    assert [row.marks for row in queries.marks_of(result.id)] == [20, 20, 20, 0, 0]
    assert queries.marks_of(result.id)[2].response == event.response
    assert count(Mark) == 5
    first, again = db.session.scalars(select(MarkingEvent).order_by(MarkingEvent.id))
    assert (first.score, again.score, again.actor_id, again.at) == (40, 60, 7, NINE + 2 * MINUTE)
    assert again.details["cause"] == "late_accepted" and again.details["events"] == [event.id]
    assert Decimal(again.details["score_before"]) == 40


def test_decision_is_on_record_in_the_room_and_in_the_audit(room: Room) -> None:
    result, event = sit_with_late(room)
    decide(room, [event])

    decision = db.session.scalars(select(LateDecision)).one()
    assert (decision.accepted, decision.reason, decision.decided_by) == (True, REASON, 7)
    noted = db.session.scalars(select(RoomEvent).where(RoomEvent.kind == RoomEventKind.LATE_DECIDED)).one()
    assert (noted.sitting_id, noted.actor_id, noted.details["reason"]) == (result.sitting_id, 7, REASON)
    assert (noted.details["accepted"], noted.details["slots"]) == (True, [3])
    line = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "late.accept")).one()
    assert (line.actor_name, line.about, line.committee_id) == (
        "韩致远",
        f"sitting:{result.sitting_id}",
        room.committee.id,
    )
    assert line.details == {"reason": REASON, "slots": [3], "events": [event.id]}


def test_seal_covers_what_came_in_time_alone(room: Room) -> None:
    result, event = sit_with_late(room)
    sitting = sittings.get_sitting(result.sitting_id)
    before = sitting.seal
    decide(room, [event])

    assert sitting.seal == before == seal(sitting.id, sittings.journal_of(sitting.id))


def test_deciding_again_changes_back_and_every_decision_stays(room: Room) -> None:
    result, event = sit_with_late(room)
    decide(room, [event])
    decide(room, [event], accepted=False, now=NINE + 3 * MINUTE)
    assert (result.score, result.passed, result.band) == (40, False, "不合格")
    decide(room, [event], now=NINE + 4 * MINUTE)

    assert result.score == 60
    assert [row.accepted for row in db.session.scalars(select(LateDecision).order_by(LateDecision.id))] == [
        True,
        False,
        True,
    ]
    causes = [row.details.get("cause") for row in db.session.scalars(select(MarkingEvent).order_by(MarkingEvent.id))]
    assert causes == [None, "late_accepted", "late_declined", "late_accepted"]


def test_of_two_accepted_answers_the_one_decided_last_counts(room: Room) -> None:
    result, right = sit_with_late(room)
    sitting = sittings.get_sitting(result.sitting_id)
    answer(sitting, 3, "AB" if right_answers(sitting)[3] != "AB" else "CD", 11, NINE + MINUTE)
    wrong = db.session.scalars(select(LateEvent).order_by(LateEvent.id.desc())).first()
    assert wrong is not None
    decide(room, [right, wrong])
    assert result.score == 40, "decided together: the higher revision"
    decide(room, [right], now=NINE + 3 * MINUTE)
    assert result.score == 60, "decided last"


def test_waiting_result_is_marked_with_what_was_accepted(room: Room) -> None:
    sitting = sit(room.entries[0], 2)
    result_id = hand_in(sitting)
    answer(sitting, 3, right_answers(sitting)[3], 10, NINE + MINUTE)
    event = db.session.scalars(select(LateEvent)).one()

    [waiting] = decide(room, [event])
    assert waiting.state is ResultState.WAITING and count(Mark) == 0
    assert mark(result_id).score == 60


@pytest.mark.parametrize("reason", [LateReason.EMERGENCY_FILE, LateReason.ON_PAPER])
def test_answers_that_came_beside_the_network_are_decided_alike(room: Room, reason: LateReason) -> None:
    result, event = sit_with_late(room)
    with transaction():
        event.reason = reason
    decide(room, [event])

    assert result.score == 60


def test_answers_of_several_people_are_decided_in_one_act(room: Room) -> None:
    one, first = sit_with_late(room)
    other, second = sit_with_late(room, 4, 1)

    assert decide(room, [first, second, first]) == [one, other]

    assert (one.score, other.score, count(LateDecision), count_lines()) == (60, 100, 2, 2)


def refused(room: Room, refusal: type[DomainError], events: Iterable[LateEvent | int]) -> None:
    """Expect a refusal that leaves no decision behind."""
    kept = count(LateDecision)
    with pytest.raises(refusal):
        decide(room, events)
    assert (count(LateDecision), count_lines()) == (kept, 0)


def test_nothing_and_the_unknown_are_refused(room: Room) -> None:
    result, event = sit_with_late(room)
    refused(room, errors.NoLateAnswerChosen, [])
    refused(room, errors.NoSuchLateAnswer, [event, 999])
    assert result.score == 40


def test_other_committees_answer_is_not_found(room: Room) -> None:
    result, event = sit_with_late(room)
    other = make_room(name="乙市人大常委会")
    refused(other, errors.NoSuchLateAnswer, [event])
    assert result.score == 40


@pytest.mark.parametrize("reason", ["", "   ", "由" * 201])
def test_reason_is_needed_and_short(room: Room, reason: str) -> None:
    result, event = sit_with_late(room)
    event_id, committee_id = event.id, room.committee.id
    with pytest.raises(errors.LateNeedsReason) as refusal, transaction():
        late.decide([event_id], True, reason, CHIEF, NINE, committee_id=committee_id)

    assert refusal.value.facts == {"most": 200}
    assert (result.score, count(LateDecision)) == (40, 0)


def test_person_who_still_sits_is_refused(room: Room) -> None:
    sitting = sit(room.entries[0], 2)
    answer(sitting, 3, "A", 10, sitting.saves_close_at + MINUTE)
    refused(room, errors.LateBeforeClosing, db.session.scalars(select(LateEvent)).all())


def test_published_and_voided_results_are_refused(room: Room) -> None:
    published, first = sit_with_late(room)
    publish(room.exam.id)
    voided, second = sit_with_late(room, 4, 1)
    with transaction():
        results.void(voided.id, room.committee.id, "替考", CHIEF, NINE)

    refused(room, errors.LateAfterPublication, [first])
    refused(room, errors.LateAfterVoiding, [second])
    refused(room, errors.LateAfterPublication, [first, second])
    assert (published.score, voided.score) == (40, 80)
