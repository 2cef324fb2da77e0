"""tests.web.officer.test_intake — a list is pasted or uploaded, settled in its cells, and added as one."""

import io
import re
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import Form
from exam_app.base.db import db, transaction
from tests.appointments.factories import make_bill, make_foreign
from tests.intake.lists import JUDGE, word_list

HEAD = "姓名\t单位\t任免方式\t任免职务\n"
MIXED = HEAD + f"王　强\t甲市法院\t任命\t{JUDGE}\n李敏\t甲市法院\t免去\t{JUDGE}"
DOUBTFUL = MIXED + "\n赵刚\t甲市文联\t任命\t甲市文联主席"


def send(officer: FlaskClient, bill: Bill, text: str, **more: Any) -> str:
    """Send a list; cells are named form_2 for form-2."""
    cells = {re.sub(r"_(?=\d)", "-", name): value for name, value in more.items()}
    answer = officer.post(f"/bills/{bill.id}/items/paste", data={"text": text, **cells}, follow_redirects=True)
    return answer.text


def items() -> list[Item]:
    """Return all items."""
    db.session.expire_all()
    return list(db.session.scalars(select(Item).order_by(Item.number)))


def test_mixed_list_shows_its_forms_and_their_legal_basis(officer: FlaskClient, bill: Bill) -> None:
    shown = send(officer, bill, MIXED)
    assert "共 2 行，都可以添加" in shown
    assert "王强" in shown and "法官法第十八条" in shown
    assert items() == []
    assert "已添加 2 项" in send(officer, bill, MIXED, confirmed="yes")
    assert [item.form for item in items()] == [Form.APPOINT, Form.REMOVE]


def test_word_file_is_read_as_if_it_had_been_pasted(officer: FlaskClient, bill: Bill) -> None:
    data = {"file": (io.BytesIO(word_list()), "名单.docx")}
    shown = officer.post(f"/bills/{bill.id}/items/paste", data=data, content_type="multipart/form-data").text
    assert "共 4 行，都可以添加" in shown
    assert "未作为任免事项读取的行（1）" in shown


def test_file_that_is_no_list_is_refused_in_words(officer: FlaskClient, bill: Bill) -> None:
    data = {"file": (io.BytesIO(b"nothing"), "名单.docx")}
    answer = officer.post(f"/bills/{bill.id}/items/paste", data=data, content_type="multipart/form-data")
    assert answer.status_code == 200 and "error-summary" in answer.text
    assert items() == []


def test_nothing_at_all_is_refused_in_words(officer: FlaskClient, bill: Bill) -> None:
    assert "请粘贴名单，或选择名单文件" in send(officer, bill, "")


def test_doubtful_row_is_settled_in_its_cells(officer: FlaskClient, bill: Bill) -> None:
    shown = send(officer, bill, DOUBTFUL, confirmed="yes")
    assert "有 1 行需要处理" in shown and 'name="position-4"' in shown
    assert items() == []
    settled = {"position_4": "none", "organ_4": "government"}
    assert "共 3 行，都可以添加" in send(officer, bill, DOUBTFUL, **settled)
    assert "已添加 3 项" in send(officer, bill, DOUBTFUL, confirmed="yes", **settled)
    assert [item.position_id is None for item in items()] == [False, False, True]


def test_answers_without_a_cell_are_carried_on(officer: FlaskClient, bill: Bill) -> None:
    shown = send(officer, bill, DOUBTFUL, position_4="none", organ_4="government")
    assert '<input type="hidden" name="organ-4" value="government">' in shown


def test_row_can_be_left_out(officer: FlaskClient, bill: Bill) -> None:
    assert "已添加 2 项" in send(officer, bill, DOUBTFUL, confirmed="yes", skip_4="y")


def test_default_form_holds_for_silent_rows_only(officer: FlaskClient, bill: Bill) -> None:
    text = HEAD + f"王强\t甲市法院\t\t{JUDGE}\n李敏\t甲市法院\t免去\t{JUDGE}"
    assert "有 1 行需要处理" in send(officer, bill, text)
    send(officer, bill, text, form="appoint", confirmed="yes")
    assert [item.form for item in items()] == [Form.APPOINT, Form.REMOVE]


def test_markup_in_a_list_stays_text(officer: FlaskClient, bill: Bill) -> None:
    shown = send(officer, bill, HEAD + f"<script>x</script>\t甲市法院\t任命\t{JUDGE}")
    assert "<script>x" not in shown


def test_foreign_bill_is_not_there(officer: FlaskClient) -> None:
    with transaction():
        bill_id = make_bill(make_foreign()).id
    assert officer.post(f"/bills/{bill_id}/items/paste", data={"text": MIXED}).status_code == 404
    assert items() == []
