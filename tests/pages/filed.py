"""tests.pages.filed — goes on where a meeting is over: its documents issued, its archive package kept."""

from datetime import datetime, timedelta

from sqlalchemy import select

from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import ItemState
from exam_app.base.clock import local_date
from exam_app.base.db import db, transaction
from exam_app.cli.demo import cast
from exam_app.documents import archive, service
from exam_app.jobs.documents import KIND, plan
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.operations import service as operations
from exam_app.proceedings import review
from exam_app.submissions import papers
from exam_app.submissions import service as submissions
from exam_app.submissions.service import SendCorrection
from exam_app.submissions.states import AttachmentKind
from tests.pages.stage import actor_named, open_exam


def file_documents(now: datetime) -> None:
    """Issue the documents of the meeting that was held, and keep a package of its lists."""
    clerk, home = actor_named(cast.CLERK), open_exam().committee_id
    closed = (Meeting.kind == MeetingKind.STANDING_COMMITTEE) & (Meeting.state == MeetingState.CLOSED)
    meeting_id = db.session.scalars(select(Meeting.id).where(closed).order_by(Meeting.id).limit(1)).one()
    with transaction():
        service.issue_all(meeting_id, home, clerk, now)
    with transaction():
        what = plan(meeting_id, home)
        payload = {"meeting": meeting_id, "actor": clerk.name}
        operations.queue_job(home, KIND, payload, len(what.written), clerk.account_id, now)
        job = operations.take_job(now)
        assert job is not None
        content = archive.pack(what.written, what.day)
        _archive, stored = service.keep_archive(meeting_id, home, what.name, content, clerk, now)
        operations.attach_file(job.id, stored.id)
        operations.finish_job(job.id, now)


def ask_for_corrections(now: datetime) -> None:
    """Hand in a paper of the newest bill, and ask its organ to complete one item."""
    clerk, home = actor_named(cast.CLERK), open_exam().committee_id
    query = select(Item).join(Bill, Bill.id == Item.bill_id).where(Bill.committee_id == home)
    item = db.session.scalars(query.where(Item.state == ItemState.SUBMITTED).order_by(Item.id.desc()).limit(1)).one()
    with transaction():
        review.begin_review(item.bill_id, home, [item.id], clerk, now)
        paper = papers.HandIn(
            committee_id=home,
            bill_id=item.bill_id,
            item_id=item.id,
            kind=AttachmentKind.RESUME,
            received_on=local_date(now),
            name="简历.pdf",
            content=b"%PDF-1.4\n%%EOF\n",
        )
        papers.hand_in(paper, clerk, now)
        notice = SendCorrection(
            committee_id=home,
            bill_id=item.bill_id,
            item_ids=(item.id,),
            what="请补报考察材料。",
            due_on=local_date(now) + timedelta(days=3),
        )
        submissions.send_correction(notice, clerk, now)
