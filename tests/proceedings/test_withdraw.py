"""tests.proceedings.test_withdraw — items are withdrawn until the vote; once submitted, with the directors' consent."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.appointments.errors import ItemCannot, NoSuchItem, NotADirectorsMeeting, ReasonNeeded
from exam_app.appointments.models import Bill, DirectorsDecision, Item, ItemEvent
from exam_app.appointments.states import UNDECIDED, DirectorsOutcome, ItemState
from exam_app.audit.service import Actor
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.queries import get_committee
from exam_app.meetings.errors import NoSuchMeeting
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind
from exam_app.proceedings import agenda, review
from exam_app.proceedings.errors import ConsentMissing, MeetingNotHeld
from exam_app.proceedings.models import AgendaEntry
from exam_app.proceedings.review import DirectorsDecide, Withdraw
from tests.appointments.factories import make_bill, make_foreign, make_office
from tests.conftest import NINE
from tests.meetings.factories import make_meeting
from tests.proceedings.factories import bring, clerk, directors_of, hold_meeting, make_free_item

S = ItemState
SUBMITTED_BY_THE_DIRECTORS = [S.DIRECTOR_MEETING_APPROVED, S.ON_AGENDA, S.REPORTED, S.VOTE_DEFERRED]
OWN = sorted(UNDECIDED - set(SUBMITTED_BY_THE_DIRECTORS))


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill of a committee with the usual rules."""
    with transaction():
        return make_bill(make_office())


@pytest.fixture
def meeting(bill: Bill) -> Meeting:
    """A meeting of 46 of 51 members."""
    with transaction():
        return hold_meeting(bill.committee_id)


@pytest.fixture
def officer(bill: Bill) -> Actor:
    """Who records it."""
    with transaction():
        return clerk(bill.committee_id)


def brought(bill: Bill, state: ItemState, meeting: Meeting) -> Item:
    """Return an item in the state, in a transaction of its own."""
    with transaction():
        return bring(make_free_item(bill), state, meeting)


def withdraw(item: Item, officer: Actor, **changes: Any) -> None:
    """Withdraw the item, in a transaction of its own."""
    committee_id = db.session.get_one(Bill, item.bill_id).committee_id
    values: dict[str, Any] = {"committee_id": committee_id, "item_id": item.id, "reason": "另有任用"}
    with transaction():
        review.withdraw(Withdraw(**(values | changes)), officer, NINE)


def consent(item: Item, directors: Meeting, officer: Actor) -> None:
    """Let the directors consent beforehand, in a transaction of its own."""
    command = DirectorsDecide(
        committee_id=directors.committee_id,
        meeting_id=directors.id,
        item_ids=[item.id],
        outcome=DirectorsOutcome.CONSENT_TO_WITHDRAW,
        reason="提请机关要求撤回",
    )
    with transaction():
        review.decide(command, officer, NINE)


def consents() -> list[DirectorsDecision]:
    """Return the consents on record."""
    query = select(DirectorsDecision).where(DirectorsDecision.outcome == DirectorsOutcome.CONSENT_TO_WITHDRAW)
    return list(db.session.scalars(query))


def live_entries(item: Item) -> list[AgendaEntry]:
    """Return the agenda lines that the item still has."""
    query = select(AgendaEntry).where(AgendaEntry.item_id == item.id, AgendaEntry.left_at.is_(None))
    return list(db.session.scalars(query))


@pytest.mark.parametrize("state", OWN)
def test_what_the_directors_did_not_submit_is_the_nominators_own(
    bill: Bill, meeting: Meeting, officer: Actor, state: ItemState
) -> None:
    item = brought(bill, state, meeting)
    withdraw(item, officer, reason=" 另有任用 ")
    assert item.state is S.WITHDRAWN
    event = db.session.scalars(select(ItemEvent).order_by(ItemEvent.id.desc())).first()
    assert event is not None and (event.verb, event.details) == ("item.withdraw", {"reason": "另有任用"})


@pytest.mark.parametrize("state", SUBMITTED_BY_THE_DIRECTORS)
def test_what_they_submitted_is_withdrawn_with_their_consent_only(
    bill: Bill, meeting: Meeting, officer: Actor, state: ItemState
) -> None:
    item = brought(bill, state, meeting)
    lines = len(live_entries(item))
    with pytest.raises(ConsentMissing) as refused:
        withdraw(item, officer)
    assert refused.value.facts == {"name": "王强", "post": "甲市财政局局长"}
    assert (item.state, len(live_entries(item))) == (state, lines)

    with transaction():
        directors = directors_of(bill.committee_id)
    consent(item, directors, officer)
    assert item.state is state
    withdraw(item, officer)
    assert (item.state, live_entries(item)) == (S.WITHDRAWN, [])


def test_consent_may_be_recorded_with_the_withdrawal(bill: Bill, meeting: Meeting, officer: Actor) -> None:
    item = brought(bill, S.ON_AGENDA, meeting)
    with transaction():
        directors = directors_of(bill.committee_id)
    withdraw(item, officer, meeting_id=directors.id)
    [row] = consents()
    assert (item.state, row.meeting_id, row.reason) == (S.WITHDRAWN, directors.id, "另有任用")
    left = db.session.scalars(select(AgendaEntry)).one()
    assert (left.left_at, left.left_because) == (NINE, "另有任用")


def test_withdrawn_item_leaves_agendas_to_come_and_stays_on_those_that_were(
    bill: Bill, meeting: Meeting, officer: Actor
) -> None:
    item = brought(bill, S.EXAM_CLEARED, meeting)
    with transaction():
        held = hold_meeting(bill.committee_id, 5, MeetingKind.DIRECTORS, present=7, total=9)
        planned = make_meeting(get_committee(bill.committee_id), kind=MeetingKind.DIRECTORS, number=6)
        for directors in (held, planned):
            agenda.place(directors.id, bill.committee_id, [item.id], officer, NINE)
    withdraw(item, officer)
    assert [entry.meeting_id for entry in live_entries(item)] == [held.id]


@pytest.mark.parametrize("state", sorted(set(S) - UNDECIDED - {S.WITHDRAWN}))
def test_voted_item_is_not_withdrawn(bill: Bill, meeting: Meeting, officer: Actor, state: ItemState) -> None:
    item = brought(bill, state, meeting)
    with transaction():
        directors = directors_of(bill.committee_id)
    with pytest.raises(ItemCannot):
        withdraw(item, officer, meeting_id=directors.id)
    assert (item.state, consents()) == (state, [])


def test_item_is_withdrawn_once(bill: Bill, meeting: Meeting, officer: Actor) -> None:
    item = brought(bill, S.WITHDRAWN, meeting)
    with pytest.raises(ItemCannot):
        withdraw(item, officer)
    assert item.state is S.WITHDRAWN


@pytest.mark.parametrize("reason", ["", "  ", "因" * 301])
def test_withdrawal_without_a_reason_is_refused(bill: Bill, meeting: Meeting, officer: Actor, reason: str) -> None:
    item = brought(bill, S.SUBMITTED, meeting)
    with pytest.raises(ReasonNeeded):
        withdraw(item, officer, reason=reason)
    assert item.state is S.SUBMITTED


def test_only_a_directors_meeting_that_was_held_consents(bill: Bill, meeting: Meeting, officer: Actor) -> None:
    item = brought(bill, S.ON_AGENDA, meeting)
    with transaction():
        planned = make_meeting(get_committee(bill.committee_id), kind=MeetingKind.DIRECTORS, number=6)
    wrong: list[tuple[int, type[DomainError]]] = [
        (meeting.id, NotADirectorsMeeting),
        (planned.id, MeetingNotHeld),
        (999, NoSuchMeeting),
    ]
    for meeting_id, refusal in wrong:
        with pytest.raises(refusal):
            withdraw(item, officer, meeting_id=meeting_id)
    assert (item.state, consents(), len(live_entries(item))) == (S.ON_AGENDA, [], 1)


def test_item_of_another_committee_is_not_found(bill: Bill, meeting: Meeting, officer: Actor) -> None:
    item = brought(bill, S.SUBMITTED, meeting)
    with transaction():
        foreign = make_foreign()
    with pytest.raises(NoSuchItem):
        withdraw(item, officer, committee_id=foreign.id)
    assert item.state is S.SUBMITTED
