"""tests.appointments.test_positions — the table of positions: what a written post means; lines added and changed."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments import bills, queries
from exam_app.appointments.bills import SavePosition
from exam_app.appointments.errors import (
    NominatorUnknown,
    NoSuchBill,
    NoSuchPosition,
    PositionInvalid,
    PositionTaken,
)
from exam_app.appointments.models import Bill, Position
from exam_app.appointments.positions import (
    fitting,
    has_one_holder,
    head_of_government,
    nominator_named,
    permitted_forms,
    posts_at,
    same_post,
)
from exam_app.appointments.states import Form
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.states import Level
from question_bank.kinds import OrganType
from tests.appointments.factories import make_bill, make_foreign, make_item, make_office
from tests.conftest import NINE

F, G, COURT = Form, OrganType.GOVERNMENT, OrganType.COURT
CITY = [Position(organ_type=organ, name=post.name, form=post.form) for organ, post in posts_at(Level.CITY, "甲市")]
COUNTY = [Position(organ_type=organ, name=post.name, form=post.form) for organ, post in posts_at(Level.COUNTY, "乙县")]


def names(post: str, organ: OrganType | None = None, table: list[Position] = CITY) -> list[str]:
    """Return which positions a written post may mean."""
    return [one.name for one in fitting(post, organ, table)]


@pytest.mark.parametrize(
    ("post", "name"),
    [
        ("甲市财政局局长", "局长"),
        ("市发展和改革委员会主任", "委员会主任"),
        ("市卫健委主任", "委员会主任"),
        ("甲市人民政府秘书长", "秘书长"),
        ("甲市人民政府副市长", "副市长"),
        ("甲市代市长", "代理市长"),
        ("甲市人大常委会财经工委主任", "常委会工作委员会主任"),
        ("甲市人民代表大会常务委员会法制工作委员会委员", "常委会工作委员会委员"),
        ("甲市人大常委会办公室主任", "常委会办公厅（室）主任"),
        ("甲市人大常委会副秘书长", "常委会副秘书长"),
        ("甲市人民代表大会财政经济委员会副主任委员", "专门委员会副主任委员"),
        ("甲市人大监察和司法委员会委员", "专门委员会委员"),
        ("甲市人大常委会代表资格审查委员会主任委员", "代表资格审查委员会主任委员"),
        ("特定问题调查委员会委员", "特定问题调查委员会委员"),
        ("甲市人大常委会代理主任", "常委会代理主任"),
        ("甲市监察委员会副主任", "监察委员会副主任"),
        ("甲市监委委员", "监察委员会委员"),
        ("甲市中级人民法院审判委员会委员", "审判委员会委员"),
        ("甲市中级人民法院民事审判第一庭庭长", "庭长"),
        ("甲市中级人民法院立案庭副庭长", "副庭长"),
        ("甲市中级人民法院执行局局长", "执行局局长"),
        ("审判员", "审判员"),
        ("甲市人民检察院检察委员会委员（试用期一年）", "检察委员会委员"),
        ("甲市 人民检察院 副检察长", "副检察长"),
    ],
)
def test_written_post_means_one_position(post: str, name: str) -> None:
    assert names(post) == [name]


@pytest.mark.parametrize(
    "post",
    [
        "甲市财政局副局长",
        "甲市公安局城东分局局长",
        "甲市人民政府副秘书长",
        "甲市高新区管委会主任",
        "甲市人民医院副院长",
        "甲市中级人民法院助理审判员",
        "甲市第一中学校长",
        "主任",
        "局",
    ],
)
def test_post_that_the_committee_does_not_fill_means_none(post: str) -> None:
    assert names(post) == []


def test_bare_title_is_told_by_the_organ_beside_it() -> None:
    assert names("副院长") == []
    assert names("副院长", COURT) == ["副院长"]
    assert names("甲市财政局局长", COURT) == []


def test_own_and_lower_procurator_are_not_told_apart_by_the_title() -> None:
    assert names("乙县人民检察院检察长") == ["下一级人民检察院检察长", "检察院检察长"]


def test_county_fills_other_posts_than_a_city() -> None:
    assert names("乙县人民政府办公室主任", table=COUNTY) == ["办公室主任"]
    assert names("乙县城关街道人大工委主任", table=COUNTY) == ["街道工作委员会主任"]
    assert names("乙县人民政府秘书长", table=COUNTY) == []
    assert names("丙乡人民检察院检察长", table=COUNTY) == ["检察院检察长"]


def test_own_line_of_the_committee_goes_before_the_usual_one() -> None:
    own = [*CITY, Position(organ_type=G, name="公安局局长", form=F.DECIDE_APPOINT)]
    assert names("甲市公安局局长", table=own) == ["公安局局长"]
    assert names("甲市财政局局长", table=own) == ["局长"]


@pytest.mark.parametrize(
    ("place", "head"),
    [
        ("甲市", "市长"),
        ("乙县", "县长"),
        ("丙区", "区长"),
        ("丁自治区", "自治区主席"),
        ("戊省", "省长"),
        ("", "市长（县长、区长）"),
    ],
)
def test_head_of_government_is_called_as_the_place_has_it(place: str, head: str) -> None:
    assert head_of_government(place) == head
    deputies = [post for _organ, post in posts_at(Level.CITY, place) if post.name == f"副{head}"]
    assert [post.nominator for post in deputies] == [head]


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("局长", (F.DECIDE_APPOINT, F.REMOVE, F.ACCEPT_RESIGNATION, F.DISMISS)),
        ("审判员", (F.APPOINT, F.REMOVE, F.ACCEPT_RESIGNATION, F.DISMISS, F.REVOKE)),
        ("常委会研究室主任", (F.APPOINT, F.REMOVE, F.ACCEPT_RESIGNATION)),
        ("下一级人民检察院检察长", (F.APPROVE_APPOINT, F.APPROVE_REMOVE)),
        ("代理市长", (F.DECIDE_ACTING, F.REMOVE)),
        ("特定问题调查委员会委员", (F.ADOPT, F.REMOVE)),
        ("市长", (F.ACCEPT_RESIGNATION,)),
    ],
)
def test_position_permits_its_forms_on_both_sides(name: str, forms: tuple[Form, ...]) -> None:
    assert permitted_forms(next(one for one in CITY if one.name == name)) == forms


@pytest.mark.parametrize(
    ("organ", "nominator"),
    [
        ("甲市人民政府", "市长"),
        ("甲市中级人民法院", "法院院长"),
        ("甲市人民检察院", "检察院检察长"),
        ("甲市监察委员会", "监察委员会主任"),
        ("甲市人大常委会主任会议", "主任会议"),
        ("中共甲市委组织部", ""),
    ],
)
def test_submitting_organ_tells_the_nominator(organ: str, nominator: str) -> None:
    known = ["主任会议", "市长", "监察委员会主任", "法院院长", "检察院检察长", "本人"]
    assert nominator_named(organ, known) == nominator
    assert nominator_named(organ, []) == ""


@pytest.mark.parametrize(
    ("post", "has_one"),
    [
        ("甲市财政局局长", True),
        ("甲市副市长", False),
        ("审判员", False),
        ("专门委员会副主任委员", False),
        ("代表资格审查委员会主任委员", True),
        ("监察委员会委员", False),
    ],
)
def test_posts_of_one_holder_are_known_by_their_title(post: str, has_one: bool) -> None:
    assert has_one_holder(post) is has_one


def test_posts_are_compared_without_the_own_place() -> None:
    assert same_post("甲市财政局局长", "甲市") == same_post("市财政局 局长", "甲市") == same_post("财政局局长", "甲市")
    assert same_post("乙市财政局局长", "甲市") != "财政局局长"


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill, and with it the table of positions."""
    with transaction():
        return make_bill(make_office())


def line(bill: Bill, **changes: object) -> SavePosition:
    """Return a line that the usual table lacks."""
    values = {
        "committee_id": bill.committee_id,
        "organ_type": G,
        "name": "外事办公室主任",
        "form": F.DECIDE_APPOINT,
        "nominator": "市长",
        "legal_basis": "地方组织法第五十条第一款第十四项",
        "in_scope": True,
    }
    return SavePosition(**(values | changes))  # type: ignore[arg-type]


def count() -> int:
    """Return how many lines there are."""
    return db.session.scalar(select(func.count(Position.id))) or 0


def test_added_line_is_found_by_its_words(bill: Bill) -> None:
    with transaction():
        bills.save_position(line(bill, name=" 外事办公室主任 "), MACHINE, NINE)
    listed = queries.list_positions(bill.committee_id)
    assert [one.name for one in fitting("甲市人民政府外事办公室主任", None, listed)] == ["外事办公室主任"]


def test_changed_line_keeps_the_items_that_name_it(bill: Bill) -> None:
    with transaction():
        position = bills.save_position(line(bill), MACHINE, NINE)
        item = make_item(bill, position_id=position.id)
        bills.save_position(line(bill, name="外办主任", in_scope=False, position_id=position.id), MACHINE, NINE)
    assert (item.position_id, position.name, position.in_scope) == (position.id, "外办主任", False)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"name": " "}, PositionInvalid),
        ({"nominator": ""}, PositionInvalid),
        ({"legal_basis": ""}, PositionInvalid),
        ({"form": F.REMOVE}, PositionInvalid),
        ({"name": "局长"}, PositionTaken),
        ({"position_id": 99999}, NoSuchPosition),
    ],
)
def test_impossible_line_is_refused(bill: Bill, changes: dict[str, object], refusal: type[DomainError]) -> None:
    before = count()
    with pytest.raises(refusal), transaction():
        bills.save_position(line(bill, **changes), MACHINE, NINE)
    assert count() == before


def test_line_of_another_committee_does_not_exist(bill: Bill) -> None:
    with transaction():
        foreign = queries.list_positions(make_bill(make_foreign()).committee_id)[0]
        foreign_id, name = foreign.id, foreign.name
    with pytest.raises(NoSuchPosition), transaction():
        bills.save_position(line(bill, position_id=foreign_id), MACHINE, NINE)
    assert db.session.get_one(Position, foreign_id).name == name


def test_table_is_completed_once(bill: Bill) -> None:
    with transaction():
        db.session.delete(queries.list_positions(bill.committee_id)[0])
        db.session.flush()
        added = [bills.complete_positions(bill.committee_id, MACHINE, NINE) for _time in range(2)]
    assert added == [1, 0]


def test_nominator_of_a_bill_comes_from_the_organ_or_is_chosen(bill: Bill) -> None:
    assert bill.nominator == "市长"
    command = bills.RegisterBill(
        committee_id=bill.committee_id,
        title="议案",
        submitting_organ="中共甲市委组织部",
        document_number="甲组〔2026〕1号",
        received_on=NINE.date(),
    )
    with transaction():
        unknown = bills.register_bill(command, MACHINE, NINE).nominator
        chosen = replace(command, document_number="甲组〔2026〕2号", nominator="主任会议")
        assert (unknown, bills.register_bill(chosen, MACHINE, NINE).nominator) == ("", "主任会议")
    with pytest.raises(NominatorUnknown), transaction():
        bills.register_bill(replace(chosen, document_number="甲组〔2026〕3号", nominator="县长"), MACHINE, NINE)
    assert db.session.scalar(select(func.count(Bill.id))) == 3


def test_nominator_is_corrected_to_one_of_the_table_only(bill: Bill) -> None:
    with transaction():
        bills.correct_nominator(bill.id, bill.committee_id, "主任会议", MACHINE, NINE)
    with pytest.raises(NominatorUnknown), transaction():
        bills.correct_nominator(bill.id, bill.committee_id, "县长", MACHINE, NINE)
    with pytest.raises(NoSuchBill), transaction():
        bills.correct_nominator(bill.id, 99999, "市长", MACHINE, NINE)
    db.session.expire_all()
    assert bill.nominator == "主任会议"
