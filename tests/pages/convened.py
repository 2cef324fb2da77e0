"""tests.pages.convened — meetings that are being held: directors who decide, a vote half way, letters to come."""

from datetime import datetime, timedelta

from sqlalchemy import select

from exam_app.appointments import bills
from exam_app.appointments.models import Item
from exam_app.appointments.states import ExamStep, Form
from exam_app.base.clock import local_date
from exam_app.base.db import db, transaction
from exam_app.cli.demo import assembly, cast
from exam_app.cli.demo.assembly import Clerk
from exam_app.meetings import service as meetings
from exam_app.meetings.queries import next_number
from exam_app.meetings.service import RecordMeeting, TakeAttendance
from exam_app.meetings.states import MeetingKind
from exam_app.proceedings import agenda, ceremony, votes
from exam_app.proceedings.queries import meeting_items
from exam_app.proceedings.states import VoteMethod
from exam_app.proceedings.votes import RecordVote
from question_bank.kinds import OrganType
from tests.pages.stage import actor_named, open_exam

AGAIN = (
    ("方启明", OrganType.GOVERNMENT, Form.DECIDE_APPOINT, "市人民政府秘书长"),
    ("江岚", OrganType.GOVERNMENT, Form.DECIDE_APPOINT, "市发展和改革委员会主任"),
    ("龚䶮", OrganType.GOVERNMENT, Form.DECIDE_APPOINT, "市审计局局长"),
    ("孟夏", OrganType.COURT, Form.APPOINT, "市中级人民法院审判委员会委员"),
    ("章堃", OrganType.PROCURATORATE, Form.APPOINT, "市人民检察院副检察长"),
    ("贺兰亭", OrganType.SUPERVISION, Form.APPOINT, "市监察委员会副主任"),
)
"""People who passed the exam of the demo, nominated for another post: they need not sit again."""


def convene(now: datetime) -> None:
    """Leave a meeting in every state that a desk can show."""
    clerk = Clerk(open_exam().committee_id, actor_named(cast.CLERK))
    today = local_date(now)
    with transaction():
        bill = bills.register_bill(_bill(clerk, now), clerk.actor, now - timedelta(days=6))
        for row in AGAIN:
            bills.add_item(_item(clerk, bill.id, row), clerk.actor, now - timedelta(days=6))
    directors = assembly.submit(clerk, [bill], today - timedelta(days=1))
    meeting_id = assembly.plan(clerk, directors, today, now - timedelta(hours=20))
    _vote_half_way(clerk, meeting_id, now)
    _ask_directors(clerk, now)


def _bill(clerk: Clerk, now: datetime) -> bills.RegisterBill:
    return bills.RegisterBill(
        committee_id=clerk.committee_id,
        title="关于提请方启明等同志职务任免的议案",
        submitting_organ="青岚市人民政府等",
        document_number=f"青提〔{local_date(now).year}〕12号",
        received_on=local_date(now - timedelta(days=6)),
    )


def _item(clerk: Clerk, bill_id: int, row: tuple[str, OrganType, Form, str]) -> bills.AddItem:
    name, organ, form, post = row
    known = next(one for one in cast.LAST_BILL if one.name == name)
    return bills.AddItem(
        bill_id=bill_id,
        committee_id=clerk.committee_id,
        nominee=bills.Nominee(name=name, unit=known.unit, post=known.post),
        organ_type=organ,
        post=post,
        form=form,
    )


def _vote_half_way(clerk: Clerk, meeting_id: int, now: datetime) -> None:
    """Leave two to vote on, one rejected, one passed, one announced, one with a letter."""
    home, actor = clerk.committee_id, clerk.actor
    with transaction():
        _attend(clerk, meeting_id, len(cast.MEMBERS), 28, now)
        ids = [row.item.id for row in meeting_items(meeting_id)]
        for place, item_id in enumerate(ids[:4]):
            yes = 12 if place == 3 else 27
            command = RecordVote(
                meeting_id=meeting_id,
                committee_id=home,
                item_ids=[item_id],
                method=VoteMethod.PANEL,
                yes=yes,
                no=28 - yes,
                abstain=0,
                not_pressed=0,
            )
            votes.record_vote(command, actor, now)
        votes.announce(meeting_id, home, ids[:2], actor, now)
        ceremony.issue_letters(meeting_id, home, ids[:1], local_date(now), actor, now)


def _ask_directors(clerk: Clerk, now: datetime) -> None:
    """Leave a directors' meeting that is held now, with those whom the exam blocks before it, nothing decided."""
    with transaction():
        day = local_date(now)
        command = RecordMeeting(
            committee_id=clerk.committee_id,
            kind=MeetingKind.DIRECTORS,
            number=next_number(clerk.committee_id, MeetingKind.DIRECTORS, day),
            held_on=day,
        )
        meeting_id = meetings.record(command, clerk.actor, now).id
        blocked = list(db.session.scalars(select(Item.id).where(Item.exam_step == ExamStep.BLOCKED)))
        agenda.place(meeting_id, clerk.committee_id, blocked, clerk.actor, now)
        _attend(clerk, meeting_id, 6, 5, now)


def _attend(clerk: Clerk, meeting_id: int, total: int, present: int, now: datetime) -> None:
    command = TakeAttendance(
        meeting_id=meeting_id, committee_id=clerk.committee_id, members_total=total, present=present
    )
    votes.take_attendance(command, clerk.actor, now)
