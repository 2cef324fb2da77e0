"""tests.documents.factories — a meeting of the standing committee with items of three organs on its agenda."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from exam_app.appointments.bills import RegisterBill, register_bill
from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import Form, ItemState
from exam_app.audit.service import MACHINE
from exam_app.committees.models import Committee
from exam_app.committees.rules import LocalRules
from exam_app.documents import queries, service
from exam_app.documents.queries import Draft
from exam_app.documents.states import DocumentKind
from exam_app.meetings import service as meetings
from exam_app.meetings.models import Meeting
from exam_app.meetings.service import RecordMeeting
from exam_app.meetings.states import MeetingKind
from question_bank.kinds import OrganType
from tests.appointments.factories import make_bill, make_item, make_office
from tests.conftest import NINE
from tests.proceedings.factories import TODAY, bring, make_free_item


@dataclass(frozen=True)
class Stage:
    """A committee, the meeting that is prepared, its bill and its items: two bureau heads, a judge, one who leaves."""

    committee: Committee
    meeting: Meeting
    bill: Bill
    items: tuple[Item, ...]

    def add(self, name: str = "钱进", **changes: Any) -> Item:
        """Put one more name on the agenda."""
        return bring(make_free_item(self.bill, name, **changes), ItemState.ON_AGENDA, self.meeting)

    def drafts(self) -> dict[DocumentKind, Draft]:
        """Return the documents of the meeting, the first of each kind."""
        found = reversed(queries.drafts(self.meeting.id, self.committee.id))
        return {one.kind: one for one in found}

    def issue_all(self) -> None:
        """Issue all documents of the meeting."""
        service.issue_all(self.meeting.id, self.committee.id, MACHINE, NINE)


def plan_meeting(committee: Committee, number: int = 2, held_on: date = TODAY) -> Meeting:
    """Plan a meeting of the standing committee."""
    command = RecordMeeting(
        committee_id=committee.id,
        kind=MeetingKind.STANDING_COMMITTEE,
        number=number,
        held_on=held_on,
        place="市人大常委会会议厅",
        chair="张正",
    )
    return meetings.record(command, MACHINE, NINE)


def make_court_bill(committee: Committee) -> Bill:
    """Register a bill of the president of the court."""
    command = RegisterBill(
        committee_id=committee.id,
        title="关于提请任命李敏职务的议案",
        submitting_organ="甲市中级人民法院",
        document_number="甲中法〔2026〕3号",
        received_on=date(2026, 2, 20),
    )
    return register_bill(command, MACHINE, NINE)


def make_stage(rules: LocalRules | None = None) -> Stage:
    """Found the office and put four items on the agenda of its meeting."""
    committee = make_office(rules)
    meeting = plan_meeting(committee)
    bill, court = make_bill(committee), make_court_bill(committee)
    leaving = {"form": Form.REMOVE, "post": "甲市财政局局长"}
    judge = {
        "organ_type": OrganType.COURT,
        "form": Form.APPOINT,
        "post": "甲市中级人民法院审判员",
        "unit": "甲市中级人民法院",
    }
    items = (
        make_item(bill, "赵刚", **leaving),
        make_free_item(bill, "王强"),
        make_free_item(bill, "孙立", post="甲市教育局局长", unit="甲市教育局"),
        make_free_item(court, "李敏", **judge),
    )
    for item in items:
        bring(item, ItemState.ON_AGENDA, meeting)
    return Stage(committee, meeting, bill, items)
