"""tests.pages.addresses — which ids the staged demo gives to the addresses of its pages."""

from collections.abc import Iterator

from flask import Flask
from sqlalchemy import Select, func, select

from exam_app.appointments.models import Bill, Item, Position
from exam_app.appointments.states import UNDECIDED, ExamStep, ItemState
from exam_app.audit.service import MACHINE
from exam_app.bank.models import QuestionVersion
from exam_app.bank.states import VersionState
from exam_app.base.clock import SystemClock
from exam_app.base.db import db, transaction
from exam_app.certificates.models import Certificate
from exam_app.committees.models import LocalRulesVersion
from exam_app.documents.models import Archive, Document
from exam_app.exams import queries as exams
from exam_app.exams import roster
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.states import ExamState
from exam_app.laws.models import Edition
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.operations.models import Job, StoredFile
from exam_app.papers.models import Blueprint
from exam_app.papers.states import BlueprintState
from exam_app.people.models import Account
from exam_app.proceedings.models import VotedItem
from exam_app.results.models import Result
from exam_app.sheets.models import PaperEntry
from exam_app.sittings.models import Sitting
from exam_app.sittings.states import SittingState
from exam_app.submissions.models import Attachment, CorrectionNotice
from exam_app.supervision.models import ReportDuty
from exam_app.supervision.states import DutyState

Ids = dict[str, int | str]


def read_ids() -> Ids:
    """Return the ids by the names that the walks use; inside the application's context."""
    found: Ids = {name: _first(query) for name, query in _queries()}
    announced = db.session.scalars(select(Exam.id).where(Exam.state == ExamState.ANNOUNCED).order_by(Exam.id)).all()
    return found | dict(zip(("past_exam", "open_exam", "coming_exam"), announced, strict=True))


def _first(query: Select[int]) -> int:
    return db.session.scalars(query.limit(1)).first() or 0  # an id that leads nowhere, if the stage lacks it


def _queries() -> Iterator[tuple[str, Select[int]]]:
    for state in VersionState:
        versions = select(QuestionVersion).where(QuestionVersion.state == state)
        by_age = versions.order_by(QuestionVersion.question_id)
        yield f"{state.value}_version", by_age.with_only_columns(QuestionVersion.id)
        yield f"{state.value}_question", by_age.with_only_columns(QuestionVersion.question_id)
    yield "ready_blueprint", select(Blueprint.id).where(Blueprint.state == BlueprintState.READY)
    yield "draft_blueprint", select(Blueprint.id).where(Blueprint.state == BlueprintState.DRAFT)
    drafts = select(Exam.id).where(Exam.state == ExamState.DRAFT)
    yield "draft_exam", drafts.where(Exam.makeup_of_id.is_(None))
    yield "makeup_exam", drafts.where(Exam.makeup_of_id.is_not(None))
    yield "result", select(Result.id).order_by(Result.id)
    yield from _seats()
    yield "absent_entry", select(RosterEntry.id).where(RosterEntry.absence_reason != "")
    yield "edition_with_text", select(Edition.id).where(Edition.text_hash != "")
    yield "edition_without_text", select(Edition.id).where(Edition.text_hash == "")
    yield "import_file", select(StoredFile.id).where(StoredFile.name.like("%.xlsx"))
    yield "bill", select(Bill.id).order_by(Bill.id)
    yield "open_bill", select(Bill.id).order_by(Bill.id.desc())
    yield "item", select(Item.id).order_by(Item.id)
    yield "undecided_item", select(Item.id).where(Item.state.in_(UNDECIDED)).order_by(Item.id)
    yield "failed_item", select(Item.id).where(Item.exam_step == ExamStep.BLOCKED)
    yield "open_item", select(Item.id).order_by(Item.id.desc())
    meetings = select(Meeting.id).order_by(Meeting.id)
    for kind in MeetingKind:
        for stands in MeetingState:
            wanted = meetings.where(Meeting.kind == kind, Meeting.state == stands)
            yield f"{stands.value}_{kind.value}_meeting", wanted
    half_way = select(VotedItem.vote_id).join(Item, Item.id == VotedItem.item_id)
    yield "open_vote", half_way.where(Item.state == ItemState.VOTED_PASSED)
    yield "certificate", select(Certificate.id).order_by(Certificate.id)
    for name, kind in (("job", "print_certificates"), ("package_job", "package_documents")):
        yield name, select(Job.id).where(Job.kind == kind)
    yield "document", select(Document.id).order_by(Document.id)
    yield from _papers()
    yield "position", select(Position.id).order_by(Position.id)
    yield "rules_version", select(LocalRulesVersion.id).order_by(LocalRulesVersion.id.desc())
    yield "account", select(Account.id).order_by(Account.id)
    for step in (DutyState.PLANNED, DutyState.ASSESSED, DutyState.RECTIFYING, DutyState.CLOSED):
        yield f"{step.value}_duty", select(ReportDuty.id).where(ReportDuty.state == step)


def read_codes(app: Flask) -> list[tuple[str, str]]:
    """Return admission number and code of everyone on the open exam's roster, by seat."""
    with app.app_context():
        exam = db.session.get_one(Exam, read_ids()["open_exam"])
        with transaction():
            codes = roster.codes_for_printing(exam.id, exam.committee_id, MACHINE, SystemClock().now())
        return [(line.admission_number, codes[line.entry_id]) for line in exams.roster(exam.id)]


def _seats() -> Iterator[tuple[str, Select[int]]]:
    """Yield seats at a screen and with a pen, and the collected sheets by how often they were read."""
    screens = select(Sitting.roster_entry_id).where(Sitting.on_paper_at.is_(None))
    yield "sitting_entry", screens.order_by(Sitting.id.desc())
    on_paper = select(Sitting).where(Sitting.on_paper_at.is_not(None)).order_by(Sitting.id)
    yield (
        "on_paper_entry",
        on_paper.where(Sitting.state == SittingState.OPEN).with_only_columns(Sitting.roster_entry_id),
    )
    readings = select(func.count()).where(PaperEntry.sitting_id == Sitting.id).scalar_subquery()
    collected = on_paper.where(Sitting.state == SittingState.SUBMITTED).with_only_columns(Sitting.id)
    for name, number in (("unread_sheet", 0), ("read_sheet", 1), ("differing_sheet", 2)):
        yield name, collected.where(readings == number)


def _papers() -> Iterator[tuple[str, Select[int]]]:
    yield "archive", select(Archive.id)
    yield "emergency_file", select(StoredFile.id).where(StoredFile.name.like("%.exam"))
    yield "notice", select(CorrectionNotice.id)
    yield "attachment", select(Attachment.id).where(Attachment.file_id.is_not(None))
