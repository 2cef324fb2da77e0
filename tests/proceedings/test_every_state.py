"""tests.proceedings.test_every_state — every service in every state an item can be in: it does its act, or nothing.

Each item is brought into its state by the services themselves, so that rows, agenda and record are as they would be.
"""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments.errors import ItemCannot
from exam_app.appointments.models import Bill, DirectorsDecision, Item, ItemEvent
from exam_app.appointments.states import ITEM_MOVES, DirectorsOutcome, ItemState
from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees.rules import LocalRules
from exam_app.meetings.models import Meeting
from exam_app.proceedings import agenda, ceremony, review, votes
from exam_app.proceedings.ceremony import EndOffice
from exam_app.proceedings.errors import ConsentMissing, NotOnAgenda
from exam_app.proceedings.models import AgendaEntry, Letter, Oath, ReviewReport, Vote, VotedItem, WorkReport
from exam_app.proceedings.review import ConcludeReview, Withdraw
from exam_app.proceedings.states import ReportMode
from exam_app.proceedings.votes import CorrectVote, Report
from tests.appointments.factories import make_bill, make_office
from tests.conftest import NINE
from tests.proceedings.factories import TODAY, bring, clerk, decide, directors_of, hold_meeting, make_free_item, oath
from tests.proceedings.factories import vote_on as record_vote

S = ItemState
Service = Callable[[Item, Meeting], Any]
TABLES = (
    *(ItemEvent, AuditEntry, DirectorsDecision, ReviewReport, AgendaEntry),
    *(WorkReport, Vote, VotedItem, Letter, Oath),
)
BEFORE_THE_DIRECTORS = (S.SUBMITTED, S.UNDER_REVIEW, S.RETURNED_FOR_CORRECTION, S.EXAM_CLEARED)
SUBMITTED_ON = (S.DIRECTOR_MEETING_APPROVED, S.ON_AGENDA, S.REPORTED, S.VOTE_DEFERRED)
AFTER = (S.ANNOUNCED, S.LETTER_ISSUED, S.SWORN)


def begin(item: Item, meeting: Meeting) -> None:
    """Begin the review."""
    review.begin_review(item.bill_id, meeting.committee_id, [item.id], MACHINE, NINE)


def conclude(item: Item, meeting: Meeting) -> None:
    """Conclude the review."""
    command = ConcludeReview(
        bill_id=item.bill_id, committee_id=meeting.committee_id, item_ids=[item.id], opinion="建议提请"
    )
    review.conclude_review(command, MACHINE, NINE)


def submit(item: Item, meeting: Meeting) -> None:
    """Let the directors submit it."""
    decide(item, meeting.committee_id, DirectorsOutcome.SUBMIT)


def hold(item: Item, meeting: Meeting) -> None:
    """Let the directors hold it."""
    decide(item, meeting.committee_id, DirectorsOutcome.HOLD)


def defer(item: Item, meeting: Meeting) -> None:
    """Let the directors defer the vote."""
    decide(item, meeting.committee_id, DirectorsOutcome.DEFER)


def withdraw(item: Item, meeting: Meeting) -> None:
    """Withdraw it without asking the directors."""
    command = Withdraw(committee_id=meeting.committee_id, item_id=item.id, reason="另有任用")
    review.withdraw(command, MACHINE, NINE)


def withdraw_with_consent(item: Item, meeting: Meeting) -> None:
    """Withdraw it with the directors' consent."""
    command = Withdraw(
        committee_id=meeting.committee_id,
        item_id=item.id,
        reason="另有任用",
        meeting_id=directors_of(meeting.committee_id).id,
    )
    review.withdraw(command, clerk(meeting.committee_id), NINE)


def place(item: Item, meeting: Meeting) -> None:
    """Put it on the agenda."""
    agenda.place(meeting.id, meeting.committee_id, [item.id], MACHINE, NINE)


def take_off(item: Item, meeting: Meeting) -> None:
    """Take it off the agenda."""
    agenda.take_off(meeting.id, meeting.committee_id, [item.id], "材料不齐", MACHINE, NINE)


def report(item: Item, meeting: Meeting) -> None:
    """Record its report."""
    command = Report(meeting_id=meeting.id, committee_id=meeting.committee_id, item_ids=[item.id], mode=ReportMode.ORAL)
    votes.report(command, MACHINE, NINE)


def carry(item: Item, meeting: Meeting) -> None:
    """Let a vote pass it."""
    record_vote(meeting, [item], 26)


def reject(item: Item, meeting: Meeting) -> None:
    """Let a vote reject it."""
    record_vote(meeting, [item], 25)


def correct(item: Item, meeting: Meeting) -> None:
    """Turn its vote, if there was one, else that of the other item."""
    about = select(VotedItem.vote_id).where(VotedItem.item_id == item.id)
    vote_id = db.session.scalar(about) or db.session.scalars(select(Vote.id)).one()
    old = db.session.get_one(Vote, vote_id)
    yes = 20 if old.passed else 40
    command = CorrectVote(
        vote_id=old.id, committee_id=meeting.committee_id, yes=yes, no=46 - yes, abstain=0, not_pressed=0, reason="误记"
    )
    votes.correct_vote(command, MACHINE, NINE)


def announce(item: Item, meeting: Meeting) -> None:
    """Announce it."""
    votes.announce(meeting.id, meeting.committee_id, [item.id], MACHINE, NINE)


def issue(item: Item, meeting: Meeting) -> None:
    """Issue its letter."""
    ceremony.issue_letters(meeting.id, meeting.committee_id, [item.id], TODAY, MACHINE, NINE)


def swear(item: Item, meeting: Meeting) -> None:
    """Record its oath."""
    ceremony.record_oaths(oath([item], meeting), MACHINE, NINE)


def take_office(item: Item, meeting: Meeting) -> None:
    """Let its nominee take office."""
    ceremony.take_office(meeting.committee_id, [item.id], MACHINE, NINE)


def end(item: Item, meeting: Meeting) -> None:
    """Let the office end."""
    command = EndOffice(item_id=item.id, committee_id=meeting.committee_id, ended_on=TODAY, because="机构撤销")
    ceremony.end_office(command, MACHINE, NINE)


LEADS: dict[Service, dict[ItemState, ItemState]] = {
    begin: {S.SUBMITTED: S.UNDER_REVIEW},
    conclude: {S.UNDER_REVIEW: S.EXAM_CLEARED},
    submit: dict.fromkeys((S.EXAM_CLEARED, S.DIRECTOR_MEETING_HELD, S.VOTE_DEFERRED), S.DIRECTOR_MEETING_APPROVED),
    hold: dict.fromkeys((S.EXAM_CLEARED, S.DIRECTOR_MEETING_APPROVED, S.VOTE_DEFERRED), S.DIRECTOR_MEETING_HELD),
    defer: dict.fromkeys((S.ON_AGENDA, S.REPORTED), S.VOTE_DEFERRED),
    withdraw: dict.fromkeys((*BEFORE_THE_DIRECTORS, S.DIRECTOR_MEETING_HELD), S.WITHDRAWN),
    withdraw_with_consent: dict.fromkeys((*BEFORE_THE_DIRECTORS, *SUBMITTED_ON, S.DIRECTOR_MEETING_HELD), S.WITHDRAWN),
    place: dict.fromkeys((S.DIRECTOR_MEETING_APPROVED, S.VOTE_DEFERRED), S.ON_AGENDA),
    take_off: dict.fromkeys((S.ON_AGENDA, S.REPORTED), S.DIRECTOR_MEETING_APPROVED),
    report: {S.ON_AGENDA: S.REPORTED},
    carry: dict.fromkeys((S.ON_AGENDA, S.REPORTED), S.VOTED_PASSED),
    reject: dict.fromkeys((S.ON_AGENDA, S.REPORTED), S.VOTED_FAILED),
    correct: {S.VOTED_PASSED: S.VOTED_FAILED, S.VOTED_FAILED: S.VOTED_PASSED},
    announce: {S.VOTED_PASSED: S.ANNOUNCED},
    issue: {S.ANNOUNCED: S.LETTER_ISSUED},
    swear: dict.fromkeys((S.ANNOUNCED, S.LETTER_ISSUED), S.SWORN),
    take_office: dict.fromkeys(AFTER, S.IN_OFFICE),
    end: dict.fromkeys((*AFTER, S.IN_OFFICE), S.ENDED),
}
OTHERWISE: dict[Service, tuple[type[Exception], ...]] = {
    withdraw: (ItemCannot, ConsentMissing),
    take_off: (ItemCannot, NotOnAgenda),
}


def start(state: ItemState, rules: LocalRules | None = None) -> tuple[Item, Meeting]:
    """Return an item in the state, beside another that was voted on, and a meeting that is open."""
    with transaction():
        bill: Bill = make_bill(make_office(rules))
        meeting = hold_meeting(bill.committee_id)
        clerk(bill.committee_id)
        directors_of(bill.committee_id)
        bring(make_free_item(bill, "李敏", post="甲市审计局局长"), S.ANNOUNCED, meeting)
        return bring(make_free_item(bill), state, meeting), meeting


def written() -> list[int]:
    """Count every row that any of the services might add."""
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


@pytest.mark.parametrize("state", list(ItemState))
def test_every_service_in_this_state(app: Flask, state: ItemState) -> None:
    item, meeting = start(state)
    assert item.state is state
    for service, leads in LEADS.items():
        if state in leads:
            continue
        before = written()
        with pytest.raises(OTHERWISE.get(service, (ItemCannot,))), transaction():
            service(item, meeting)
        assert (item.state, written()) == (state, before), service.__name__


@pytest.mark.parametrize(
    ("service", "state", "target"),
    [(service, state, target) for service, leads in LEADS.items() for state, target in leads.items()],
    ids=lambda value: value.__name__ if callable(value) else value.value,
)
def test_service_does_its_act(app: Flask, service: Service, state: ItemState, target: ItemState) -> None:
    item, meeting = start(state)
    events = db.session.scalar(select(func.count(ItemEvent.id)).where(ItemEvent.item_id == item.id)) or 0
    with transaction():
        service(item, meeting)
    assert item.state is target
    assert db.session.scalar(select(func.count(ItemEvent.id)).where(ItemEvent.item_id == item.id)) == events + 1


@pytest.mark.parametrize("state", sorted(set(ItemState) - {S.REPORTED}))
def test_report_after_the_letter_in_every_state(app: Flask, state: ItemState) -> None:
    item, meeting = start(state, LocalRules(report_when="after_letter"))
    before = written()
    if state in AFTER:
        with transaction():
            report(item, meeting)
        assert db.session.scalars(select(WorkReport.item_id)).one() == item.id
    else:
        with pytest.raises(ItemCannot), transaction():
            report(item, meeting)
        assert written() == before
    assert item.state is state


def test_acts_and_services_cover_each_other() -> None:
    """Whatever the table of acts allows, a service here does; corrected papers and voided results are elsewhere."""
    reached = {(state, target) for leads in LEADS.values() for state, target in leads.items()}
    elsewhere = {
        (S.UNDER_REVIEW, S.RETURNED_FOR_CORRECTION),
        (S.RETURNED_FOR_CORRECTION, S.UNDER_REVIEW),
        (S.EXAM_CLEARED, S.UNDER_REVIEW),
    }
    from_table = {(state, target) for state in ItemState for target in ITEM_MOVES[state]}
    assert reached | elsewhere == from_table
    assert reached.isdisjoint(elsewhere)
