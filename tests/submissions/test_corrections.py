"""tests.submissions.test_corrections — items sent back with a notice, and answers: to notices and to objections."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments.errors import ItemCannot, NoSuchBill, NoSuchItem
from exam_app.appointments.models import Bill, Item
from exam_app.appointments.moves import do
from exam_app.appointments.states import Act, ItemState
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.submissions import service
from exam_app.submissions.errors import AnswerMissing, NoSuchNotice, NoticeAnswered, NoticeInvalid, ObjectionGone
from exam_app.submissions.models import CorrectionNotice, ObjectionAnswer
from exam_app.submissions.queries import answers_of, items_of_notices, notices_of, open_notices
from exam_app.submissions.service import AnswerObjection, SendCorrection
from exam_app.submissions.states import Objection
from tests.appointments.factories import make_bill, make_foreign, make_item, make_office
from tests.conftest import NINE
from tests.submissions.factories import TODAY, against, make_placed, take_in_review


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill without items."""
    with transaction():
        return make_bill(make_office())


@pytest.fixture
def items(bill: Bill) -> list[Item]:
    """Two items under review and one that nobody has begun."""
    with transaction():
        made = [make_item(bill, name) for name in ("王强", "李敏", "赵刚")]
        take_in_review(bill, *made[:2])
        return made


def command(bill: Bill, *items: Item) -> SendCorrection:
    """Return a notice that asks for résumés."""
    return SendCorrection(
        committee_id=bill.committee_id,
        bill_id=bill.id,
        item_ids=tuple(item.id for item in items),
        what="缺简历。",
        due_on=TODAY + timedelta(days=5),
    )


def count(table: type[CorrectionNotice | ObjectionAnswer]) -> int:
    """Return how many rows there are."""
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_notice_sends_items_back_and_is_numbered(bill: Bill, items: list[Item]) -> None:
    with transaction():
        first = service.send_correction(command(bill, items[0]), MACHINE, NINE)
        second = service.send_correction(command(bill, items[1]), MACHINE, NINE)
        numbers = [first.number, second.number]
    assert numbers == [1, 2]
    assert [item.state for item in items[:2]] == [ItemState.RETURNED_FOR_CORRECTION] * 2
    assert [notice.number for notice in notices_of(bill.id)] == [2, 1]
    assert [item.id for item, _person in items_of_notices([second.id])[second.id]] == [items[1].id]
    assert [notice.id for notice, _bill in open_notices(bill.committee_id)] == [first.id, second.id]


def test_answer_lets_the_review_go_on(bill: Bill, items: list[Item]) -> None:
    with transaction():
        notice = service.send_correction(command(bill, *items[:2]), MACHINE, NINE)
        do(items[1], Act.WITHDRAW, MACHINE, NINE)
        resumed = service.answer_correction(notice.id, bill.committee_id, MACHINE, NINE)
    assert [item.id for item in resumed] == [items[0].id]
    assert [item.state for item in items[:2]] == [ItemState.UNDER_REVIEW, ItemState.WITHDRAWN]
    assert open_notices(bill.committee_id) == []
    with pytest.raises(NoticeAnswered), transaction():
        service.answer_correction(notice.id, bill.committee_id, MACHINE, NINE)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"what": "  "}, NoticeInvalid),
        ({"what": "长" * 1001}, NoticeInvalid),
        ({"item_ids": ()}, NoticeInvalid),
        ({"due_on": date(2026, 3, 1)}, NoticeInvalid),
        ({"item_ids": (99999,)}, NoSuchItem),
        ({"bill_id": 99999}, NoSuchBill),
    ],
)
def test_impossible_notice_sends_nothing_back(
    bill: Bill, items: list[Item], changes: dict[str, object], refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal), transaction():
        service.send_correction(replace(command(bill, items[0]), **changes), MACHINE, NINE)  # type: ignore[arg-type]
    db.session.expire_all()
    assert (items[0].state, count(CorrectionNotice)) == (ItemState.UNDER_REVIEW, 0)


def test_item_that_is_not_under_review_holds_up_the_whole_notice(bill: Bill, items: list[Item]) -> None:
    with pytest.raises(ItemCannot), transaction():
        service.send_correction(command(bill, *items), MACHINE, NINE)
    db.session.expire_all()
    assert [item.state for item in items] == [*[ItemState.UNDER_REVIEW] * 2, ItemState.SUBMITTED]
    assert count(CorrectionNotice) == 0


def test_items_of_another_bill_cannot_be_named(bill: Bill, items: list[Item]) -> None:
    with transaction():
        foreign = make_item(make_bill(make_foreign()))
    with pytest.raises(NoSuchItem), transaction():
        service.send_correction(command(bill, items[0], foreign), MACHINE, NINE)
    assert count(CorrectionNotice) == 0


def test_notice_of_another_committee_does_not_exist(bill: Bill, items: list[Item]) -> None:
    with transaction():
        notice_id = service.send_correction(command(bill, items[0]), MACHINE, NINE).id
        other = make_foreign().id
    with pytest.raises(NoSuchNotice), transaction():
        service.answer_correction(notice_id, other, MACHINE, NINE)
    db.session.expire_all()
    assert items[0].state is ItemState.RETURNED_FOR_CORRECTION


def answer(item: Item, bill: Bill, reason: str = "市委已决定", **changes: object) -> AnswerObjection:
    """Return why an item of the wrong nominator may stand."""
    values = {
        "committee_id": bill.committee_id,
        "item_id": item.id,
        "objection": Objection.WRONG_NOMINATOR,
        "reason": reason,
    }
    return AnswerObjection(**(values | changes))  # type: ignore[arg-type]


def test_answered_objection_stands_with_its_reason(bill: Bill) -> None:
    with transaction():
        bill.nominator = "主任会议"
        item = make_placed(bill)
        assert [(one.is_open, one.is_grave) for one in against(item)] == [(True, True)]
        service.answer_objection(answer(item, bill), MACHINE, NINE)
        service.answer_objection(answer(item, bill, " 经研究，按此办理 "), MACHINE, NINE)
    (found,) = against(item)
    assert found.answer is not None and not found.is_open
    assert (found.answer.reason, count(ObjectionAnswer)) == ("经研究，按此办理", 1)
    assert [one.reason for one in answers_of([item.id])[item.id]] == ["经研究，按此办理"]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"reason": " "}, AnswerMissing),
        ({"reason": "长" * 301}, AnswerMissing),
        ({"objection": Objection.POST_TAKEN}, ObjectionGone),
        ({"committee_id": 99999}, NoSuchItem),
    ],
)
def test_impossible_answer_is_refused(bill: Bill, changes: dict[str, object], refusal: type[DomainError]) -> None:
    with transaction():
        bill.nominator = "主任会议"
        item = make_placed(bill)
    with pytest.raises(refusal), transaction():
        service.answer_objection(answer(item, bill, **changes), MACHINE, NINE)  # type: ignore[arg-type]
    assert count(ObjectionAnswer) == 0
