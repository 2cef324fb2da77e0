"""tests.proceedings.factories — meetings that are held, and items brought legally into any state."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from exam_app.appointments.models import Bill, Item
from exam_app.appointments.moves import do
from exam_app.appointments.states import Act, DirectorsOutcome, ItemState
from exam_app.audit.service import MACHINE, Actor
from exam_app.base.db import db
from exam_app.committees.queries import get_committee
from exam_app.meetings import service as meetings
from exam_app.meetings.models import Meeting
from exam_app.meetings.service import RecordMeeting, TakeAttendance
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.people.models import Account
from exam_app.people.states import Role
from exam_app.proceedings import agenda, ceremony, review, votes
from exam_app.proceedings.ceremony import EndOffice, RecordOaths
from exam_app.proceedings.models import Vote
from exam_app.proceedings.review import ConcludeReview, DirectorsDecide, Withdraw
from exam_app.proceedings.states import OathForm, OathOrganizer, ReportMode, VoteMethod
from exam_app.proceedings.votes import RecordVote, Report
from question_bank.kinds import OrganType
from tests.appointments.factories import make_item
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.conftest import NINE
from tests.factories import actor_of, make_account, make_person

TODAY = NINE.date()
TOTAL, PRESENT = 51, 46
Step = Callable[[Item, Meeting], Any]


def hold_meeting(
    committee_id: int,
    number: int = 1,
    kind: MeetingKind = MeetingKind.STANDING_COMMITTEE,
    held_on: date = TODAY,
    present: int = PRESENT,
    total: int = TOTAL,
) -> Meeting:
    """Record a meeting and who came to it."""
    command = RecordMeeting(committee_id=committee_id, kind=kind, number=number, held_on=held_on)
    meeting = meetings.record(command, MACHINE, NINE)
    return attend(meeting, present, total)


def attend(meeting: Meeting, present: int = PRESENT, total: int = TOTAL) -> Meeting:
    """Record who came."""
    command = TakeAttendance(
        meeting_id=meeting.id, committee_id=meeting.committee_id, members_total=total, present=present
    )
    return votes.take_attendance(command, MACHINE, NINE)


def make_free_item(bill: Bill, name: str = "王强", **changes: Any) -> Item:
    """Add an item whose nominee has passed the exam for that kind of organ."""
    committee = get_committee(bill.committee_id)
    person = make_person(committee, name, changes.pop("unit", "甲市财政局"))
    make_result(make_entry(make_exam(committee), person, changes.get("organ_type", OrganType.GOVERNMENT)))
    return make_item(bill, name, choice=str(person.id), **changes)


def ballot(meeting: Meeting, items: Sequence[Item], yes: int = 40, **changes: Any) -> RecordVote:
    """Return a vote by panel in which those who did not say yes said no."""
    values: dict[str, Any] = {
        "meeting_id": meeting.id,
        "committee_id": meeting.committee_id,
        "item_ids": [item.id for item in items],
        "method": VoteMethod.PANEL,
        "yes": yes,
        "no": (meeting.present or 0) - yes,
        "abstain": 0,
        "not_pressed": 0,
    }
    return RecordVote(**(values | changes))


def vote_on(meeting: Meeting, items: Sequence[Item], yes: int = 40, **changes: Any) -> Vote:
    """Record a vote."""
    return votes.record_vote(ballot(meeting, items, yes, **changes), MACHINE, NINE)


def clerk(committee_id: int) -> Actor:
    """Return the officer who records what the directors decide."""
    account = db.session.scalar(select(Account).where(Account.username == f"officer-{committee_id}"))
    return actor_of(account or make_account(get_committee(committee_id), Role.OFFICER))


def directors_of(committee_id: int) -> Meeting:
    """Return a directors' meeting that was held."""
    query = select(Meeting).where(Meeting.committee_id == committee_id, Meeting.kind == MeetingKind.DIRECTORS)
    found = db.session.scalar(query.order_by(Meeting.held_on).limit(1))
    if found is None:
        return hold_meeting(committee_id, kind=MeetingKind.DIRECTORS, present=7, total=9)
    return attend(found, 7, 9) if found.state is MeetingState.PLANNED else found


def decide(item: Item, committee_id: int, outcome: DirectorsOutcome) -> None:
    """Let the directors decide about an item."""
    command = DirectorsDecide(
        committee_id=committee_id,
        meeting_id=directors_of(committee_id).id,
        item_ids=[item.id],
        outcome=outcome,
        reason="主任会议讨论决定",
    )
    review.decide(command, clerk(committee_id), NINE)


def oath(items: Sequence[Item], meeting: Meeting | None = None, **changes: Any) -> RecordOaths:
    """Return single oaths before the standing committee."""
    values: dict[str, Any] = {
        "committee_id": db.session.get_one(Bill, items[0].bill_id).committee_id,
        "item_ids": [item.id for item in items],
        "sworn_on": TODAY,
        "organizer": OathOrganizer.STANDING_COMMITTEE,
        "form": OathForm.INDIVIDUAL,
        "meeting_id": meeting.id if meeting else None,
    }
    return RecordOaths(**(values | changes))


def _report(item: Item, meeting: Meeting) -> None:
    command = Report(meeting_id=meeting.id, committee_id=meeting.committee_id, item_ids=[item.id], mode=ReportMode.ORAL)
    votes.report(command, MACHINE, NINE)


def _end(item: Item, meeting: Meeting) -> None:
    command = EndOffice(item_id=item.id, committee_id=meeting.committee_id, ended_on=TODAY, because="机构撤销")
    ceremony.end_office(command, MACHINE, NINE)


def _conclude(item: Item, meeting: Meeting) -> None:
    command = ConcludeReview(
        bill_id=item.bill_id, committee_id=meeting.committee_id, item_ids=[item.id], opinion="符合任职条件，建议提请"
    )
    review.conclude_review(command, MACHINE, NINE)


def _withdraw(item: Item, meeting: Meeting) -> None:
    command = Withdraw(committee_id=meeting.committee_id, item_id=item.id, reason="另有任用")
    review.withdraw(command, MACHINE, NINE)


def _issue(item: Item, meeting: Meeting) -> None:
    ceremony.issue_letters(meeting.id, meeting.committee_id, [item.id], TODAY, MACHINE, NINE)


STEPS: dict[ItemState, tuple[ItemState, Step]] = {
    ItemState.UNDER_REVIEW: (
        ItemState.SUBMITTED,
        lambda item, meeting: review.begin_review(item.bill_id, meeting.committee_id, [item.id], MACHINE, NINE),
    ),
    ItemState.RETURNED_FOR_CORRECTION: (ItemState.UNDER_REVIEW, lambda item, _: do(item, Act.RETURN, MACHINE, NINE)),
    ItemState.EXAM_CLEARED: (ItemState.UNDER_REVIEW, _conclude),
    ItemState.DIRECTOR_MEETING_APPROVED: (
        ItemState.EXAM_CLEARED,
        lambda item, meeting: decide(item, meeting.committee_id, DirectorsOutcome.SUBMIT),
    ),
    ItemState.DIRECTOR_MEETING_HELD: (
        ItemState.EXAM_CLEARED,
        lambda item, meeting: decide(item, meeting.committee_id, DirectorsOutcome.HOLD),
    ),
    ItemState.ON_AGENDA: (
        ItemState.DIRECTOR_MEETING_APPROVED,
        lambda item, meeting: agenda.place(meeting.id, meeting.committee_id, [item.id], MACHINE, NINE),
    ),
    ItemState.REPORTED: (ItemState.ON_AGENDA, _report),
    ItemState.VOTE_DEFERRED: (
        ItemState.ON_AGENDA,
        lambda item, meeting: decide(item, meeting.committee_id, DirectorsOutcome.DEFER),
    ),
    ItemState.VOTED_PASSED: (ItemState.ON_AGENDA, lambda item, meeting: vote_on(meeting, [item])),
    ItemState.VOTED_FAILED: (ItemState.ON_AGENDA, lambda item, meeting: vote_on(meeting, [item], 20)),
    ItemState.WITHDRAWN: (ItemState.SUBMITTED, _withdraw),
    ItemState.ANNOUNCED: (
        ItemState.VOTED_PASSED,
        lambda item, meeting: votes.announce(meeting.id, meeting.committee_id, [item.id], MACHINE, NINE),
    ),
    ItemState.LETTER_ISSUED: (ItemState.ANNOUNCED, _issue),
    ItemState.SWORN: (
        ItemState.LETTER_ISSUED,
        lambda item, meeting: ceremony.record_oaths(oath([item], meeting), MACHINE, NINE),
    ),
    ItemState.IN_OFFICE: (
        ItemState.SWORN,
        lambda item, meeting: ceremony.take_office(meeting.committee_id, [item.id], MACHINE, NINE),
    ),
    ItemState.ENDED: (ItemState.IN_OFFICE, _end),
}


def bring(item: Item, target: ItemState, meeting: Meeting) -> Item:
    """Bring an item to a state by the usual way, from wherever on it the item is."""
    way: list[Step] = []
    state = target
    while state is not item.state:
        state, step = STEPS[state]
        way.append(step)
    for step in reversed(way):
        step(item, meeting)
    return item
