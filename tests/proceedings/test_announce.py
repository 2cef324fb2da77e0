"""tests.proceedings.test_announce — what was passed is announced as of the meeting's day, and removals end offices."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments.errors import ItemCannot, NoSuchItem, NothingChosen
from exam_app.appointments.models import Bill, Item, ItemEvent
from exam_app.appointments.states import Form, ItemState
from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.queries import get_committee
from exam_app.meetings import service as meetings
from exam_app.meetings.errors import NoSuchMeeting
from exam_app.meetings.models import Meeting
from exam_app.meetings.service import RecordMeeting
from exam_app.meetings.states import MeetingKind
from exam_app.proceedings import agenda, votes
from exam_app.proceedings.errors import MeetingNotHeld, NotAStandingMeeting, VotedElsewhere
from exam_app.proceedings.states import VoteMethod
from tests.appointments.factories import make_bill, make_foreign, make_item, make_office
from tests.conftest import NINE
from tests.proceedings.factories import TODAY, bring, directors_of, hold_meeting, make_free_item, vote_on

S = ItemState


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
def item(bill: Bill, meeting: Meeting) -> Item:
    """An appointment that was passed."""
    with transaction():
        return bring(make_free_item(bill), S.VOTED_PASSED, meeting)


def announce(meeting: Meeting, *items: Item, **changes: Any) -> list[Item]:
    """Announce items."""
    values: dict[str, Any] = {
        "meeting_id": meeting.id,
        "committee_id": meeting.committee_id,
        "item_ids": [one.id for one in items],
    }
    with transaction():
        return votes.announce(**(values | changes), actor=MACHINE, now=NINE)


def refused(meeting: Meeting, items: list[Item], refusal: type[DomainError], **changes: Any) -> DomainError:
    """Try to announce; check that it is refused and nothing is written."""
    seen, before = [(one.state, one.announced_on) for one in items], written()
    with pytest.raises(refusal) as raised:
        announce(meeting, *items, **changes)
    assert ([(one.state, one.announced_on) for one in items], written()) == (seen, before)
    return raised.value


def written() -> list[int]:
    """Count what stands on the record and in the audit."""
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (ItemEvent, AuditEntry)]


def test_announced_as_of_the_meetings_day(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        second = bring(make_free_item(bill, "李敏", post="甲市审计局局长"), S.VOTED_PASSED, meeting)
        meetings.close(meeting.id, bill.committee_id, MACHINE, NINE)
    assert announce(meeting, second, item, item) == [item, second]
    assert [(one.state, one.announced_on) for one in (item, second)] == [(S.ANNOUNCED, TODAY)] * 2
    event = db.session.scalars(select(ItemEvent).where(ItemEvent.verb == "item.announce")).first()
    assert event is not None
    assert event.details == {"meeting": meeting.id, "voted_on": TODAY.isoformat()}


def test_one_item_that_was_not_passed_keeps_all_from_being_announced(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        failed = bring(make_free_item(bill, "李敏", post="甲市审计局局长"), S.VOTED_FAILED, meeting)
    assert refused(meeting, [item, failed], ItemCannot).facts["name"] == "李敏"


def test_only_the_meeting_that_voted_announces(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        other = hold_meeting(bill.committee_id, 2)
        command = RecordMeeting(
            committee_id=bill.committee_id, kind=MeetingKind.STANDING_COMMITTEE, number=3, held_on=TODAY
        )
        planned = meetings.record(command, MACHINE, NINE)
        directors = directors_of(bill.committee_id)
        foreign = make_foreign()
    refused(other, [item], VotedElsewhere)
    refused(planned, [item], MeetingNotHeld)
    refused(directors, [item], NotAStandingMeeting)
    refused(meeting, [item], NoSuchMeeting, committee_id=foreign.id)
    refused(meeting, [item], NothingChosen, item_ids=[])
    refused(meeting, [item], NoSuchItem, item_ids=[item.id, 999])


def leaving(bill: Bill, meeting: Meeting, form: Form = Form.REMOVE, number: str = "甲政〔2026〕9号") -> Item:
    """Let the holder of the post be voted out of it, on a bill of its own."""
    later = make_bill(get_committee(bill.committee_id), number)
    person_id = db.session.scalars(select(Item.person_id).order_by(Item.id)).first()
    removal = make_item(later, choice=str(person_id), form=form)
    method = VoteMethod.BALLOT if form is Form.DISMISS else VoteMethod.PANEL
    vote_on(meeting, [bring(removal, S.ON_AGENDA, meeting)], method=method)
    return removal


@pytest.mark.parametrize(
    ("form", "because"),
    [
        (Form.REMOVE, "免职"),
        (Form.APPROVE_REMOVE, "免职"),
        (Form.ACCEPT_RESIGNATION, "辞职"),
        (Form.DISMISS, "撤职"),
        (Form.REVOKE, "撤销任命"),
    ],
)
def test_announced_removal_ends_the_appointment(
    bill: Bill, meeting: Meeting, item: Item, form: Form, because: str
) -> None:
    with transaction():
        bring(item, S.IN_OFFICE, meeting)
        removal = leaving(bill, meeting, form)
    assert (item.state, removal.ends_item_id) == (S.IN_OFFICE, None)
    assert announce(meeting, removal) == [removal]
    assert (item.state, item.ended_on, item.ended_because) == (S.ENDED, TODAY, because)
    assert (removal.state, removal.ends_item_id, removal.ended_on) == (S.ANNOUNCED, item.id, None)
    event = db.session.scalars(select(ItemEvent).where(ItemEvent.verb == "item.end")).one()
    assert (event.item_id, event.details) == (item.id, {"removal": removal.id, "because": because})


@pytest.mark.parametrize("state", [S.ANNOUNCED, S.LETTER_ISSUED, S.SWORN])
def test_removal_ends_an_appointment_however_far_it_came(
    bill: Bill, meeting: Meeting, item: Item, state: ItemState
) -> None:
    with transaction():
        bring(item, state, meeting)
        removal = leaving(bill, meeting)
    announce(meeting, removal)
    assert item.state is S.ENDED


def test_removal_that_failed_ends_nothing(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        bring(item, S.IN_OFFICE, meeting)
        later = make_bill(get_committee(bill.committee_id), "甲政〔2026〕9号")
        removal = bring(make_item(later, choice=str(item.person_id), form=Form.REMOVE), S.VOTED_FAILED, meeting)
    refused(meeting, [removal], ItemCannot)
    assert item.state is S.IN_OFFICE


def test_removal_from_another_post_or_of_another_person_ends_nothing(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        bring(item, S.IN_OFFICE, meeting)
        later = make_bill(get_committee(bill.committee_id), "甲政〔2026〕9号")
        elsewhere = make_item(later, choice=str(item.person_id), form=Form.REMOVE, post="甲市审计局局长")
        other = make_item(later, "李敏", form=Form.REMOVE)
        for removal in (elsewhere, other):
            bring(removal, S.VOTED_PASSED, meeting)
    announce(meeting, elsewhere, other)
    assert (item.state, elsewhere.ends_item_id, other.ends_item_id) == (S.IN_OFFICE, None, None)


@pytest.mark.parametrize("post", ["财政局局长", "市财政局局长"])
def test_removal_is_known_by_its_post_with_or_without_the_place(
    bill: Bill, meeting: Meeting, item: Item, post: str
) -> None:
    with transaction():
        bring(item, S.IN_OFFICE, meeting)
        removal = leaving(bill, meeting)
        removal.post = post
    announce(meeting, removal)
    assert item.state is S.ENDED


def test_removal_that_names_an_appointment_ends_that_one(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        bring(item, S.IN_OFFICE, meeting)
        removal = leaving(bill, meeting)
        removal.post, removal.ends_item_id = "甲市财政局局长（兼）", item.id
    announce(meeting, removal)
    assert item.state is S.ENDED


def test_removal_ends_every_term_of_the_post_and_names_the_newest(bill: Bill, meeting: Meeting, item: Item) -> None:
    """Who was appointed again at a change of term has two appointments to the post."""
    with transaction():
        bring(item, S.IN_OFFICE, meeting)
        later = make_bill(get_committee(bill.committee_id), "甲政〔2026〕10号")
        again = bring(make_item(later, choice=str(item.person_id)), S.IN_OFFICE, meeting)
        removal = leaving(bill, meeting)
    announce(meeting, removal)
    assert [item.state, again.state, removal.ends_item_id] == [S.ENDED, S.ENDED, again.id]


def test_appointment_that_ended_already_is_left_as_it_was(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        bring(item, S.ENDED, meeting)
        removal = leaving(bill, meeting)
    announce(meeting, removal)
    assert (item.ended_because, removal.ends_item_id) == ("机构撤销", None)


def test_failed_item_is_nominated_again_only_through_a_new_item(bill: Bill, meeting: Meeting) -> None:
    with transaction():
        failed = bring(make_free_item(bill), S.VOTED_FAILED, meeting)
    for act in (
        lambda: announce(meeting, failed),
        lambda: agenda.place(meeting.id, bill.committee_id, [failed.id], MACHINE, NINE),
        lambda: vote_on(meeting, [failed]),
    ):
        with pytest.raises(ItemCannot):
            act()
    with transaction():
        later = make_bill(get_committee(bill.committee_id), "甲政〔2026〕9号")
        again = bring(make_item(later, choice=str(failed.person_id)), S.ANNOUNCED, meeting)
    assert [failed.state, again.state] == [S.VOTED_FAILED, S.ANNOUNCED]
