"""tests.proceedings.test_correct_vote — totals are put right beside the wrong ones, never after the announcement."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments.errors import ItemCannot, ReasonNeeded
from exam_app.appointments.models import Bill, Item, ItemEvent
from exam_app.appointments.states import ItemState
from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.meetings import service as meetings
from exam_app.meetings.errors import AttendanceFixed, NoQuorum
from exam_app.meetings.models import Meeting
from exam_app.proceedings import votes
from exam_app.proceedings.errors import CountsDoNotAddUp, NoSuchVote, VoteCorrected
from exam_app.proceedings.models import Vote, VotedItem
from exam_app.proceedings.votes import CorrectVote
from tests.appointments.factories import make_bill, make_office
from tests.conftest import NINE
from tests.proceedings.factories import attend, bring, hold_meeting, make_free_item, vote_on

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
    """An item on the agenda."""
    return listed(bill, meeting)


def listed(bill: Bill, meeting: Meeting, name: str = "王强", **changes: Any) -> Item:
    """Put one more item on the agenda."""
    with transaction():
        return bring(make_free_item(bill, name, **changes), S.ON_AGENDA, meeting)


def written() -> list[int]:
    """Count the rows that a vote would add to."""
    tables = (Vote, VotedItem, ItemEvent, AuditEntry)
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def correction(vote: Vote, bill: Bill, yes: int, no: int, reason: str = "监票报告有误") -> CorrectVote:
    """Return other totals."""
    return CorrectVote(
        vote_id=vote.id, committee_id=bill.committee_id, yes=yes, no=no, abstain=0, not_pressed=0, reason=reason
    )


@pytest.mark.parametrize(
    ("was", "becomes", "verb", "state"),
    [
        (40, 39, "item.correct_vote", S.VOTED_PASSED),
        (40, 20, "item.correct_to_rejected", S.VOTED_FAILED),
        (20, 21, "item.correct_vote", S.VOTED_FAILED),
        (20, 26, "item.correct_to_carried", S.VOTED_PASSED),
    ],
)
def test_correction_stands_beside_the_vote_and_may_turn_it(
    bill: Bill, meeting: Meeting, item: Item, was: int, becomes: int, verb: str, state: ItemState
) -> None:
    with transaction():
        old = vote_on(meeting, [item], was)
    with transaction():
        new = votes.correct_vote(correction(old, bill, becomes, 46 - becomes), MACHINE, NINE)
    assert (old.yes, old.corrects_id) == (was, None)
    assert (new.yes, new.corrects_id, new.method, new.reason) == (becomes, old.id, old.method, "监票报告有误")
    assert (new.passed, item.state) == (state is S.VOTED_PASSED, state)
    event = db.session.scalars(select(ItemEvent).order_by(ItemEvent.id.desc()).limit(1)).one()
    assert (event.verb, event.details["vote"], event.details["corrects"]) == (verb, new.id, old.id)
    noted = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "vote.correct")).one()
    assert (noted.details["reason"], noted.details["corrects"], noted.details["yes"]) == (
        "监票报告有误",
        old.id,
        becomes,
    )


def test_correction_of_a_combined_vote_turns_all_its_items(bill: Bill, meeting: Meeting, item: Item) -> None:
    second = listed(bill, meeting, "李敏", post="甲市审计局局长")
    with transaction():
        old = vote_on(meeting, [item, second])
    with transaction():
        votes.correct_vote(correction(old, bill, 4, 42), MACHINE, NINE)
    assert [item.state, second.state] == [S.VOTED_FAILED] * 2


def test_only_the_newest_record_of_a_vote_is_corrected(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        first = vote_on(meeting, [item])
    with transaction():
        second = votes.correct_vote(correction(first, bill, 20, 26), MACHINE, NINE)
    with pytest.raises(VoteCorrected), transaction():
        votes.correct_vote(correction(first, bill, 30, 16), MACHINE, NINE)
    assert item.state is S.VOTED_FAILED
    with transaction():
        votes.correct_vote(correction(second, bill, 30, 16), MACHINE, NINE)
    assert item.state is S.VOTED_PASSED


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": " "}, ReasonNeeded),
        ({"reason": "因" * 301}, ReasonNeeded),
        ({"no": 7}, CountsDoNotAddUp),
        ({"vote_id": 999}, NoSuchVote),
        ({"committee_id": 999}, NoSuchVote),
    ],
)
def test_impossible_correction_is_refused(
    bill: Bill, meeting: Meeting, item: Item, changes: dict[str, Any], refusal: type[DomainError]
) -> None:
    with transaction():
        old = vote_on(meeting, [item])
    before = written()
    with pytest.raises(refusal), transaction():
        votes.correct_vote(replace(correction(old, bill, 40, 6), **changes), MACHINE, NINE)
    assert (item.state, written()) == (S.VOTED_PASSED, before)


@pytest.mark.parametrize("state", [S.ANNOUNCED, S.LETTER_ISSUED, S.SWORN, S.IN_OFFICE, S.ENDED])
def test_announced_vote_is_not_corrected(bill: Bill, meeting: Meeting, item: Item, state: ItemState) -> None:
    with transaction():
        bring(item, state, meeting)
    old = db.session.scalars(select(Vote)).one()
    before = written()
    with pytest.raises(ItemCannot) as refusal, transaction():
        votes.correct_vote(correction(old, bill, 20, 26), MACHINE, NINE)
    assert refusal.value.facts["act"] == "correct_vote"
    assert (item.state, written()) == (state, before)


def test_one_announced_item_of_a_combined_vote_keeps_it_from_being_corrected(
    bill: Bill, meeting: Meeting, item: Item
) -> None:
    second = listed(bill, meeting, "李敏", post="甲市审计局局长")
    with transaction():
        old = vote_on(meeting, [item, second])
        votes.announce(meeting.id, bill.committee_id, [second.id], MACHINE, NINE)
    with pytest.raises(ItemCannot), transaction():
        votes.correct_vote(correction(old, bill, 20, 26), MACHINE, NINE)
    assert [item.state, second.state] == [S.VOTED_PASSED, S.ANNOUNCED]


def test_correction_is_possible_after_the_meeting_is_closed(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        old = vote_on(meeting, [item])
        meetings.close(meeting.id, bill.committee_id, MACHINE, NINE)
    with transaction():
        votes.correct_vote(correction(old, bill, 20, 26), MACHINE, NINE)
    assert item.state is S.VOTED_FAILED


def test_members_may_leave_between_votes_and_each_vote_keeps_its_number(
    bill: Bill, meeting: Meeting, item: Item
) -> None:
    second = listed(bill, meeting, "李敏", post="甲市审计局局长")
    with transaction():
        first = vote_on(meeting, [item])
        attend(meeting, present=44)
        later = vote_on(meeting, [second])
    assert [(vote.present, vote.no) for vote in (first, later)] == [(46, 6), (44, 4)]


def test_wrong_attendance_is_put_right_with_the_vote(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        old = vote_on(meeting, [item], 26)
        attend(meeting, present=45)
    with pytest.raises(CountsDoNotAddUp), transaction():
        votes.correct_vote(correction(old, bill, 25, 19), MACHINE, NINE)
    with transaction():
        new = votes.correct_vote(correction(old, bill, 25, 20), MACHINE, NINE)
    assert (old.present, new.present, new.passed, item.state) == (46, 45, False, S.VOTED_FAILED)


def test_number_of_members_stands_once_a_vote_was_counted_against_it(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        attend(meeting, total=50)
        attend(meeting, total=51)
        vote_on(meeting, [item])
    with pytest.raises(AttendanceFixed), transaction():
        attend(meeting, total=50)
    with pytest.raises(NoQuorum), transaction():
        attend(meeting, present=25)
    assert (meeting.present, meeting.members_total) == (46, 51)
