"""tests.appointments.test_states — every pair of states, every act in every state: where the tables lead, or nowhere.

What is legal is spelled out here a second time, so that a slip in the table of acts shows.
"""

from collections.abc import Mapping
from enum import StrEnum
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments.errors import ItemCannot, NoSuchItem, NothingChosen
from exam_app.appointments.models import Bill, Item, ItemEvent
from exam_app.appointments.moves import do, lock_items
from exam_app.appointments.states import (
    ACTS,
    AFTER_ANNOUNCEMENT,
    EXAM_STEP_MOVES,
    ITEM_MOVES,
    PASSED_STATES,
    UNDECIDED,
    Act,
    ExamStep,
    ItemState,
)
from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.states import IllegalMove, move
from exam_app.texts import words_for
from exam_app.texts.appointments import ACTS as ACT_WORDS
from exam_app.texts.appointments import ITEM_STATES
from tests.appointments.factories import make_bill, make_foreign, make_item, make_office
from tests.conftest import NINE

S = ItemState
LEADS: dict[Act, dict[ItemState, ItemState]] = {
    Act.BEGIN_REVIEW: {S.SUBMITTED: S.UNDER_REVIEW},
    Act.RETURN: {S.UNDER_REVIEW: S.RETURNED_FOR_CORRECTION},
    Act.RESUBMIT: {S.RETURNED_FOR_CORRECTION: S.UNDER_REVIEW},
    Act.CLEAR: {S.UNDER_REVIEW: S.EXAM_CLEARED},
    Act.REOPEN: {S.EXAM_CLEARED: S.UNDER_REVIEW},
    Act.APPROVE: dict.fromkeys((S.EXAM_CLEARED, S.DIRECTOR_MEETING_HELD, S.VOTE_DEFERRED), S.DIRECTOR_MEETING_APPROVED),
    Act.HOLD: dict.fromkeys((S.EXAM_CLEARED, S.DIRECTOR_MEETING_APPROVED, S.VOTE_DEFERRED), S.DIRECTOR_MEETING_HELD),
    Act.PLACE: dict.fromkeys((S.DIRECTOR_MEETING_APPROVED, S.VOTE_DEFERRED), S.ON_AGENDA),
    Act.TAKE_OFF: dict.fromkeys((S.ON_AGENDA, S.REPORTED), S.DIRECTOR_MEETING_APPROVED),
    Act.REPORT: {S.ON_AGENDA: S.REPORTED},
    Act.DEFER: dict.fromkeys((S.ON_AGENDA, S.REPORTED), S.VOTE_DEFERRED),
    Act.CARRY: dict.fromkeys((S.ON_AGENDA, S.REPORTED), S.VOTED_PASSED),
    Act.REJECT: dict.fromkeys((S.ON_AGENDA, S.REPORTED), S.VOTED_FAILED),
    Act.CORRECT_TO_CARRIED: {S.VOTED_FAILED: S.VOTED_PASSED},
    Act.CORRECT_TO_REJECTED: {S.VOTED_PASSED: S.VOTED_FAILED},
    Act.WITHDRAW: dict.fromkeys(
        (
            S.SUBMITTED,
            S.UNDER_REVIEW,
            S.RETURNED_FOR_CORRECTION,
            S.EXAM_CLEARED,
            S.DIRECTOR_MEETING_APPROVED,
            S.DIRECTOR_MEETING_HELD,
            S.ON_AGENDA,
            S.REPORTED,
            S.VOTE_DEFERRED,
        ),
        S.WITHDRAWN,
    ),
    Act.ANNOUNCE: {S.VOTED_PASSED: S.ANNOUNCED},
    Act.ISSUE_LETTER: {S.ANNOUNCED: S.LETTER_ISSUED},
    Act.SWEAR: dict.fromkeys((S.ANNOUNCED, S.LETTER_ISSUED), S.SWORN),
    Act.TAKE_OFFICE: dict.fromkeys((S.ANNOUNCED, S.LETTER_ISSUED, S.SWORN), S.IN_OFFICE),
    Act.END: dict.fromkeys((S.ANNOUNCED, S.LETTER_ISSUED, S.SWORN, S.IN_OFFICE), S.ENDED),
}
ITEM_PAIRS = {(source, target) for leads in LEADS.values() for source, target in leads.items()}
EXAM_PAIRS = {
    (ExamStep.OPEN, ExamStep.CLEARED),
    (ExamStep.OPEN, ExamStep.BLOCKED),
    (ExamStep.OPEN, ExamStep.OVERRIDDEN),
    (ExamStep.BLOCKED, ExamStep.CLEARED),
    (ExamStep.BLOCKED, ExamStep.OPEN),
    (ExamStep.BLOCKED, ExamStep.OVERRIDDEN),
    (ExamStep.CLEARED, ExamStep.OPEN),
    (ExamStep.CLEARED, ExamStep.BLOCKED),
    (ExamStep.OVERRIDDEN, ExamStep.CLEARED),
}
PAIRS: list[tuple[StrEnum, StrEnum, Mapping[StrEnum, frozenset[StrEnum]]]] = [
    *((one, other, ITEM_MOVES) for one, other in product(ItemState, repeat=2)),  # type: ignore[misc]
    *((one, other, EXAM_STEP_MOVES) for one, other in product(ExamStep, repeat=2)),  # type: ignore[misc]
]


@pytest.fixture
def item(app: Flask) -> Item:
    """An item as it came in."""
    with transaction():
        return make_item(make_bill(make_office()))


def written() -> int:
    """Count what stands on the record and in the audit."""
    counts = [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (ItemEvent, AuditEntry)]
    return sum(counts)


@pytest.mark.parametrize(("current", "target", "moves"), PAIRS)
def test_pair_of_states(current: StrEnum, target: StrEnum, moves: Mapping[StrEnum, frozenset[StrEnum]]) -> None:
    if (current, target) in ITEM_PAIRS | EXAM_PAIRS:
        assert move(current, target, moves) is target
    else:
        with pytest.raises(IllegalMove):
            move(current, target, moves)


@pytest.mark.parametrize("act", list(Act))
def test_every_act_in_every_state_leads_where_it_should_or_changes_nothing(item: Item, act: Act) -> None:
    assert ACTS[act][0] == set(LEADS[act])
    for state in ItemState:
        with transaction():
            item.state = state
        before = written()
        if state in LEADS[act]:
            with transaction():
                do(item, act, MACHINE, NINE, {"reason": "因工作需要"})
            assert item.state is LEADS[act][state]
            last = db.session.scalars(select(ItemEvent).order_by(ItemEvent.id.desc()).limit(1)).one()
            assert (last.verb, last.details) == (f"item.{act.value}", {"reason": "因工作需要"})
            assert written() == before + 2
        else:
            with pytest.raises(ItemCannot) as refusal, transaction():
                do(item, act, MACHINE, NINE)
            assert refusal.value.facts == {
                "name": "王强",
                "post": "甲市财政局局长",
                "act": act.value,
                "state": state.value,
            }
            assert "王强（甲市财政局局长）" in words_for(refusal.value)
            assert (item.state, written()) == (state, before)


def test_every_state_but_the_first_can_be_reached_and_the_last_ones_lead_nowhere() -> None:
    reached, edge = {S.SUBMITTED}, {S.SUBMITTED}
    while edge:
        edge = {target for source, target in ITEM_PAIRS if source in edge} - reached
        reached |= edge
    assert reached == set(ItemState)
    assert {state for state in ItemState if not ITEM_MOVES[state]} == {S.WITHDRAWN, S.ENDED}


def test_nothing_decided_comes_back_before_the_vote() -> None:
    decided = set(ItemState) - UNDECIDED
    assert not {(source, target) for source, target in ITEM_PAIRS if source in decided and target in UNDECIDED}
    assert decided == PASSED_STATES | {S.VOTED_FAILED, S.WITHDRAWN}
    assert AFTER_ANNOUNCEMENT < PASSED_STATES


def test_states_and_acts_have_words() -> None:
    assert set(ITEM_STATES) == set(ItemState)
    assert set(ACT_WORDS) == set(Act)


def test_items_are_locked_all_or_none(item: Item) -> None:
    with transaction():
        bill = db.session.get_one(Bill, item.bill_id)
        second = make_item(bill, "李敏")
        foreign = make_foreign()
        theirs = make_item(make_bill(foreign, "乙政〔2026〕1号"), "赵敏", unit="乙市财政局")
    assert lock_items([second.id, item.id, second.id], bill.committee_id) == [item, second]
    with pytest.raises(NoSuchItem) as refusal:
        lock_items([item.id, theirs.id, 999], bill.committee_id)
    assert refusal.value.facts["items"] == [theirs.id, 999]
    with pytest.raises(NothingChosen):
        lock_items([], bill.committee_id)
