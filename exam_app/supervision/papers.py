"""supervision.papers — rows → facts → the official texts of a duty, and what was issued of them."""

from datetime import date

from sqlalchemy import select

from exam_app.appointments.models import Item
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.committees import queries as committees
from exam_app.committees.models import Term
from exam_app.documents.errors import NoSuchDocument
from exam_app.documents.models import Document
from exam_app.documents.states import DocumentKind, DocumentState
from exam_app.meetings.models import Meeting
from exam_app.people.models import Person
from exam_app.printing.official import supervision as wording
from exam_app.printing.official.assessment_sheet import assessment_sheet
from exam_app.printing.official.facts import MeetingFacts
from exam_app.printing.official.supervision import AssessmentFacts, DutyFacts
from exam_app.printing.official.text import OfficialText, full_day
from exam_app.supervision import queries
from exam_app.supervision.models import Assessment, DutyEvent, ReportDuty
from exam_app.supervision.queries import DutyRow
from exam_app.supervision.rules import Ballots, add_months, due_days, from_document, in_words, outcome
from exam_app.supervision.states import HAS_REPORTED, DutyAct, DutyMode, DutyState

SENT_BY = {
    DocumentKind.REPORT_NOTICE: f"duty.{DutyAct.NOTIFY.value}",
    DocumentKind.FEEDBACK_LETTER: f"duty.{DutyAct.SEND_FEEDBACK.value}",
}
"""The step whose day a paper bears."""


def available(row: DutyRow) -> list[DocumentKind]:
    """Return the papers that the duty has come to."""
    kinds = []
    if row.duty.reports_on is not None and row.duty.state is not DutyState.DROPPED:
        kinds.append(DocumentKind.REPORT_NOTICE)
    if row.assessment is not None:
        kinds.append(DocumentKind.ASSESSMENT_RESULT)
    if row.duty.state in HAS_REPORTED and (row.assessment is not None or row.duty.opinions):
        kinds.append(DocumentKind.FEEDBACK_LETTER)
    return kinds


def compose(kind: DocumentKind, duty_id: int, committee_id: int, today: date) -> OfficialText:
    """Return a paper as it is to be issued now, or raise NoSuchDocument where there is nothing for it to say."""
    row = queries.get_row(duty_id, committee_id)
    if kind not in available(row):
        raise NoSuchDocument(duty=duty_id, kind=kind.value)
    facts = _duty_facts(row, _day_of(kind, row, today))
    if kind is DocumentKind.REPORT_NOTICE:
        return wording.notice(facts)
    found = _assessment_facts(row.item, row.person, row.assessment) if row.assessment else None
    if kind is DocumentKind.ASSESSMENT_RESULT and found:
        return wording.result(facts, found)
    asked = queries.follows(queries.assessments_of(duty_id))
    return wording.feedback(facts, row.duty.opinions, found, asked.value, _by(row, facts.day))


def sheet(committee_id: int, day: date) -> OfficialText:
    """Return the results of all who were assessed on that day."""
    found = [_assessment_facts(*row) for row in queries.assessed_on(committee_id, day)]
    return assessment_sheet(committees.get_committee(committee_id).name, day, found)


def about(kind: DocumentKind, row: DutyRow) -> str:
    """Return what tells the papers of a duty apart: each assessment has its own result and letter."""
    if kind is DocumentKind.REPORT_NOTICE or row.assessment is None:
        return f"duty:{row.duty.id}"
    return f"duty:{row.duty.id}:{row.assessment.round}"


def find_issued(kind: DocumentKind, row: DutyRow) -> Document | None:
    """Return the paper that holds, if it was issued."""
    query = select(Document).where(Document.committee_id == row.duty.committee_id, Document.kind == kind)
    query = query.where(Document.about == about(kind, row), Document.state == DocumentState.ISSUED)
    return db.session.scalar(query.order_by(Document.id.desc()).limit(1))


def _duty_facts(row: DutyRow, day: date) -> DutyFacts:
    duty = row.duty
    committee = committees.get_committee(duty.committee_id)
    rules = committees.rules_on(duty.committee_id, duty.reports_on or day).rules
    return DutyFacts(
        committee=committee.name,
        person=row.person.name,
        post=row.item.post,
        year=duty.year,
        is_oral=duty.mode is DutyMode.ORAL,
        reports_on=duty.reports_on,
        draft_due_on=duty.draft_due_on,
        final_due_on=duty.final_due_on,
        members_due_on=due_days(duty.reports_on, rules).members if duty.reports_on else None,
        meeting=_meeting(duty, committee.name),
        day=day,
    )


def _assessment_facts(item: Item, person: Person, found: Assessment) -> AssessmentFacts:
    scheme = from_document(found.scheme)
    return AssessmentFacts(
        person=person.name,
        post=item.post,
        counts={grade: found.counts.get(grade, 0) for grade in scheme.grades},
        abstain=found.abstain,
        invalid=found.invalid,
        members_total=found.members_total,
        present=found.present,
        assessed_on=found.assessed_on,
        outcome=found.outcome,
        arithmetic=arithmetic(found),
        rule=in_words(scheme),
        round=found.round,
    )


def arithmetic(found: Assessment) -> str:
    """Return how the counts led to the outcome, in words."""
    ballots = Ballots(
        counts=found.counts,
        abstain=found.abstain,
        invalid=found.invalid,
        members_total=found.members_total,
        present=found.present,
    )
    return outcome(from_document(found.scheme), ballots).arithmetic


def _meeting(duty: ReportDuty, committee: str) -> str:
    query = select(Meeting, Term.number).join(Term, Term.id == Meeting.term_id).where(Meeting.id == duty.meeting_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        return ""
    meeting, term = row
    return MeetingFacts(committee=committee, term=term, number=meeting.number, day=meeting.held_on).title


def _by(row: DutyRow, day: date) -> str:
    """Return until when something is to be put right: the day that was set, or the months of the rules."""
    if row.rectification is not None:
        return f"于{full_day(row.rectification.due_on)}前"
    months = committees.rules_on(row.duty.committee_id, day).rules.rectification_months
    return f"于{full_day(add_months(day, months))}前"


def _day_of(kind: DocumentKind, row: DutyRow, today: date) -> date:
    """Return the day a paper bears: that of its step, else that of its issue, else today."""
    query = select(DutyEvent.happened_on).where(DutyEvent.duty_id == row.duty.id)
    query = query.where(DutyEvent.verb == SENT_BY.get(kind, "")).order_by(DutyEvent.id.desc()).limit(1)
    done = db.session.scalar(query) if _is_sent(kind, row) else None
    issued = find_issued(kind, row)
    return done or (local_date(issued.issued_at) if issued else today)


def _is_sent(kind: DocumentKind, row: DutyRow) -> bool:
    """Whether the step has been taken; the letter of a new assessment has not, though that of the old one was sent."""
    waiting = {DocumentKind.REPORT_NOTICE: {DutyState.PLANNED}}
    return row.duty.state not in waiting.get(kind, {DutyState.REPORTED, DutyState.ASSESSED})
