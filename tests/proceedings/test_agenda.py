"""tests.proceedings.test_agenda — items come onto an agenda and leave it; its order is kept, set, or refused."""

import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.appointments.errors import ExamStandsInTheWay, ItemCannot, NoSuchItem, NothingChosen, ReasonNeeded
from exam_app.appointments.models import Bill, Item, ItemEvent
from exam_app.appointments.states import ExamStep, ItemState
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.queries import get_committee
from exam_app.committees.rules import LocalRules
from exam_app.meetings import service as meetings
from exam_app.meetings.errors import MeetingNotOpen, MeetingOver, NoSuchMeeting
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.proceedings import agenda
from exam_app.proceedings.errors import AlreadyOnAgenda, ItemsUndecided, NotOnAgenda
from exam_app.proceedings.models import AgendaEntry
from tests.appointments.factories import make_bill, make_foreign, make_item, make_office
from tests.conftest import NINE
from tests.meetings.factories import make_meeting
from tests.proceedings.agendas import approved, brought, ids, on_agenda, place, reorder
from tests.proceedings.factories import attend, bring, directors_of

S = ItemState


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill of a committee with the usual rules."""
    with transaction():
        return make_bill(make_office())


@pytest.fixture
def meeting(bill: Bill) -> Meeting:
    """A planned meeting of the standing committee."""
    with transaction():
        return make_meeting(get_committee(bill.committee_id))


def take_off(meeting: Meeting, *items: Item, reason: str = "材料不全") -> None:
    """Take items off it, in a transaction of their own."""
    with transaction():
        agenda.take_off(meeting.id, meeting.committee_id, [item.id for item in items], reason, MACHINE, NINE)


def state_of(meeting: Meeting) -> MeetingState:
    """Return the state of the meeting as recorded now."""
    db.session.refresh(meeting)
    return meeting.state


def last_event(item: Item) -> ItemEvent:
    """Return what happened to the item last."""
    query = select(ItemEvent).where(ItemEvent.item_id == item.id).order_by(ItemEvent.id.desc())
    return db.session.scalars(query.limit(1)).one()


def test_placed_item_is_on_the_agenda(bill: Bill, meeting: Meeting) -> None:
    item = approved(bill, "王强")
    place(meeting, item)
    assert (item.state, on_agenda(meeting)) == (S.ON_AGENDA, [item.id])
    assert (last_event(item).verb, last_event(item).details) == ("item.place", {"meeting": meeting.id})


def test_deferred_item_is_placed_again(bill: Bill, meeting: Meeting) -> None:
    item = approved(bill, "王强")
    place(meeting, item)
    with transaction():
        item.state = S.VOTE_DEFERRED
        agenda.leave(item, "举报待查", NINE)
        later = make_meeting(get_committee(bill.committee_id), number=4)
    place(later, item)
    assert (item.state, on_agenda(meeting), on_agenda(later)) == (S.ON_AGENDA, [], [item.id])


def test_placing_again_takes_up_the_old_line(bill: Bill, meeting: Meeting) -> None:
    item = approved(bill, "王强")
    place(meeting, item)
    first = db.session.scalars(select(AgendaEntry.id)).one()
    take_off(meeting, item)
    place(meeting, item)
    entry = db.session.scalars(select(AgendaEntry)).one()
    assert (entry.id, entry.left_at, entry.left_because) == (first, None, "")


@pytest.mark.parametrize(
    "state", [S.SUBMITTED, S.UNDER_REVIEW, S.RETURNED_FOR_CORRECTION, S.EXAM_CLEARED, S.DIRECTOR_MEETING_HELD]
)
def test_only_what_the_directors_submitted_is_placed(bill: Bill, meeting: Meeting, state: ItemState) -> None:
    good, early = approved(bill, "王强"), brought(state, bill, "李敏")
    with pytest.raises(ItemCannot):
        place(meeting, good, early)
    assert (good.state, early.state, on_agenda(meeting)) == (S.DIRECTOR_MEETING_APPROVED, state, [])


def test_gate_is_checked_again_when_an_item_is_placed(bill: Bill, meeting: Meeting) -> None:
    good, voided = approved(bill, "王强"), approved(bill, "李敏")
    with transaction():
        voided.exam_step = ExamStep.BLOCKED
    with pytest.raises(ExamStandsInTheWay) as refused:
        place(meeting, good, voided)
    assert refused.value.facts["name"] == "李敏"
    assert (good.state, voided.state, on_agenda(meeting)) == (
        S.DIRECTOR_MEETING_APPROVED,
        S.DIRECTOR_MEETING_APPROVED,
        [],
    )


def test_soft_gate_does_not_keep_an_item_off(app: Flask) -> None:
    with transaction():
        bill = make_bill(make_office(LocalRules(gate="advise")))
        meeting = make_meeting(get_committee(bill.committee_id))
        item = bring(make_item(bill), S.DIRECTOR_MEETING_APPROVED, directors_of(bill.committee_id))
    place(meeting, item)
    assert item.state is S.ON_AGENDA


def test_nothing_comes_on_or_moves_on_the_agenda_of_a_closed_meeting(bill: Bill, meeting: Meeting) -> None:
    item = approved(bill, "王强")
    with transaction():
        attend(meeting)
        meetings.close(meeting.id, meeting.committee_id, MACHINE, NINE)
    with pytest.raises(MeetingOver):
        place(meeting, item)
    with pytest.raises(MeetingOver):
        reorder(meeting, [])
    assert (item.state, on_agenda(meeting)) == (S.DIRECTOR_MEETING_APPROVED, [])


def test_items_and_meetings_of_others_are_not_found(bill: Bill, meeting: Meeting) -> None:
    item = approved(bill, "王强")
    with transaction():
        foreign = make_foreign()
    cases: list[tuple[int, int, list[int], type[DomainError]]] = [
        (meeting.id, foreign.id, [item.id], NoSuchMeeting),
        (meeting.id, meeting.committee_id, [item.id, 999], NoSuchItem),
        (meeting.id, meeting.committee_id, [], NothingChosen),
    ]
    for meeting_id, committee_id, chosen, refusal in cases:
        with pytest.raises(refusal), transaction():
            agenda.place(meeting_id, committee_id, chosen, MACHINE, NINE)
        with pytest.raises(refusal), transaction():
            agenda.take_off(meeting_id, committee_id, chosen, "材料不全", MACHINE, NINE)
    assert (item.state, on_agenda(meeting)) == (S.DIRECTOR_MEETING_APPROVED, [])


def test_directors_have_items_before_them_without_moving_them(bill: Bill) -> None:
    cleared, held = brought(S.EXAM_CLEARED, bill, "王强"), brought(S.DIRECTOR_MEETING_HELD, bill, "李敏")
    blocked = brought(S.UNDER_REVIEW, bill, "赵平")
    with transaction():
        blocked.exam_step = ExamStep.BLOCKED
        directors = make_meeting(get_committee(bill.committee_id), kind=MeetingKind.DIRECTORS)
    place(directors, cleared, held, blocked)
    assert on_agenda(directors) == ids(cleared, held, blocked)
    assert [item.state for item in (cleared, held, blocked)] == [
        S.EXAM_CLEARED,
        S.DIRECTOR_MEETING_HELD,
        S.UNDER_REVIEW,
    ]
    assert last_event(cleared).verb == "directors.place"
    with pytest.raises(AlreadyOnAgenda):
        place(directors, cleared)
    take_off(directors, cleared)
    assert (cleared.state, on_agenda(directors)) == (S.EXAM_CLEARED, ids(held, blocked))
    assert last_event(cleared).verb == "directors.take_off"


@pytest.mark.parametrize("state", [S.SUBMITTED, S.UNDER_REVIEW, S.DIRECTOR_MEETING_APPROVED])
def test_directors_do_not_hear_of_what_is_not_ready(bill: Bill, state: ItemState) -> None:
    item = brought(state, bill, "王强")
    with transaction():
        directors = make_meeting(get_committee(bill.committee_id), kind=MeetingKind.DIRECTORS)
    with pytest.raises(ItemCannot):
        place(directors, item)
    assert (item.state, on_agenda(directors)) == (state, [])


def test_taken_off_item_leaves_a_trace_and_goes_back(bill: Bill, meeting: Meeting) -> None:
    item, other = approved(bill, "王强"), approved(bill, "李敏")
    place(meeting, item, other)
    take_off(meeting, item, reason=" 材料不全 ")
    assert (item.state, on_agenda(meeting)) == (S.DIRECTOR_MEETING_APPROVED, [other.id])
    entry = db.session.scalars(select(AgendaEntry).where(AgendaEntry.item_id == item.id)).one()
    assert (entry.left_at, entry.left_because) == (NINE, "材料不全")
    assert last_event(item).details == {"meeting": meeting.id, "reason": "材料不全"}


@pytest.mark.parametrize("reason", ["", " ", "因" * 301])
def test_item_is_not_taken_off_without_a_reason(bill: Bill, meeting: Meeting, reason: str) -> None:
    item = approved(bill, "王强")
    place(meeting, item)
    with pytest.raises(ReasonNeeded):
        take_off(meeting, item, reason=reason)
    assert (item.state, on_agenda(meeting)) == (S.ON_AGENDA, [item.id])


def test_item_is_not_taken_off_an_agenda_that_it_is_not_on(bill: Bill, meeting: Meeting) -> None:
    item, absent = approved(bill, "王强"), approved(bill, "李敏")
    place(meeting, item)
    with pytest.raises(NotOnAgenda):
        take_off(meeting, item, absent)
    assert (item.state, on_agenda(meeting)) == (S.ON_AGENDA, [item.id])


def test_voted_item_is_not_taken_off(bill: Bill, meeting: Meeting) -> None:
    item = approved(bill, "王强")
    place(meeting, item)
    with transaction():
        attend(meeting)
        bring(item, S.VOTED_PASSED, meeting)
    with pytest.raises(ItemCannot):
        take_off(meeting, item)
    assert (item.state, on_agenda(meeting)) == (S.VOTED_PASSED, [item.id])


def test_meeting_does_not_close_over_undecided_items(bill: Bill, meeting: Meeting) -> None:
    item = approved(bill, "王强")
    place(meeting, item)
    with transaction():
        attend(meeting)
    with pytest.raises(ItemsUndecided) as refused, transaction():
        agenda.close(meeting.id, meeting.committee_id, MACHINE, NINE)
    assert refused.value.facts == {"name": "王强", "count": 1}
    assert state_of(meeting) is MeetingState.OPEN
    take_off(meeting, item)
    with transaction():
        agenda.close(meeting.id, meeting.committee_id, MACHINE, NINE)
    assert state_of(meeting) is MeetingState.CLOSED


def test_meeting_that_was_not_held_is_not_closed(meeting: Meeting) -> None:
    with pytest.raises(MeetingNotOpen), transaction():
        agenda.close(meeting.id, meeting.committee_id, MACHINE, NINE)
    assert state_of(meeting) is MeetingState.PLANNED
