"""tests.proceedings.test_report — nominees report before the vote, or after the letter where local rules have it so."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments.errors import ItemCannot, NothingChosen
from exam_app.appointments.models import Bill, Item, ItemEvent
from exam_app.appointments.states import ItemState
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees.rules import LocalRules
from exam_app.meetings import service as meetings
from exam_app.meetings.errors import MeetingOver
from exam_app.meetings.models import Meeting
from exam_app.proceedings import agenda, votes
from exam_app.proceedings.errors import AlreadyReported, NotAStandingMeeting, NotOnAgenda
from exam_app.proceedings.models import WorkReport
from exam_app.proceedings.states import ReportMode
from exam_app.proceedings.votes import Report
from tests.appointments.factories import make_bill, make_office
from tests.conftest import NINE
from tests.proceedings.factories import bring, directors_of, hold_meeting, make_free_item, vote_on

S = ItemState
AFTER = LocalRules(report_when="after_letter")


def start(rules: LocalRules, state: ItemState = S.ON_AGENDA) -> tuple[Bill, Meeting, Item]:
    """Return a bill, a meeting that is open, and an item in the state."""
    with transaction():
        bill = make_bill(make_office(rules))
        meeting = hold_meeting(bill.committee_id)
        return bill, meeting, bring(make_free_item(bill), state, meeting)


def report(meeting: Meeting, *items: Item, mode: ReportMode = ReportMode.ORAL) -> list[Item]:
    """Record reports."""
    command = Report(
        meeting_id=meeting.id, committee_id=meeting.committee_id, item_ids=[item.id for item in items], mode=mode
    )
    with transaction():
        return votes.report(command, MACHINE, NINE)


def reports() -> list[tuple[int, int, ReportMode]]:
    """Return what reports are on record."""
    columns = (WorkReport.item_id, WorkReport.meeting_id, WorkReport.mode)
    return [(row[0], row[1], row[2]) for row in db.session.execute(select(*columns).order_by(WorkReport.item_id))]


@pytest.mark.parametrize("mode", list(ReportMode))
def test_report_before_the_vote_moves_the_item(app: Flask, mode: ReportMode) -> None:
    _bill, meeting, item = start(LocalRules())
    assert report(meeting, item, mode=mode) == [item]
    assert (item.state, reports()) == (S.REPORTED, [(item.id, meeting.id, mode)])
    with pytest.raises(ItemCannot):
        report(meeting, item)
    with transaction():
        vote_on(meeting, [item])
    assert item.state is S.VOTED_PASSED


def test_vote_does_not_wait_for_a_report_that_nobody_asked_for(app: Flask) -> None:
    _bill, meeting, item = start(LocalRules())
    with transaction():
        vote_on(meeting, [item])
    assert (item.state, reports()) == (S.VOTED_PASSED, [])


def test_report_at_a_later_meeting_takes_the_place_of_the_first(app: Flask) -> None:
    bill, meeting, item = start(LocalRules())
    report(meeting, item)
    with transaction():
        agenda.take_off(meeting.id, bill.committee_id, [item.id], "材料不齐", MACHINE, NINE)
        later = hold_meeting(bill.committee_id, 2)
        agenda.place(later.id, bill.committee_id, [item.id], MACHINE, NINE)
    report(later, item, mode=ReportMode.WRITTEN)
    assert reports() == [(item.id, later.id, ReportMode.WRITTEN)]
    told = select(ItemEvent.details).where(ItemEvent.verb == "item.report").order_by(ItemEvent.id)
    assert [details["meeting"] for details in db.session.scalars(told)] == [meeting.id, later.id]


def test_report_needs_the_agenda_of_an_open_standing_meeting(app: Flask) -> None:
    bill, meeting, item = start(LocalRules())
    with transaction():
        other = hold_meeting(bill.committee_id, 2)
        directors = directors_of(bill.committee_id)
    for where, refusal in ((other, NotOnAgenda), (directors, NotAStandingMeeting)):
        with pytest.raises(refusal):
            report(where, item)
    with pytest.raises(NothingChosen):
        report(meeting)
    with transaction():
        meetings.close(meeting.id, bill.committee_id, MACHINE, NINE)
    with pytest.raises(MeetingOver):
        report(meeting, item)
    assert (item.state, reports()) == (S.ON_AGENDA, [])


@pytest.mark.parametrize("state", [S.ANNOUNCED, S.LETTER_ISSUED, S.SWORN])
def test_report_after_the_announcement_is_recorded_and_moves_nothing(app: Flask, state: ItemState) -> None:
    bill, meeting, item = start(AFTER, state)
    with transaction():
        meetings.close(meeting.id, bill.committee_id, MACHINE, NINE)
    report(meeting, item)
    assert (item.state, reports()) == (state, [(item.id, meeting.id, ReportMode.ORAL)])
    event = db.session.scalars(select(ItemEvent).order_by(ItemEvent.id.desc()).limit(1)).one()
    assert (event.verb, event.details) == ("item.report", {"meeting": meeting.id, "mode": "oral"})
    with pytest.raises(AlreadyReported):
        report(meeting, item)
    assert db.session.scalar(select(func.count(WorkReport.id))) == 1


@pytest.mark.parametrize("state", [S.ON_AGENDA, S.VOTED_PASSED, S.VOTED_FAILED, S.IN_OFFICE, S.ENDED])
def test_report_after_the_letter_is_refused_before_and_long_after(app: Flask, state: ItemState) -> None:
    _bill, meeting, item = start(AFTER, state)
    with pytest.raises(ItemCannot) as refusal:
        report(meeting, item)
    assert refusal.value.facts["act"] == "report"
    assert (item.state, reports()) == (state, [])


def test_report_that_cannot_be_keeps_the_others_from_being_recorded(app: Flask) -> None:
    bill, meeting, item = start(AFTER, S.ANNOUNCED)
    with transaction():
        undecided = bring(make_free_item(bill, "李敏", post="甲市审计局局长"), S.ON_AGENDA, meeting)
    with pytest.raises(ItemCannot):
        report(meeting, item, undecided)
    assert reports() == []
