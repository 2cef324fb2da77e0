"""tests.requirements.test_scope — which positions sit by a published rule; it is taken over as it was shown."""

import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.appointments import bills
from exam_app.appointments.models import Bill, Position
from exam_app.appointments.queries import list_positions
from exam_app.appointments.states import Form
from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees.published import PUBLISHED
from exam_app.requirements.errors import NoSuchScope, ScopeDiffers
from exam_app.requirements.scope import SCOPES, compare, take_over
from question_bank.kinds import OrganType
from tests.appointments.factories import make_bill, make_foreign, make_office
from tests.conftest import NINE

G, C, S, F, P = (
    OrganType.GOVERNMENT,
    OrganType.CONGRESS,
    OrganType.SUPERVISION,
    OrganType.COURT,
    OrganType.PROCURATORATE,
)
CASES: list[tuple[str, OrganType, str, bool]] = [
    ("zhejiang", C, "常委会工作委员会主任", True),
    ("zhejiang", C, "常委会办公厅（室）主任", True),
    ("zhejiang", C, "常委会研究室主任", True),
    ("zhejiang", C, "常委会工作委员会副主任", False),
    ("zhejiang", C, "常委会副秘书长", False),
    ("zhejiang", G, "秘书长", True),
    ("zhejiang", G, "局长", True),
    ("zhejiang", G, "委员会主任", True),
    ("zhejiang", G, "副市长", False),
    ("zhejiang", S, "监察委员会副主任", False),
    ("zhejiang", F, "庭长", False),
    ("gaochun", C, "常委会工作委员会副主任", True),
    ("gaochun", C, "常委会副秘书长", False),
    ("gaochun", G, "局长", True),
    ("gaochun", G, "委员会主任", False),
    ("gaochun", F, "副院长", True),
    ("gaochun", F, "审判员", True),
    ("gaochun", F, "代理院长", False),
    ("gaochun", P, "检察员", True),
    ("gaochun", S, "监察委员会委员", False),
    ("shangzhou", C, "常委会副秘书长", False),
    ("shangzhou", G, "委员会主任", True),
    ("shangzhou", F, "副庭长", True),
    ("shangzhou", P, "副检察长", True),
    ("zhangping", C, "常委会研究室副主任", True),
    ("zhangping", C, "专门委员会委员", False),
    ("zhangping", G, "局长", False),
]


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill of a committee with the usual table of positions."""
    with transaction():
        return make_bill(make_office())


def positions(bill: Bill) -> list[Position]:
    """Return the committee's table, fresh."""
    db.session.expire_all()
    return list_positions(bill.committee_id)


def differing(bill: Bill, key: str) -> list[int]:
    """Return the positions that the rule would change."""
    return [one.position.id for one in compare(key, positions(bill)) if one.differs]


@pytest.mark.parametrize(("key", "organ", "name", "sits"), CASES)
def test_rule_names_the_position_or_not(bill: Bill, key: str, organ: OrganType, name: str, sits: bool) -> None:
    found = [
        one for one in compare(key, positions(bill)) if (one.position.organ_type, one.position.name) == (organ, name)
    ]
    assert [one.sits for one in found] == [sits]


def test_every_published_scope_can_be_taken_over_but_one_that_says_some() -> None:
    assert {one.place.key for one in PUBLISHED if one.scope} - set(SCOPES) == {"yaan"}
    assert set(SCOPES) <= {one.place.key for one in PUBLISHED} and {case[0] for case in CASES} == set(SCOPES)


def test_scope_is_taken_over_in_one_audited_act(bill: Bill) -> None:
    changing = differing(bill, "zhejiang")
    before = {one.id: one.in_scope for one in positions(bill)}
    with transaction():
        take_over("zhejiang", bill.committee_id, changing, MACHINE, NINE)

    after = {one.id: one.in_scope for one in positions(bill)}
    assert changing and {number for number in before if before[number] != after[number]} == set(changing)
    assert differing(bill, "zhejiang") == []
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "position.scope")).one()
    names = [one.name for one in positions(bill) if one.id in changing]
    assert entry.details["scope"] == "zhejiang"
    assert sorted(entry.details["sits"] + entry.details["spared"]) == sorted(names)


def test_elected_posts_are_left_alone(bill: Bill) -> None:
    elected = {one.id for one in positions(bill) if one.form is Form.ACCEPT_RESIGNATION}
    assert elected
    assert not elected & {one.position.id for key in SCOPES for one in compare(key, positions(bill))}


def test_what_was_not_shown_is_not_taken_over(bill: Bill) -> None:
    shown = differing(bill, "zhejiang")
    line = next(one for one in positions(bill) if one.id == shown[0])
    line_id, was = line.id, line.in_scope
    with transaction():
        line.in_scope = not was
    with pytest.raises(ScopeDiffers), transaction():
        take_over("zhejiang", bill.committee_id, shown, MACHINE, NINE)
    assert bills.get_position(line_id, bill.committee_id).in_scope is not was
    assert set(differing(bill, "zhejiang")) == set(shown) - {line_id}


def test_unknown_rule_is_not_found(bill: Bill) -> None:
    with pytest.raises(NoSuchScope):
        compare("yaan", positions(bill))


def test_other_committees_keep_theirs(bill: Bill) -> None:
    with transaction():
        foreign = make_foreign()
        make_bill(foreign)
        kept = {one.id: one.in_scope for one in list_positions(foreign.id)}
    with transaction():
        take_over("zhejiang", bill.committee_id, differing(bill, "zhejiang"), MACHINE, NINE)
    db.session.expire_all()
    assert {one.id: one.in_scope for one in list_positions(foreign.id)} == kept != {}
