"""tests.web.officer.test_positions — the table of positions is looked at, changed and completed."""

import re

from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.appointments.models import Bill, Position
from exam_app.base.db import db, transaction
from tests.appointments.factories import make_bill, make_foreign

LINE = {
    "organ_type": "government",
    "name": "局长",
    "form": "decide_appoint",
    "nominator": "市长",
    "legal_basis": "地方组织法第五十条第一款第十四项、本市条例",
    "in_scope": "y",
}


def line(bill: Bill, name: str = "局长") -> Position:
    """Return a line of the bill's committee, fresh."""
    db.session.expire_all()
    query = select(Position).where(Position.committee_id == bill.committee_id, Position.name == name)
    return db.session.scalars(query).one()


def test_table_shows_nominator_and_legal_basis(officer: FlaskClient, bill: Bill) -> None:
    shown = officer.get("/positions").text
    assert line(bill).legal_basis in shown and "法院院长" in shown


def test_line_is_changed(officer: FlaskClient, bill: Bill) -> None:
    answer = officer.post(f"/positions/{line(bill).id}", data=LINE, follow_redirects=True)
    assert "已保存" in answer.text
    assert line(bill).legal_basis == LINE["legal_basis"]


def test_line_is_added_once(officer: FlaskClient, bill: Bill) -> None:
    new = {**LINE, "name": "大数据中心主任"}
    assert "已保存" in officer.post("/positions/new", data=new, follow_redirects=True).text
    assert "没有保存" in officer.post("/positions/new", data=new).text
    assert line(bill, "大数据中心主任").nominator == "市长"


def test_line_without_a_basis_is_refused(officer: FlaskClient, bill: Bill) -> None:
    held = line(bill).legal_basis
    assert "请填写" in officer.post(f"/positions/{line(bill).id}", data={**LINE, "legal_basis": ""}).text
    assert line(bill).legal_basis == held


def test_usual_posts_are_completed(officer: FlaskClient, bill: Bill) -> None:
    with transaction():
        db.session.delete(line(bill, "审判员"))
    assert "已补入 1 个" in officer.post("/positions/complete", follow_redirects=True).text
    assert line(bill, "审判员").nominator == "法院院长"


def test_scope_of_a_published_rule_is_shown_then_taken_over(officer: FlaskClient, bill: Bill) -> None:
    page = officer.get("/positions/scope?from=zhejiang").text
    shown = re.findall(r'name="item" value="(\d+)"', page)
    assert "副市长" in page and str(line(bill, "副市长").id) in shown and str(line(bill, "局长").id) not in shown
    stale = officer.post("/positions/scope", data={"scope": "zhejiang", "item": shown[:-1]}, follow_redirects=True)
    assert "有变动" in stale.text and line(bill, "副市长").in_scope

    answer = officer.post("/positions/scope", data={"scope": "zhejiang", "item": shown}, follow_redirects=True)
    assert f"已改动 {len(shown)} 个职务" in answer.text and "与该规则一致" in answer.text
    assert not line(bill, "副市长").in_scope and line(bill, "局长").in_scope


def test_scope_of_an_unknown_rule_is_not_found(officer: FlaskClient, bill: Bill) -> None:
    assert officer.post("/positions/scope", data={"scope": "yaan", "item": ["1"]}).status_code == 404
    assert "请先选一地" in officer.get("/positions/scope?from=yaan").text


def test_director_reads_and_does_not_change(director: FlaskClient, bill: Bill) -> None:
    held = line(bill).legal_basis
    assert director.get("/positions").status_code == 200
    assert director.post(f"/positions/{line(bill).id}", data=LINE).status_code == 404
    assert line(bill).legal_basis == held


def test_foreign_line_is_not_there(officer: FlaskClient) -> None:
    with transaction():
        foreign = make_bill(make_foreign())
    held = line(foreign).legal_basis
    assert officer.post(f"/positions/{line(foreign).id}", data=LINE).status_code == 404
    assert line(foreign).legal_basis == held
