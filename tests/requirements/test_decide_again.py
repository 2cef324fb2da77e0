"""tests.requirements.test_decide_again — rules or facts change, requirements differ and are decided anew."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments import queries as appointments
from exam_app.appointments.errors import ItemDecided, NoSuchItem, NothingChosen
from exam_app.appointments.models import Bill, ExamRequirement, Item
from exam_app.appointments.moves import do
from exam_app.appointments.states import Act, ExamStep, Form, ItemState, Requirement
from exam_app.audit.service import MACHINE, Actor
from exam_app.base.db import db, transaction
from exam_app.committees.published import find
from exam_app.committees.queries import get_committee
from exam_app.people.models import Person
from exam_app.people.states import Role
from exam_app.requirements import queries, service
from exam_app.requirements.errors import EvidenceNeeded, NoExemption
from exam_app.requirements.service import SetFacts
from tests.appointments.factories import make_bill, make_foreign, make_item, make_office
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.conftest import NINE
from tests.factories import actor_of, make_account
from tests.requirements.factories import TODAY, change_rules, let_sit, verbs


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill of a committee with the usual rules."""
    with transaction():
        return make_bill(make_office())


@pytest.fixture
def item(bill: Bill) -> Item:
    """An item whose nominee must sit."""
    with transaction():
        return make_item(bill)


@pytest.fixture
def director(bill: Bill) -> Actor:
    """Somebody who may approve."""
    with transaction():
        committee = db.session.get_one(Bill, bill.id).committee_id
        return actor_of(make_account(get_committee(committee), Role.DIRECTOR))


def count_decisions() -> int:
    """Return how many requirements were ever decided."""
    return db.session.scalar(select(func.count(ExamRequirement.id))) or 0


def change(bill: Bill, **changes: Any) -> None:
    """Record other rules as an act."""
    with transaction():
        change_rules(bill.committee_id, **changes)


def again(bill: Bill, *items: Item) -> None:
    """Decide items again as an act."""
    with transaction():
        service.decide_again([item.id for item in items], bill.committee_id, MACHINE, NINE)


def facts(item: Item, bill: Bill, **values: Any) -> SetFacts:
    """Return the command that notes facts."""
    return SetFacts(item_id=item.id, committee_id=bill.committee_id, **({"evidence": "证书甲一号"} | values))


def test_nothing_differs_while_the_rules_stay(bill: Bill, item: Item) -> None:
    [one] = queries.undecided(bill.committee_id, TODAY)
    assert (one.item.id, one.has_changed, one.awaits_approval) == (item.id, False, False)


def test_rules_of_today_show_what_they_would_decide(bill: Bill, item: Item) -> None:
    lanzhou = find("zhangping")
    assert lanzhou is not None
    change(bill, requirement_table=lanzhou.table)
    [one] = queries.undecided(bill.committee_id, TODAY)
    assert one.has_changed
    assert (one.held.outcome, one.now.outcome) == (Requirement.REQUIRED, Requirement.NOT_APPLICABLE)
    assert one.now.rule == "只对常委会机关拟任人员测试"


def test_deciding_again_takes_the_rules_of_today_and_keeps_what_was_decided(bill: Bill, item: Item) -> None:
    zhangping = find("zhangping")
    assert zhangping is not None
    change(bill, requirement_table=zhangping.table)
    again(bill, item)
    held = appointments.requirement_of(item.id)
    assert (held.outcome, held.rule) == (Requirement.NOT_APPLICABLE, "只对常委会机关拟任人员测试")
    assert "漳平" in held.evidence
    assert (item.exam_step, count_decisions()) == (ExamStep.CLEARED, 2)
    assert not queries.undecided(bill.committee_id, TODAY)[0].has_changed


def test_whoever_must_sit_still_stays_on_the_roster(bill: Bill, item: Item) -> None:
    with transaction():
        let_sit(item, "40")
    before = appointments.requirement_of(item.id)
    change(bill, pass_mark=70)
    again(bill, item)
    held = appointments.requirement_of(item.id)
    assert held.id != before.id
    assert (held.roster_entry_id, held.result_id) == (before.roster_entry_id, before.result_id)
    assert item.exam_step is ExamStep.BLOCKED


def test_pass_for_this_very_item_is_no_earlier_pass(bill: Bill, item: Item) -> None:
    with transaction():
        let_sit(item, "88")
    assert item.exam_step is ExamStep.CLEARED
    [one] = queries.undecided(bill.committee_id, TODAY)
    assert (one.has_changed, one.now.outcome) == (False, Requirement.REQUIRED)
    again(bill, item)
    assert item.exam_step is ExamStep.CLEARED


def test_review_is_open_again_when_the_exam_stands_in_the_way_again(bill: Bill) -> None:
    with transaction():
        item = make_item(bill, continues_in_post=True)
        do(item, Act.BEGIN_REVIEW, MACHINE, NINE)
        do(item, Act.CLEAR, MACHINE, NINE)
    change(bill, exempt_continuing=False)
    again(bill, item)
    assert (item.state, item.exam_step) == (ItemState.UNDER_REVIEW, ExamStep.OPEN)
    assert verbs(item)[-1] == "item.reopen"


@pytest.mark.parametrize("at", [0, 1])
def test_one_impossible_item_keeps_all_from_being_decided(bill: Bill, item: Item, at: int) -> None:
    with transaction():
        gone = make_item(bill, "李敏")
        do(gone, Act.WITHDRAW, MACHINE, NINE)
        foreign = make_item(make_bill(make_foreign()))
    before = count_decisions()
    other, refusal = ((gone, ItemDecided), (foreign, NoSuchItem))[at]
    with pytest.raises(refusal):
        again(bill, item, other)
    with pytest.raises(NothingChosen):
        again(bill)
    assert count_decisions() == before


def test_decided_items_are_not_listed(bill: Bill, item: Item) -> None:
    with transaction():
        do(item, Act.WITHDRAW, MACHINE, NINE)
    assert queries.undecided(bill.committee_id, TODAY) == []
    assert queries.undecided(make_foreign().id, TODAY) == []


def test_fact_with_evidence_decides_anew(bill: Bill, item: Item) -> None:
    change(bill, qualified_skip_special_part=True)
    with transaction():
        service.set_facts(facts(item, bill, legally_qualified=True), MACHINE, NINE)
    held = appointments.requirement_of(item.id)
    assert (held.outcome, held.evidence) == (Requirement.SPECIAL_PART_EXEMPT, "证书甲一号")
    assert item.legally_qualified and not item.lateral_move
    assert verbs(item)[-2:] == ["item.set_facts", "requirement.decide"]


def test_fact_taken_back_needs_no_evidence(bill: Bill) -> None:
    with transaction():
        item = make_item(bill, continues_in_post=True)
    assert item.exam_step is ExamStep.CLEARED
    with transaction():
        service.set_facts(facts(item, bill, evidence=""), MACHINE, NINE)
    assert (item.continues_in_post, item.exam_step) == (False, ExamStep.OPEN)


@pytest.mark.parametrize("evidence", ["", "  ", "证" * 81])
def test_fact_without_evidence_is_refused(bill: Bill, item: Item, evidence: str) -> None:
    with pytest.raises(EvidenceNeeded), transaction():
        service.set_facts(facts(item, bill, lateral_move=True, evidence=evidence), MACHINE, NINE)
    assert (item.lateral_move, count_decisions()) == (False, 1)


def test_facts_of_a_decided_or_foreign_item_are_refused(bill: Bill, item: Item) -> None:
    with transaction():
        do(item, Act.WITHDRAW, MACHINE, NINE)
        foreign = make_item(make_bill(make_foreign()))
    for other, refusal in ((item, ItemDecided), (foreign, NoSuchItem)):
        with pytest.raises(refusal), transaction():
            service.set_facts(facts(other, bill, lateral_move=True), MACHINE, NINE)
        assert not other.lateral_move
    assert count_decisions() == 2


def test_director_puts_a_name_under_an_exemption(bill: Bill, director: Actor) -> None:
    with transaction():
        item = make_item(bill, continues_in_post=True)
    [one] = queries.undecided(bill.committee_id, TODAY)
    assert (one.approver, one.awaits_approval) == ("", True)
    with transaction():
        service.approve_exemptions([item.id], bill.committee_id, director, NINE)
    [one] = queries.undecided(bill.committee_id, TODAY)
    assert (one.approver, one.is_approved, one.awaits_approval) == (director.name, True, False)
    assert one.held.rule == "CONTINUING_AT_TERM_CHANGE"
    assert queries.approver_of(one.held) == director.name
    again(bill, item)
    assert queries.undecided(bill.committee_id, TODAY)[0].awaits_approval


def test_only_exemptions_are_approved(bill: Bill, item: Item, director: Actor) -> None:
    with transaction():
        exempt = make_item(bill, "李敏", continues_in_post=True)
        removed = make_item(bill, "赵刚", form=Form.REMOVE)
    before = count_decisions()
    for other in (item, removed):
        with pytest.raises(NoExemption), transaction():
            service.approve_exemptions([exempt.id, other.id], bill.committee_id, director, NINE)
    assert count_decisions() == before


def test_decided_item_is_not_approved(bill: Bill, director: Actor) -> None:
    with transaction():
        item = make_item(bill, continues_in_post=True)
        do(item, Act.WITHDRAW, MACHINE, NINE)
    with pytest.raises(ItemDecided), transaction():
        service.approve_exemptions([item.id], bill.committee_id, director, NINE)
    assert count_decisions() == 1


def test_list_takes_as_many_statements_for_many_items(
    bill: Bill, item: Item, count_statements: Callable[[], Any]
) -> None:
    committee_id = bill.committee_id
    with count_statements() as few:
        queries.undecided(committee_id, TODAY)
    with transaction():
        committee = get_committee(committee_id)
        for at in range(12):
            other = make_item(bill, f"王{'甲乙丙丁戊己庚辛壬癸子丑'[at]}")
            entry = make_entry(make_exam(committee), db.session.get_one(Person, other.person_id))
            make_result(entry)
    with count_statements() as many:
        assert len(queries.undecided(committee_id, TODAY)) == 13
    assert len(many) == len(few) <= 8
