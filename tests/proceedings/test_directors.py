"""tests.proceedings.test_directors — what a directors' meeting decides about items, on record with its reason."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.appointments.errors import (
    ExamStandsInTheWay,
    ItemCannot,
    NoSuchItem,
    NotADirectorsMeeting,
    ReasonNeeded,
)
from exam_app.appointments.models import Bill, DirectorsDecision, Item, ItemEvent
from exam_app.appointments.states import DirectorsOutcome, ExamStep, ItemState
from exam_app.audit.service import MACHINE, Actor
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.queries import get_committee
from exam_app.meetings import service as meetings
from exam_app.meetings.errors import NoSuchMeeting
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind
from exam_app.proceedings import review
from exam_app.proceedings.errors import DecidedTooEarly, MeetingNotHeld, OverrideApart
from exam_app.proceedings.review import DirectorsDecide
from tests.appointments.factories import RECEIVED, make_bill, make_foreign, make_office
from tests.conftest import NINE
from tests.meetings.factories import make_meeting
from tests.proceedings.factories import bring, clerk, directors_of, hold_meeting, make_free_item

S = ItemState
OUT = DirectorsOutcome


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill of a committee with the usual rules."""
    with transaction():
        return make_bill(make_office())


@pytest.fixture
def directors(bill: Bill) -> Meeting:
    """A directors' meeting that was held."""
    with transaction():
        return directors_of(bill.committee_id)


@pytest.fixture
def officer(bill: Bill) -> Actor:
    """Who records what was decided."""
    with transaction():
        return clerk(bill.committee_id)


@pytest.fixture
def item(bill: Bill, directors: Meeting) -> Item:
    """An item whose review is over."""
    with transaction():
        return bring(make_free_item(bill), S.EXAM_CLEARED, directors)


def decision(items: Sequence[Item], meeting: Meeting, outcome: OUT = OUT.SUBMIT, **changes: Any) -> DirectorsDecide:
    """Return what the meeting decided."""
    values: dict[str, Any] = {
        "committee_id": meeting.committee_id,
        "meeting_id": meeting.id,
        "item_ids": [item.id for item in items],
        "outcome": outcome,
        "reason": "" if outcome is OUT.SUBMIT else "情况尚需核实",
    }
    return DirectorsDecide(**(values | changes))


def decide(command: DirectorsDecide, actor: Actor) -> None:
    """Record it, in a transaction of its own."""
    with transaction():
        review.decide(command, actor, NINE)


def decisions() -> list[DirectorsDecision]:
    """Return every decision on record."""
    return list(db.session.scalars(select(DirectorsDecision).order_by(DirectorsDecision.id)))


def verbs(item: Item) -> list[str]:
    """Return the verbs of what happened to the item."""
    return list(db.session.scalars(select(ItemEvent.verb).where(ItemEvent.item_id == item.id).order_by(ItemEvent.id)))


@pytest.mark.parametrize(
    ("outcome", "state", "verb"),
    [
        (OUT.SUBMIT, S.DIRECTOR_MEETING_APPROVED, "item.approve"),
        (OUT.HOLD, S.DIRECTOR_MEETING_HELD, "item.hold"),
        (OUT.CONSENT_TO_WITHDRAW, S.EXAM_CLEARED, "directors.consent_to_withdraw"),
    ],
)
def test_decision_moves_the_item_and_is_on_record(
    item: Item, directors: Meeting, officer: Actor, outcome: OUT, state: S, verb: str
) -> None:
    decide(decision([item], directors, outcome), officer)
    assert (item.state, verbs(item)[-1]) == (state, verb)
    [row] = decisions()
    assert (row.item_id, row.meeting_id, row.outcome, row.recorded_by) == (
        item.id,
        directors.id,
        outcome,
        officer.account_id,
    )


def test_held_item_is_submitted_by_a_later_decision(item: Item, directors: Meeting, officer: Actor) -> None:
    decide(decision([item], directors, OUT.HOLD), officer)
    decide(decision([item], directors), officer)
    assert item.state is S.DIRECTOR_MEETING_APPROVED
    assert [row.outcome for row in decisions()] == [OUT.HOLD, OUT.SUBMIT]


def test_submitted_item_may_be_held_again_before_the_agenda(item: Item, directors: Meeting, officer: Actor) -> None:
    decide(decision([item], directors), officer)
    decide(decision([item], directors, OUT.HOLD), officer)
    assert item.state is S.DIRECTOR_MEETING_HELD


@pytest.mark.parametrize("outcome", [OUT.HOLD, OUT.DEFER, OUT.CONSENT_TO_WITHDRAW])
@pytest.mark.parametrize("reason", ["", "  ", "因" * 301])
def test_every_other_decision_needs_its_reason(
    item: Item, directors: Meeting, officer: Actor, outcome: OUT, reason: str
) -> None:
    with pytest.raises(ReasonNeeded):
        decide(decision([item], directors, outcome, reason=reason), officer)
    assert (item.state, decisions()) == (S.EXAM_CLEARED, [])


def test_reason_for_submitting_is_kept_when_given(item: Item, directors: Meeting, officer: Actor) -> None:
    decide(decision([item], directors, reason=" 急需 "), officer)
    assert decisions()[0].reason == "急需"


def test_one_item_that_cannot_stops_all(bill: Bill, item: Item, directors: Meeting, officer: Actor) -> None:
    with transaction():
        early = make_free_item(bill, "李敏")
    with pytest.raises(ItemCannot):
        decide(decision([item, early], directors), officer)
    assert (item.state, early.state, decisions()) == (S.EXAM_CLEARED, S.SUBMITTED, [])


def test_directors_do_not_submit_what_the_exam_blocks(item: Item, directors: Meeting, officer: Actor) -> None:
    with transaction():
        item.exam_step = ExamStep.BLOCKED
    with pytest.raises(ExamStandsInTheWay):
        decide(decision([item], directors), officer)
    decide(decision([item], directors, OUT.HOLD), officer)
    assert (item.state, [row.outcome for row in decisions()]) == (S.DIRECTOR_MEETING_HELD, [OUT.HOLD])


def test_override_is_recorded_apart(item: Item, directors: Meeting, officer: Actor) -> None:
    with pytest.raises(OverrideApart):
        decide(decision([item], directors, OUT.OVERRIDE), officer)
    assert (item.state, decisions()) == (S.EXAM_CLEARED, [])


def _standing(bill: Bill) -> int:
    return hold_meeting(bill.committee_id).id


def _planned(bill: Bill) -> int:
    return make_meeting(get_committee(bill.committee_id), kind=MeetingKind.DIRECTORS, number=9).id


def _too_early(bill: Bill) -> int:
    held_on = RECEIVED - timedelta(days=1)
    return hold_meeting(bill.committee_id, 9, MeetingKind.DIRECTORS, held_on, 7, 9).id


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (_standing, NotADirectorsMeeting),
        (_planned, MeetingNotHeld),
        (_too_early, DecidedTooEarly),
        (lambda _bill: 999, NoSuchMeeting),
    ],
)
def test_other_meetings_decide_nothing(
    bill: Bill, item: Item, directors: Meeting, officer: Actor, make: Any, refusal: type[DomainError]
) -> None:
    with transaction():
        meeting_id = make(bill)
    with pytest.raises(refusal):
        decide(decision([item], directors, meeting_id=meeting_id), officer)
    assert (item.state, decisions()) == (S.EXAM_CLEARED, [])


def test_closed_meeting_still_tells_what_it_decided(item: Item, directors: Meeting, officer: Actor) -> None:
    with transaction():
        meetings.close(directors.id, directors.committee_id, MACHINE, NINE)
    decide(decision([item], directors), officer)
    assert item.state is S.DIRECTOR_MEETING_APPROVED


def test_items_of_another_committee_are_not_found(item: Item, directors: Meeting, officer: Actor) -> None:
    with transaction():
        foreign = make_foreign()
    with pytest.raises(NoSuchMeeting):
        decide(decision([item], directors, committee_id=foreign.id), officer)
    with pytest.raises(NoSuchItem):
        decide(decision([item], directors, item_ids=[item.id, 999]), officer)
    assert (item.state, decisions()) == (S.EXAM_CLEARED, [])


def test_directors_own_bill_needs_their_meeting_too(bill: Bill, item: Item, directors: Meeting, officer: Actor) -> None:
    with transaction():
        db.session.get_one(Bill, bill.id).nominator = "主任会议"
    decide(decision([item], directors), officer)
    assert (item.state, len(decisions())) == (S.DIRECTOR_MEETING_APPROVED, 1)
