"""tests.supervision.factories — people in office and meetings as rows, duties through the services to any state."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from itertools import count

from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import Form, ItemState
from exam_app.audit.service import MACHINE
from exam_app.base.db import db
from exam_app.committees import queries as committees
from exam_app.committees.models import Committee
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.people.models import Person
from exam_app.supervision import assessing, service
from exam_app.supervision.assessing import RecordAssessment
from exam_app.supervision.models import ReportDuty
from exam_app.supervision.service import EndDuty, OnDuties, PlanReports
from exam_app.supervision.states import DutyMode, DutyState
from question_bank.kinds import OrganType
from tests.conftest import NINE

TODAY = NINE.date()
MEETING_DAY = TODAY - timedelta(days=20)
SINCE = date(2023, 3, 10)
"""The committee of `make_office` is in its term since January 2023."""
HAPPY = {"满意": 20, "基本满意": 8, "不满意": 1}
MIDDLING = {"满意": 10, "基本满意": 15, "不满意": 4}
UNHAPPY = {"满意": 3, "基本满意": 6, "不满意": 20}
_numbers = count(1)


def in_office(
    committee: Committee,
    name: str = "王强",
    post: str = "甲市财政局局长",
    organ: OrganType = OrganType.GOVERNMENT,
    form: Form = Form.DECIDE_APPOINT,
    since: date = SINCE,
    person: Person | None = None,
) -> Item:
    """Return an item that was announced: its rows alone, without the way there."""
    number = next(_numbers)
    if person is None:
        person = Person(committee_id=committee.id, name=name, unit=post[:5], post="", created_at=NINE)
    bill = Bill(
        committee_id=committee.id,
        title="关于提请任命的议案",
        submitting_organ="甲市人民政府",
        document_number=f"甲政〔2023〕{number}号",
        received_on=since,
        created_at=NINE,
    )
    db.session.add_all([person, bill])
    db.session.flush()
    item = Item(
        bill_id=bill.id,
        number=1,
        person_id=person.id,
        organ_type=organ,
        post=post,
        form=form,
        state=ItemState.ANNOUNCED,
        announced_on=since,
    )
    db.session.add(item)
    db.session.flush()
    return item


def make_meeting(
    committee: Committee,
    held_on: date = MEETING_DAY,
    kind: MeetingKind = MeetingKind.STANDING_COMMITTEE,
    state: MeetingState = MeetingState.OPEN,
) -> Meeting:
    """Return a meeting of 39 members, 29 of them there if it is held."""
    term = committees.term_on(committee.id, held_on)
    assert term is not None
    held = state is not MeetingState.PLANNED
    meeting = Meeting(
        committee_id=committee.id,
        term_id=term.id,
        kind=kind,
        number=next(_numbers),
        held_on=held_on,
        state=state,
        members_total=39 if held else None,
        present=29 if held else None,
        created_at=NINE,
    )
    db.session.add(meeting)
    db.session.flush()
    return meeting


def make_duty(
    item: Item, state: DutyState = DutyState.PLANNED, mode: DutyMode = DutyMode.WRITTEN, year: int = 2026
) -> ReportDuty:
    """Return a duty that the services brought to that state, dated before the meeting's day and on it."""
    committee_id = db.session.get_one(Bill, item.bill_id).committee_id
    command = PlanReports(
        committee_id=committee_id, year=year, mode=mode, item_ids=[item.id], reports_on=date(year, 2, 10)
    )
    if mode is DutyMode.ORAL:
        committee = db.session.get_one(Committee, committee_id)
        meeting_id = make_meeting(committee, date(year, 2, 10)).id
        command = PlanReports(
            committee_id=committee_id, year=year, mode=mode, item_ids=[item.id], meeting_id=meeting_id
        )
    duty = service.plan(command, MACHINE, NINE)[0]
    for step in WAYS[state]:
        step(duty)
    return duty


def on(duty: ReportDuty, day: date) -> OnDuties:
    """Return that something happened to one duty on a day."""
    return OnDuties(committee_id=duty.committee_id, duty_ids=[duty.id], day=day)


def ballots(duty: ReportDuty, counts: Mapping[str, int] = UNHAPPY, day: date = MEETING_DAY) -> RecordAssessment:
    """Return what 29 members present of 39 marked."""
    return RecordAssessment(
        committee_id=duty.committee_id,
        duty_id=duty.id,
        assessed_on=day,
        counts=counts,
        abstain=0,
        invalid=0,
        members_total=39,
        present=29,
    )


def _on(day: date, verb: Callable[..., object]) -> Callable[[ReportDuty], None]:
    def step(duty: ReportDuty) -> None:
        verb(on(duty, day), MACHINE, NINE)

    return step


def _assess(duty: ReportDuty) -> None:
    assessing.assess(ballots(duty), MACHINE, NINE)


def _end(verb: Callable[..., object]) -> Callable[[ReportDuty], None]:
    def step(duty: ReportDuty) -> None:
        command = EndDuty(committee_id=duty.committee_id, duty_id=duty.id, day=TODAY, reason="已离任")
        verb(command, MACHINE, NINE)

    return step


NOTIFY = _on(date(2026, 1, 5), service.notify)
DRAFT = _on(date(2026, 1, 20), service.receive_draft)
FINAL = _on(date(2026, 1, 30), service.receive_final)
REPORT = _on(MEETING_DAY, service.report)
FEEDBACK = _on(date(2026, 2, 15), service.send_feedback)
RECTIFY = _on(date(2026, 2, 16), assessing.require_rectification)
RECTIFIED = _on(date(2026, 3, 1), assessing.receive_rectification)
TO_REPORT = (NOTIFY, DRAFT, FINAL, REPORT)
TO_RECTIFIED = (*TO_REPORT, _assess, FEEDBACK, RECTIFY, RECTIFIED)
WAYS: Mapping[DutyState, tuple[Callable[[ReportDuty], None], ...]] = {
    DutyState.PLANNED: (),
    DutyState.NOTIFIED: (NOTIFY,),
    DutyState.DRAFT_RECEIVED: (NOTIFY, DRAFT),
    DutyState.FINAL_RECEIVED: (NOTIFY, DRAFT, FINAL),
    DutyState.REPORTED: TO_REPORT,
    DutyState.ASSESSED: (*TO_REPORT, _assess),
    DutyState.FEEDBACK_SENT: (*TO_REPORT, _assess, FEEDBACK),
    DutyState.RECTIFYING: (*TO_REPORT, _assess, FEEDBACK, RECTIFY),
    DutyState.RECTIFIED: TO_RECTIFIED,
    DutyState.CLOSED: (*TO_RECTIFIED, _end(service.close)),
    DutyState.DROPPED: (_end(service.drop),),
}
