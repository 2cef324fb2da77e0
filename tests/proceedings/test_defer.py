"""tests.proceedings.test_defer — an open question keeps an item from the vote; the local rules say who decides so."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.appointments.errors import ItemCannot, NotADirectorsMeeting, ReasonNeeded
from exam_app.appointments.models import Bill, DirectorsDecision, Item, ItemEvent
from exam_app.appointments.moves import name_of
from exam_app.appointments.states import AT_THE_MEETING, DirectorsOutcome, ItemState
from exam_app.audit.service import MACHINE, Actor
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.queries import get_committee
from exam_app.committees.rules import LocalRules
from exam_app.meetings import service as meetings
from exam_app.meetings.errors import MeetingNotOpen, NoSuchMeeting
from exam_app.meetings.models import Meeting
from exam_app.proceedings import agenda, review
from exam_app.proceedings.errors import DirectorsDecideAgain, NotAStandingMeeting, NotOnAgenda
from exam_app.proceedings.models import AgendaEntry
from exam_app.proceedings.review import Defer
from tests.appointments.factories import make_bill, make_foreign, make_office
from tests.conftest import NINE
from tests.meetings.factories import make_meeting
from tests.proceedings.factories import bring, clerk, directors_of, hold_meeting, make_free_item

S = ItemState


@pytest.fixture(params=["directors", "meeting"])
def decider(request: pytest.FixtureRequest) -> str:
    """Who decides by the local rules."""
    return str(request.param)


@pytest.fixture
def bill(app: Flask, decider: str) -> Bill:
    """A bill of a committee with those rules."""
    with transaction():
        return make_bill(make_office(LocalRules(deferral_by=decider)))


@pytest.fixture
def meeting(bill: Bill) -> Meeting:
    """A meeting of 46 of 51 members."""
    with transaction():
        return hold_meeting(bill.committee_id)


@pytest.fixture
def directors(bill: Bill) -> Meeting:
    """A directors' meeting that was held."""
    with transaction():
        return directors_of(bill.committee_id)


@pytest.fixture
def officer(bill: Bill) -> Actor:
    """Who records it."""
    with transaction():
        return clerk(bill.committee_id)


@pytest.fixture
def item(bill: Bill, meeting: Meeting) -> Item:
    """An item on the agenda."""
    with transaction():
        return bring(make_free_item(bill), S.ON_AGENDA, meeting)


def defer(item: Item, deciding: Meeting, officer: Actor, **changes: Any) -> None:
    """Let a meeting defer the item, in a transaction of its own."""
    values: dict[str, Any] = {
        "committee_id": deciding.committee_id,
        "meeting_id": deciding.id,
        "item_ids": [item.id],
        "reason": "举报待查",
    }
    with transaction():
        review.defer(Defer(**(values | changes)), officer, NINE)


def decisions() -> list[DirectorsOutcome]:
    """Return what the directors decided, besides submitting."""
    query = select(DirectorsDecision.outcome).where(DirectorsDecision.outcome != DirectorsOutcome.SUBMIT)
    return list(db.session.scalars(query))


def last_verb(item: Item) -> str:
    """Return what happened to the item last."""
    query = select(ItemEvent.verb).where(ItemEvent.item_id == item.id).order_by(ItemEvent.id.desc())
    return db.session.scalars(query.limit(1)).one()


def right(decider: str, meeting: Meeting, directors: Meeting) -> Meeting:
    """Return the meeting that may defer."""
    return directors if decider == "directors" else meeting


@pytest.mark.parametrize("state", sorted(AT_THE_MEETING))
def test_deferred_item_leaves_the_agenda_and_may_come_back(
    bill: Bill, decider: str, meeting: Meeting, directors: Meeting, item: Item, officer: Actor, state: ItemState
) -> None:
    with transaction():
        bring(item, state, meeting)
    defer(item, right(decider, meeting, directors), officer)
    assert (item.state, last_verb(item)) == (S.VOTE_DEFERRED, "item.defer")
    entry = db.session.scalars(select(AgendaEntry).where(AgendaEntry.item_id == item.id)).one()
    assert (entry.left_at, entry.left_because) == (NINE, "举报待查")
    assert decisions() == ([DirectorsOutcome.DEFER] if decider == "directors" else [])

    with transaction():
        later = make_meeting(get_committee(bill.committee_id), number=4)
        agenda.place(later.id, bill.committee_id, [item.id], officer, NINE)
    assert item.state is S.ON_AGENDA


ZHEJIANG = LocalRules(deferral_by="meeting", after_deferral="directors")


def deferred_in_zhejiang() -> tuple[Item, Meeting, Actor]:
    """Return an item that the meeting deferred under the rules of Zhejiang, the next meeting, and who records."""
    with transaction():
        bill = make_bill(make_office(ZHEJIANG))
        meeting, officer = hold_meeting(bill.committee_id), clerk(bill.committee_id)
        item = bring(make_free_item(bill), S.ON_AGENDA, meeting)
        later = make_meeting(get_committee(bill.committee_id), number=4)
    defer(item, meeting, officer)
    return item, later, officer


def decide_again(item: Item, meeting: Meeting, outcome: DirectorsOutcome, reason: str, officer: Actor) -> None:
    """Let the directors decide about the item, in a transaction of its own."""
    command = review.DirectorsDecide(
        committee_id=meeting.committee_id, meeting_id=meeting.id, item_ids=[item.id], outcome=outcome, reason=reason
    )
    with transaction():
        review.decide(command, officer, NINE)


def test_deferred_item_comes_back_only_by_a_new_decision_where_the_rules_ask_for_it(app: Flask) -> None:
    item, later, officer = deferred_in_zhejiang()
    with pytest.raises(DirectorsDecideAgain) as refused, transaction():
        agenda.place(later.id, later.committee_id, [item.id], officer, NINE)
    assert (refused.value.facts["name"], item.state) == (name_of(item), S.VOTE_DEFERRED)

    with transaction():
        directors = directors_of(later.committee_id)
        agenda.place(directors.id, later.committee_id, [item.id], officer, NINE)
    decide_again(item, directors, DirectorsOutcome.SUBMIT, "提请机关书面报告：举报不实", officer)
    assert (item.state, last_verb(item)) == (S.DIRECTOR_MEETING_APPROVED, "item.approve")
    with transaction():
        agenda.place(later.id, later.committee_id, [item.id], officer, NINE)
    assert item.state is S.ON_AGENDA


def test_directors_say_what_came_to_light_or_hold_the_item(app: Flask) -> None:
    item, later, officer = deferred_in_zhejiang()
    with transaction():
        directors = directors_of(later.committee_id)
    with pytest.raises(ReasonNeeded):
        decide_again(item, directors, DirectorsOutcome.SUBMIT, " ", officer)
    assert item.state is S.VOTE_DEFERRED
    decide_again(item, directors, DirectorsOutcome.HOLD, "尚未查清", officer)
    assert (item.state, last_verb(item)) == (S.DIRECTOR_MEETING_HELD, "item.hold")


def test_the_other_meeting_does_not_decide(
    decider: str, meeting: Meeting, directors: Meeting, item: Item, officer: Actor
) -> None:
    wrong = meeting if decider == "directors" else directors
    with pytest.raises(NotADirectorsMeeting if decider == "directors" else NotAStandingMeeting):
        defer(item, wrong, officer)
    assert (item.state, decisions()) == (S.ON_AGENDA, [])


def test_directors_propose_where_the_meeting_decides(
    bill: Bill, decider: str, directors: Meeting, item: Item, officer: Actor
) -> None:
    command = review.DirectorsDecide(
        committee_id=bill.committee_id,
        meeting_id=directors.id,
        item_ids=[item.id],
        outcome=DirectorsOutcome.DEFER,
        reason="举报待查",
    )
    with transaction():
        review.decide(command, officer, NINE)
    moved = decider == "directors"
    assert item.state is (S.VOTE_DEFERRED if moved else S.ON_AGENDA)
    assert last_verb(item) == ("item.defer" if moved else "directors.defer")
    assert decisions() == [DirectorsOutcome.DEFER]


@pytest.mark.parametrize("state", [S.EXAM_CLEARED, S.DIRECTOR_MEETING_APPROVED, S.VOTED_PASSED])
def test_only_what_is_before_the_meeting_is_deferred(
    bill: Bill, decider: str, meeting: Meeting, directors: Meeting, officer: Actor, state: ItemState
) -> None:
    with transaction():
        item = bring(make_free_item(bill, "李敏"), state, meeting)
    with pytest.raises(ItemCannot):
        defer(item, right(decider, meeting, directors), officer)
    assert (item.state, decisions()) == (state, [])


@pytest.mark.parametrize("reason", ["", "  ", "因" * 301])
def test_deferral_without_a_reason_is_refused(
    decider: str, meeting: Meeting, directors: Meeting, item: Item, officer: Actor, reason: str
) -> None:
    with pytest.raises(ReasonNeeded):
        defer(item, right(decider, meeting, directors), officer, reason=reason)
    assert (item.state, decisions()) == (S.ON_AGENDA, [])


def test_foreign_meeting_is_not_found(
    decider: str, meeting: Meeting, directors: Meeting, item: Item, officer: Actor
) -> None:
    with transaction():
        foreign = make_foreign()
    with pytest.raises(NoSuchMeeting):
        defer(item, right(decider, meeting, directors), officer, committee_id=foreign.id)
    assert (item.state, decisions()) == (S.ON_AGENDA, [])


@pytest.mark.parametrize("decider", ["meeting"], indirect=True)
def test_meeting_defers_only_what_is_on_its_own_agenda_while_it_is_open(
    bill: Bill, meeting: Meeting, item: Item, officer: Actor
) -> None:
    with transaction():
        other = hold_meeting(bill.committee_id, 2)
        planned = make_meeting(get_committee(bill.committee_id), number=4)
        meetings.close(meeting.id, bill.committee_id, MACHINE, NINE)
    wrong: list[tuple[Meeting, type[DomainError]]] = [
        (other, NotOnAgenda),
        (planned, MeetingNotOpen),
        (meeting, MeetingNotOpen),
    ]
    for deciding, refusal in wrong:
        with pytest.raises(refusal):
            defer(item, deciding, officer)
    assert item.state is S.ON_AGENDA
