"""tests.appointments.factories — bills and items, through the services."""

from datetime import date, datetime
from typing import Any

from exam_app.appointments import bills
from exam_app.appointments.bills import AddItem, Nominee, RegisterBill
from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import Form
from exam_app.audit.service import MACHINE
from exam_app.committees import service as committees
from exam_app.committees.models import Committee
from exam_app.committees.rules import LocalRules
from question_bank.kinds import OrganType
from tests.conftest import NINE
from tests.factories import make_committee

RECEIVED = date(2026, 2, 20)


def make_office(rules: LocalRules | None = None) -> Committee:
    """Found a committee in its sixteenth term, with local rules if any are given."""
    committee = make_committee()
    committees.open_term(committee.id, 16, date(2023, 1, 10), MACHINE, NINE)
    if rules is not None:
        committees.record_rules(committee.id, date(2023, 1, 10), rules, "主任会议决定", MACHINE, NINE)
    return committee


def make_bill(committee: Committee, number: str = "甲政〔2026〕8号", now: datetime = NINE) -> Bill:
    """Register a bill of the mayor's."""
    command = RegisterBill(
        committee_id=committee.id,
        title="关于提请任免王强等职务的议案",
        submitting_organ="甲市人民政府",
        document_number=number,
        received_on=RECEIVED,
    )
    return bills.register_bill(command, MACHINE, now)


def item_command(bill: Bill, name: str = "王强", **changes: Any) -> AddItem:
    """Return an item by which somebody becomes head of a bureau."""
    nominee = Nominee(
        name=name, unit=changes.pop("unit", "甲市财政局"), post="副局长", choice=changes.pop("choice", "")
    )
    values: dict[str, Any] = {
        "bill_id": bill.id,
        "committee_id": bill.committee_id,
        "nominee": nominee,
        "organ_type": OrganType.GOVERNMENT,
        "post": "甲市财政局局长",
        "form": Form.DECIDE_APPOINT,
    }
    return AddItem(**(values | changes))


def make_item(bill: Bill, name: str = "王强", **changes: Any) -> Item:
    """Add an item to the bill."""
    return bills.add_item(item_command(bill, name, **changes), MACHINE, NINE)


def make_foreign() -> Committee:
    """Found a committee that has nothing to do with the first."""
    return make_committee("乙市人大常委会")
