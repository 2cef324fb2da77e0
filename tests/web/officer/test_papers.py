"""tests.web.officer.test_papers — papers of a bill, what speaks against its items, notices, corrected items."""

import io

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import ItemState
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.documents.models import Document
from exam_app.documents.states import DocumentKind
from exam_app.people.models import Person
from exam_app.proceedings import review
from exam_app.submissions.models import Attachment, CorrectionNotice, ObjectionAnswer
from tests.appointments.factories import make_bill, make_foreign, make_item
from tests.conftest import NINE


@pytest.fixture
def item(bill: Bill) -> Item:
    """An item under review that names no position."""
    with transaction():
        item = make_item(bill)
        review.begin_review(bill.id, bill.committee_id, [item.id], MACHINE, NINE)
    return item


def test_papers_are_received_waived_and_taken_back(officer: FlaskClient, item: Item) -> None:
    address = f"/bills/{item.bill_id}/papers"
    assert "还缺 4 件材料" in officer.get(address).text
    papers = {"paper": [":bill", f"{item.id}:resume"], "received_on": "2026-03-01"}
    assert "还缺 2 件材料" in officer.post(f"{address}/receive", data=papers, follow_redirects=True).text
    waived = {"paper": [f"{item.id}:vetting_material"], "reason": "本地不要求"}
    shown = officer.post(f"{address}/waive", data=waived, follow_redirects=True).text
    assert "还缺 1 件材料" in shown and "免交：本地不要求" in shown
    assert "还缺 2 件材料" in officer.post(f"{address}/take_back", data=waived, follow_redirects=True).text


@pytest.mark.parametrize("paper", ["", "x:resume", "1:crown", "99999999999:resume"])
def test_paper_that_is_none_is_refused_in_words(officer: FlaskClient, item: Item, paper: str) -> None:
    data = {"paper": paper, "received_on": "2026-03-01"}
    answer = officer.post(f"/bills/{item.bill_id}/papers/receive", data=data, follow_redirects=True)
    assert answer.status_code == 200 and "notice--bad" in answer.text
    assert db.session.scalars(select(Attachment)).all() == []


def test_file_is_uploaded_and_downloaded(officer: FlaskClient, item: Item) -> None:
    address = f"/bills/{item.bill_id}/papers/new?item={item.id}"
    data = {"kind": "resume", "received_on": "2026-03-01", "file": (io.BytesIO(b"%PDF-1.7"), "简历.pdf")}
    officer.post(address, data=data, content_type="multipart/form-data")
    paper = db.session.scalars(select(Attachment)).one()
    answer = officer.get(f"/papers/{paper.id}/file")
    assert answer.data == b"%PDF-1.7" and "attachment" in answer.headers["Content-Disposition"]


def test_other_file_is_refused_in_words(officer: FlaskClient, item: Item) -> None:
    data = {"kind": "resume", "received_on": "2026-03-01", "file": (io.BytesIO(b"MZ"), "简历.exe")}
    address = f"/bills/{item.bill_id}/papers/new?item={item.id}"
    assert "没有保存" in officer.post(address, data=data, content_type="multipart/form-data").text
    assert db.session.scalars(select(Attachment)).all() == []


def test_objection_is_answered(officer: FlaskClient, item: Item) -> None:
    assert "职务类别未定" in officer.get(f"/bills/{item.bill_id}/papers?tab=objections").text
    data = {"objection": "unknown_position", "reason": "新设机构"}
    assert "新设机构" in officer.post(f"/items/{item.id}/objection", data=data, follow_redirects=True).text
    empty = officer.post(f"/items/{item.id}/objection", data={**data, "reason": ""}, follow_redirects=True)
    assert "请写明理由" in empty.text
    assert db.session.scalars(select(ObjectionAnswer.reason)).all() == ["新设机构"]


def test_notice_is_written_issued_and_answered(officer: FlaskClient, item: Item) -> None:
    address = f"/bills/{item.bill_id}/corrections/new"
    assert "缺简历" in officer.get(address).text
    data = {"item": item.id, "what": "缺简历。", "due_on": "2026-03-09"}
    shown = officer.post(address, data=data, follow_redirects=True).text
    assert "2026年3月9日" in shown
    notice_id = db.session.scalars(select(CorrectionNotice.id)).one()
    assert _state(item) is ItemState.RETURNED_FOR_CORRECTION
    officer.post(f"/corrections/{notice_id}/issue")
    assert db.session.scalars(select(Document.kind)).all() == [DocumentKind.CORRECTION_NOTICE]
    done = officer.post(f"/corrections/{notice_id}/answered", follow_redirects=True).text
    assert "1 项继续初审" in done and "已答复" in done
    assert _state(item) is ItemState.UNDER_REVIEW


def _state(item: Item) -> ItemState:
    db.session.expire_all()
    return item.state


def test_notice_about_nothing_is_refused_in_words(officer: FlaskClient, item: Item) -> None:
    data = {"what": "缺简历。", "due_on": "2026-03-09"}
    assert "没有发出" in officer.post(f"/bills/{item.bill_id}/corrections/new", data=data).text
    assert _state(item) is ItemState.UNDER_REVIEW


CORRECTED = {
    "form": "decide_appoint",
    "organ_type": "government",
    "post": "甲市审计局局长",
    "position": "",
    "unit": "甲市审计局",
    "present": "副局长",
}


def test_item_is_corrected_with_the_unit_of_its_nominee(officer: FlaskClient, item: Item) -> None:
    shown = officer.post(f"/items/{item.id}/correct", data=CORRECTED, follow_redirects=True).text
    assert "已更正" in shown and "甲市审计局局长" in shown
    db.session.expire_all()
    assert db.session.get_one(Person, item.person_id).unit == "甲市审计局"
    again = officer.post(f"/items/{item.id}/correct", data=CORRECTED)
    assert "没有更正" in again.text


def test_foreign_papers_are_not_there(officer: FlaskClient) -> None:
    with transaction():
        item = make_item(make_bill(make_foreign()))
        bill_id, item_id = item.bill_id, item.id
    for address in (f"/bills/{bill_id}/papers", f"/bills/{bill_id}/corrections/new", f"/items/{item_id}/correct"):
        assert officer.get(address).status_code == 404
    data = {"paper": f"{item_id}:resume", "received_on": "2026-03-01"}
    assert officer.post(f"/bills/{bill_id}/papers/receive", data=data).status_code == 404
    answer = {"objection": "unknown_position", "reason": "否"}
    assert officer.post(f"/items/{item_id}/objection", data=answer).status_code == 404
    assert db.session.scalars(select(Attachment)).all() == []


def test_director_reads_and_does_not_act(director: FlaskClient, item: Item) -> None:
    assert director.get(f"/bills/{item.bill_id}/papers").status_code == 200
    data = {"paper": f"{item.id}:resume", "received_on": "2026-03-01"}
    assert director.post(f"/bills/{item.bill_id}/papers/receive", data=data).status_code == 404
    assert db.session.scalars(select(Attachment)).all() == []
