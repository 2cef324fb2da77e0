"""tests.proceedings.test_votes — what passes, who may be voted on together and in which order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Select, func, select

from exam_app.appointments import service as appointments
from exam_app.appointments.errors import (
    AnnouncedTooEarly,
    ExamStandsInTheWay,
    ItemCannot,
    NoSuchItem,
    NothingChosen,
)
from exam_app.appointments.models import Bill, Item, ItemEvent
from exam_app.appointments.states import ExamStep, Form, ItemState
from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.rules import LocalRules
from exam_app.meetings import service as meetings
from exam_app.meetings.errors import MeetingOver, NoQuorum, NoSuchMeeting
from exam_app.meetings.models import Meeting
from exam_app.meetings.service import RecordMeeting
from exam_app.meetings.states import MeetingKind
from exam_app.proceedings import agenda, votes
from exam_app.proceedings.errors import (
    BallotNeeded,
    CombinedNotAllowed,
    CountsDoNotAddUp,
    MeetingNotHeld,
    NotAStandingMeeting,
    NotOnAgenda,
    RemovalFirst,
    VotedAlone,
)
from exam_app.proceedings.models import AgendaEntry, Vote, VotedItem
from exam_app.proceedings.states import VoteMethod
from exam_app.results.models import Result
from exam_app.results.states import ResultState
from tests.appointments.factories import make_bill, make_foreign, make_item, make_office
from tests.conftest import NINE
from tests.proceedings.factories import TODAY, ballot, bring, directors_of, hold_meeting, make_free_item, vote_on

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


def refused(meeting: Meeting, items: Sequence[Item], refusal: type[DomainError], **changes: Any) -> DomainError:
    """Try to vote; check that it is refused and that nothing was written."""
    states, before = [item.state for item in items], written()
    with pytest.raises(refusal) as raised, transaction():
        vote_on(meeting, items, **changes)
    assert ([item.state for item in items], written()) == (states, before)
    return raised.value


def written() -> list[int]:
    """Count the rows that a vote would add to."""
    tables = (Vote, VotedItem, ItemEvent, AuditEntry)
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def entries_of(item: Item, meeting: Meeting) -> Select[AgendaEntry]:
    """Return the query of the item's entry on the meeting's agenda."""
    return select(AgendaEntry).where(AgendaEntry.item_id == item.id, AgendaEntry.meeting_id == meeting.id)


@pytest.mark.parametrize(
    ("total", "present", "yes", "state"),
    [
        (51, 46, 26, S.VOTED_PASSED),
        (51, 46, 25, S.VOTED_FAILED),
        (50, 50, 26, S.VOTED_PASSED),
        (50, 50, 25, S.VOTED_FAILED),
        (51, 26, 26, S.VOTED_PASSED),
        (51, 30, 25, S.VOTED_FAILED),
        (51, 46, 0, S.VOTED_FAILED),
    ],
)
def test_vote_needs_more_than_half_of_all_members(
    bill: Bill, total: int, present: int, yes: int, state: ItemState
) -> None:
    with transaction():
        meeting = hold_meeting(bill.committee_id, present=present, total=total)
    item = listed(bill, meeting)
    with transaction():
        vote = vote_on(meeting, [item], yes)
    assert (item.state, vote.passed) == (state, state is S.VOTED_PASSED)
    assert (vote.present, vote.total, item.announced_on) == (present, total, None)


def test_abstentions_and_unpressed_buttons_count_against(meeting: Meeting, item: Item) -> None:
    with transaction():
        vote = vote_on(meeting, [item], 25, no=0, abstain=11, not_pressed=10)
    assert (vote.yes, vote.no, vote.abstain, vote.not_pressed, vote.passed) == (25, 0, 11, 10, False)
    assert item.state is S.VOTED_FAILED


def test_vote_stands_on_the_record_of_item_and_meeting(meeting: Meeting, item: Item) -> None:
    with transaction():
        vote = vote_on(meeting, [item], method=VoteMethod.HANDS)
    event = db.session.scalars(select(ItemEvent).order_by(ItemEvent.id.desc()).limit(1)).one()
    assert (event.verb, event.details) == ("item.carry", {"meeting": meeting.id, "vote": vote.id})
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "vote.record")).one()
    assert entry.about == f"meeting:{meeting.id}"
    assert entry.details == {
        "vote": vote.id,
        "items": [item.id],
        "method": "hands",
        "yes": 40,
        "no": 6,
        "abstain": 0,
        "not_pressed": 0,
        "present": 46,
        "total": 51,
    }


@pytest.mark.parametrize(
    "changes", [{"no": 5}, {"no": 7}, {"abstain": 1}, {"no": 7, "abstain": -1}, {"yes": -1, "no": 47}]
)
def test_counts_that_do_not_add_up_are_refused(meeting: Meeting, item: Item, changes: dict[str, int]) -> None:
    command = replace(ballot(meeting, [item]), **changes)  # type: ignore[arg-type]
    before = written()
    with pytest.raises(CountsDoNotAddUp) as refusal, transaction():
        votes.record_vote(command, MACHINE, NINE)
    assert refusal.value.facts["present"] == 46
    assert (item.state, written()) == (S.ON_AGENDA, before)


def test_item_is_voted_on_once(meeting: Meeting, item: Item) -> None:
    with transaction():
        vote_on(meeting, [item])
    refused(meeting, [item], ItemCannot)


def test_vote_on_nothing_is_refused(meeting: Meeting, item: Item) -> None:
    refused(meeting, [], NothingChosen)


def test_only_what_is_on_this_agenda_is_voted_on(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        other = hold_meeting(bill.committee_id, 2)
        elsewhere = bring(make_free_item(bill, "李敏"), S.ON_AGENDA, other)
    refused(meeting, [elsewhere], NotOnAgenda)
    with transaction():
        entry = db.session.scalars(entries_of(item, meeting)).one()
        entry.left_at, entry.left_because = NINE, "材料不齐"
    refused(meeting, [item], NotOnAgenda)


def test_meeting_must_be_the_committees_own_and_open(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        directors = directors_of(bill.committee_id)
        command = RecordMeeting(
            committee_id=bill.committee_id, kind=MeetingKind.STANDING_COMMITTEE, number=3, held_on=TODAY
        )
        planned = meetings.record(command, MACHINE, NINE)
        foreign = make_foreign()
    refused(directors, [item], NotAStandingMeeting)
    refused(planned, [item], MeetingNotHeld)
    refused(meeting, [item], NoSuchMeeting, committee_id=foreign.id)
    refused(meeting, [item], NoSuchMeeting, meeting_id=999)
    with transaction():
        meetings.close(meeting.id, bill.committee_id, MACHINE, NINE)
    refused(meeting, [item], MeetingOver)


def test_foreign_item_is_not_found(meeting: Meeting, item: Item) -> None:
    with transaction():
        theirs = make_item(make_bill(make_foreign(), "乙政〔2026〕1号"), "赵敏", unit="乙市财政局")
    refused(meeting, [item, theirs], NoSuchItem)


def test_vote_without_a_quorum_is_refused_even_if_the_meeting_was_opened(meeting: Meeting, item: Item) -> None:
    with transaction():
        meeting.present = 25
    refused(meeting, [item], NoQuorum, yes=25)


def test_nobody_is_voted_on_before_the_bill_came(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        early = hold_meeting(bill.committee_id, 9, held_on=bill.received_on - timedelta(days=1))
        entry = db.session.scalars(entries_of(item, meeting)).one()
        entry.meeting_id = early.id
    refused(early, [item], AnnouncedTooEarly)


def test_result_voided_after_the_item_came_on_the_agenda_stops_the_vote(meeting: Meeting, item: Item) -> None:
    with transaction():
        result = db.session.scalars(select(Result)).one()
        result.state = ResultState.VOIDED
        told = appointments.take_result(result, MACHINE, NINE)
    assert [(one.item_id, one.moved) for one in told] == [(item.id, True)]
    assert (item.state, item.exam_step) == (S.ON_AGENDA, ExamStep.OPEN)
    assert refused(meeting, [item], ExamStandsInTheWay).facts["name"] == "王强"


@pytest.mark.parametrize("gate", ["advise", "report_only"])
def test_soft_gate_lets_the_vote_go_on(app: Flask, gate: str) -> None:
    with transaction():
        bill = make_bill(make_office(LocalRules(gate=gate)))
        meeting = hold_meeting(bill.committee_id)
        item = bring(make_item(bill), S.ON_AGENDA, meeting)
        vote_on(meeting, [item])
    assert (item.state, item.exam_step) == (S.VOTED_PASSED, ExamStep.OPEN)


def test_one_item_that_the_exam_stops_keeps_all_from_being_voted_on(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        stopped = bring(make_free_item(bill, "李敏", post="甲市审计局局长"), S.ON_AGENDA, meeting)
        stopped.exam_step = ExamStep.BLOCKED
    assert refused(meeting, [item, stopped], ExamStandsInTheWay).facts["name"] == "李敏"


def test_combined_vote_decides_all_its_items(bill: Bill, meeting: Meeting, item: Item) -> None:
    second = listed(bill, meeting, "李敏", post="甲市审计局局长")
    with transaction():
        vote = vote_on(meeting, [item, second])
    assert [item.state, second.state] == [S.VOTED_PASSED] * 2
    voted = db.session.scalars(select(VotedItem.item_id).where(VotedItem.vote_id == vote.id))
    assert set(voted) == {item.id, second.id}


def test_combined_vote_is_refused_where_each_person_is_voted_on_alone(app: Flask) -> None:
    with transaction():
        bill = make_bill(make_office(LocalRules(combined_votes="never")))
        meeting = hold_meeting(bill.committee_id)
    pair = [listed(bill, meeting), listed(bill, meeting, "李敏", post="甲市审计局局长")]
    refused(meeting, pair, CombinedNotAllowed)


@pytest.mark.parametrize("form", [Form.DECIDE_ACTING, Form.ELECT_ACTING, Form.DISMISS])
def test_acting_posts_and_dismissals_are_voted_on_alone(bill: Bill, meeting: Meeting, item: Item, form: Form) -> None:
    alone = listed(bill, meeting, "李敏", post="甲市代理市长", form=form)
    refused(meeting, [item, alone], VotedAlone, method=VoteMethod.BALLOT)
    with transaction():
        vote_on(meeting, [alone], method=VoteMethod.BALLOT)
    assert alone.state is S.VOTED_PASSED


@pytest.mark.parametrize("method", [VoteMethod.PANEL, VoteMethod.HANDS])
def test_dismissal_needs_a_written_ballot(bill: Bill, meeting: Meeting, method: VoteMethod) -> None:
    item = listed(bill, meeting, form=Form.DISMISS)
    refused(meeting, [item], BallotNeeded, method=method)


def test_removal_comes_before_the_appointment_to_the_same_post(bill: Bill, meeting: Meeting, item: Item) -> None:
    leaving = listed(bill, meeting, "李敏", form=Form.REMOVE)
    assert refused(meeting, [item], RemovalFirst).facts["name"] == "李敏"
    refused(meeting, [leaving, item], RemovalFirst)
    with transaction():
        vote_on(meeting, [leaving])
        vote_on(meeting, [item])
    assert [leaving.state, item.state] == [S.VOTED_PASSED] * 2


def test_removal_off_the_agenda_holds_nothing_up(bill: Bill, meeting: Meeting, item: Item) -> None:
    leaving = listed(bill, meeting, "李敏", form=Form.REMOVE)
    with transaction():
        agenda.take_off(meeting.id, bill.committee_id, [leaving.id], "材料不齐", MACHINE, NINE)
    with transaction():
        vote_on(meeting, [item])
    assert item.state is S.VOTED_PASSED
