"""tests.web.officer.test_bill_page — items of a bill go into review and are reviewed: ticked, or all that is shown."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import Form, ItemState
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.exams.models import RosterEntry
from tests.appointments.factories import make_item
from tests.certificates.factories import make_exam
from tests.conftest import NINE
from tests.proceedings.factories import make_free_item
from tests.web.officer.rows import name_of, states


def removed(bill: Bill, count: int) -> list[int]:
    """Add people who leave their posts; return the ids of the items."""
    with transaction():
        return [make_item(bill, name_of(i), form=Form.REMOVE, post=f"甲市第{i}局局长").id for i in range(count)]


def test_items_are_found_by_name_post_and_state(officer: FlaskClient, bill: Bill) -> None:
    removed(bill, 3)
    assert "王甲乙" in officer.get(f"/bills/{bill.id}?q=第1局").text
    assert "王甲丙" not in officer.get(f"/bills/{bill.id}?q=第1局").text
    assert "没有符合条件的事项" in officer.get(f"/bills/{bill.id}?state=in_office").text
    assert "王甲甲" in officer.get(f"/bills/{bill.id}?state=submitted").text
    assert "王甲甲" in officer.get(f"/bills/{bill.id}?state=nonsense").text


@pytest.mark.parametrize(
    ("chip", "shown"), [("waiting", "李敏"), ("registered", "王强"), ("blocked", None)], ids=lambda chip: str(chip)
)
def test_chips_tell_who_waits_for_an_exam(
    officer: FlaskClient, bill: Bill, office: Committee, chip: str, shown: str | None
) -> None:
    with transaction():
        registered, _waiting = make_item(bill).id, make_item(bill, "李敏").id
        exam_id = make_exam(office, opens_at=NINE + timedelta(days=1)).id
    officer.post(f"/bills/{bill.id}/exam", data={"item": registered, "exam": exam_id})
    page = officer.get(f"/bills/{bill.id}?exam={chip}").text
    assert [name for name in ("王强", "李敏") if f">{name}</a>" in page] == ([shown] if shown else [])


def test_review_begins_and_is_concluded_for_the_chosen(officer: FlaskClient, bill: Bill) -> None:
    first, second = removed(bill, 2)
    begun = officer.post(f"/bills/{bill.id}/review", data={"item": [first, second]}, follow_redirects=True)
    assert "已开始初审 2 项" in begun.text
    done = officer.post(f"/bills/{bill.id}/conclude", data={"item": first, "opinion": "同意"}, follow_redirects=True)
    assert "已登记 1 项初审完毕" in done.text
    assert states() == [ItemState.EXAM_CLEARED, ItemState.UNDER_REVIEW]


def test_opinion_is_needed_and_nothing_moves_without(officer: FlaskClient, bill: Bill) -> None:
    ids = removed(bill, 1)
    officer.post(f"/bills/{bill.id}/review", data={"item": ids})
    refused = officer.post(f"/bills/{bill.id}/conclude", data={"item": ids, "opinion": ""}, follow_redirects=True)
    assert "notice--bad" in refused.text
    assert states() == [ItemState.UNDER_REVIEW]


def test_blocked_by_the_exam_is_named_and_nobody_moves(officer: FlaskClient, bill: Bill) -> None:
    [free] = removed(bill, 1)
    with transaction():
        blocked = make_item(bill, "李敏").id
    both = {"item": [free, blocked]}
    officer.post(f"/bills/{bill.id}/review", data=both)
    refused = officer.post(f"/bills/{bill.id}/conclude", data={**both, "opinion": "同意"}, follow_redirects=True)
    assert "李敏 的法律考试尚未通过" in refused.text
    assert states() == [ItemState.UNDER_REVIEW, ItemState.UNDER_REVIEW]


def test_everything_means_all_pages_of_what_is_shown(officer: FlaskClient, bill: Bill) -> None:
    removed(bill, 25)
    address = f"/bills/{bill.id}/review?q=第1&size=20"
    assert "不限本页" in officer.get(f"/bills/{bill.id}?size=20").text
    done = officer.post(address, data={"everything": "y"}, follow_redirects=True)
    assert "已开始初审 11 项" in done.text  # 第1局, 第10局 … 第19局
    assert states().count(ItemState.UNDER_REVIEW) == 11
    rest = officer.post(f"/bills/{bill.id}/review", data={"everything": "y"}, follow_redirects=True)
    assert "已开始初审 14 项" in rest.text, "those under review already are left alone"


def test_everything_for_an_exam_means_who_still_has_to_sit(officer: FlaskClient, bill: Bill, office: Committee) -> None:
    removed(bill, 2)
    with transaction():
        make_item(bill, "李敏")
        make_free_item(bill, "赵刚")
        exam_id = make_exam(office, opens_at=NINE + timedelta(days=1)).id
    before = db.session.scalar(select(func.count(RosterEntry.id))) or 0
    done = officer.post(f"/bills/{bill.id}/exam", data={"everything": "y", "exam": exam_id}, follow_redirects=True)
    assert "已报名 1 项" in done.text
    assert db.session.scalar(select(func.count(RosterEntry.id))) == before + 1


def test_list_goes_back_to_the_rows_that_were_shown(officer: FlaskClient, bill: Bill) -> None:
    ids = removed(bill, 1)
    answer = officer.post(f"/bills/{bill.id}/review?q=王&bill_id=77&_external=1", data={"item": ids})
    assert answer.location == f"/bills/{bill.id}?q=%E7%8E%8B"


def test_workbook_holds_what_the_list_shows(officer: FlaskClient, bill: Bill) -> None:
    removed(bill, 30)
    whole = officer.get(f"/bills/{bill.id}.xlsx")
    assert whole.data.startswith(b"PK") and "spreadsheetml" in whole.content_type
    few = officer.get(f"/bills/{bill.id}.xlsx?q=第29局")
    assert len(few.data) < len(whole.data)


def test_director_reads_and_cannot_act(director: FlaskClient, bill: Bill) -> None:
    ids = removed(bill, 1)
    page = director.get(f"/bills/{bill.id}").text
    assert "王甲甲" in page and "开始初审" not in page and "内部资料 注意保存" in page
    for act in ("review", "conclude", "exam"):
        assert director.post(f"/bills/{bill.id}/{act}", data={"item": ids, "opinion": "同意"}).status_code == 404
    assert states() == [ItemState.SUBMITTED]


def test_items_of_another_bill_are_not_touched(officer: FlaskClient, bill: Bill, office: Committee) -> None:
    ids = removed(bill, 1)
    with transaction():
        other = Bill(
            committee_id=office.id,
            title="另案",
            submitting_organ="甲市人民政府",
            document_number="甲政〔2026〕9号",
            received_on=NINE.date(),
            created_at=NINE,
        )
        db.session.add(other)
    assert officer.post(f"/bills/{other.id}/review", data={"item": ids}).status_code == 404
    assert db.session.scalars(select(Item.state)).all() == [ItemState.SUBMITTED]


def test_page_costs_the_same_for_few_and_many(
    officer: FlaskClient, bill: Bill, count_statements: Callable[[], Any]
) -> None:
    removed(bill, 1)
    page = f"/bills/{bill.id}"
    db.session.expunge_all()
    with count_statements() as few:
        officer.get(page)
    bill = db.session.get_one(Bill, bill.id)
    with transaction():
        for i in range(1, 40):
            make_item(bill, name_of(i), form=Form.REMOVE, post=f"甲市第{i}局局长")
    db.session.expunge_all()
    with count_statements() as many:
        officer.get(page)
    assert len(few) == len(many) <= 12
