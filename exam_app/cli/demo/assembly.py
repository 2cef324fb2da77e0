"""cli.demo.assembly — the city's standing committee: its members, the meeting that was held, the one that is coming."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from exam_app.appointments.models import Bill
from exam_app.appointments.queries import list_items
from exam_app.appointments.states import THROUGH_THE_EXAM, DirectorsOutcome
from exam_app.audit.service import Actor
from exam_app.base.clock import from_local, local_date
from exam_app.base.db import transaction
from exam_app.cli.demo import cast
from exam_app.committees.rules import LocalRules
from exam_app.meetings import members as seats
from exam_app.meetings import service as meetings
from exam_app.meetings.members import SeatMember
from exam_app.meetings.queries import list_meetings
from exam_app.meetings.service import RecordMeeting, TakeAttendance
from exam_app.meetings.states import MeetingKind, MemberOffice
from exam_app.people import service as people
from exam_app.proceedings import agenda, ceremony, review, votes
from exam_app.proceedings.ceremony import RecordOaths
from exam_app.proceedings.queries import AgendaRow, meeting_items
from exam_app.proceedings.review import ConcludeReview, DirectorsDecide
from exam_app.proceedings.rules import swears_here
from exam_app.proceedings.states import OathForm, OathOrganizer, ReportMode, VoteMethod
from exam_app.proceedings.votes import RecordVote, Report

CHAIR, HALL, ROOM = "程望舒", "市人大机关五楼会议厅", "市人大机关三楼会议室"
OPINION = "材料齐全，程序合法，符合任免条件，建议提请主任会议研究。"


@dataclass(frozen=True)
class Clerk:
    """Who does the work of the meetings, for which committee."""

    committee_id: int
    actor: Actor


def seat_members(clerk: Clerk, then: datetime) -> None:
    """Fill the register: a director, deputies, a secretary-general, members."""
    offices = [MemberOffice.DIRECTOR, *[MemberOffice.DEPUTY_DIRECTOR] * 4, MemberOffice.SECRETARY_GENERAL]
    offices += [MemberOffice.MEMBER] * (len(cast.MEMBERS) - len(offices))
    with transaction():
        for office, name in zip(offices, cast.MEMBERS, strict=True):
            command = people.RegisterPerson(committee_id=clerk.committee_id, name=name, unit="青岚市人大常委会")
            person = people.register(command, clerk.actor, then)
            seat = SeatMember(
                committee_id=clerk.committee_id, person_id=person.id, office=office, began_on=local_date(then)
            )
            seats.seat_member(seat, clerk.actor, then)


def submit(clerk: Clerk, bills: Sequence[Bill], day: date) -> int:
    """Review what the exam lets through and have a directors' meeting submit it; return that meeting."""
    then = _at(day, 10)
    chosen: list[int] = []
    with transaction():
        for bill in bills:
            ids = [row.item.id for row in list_items(bill.id)]
            cleared = [row.item.id for row in list_items(bill.id) if row.item.exam_step in THROUGH_THE_EXAM]
            review.begin_review(bill.id, clerk.committee_id, ids, clerk.actor, then - timedelta(days=1))
            command = ConcludeReview(
                bill_id=bill.id, committee_id=clerk.committee_id, item_ids=cleared, opinion=OPINION
            )
            review.conclude_review(command, clerk.actor, then - timedelta(days=1))
            chosen += cleared
        meeting_id = _plan(clerk, MeetingKind.DIRECTORS, day, then)
        agenda.place(meeting_id, clerk.committee_id, chosen, clerk.actor, then)
        _attend(clerk, meeting_id, 6, 6, then)
        decision = DirectorsDecide(
            committee_id=clerk.committee_id,
            meeting_id=meeting_id,
            item_ids=chosen,
            outcome=DirectorsOutcome.SUBMIT,
        )
        review.decide(decision, clerk.actor, then)
        agenda.close(meeting_id, clerk.committee_id, clerk.actor, then)
    return meeting_id


def plan(clerk: Clerk, directors_meeting: int, day: date, now: datetime) -> int:
    """Plan a meeting of the standing committee that deals with what the directors submitted; return it."""
    with transaction():
        meeting_id = _plan(clerk, MeetingKind.STANDING_COMMITTEE, day, now)
        ids = [row.item.id for row in meeting_items(directors_meeting)]
        agenda.place(meeting_id, clerk.committee_id, ids, clerk.actor, now)
        title = "听取和审议市人民政府关于法治政府建设情况的报告"
        meetings.add_topic(meeting_id, clerk.committee_id, title, clerk.actor, now)
    return meeting_id


def hold(clerk: Clerk, meeting_id: int, day: date) -> None:
    """Hold a planned meeting from the first name called to the last oath sworn."""
    then, total = _at(day, 9), len(cast.MEMBERS)
    with transaction():
        _attend(clerk, meeting_id, total, total - 3, then)
        rows = meeting_items(meeting_id)
        speakers = [row.item.id for row in rows if row.requirement.rule == "EVERY_NOMINEE"][:3]
        report = Report(meeting_id=meeting_id, committee_id=clerk.committee_id, item_ids=speakers, mode=ReportMode.ORAL)
        votes.report(report, clerk.actor, then)
        for place, row in enumerate(rows):
            votes.record_vote(_vote(clerk, row, meeting_id, total - 3, place % 3), clerk.actor, then)
        votes.announce(meeting_id, clerk.committee_id, [row.item.id for row in rows], clerk.actor, then)
    _celebrate(clerk, meeting_id, day, then)


def _celebrate(clerk: Clerk, meeting_id: int, day: date, then: datetime) -> None:
    """Hand over the letters, take the oaths, see everybody into office, close."""
    committee_id, actor = clerk.committee_id, clerk.actor
    with transaction():
        new = [row for row in meeting_items(meeting_id) if row.item.form in cast.TAKING_OFFICE]
        ids = [row.item.id for row in new]
        ceremony.issue_letters(meeting_id, committee_id, ids, day, actor, then)
        command = RecordOaths(
            committee_id=committee_id,
            meeting_id=meeting_id,
            item_ids=[row.item.id for row in new if swears_here(row.item.post, row.item.form, LocalRules())],
            sworn_on=day,
            organizer=OathOrganizer.STANDING_COMMITTEE,
            form=OathForm.COLLECTIVE,
            lead_item_id=ids[0],
        )
        ceremony.record_oaths(command, actor, then)
        ceremony.take_office(committee_id, ids, actor, then)
        agenda.close(meeting_id, committee_id, actor, then)


def _vote(clerk: Clerk, row: AgendaRow, meeting_id: int, present: int, others: int) -> RecordVote:
    return RecordVote(
        meeting_id=meeting_id,
        committee_id=clerk.committee_id,
        item_ids=[row.item.id],
        method=VoteMethod.PANEL,
        yes=present - others,
        no=0,
        abstain=others,
        not_pressed=0,
    )


def _plan(clerk: Clerk, kind: MeetingKind, day: date, now: datetime) -> int:
    command = RecordMeeting(
        committee_id=clerk.committee_id,
        kind=kind,
        number=len(list_meetings(clerk.committee_id, kind)) + FIRST_NUMBER[kind],
        held_on=day,
        place=HALL if kind is MeetingKind.STANDING_COMMITTEE else ROOM,
        chair=CHAIR,
    )
    return meetings.record(command, clerk.actor, now).id


FIRST_NUMBER = {MeetingKind.DIRECTORS: 6, MeetingKind.STANDING_COMMITTEE: 4}


def _attend(clerk: Clerk, meeting_id: int, total: int, present: int, then: datetime) -> None:
    command = TakeAttendance(
        meeting_id=meeting_id, committee_id=clerk.committee_id, members_total=total, present=present
    )
    votes.take_attendance(command, clerk.actor, then)


def _at(day: date, hour: int) -> datetime:
    return from_local(datetime(day.year, day.month, day.day, hour))  # noqa: DTZ001 - from_local gives the zone
