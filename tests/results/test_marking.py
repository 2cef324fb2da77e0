"""tests.results.test_marking — close first, mark after, by the frozen rules, once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from exam_app.audit.models import AuditEntry
from exam_app.base.crypto import is_signed, public_key, sha256
from exam_app.base.db import db, transaction
from exam_app.base.keys import keys
from exam_app.committees.rules import LocalRules
from exam_app.results import queries
from exam_app.results import service as results
from exam_app.results.errors import NeedsMarker, NoSuchResult
from exam_app.results.models import Mark, MarkingEvent, Result
from exam_app.results.rules import SlotFacts, mark_paper, shown_letters, stored_letters
from exam_app.results.states import ResultState
from exam_app.sittings.models import JournalSeal, Sitting
from exam_app.sittings.queries import journal_of
from exam_app.sittings.rules import seal, seal_text, short_code
from exam_app.sittings.states import SittingState
from question_bank.kinds import Kind
from tests.conftest import NINE
from tests.results.factories import right_answers, sit, sit_and_mark
from tests.sittings.factories import answer, begin, make_room

SECOND = timedelta(seconds=1)
orders = st.permutations("ABCD").map("".join)


@given(orders, st.frozensets(st.sampled_from("ABCD")))
def test_shown_letters_lead_back_to_the_stored_ones(order: str, stored: frozenset[str]) -> None:
    assert stored_letters(shown_letters(stored, order), order) == stored


def test_shown_a_is_stored_c() -> None:
    assert stored_letters("A", "CABD") == {"C"}


def test_letter_beyond_the_options_earns_nothing() -> None:
    assert stored_letters("H", "AB") == frozenset()


def test_written_question_needs_a_marker() -> None:
    slot = SlotFacts(slot=1, kind=Kind.ESSAY, worth=Decimal(20), option_order="", key=frozenset())
    with pytest.raises(NeedsMarker):
        mark_paper([slot], {}, LocalRules())


@pytest.mark.parametrize(
    ("right", "passed", "band"), [(5, True, "优秀"), (4, True, "良好"), (3, True, "合格"), (2, False, "不合格")]
)
def test_result_is_judged_by_the_frozen_rules(app: Flask, right: int, passed: bool, band: str) -> None:
    room = make_room()
    result = sit_and_mark(room.entries[0], right)

    assert (result.state, result.score, result.passed, result.band) == (ResultState.MARKED, right * 20, passed, band)
    assert [mark.marks for mark in queries.marks_of(result.id)] == [20] * right + [0] * (5 - right)


def test_half_of_a_multiple_choice_question_earns_half_where_the_rules_say_so(app: Flask) -> None:
    room = make_room(rules=LocalRules(multiple_choice="half_if_incomplete", early_hand_in_minutes=0))
    sitting = begin(room.entries[0])
    answer(sitting, 3, right_answers(sitting)[3][0], 1)
    with transaction():
        finished = results.finish(sitting.id, NINE)
    with transaction():
        assert results.mark(finished.result_id, NINE).score == 10


def test_finish_seals_the_journal_and_leaves_a_result_waiting(app: Flask) -> None:
    sitting = sit(make_room().entries[0], 5)
    with transaction():
        finished = results.finish(sitting.id, NINE + SECOND)

    result = queries.of_sitting(sitting.id)
    assert result is not None and (result.id, result.state) == (finished.result_id, ResultState.WAITING)
    assert (sitting.state, sitting.closed_at) == (SittingState.SUBMITTED, NINE + SECOND)
    assert sitting.seal == seal(sitting.id, journal_of(sitting.id)) != seal(sitting.id, [])
    assert len(finished.code) == 9 and finished.code[4] == "-"


def test_finish_is_audited_with_the_seal_that_covers_the_signed_journal(app: Flask) -> None:
    room = make_room()
    sitting = sit(room.entries[0], 5)
    with transaction():
        finished = results.finish(sitting.id, NINE + SECOND)
    with transaction():
        results.finish(sitting.id, NINE + 2 * SECOND)

    line = db.session.scalars(select(AuditEntry).where(AuditEntry.verb == "sitting.close")).one()
    sealed = db.session.get_one(JournalSeal, sitting.id)
    assert (line.about, line.committee_id, line.at) == (f"sitting:{sitting.id}", room.committee.id, NINE + SECOND)
    assert line.details == {"state": "submitted", "seal": sitting.seal, "result": finished.result_id}
    assert sealed.text == seal_text(sitting.id, journal_of(sitting.id))
    assert sha256(sealed.text.encode()) == sitting.seal and finished.code == short_code(sitting.seal)
    assert is_signed(public_key(keys().receipts), f"seal 1|{sitting.seal}".encode(), sealed.signature)


def test_finish_after_the_grace_is_expired(app: Flask) -> None:
    sitting = begin(make_room().entries[0])
    with transaction():
        results.finish(sitting.id, sitting.saves_close_at + SECOND)

    assert sitting.state is SittingState.EXPIRED


def test_finish_twice_gives_the_same_code(app: Flask) -> None:
    sitting = sit(make_room().entries[0], 5)
    with transaction():
        first = results.finish(sitting.id, NINE)
    with transaction():
        assert results.finish(sitting.id, NINE + SECOND) == first

    db.session.refresh(sitting)
    assert sitting.closed_at == NINE
    assert db.session.scalar(select(func.count()).select_from(Result)) == 1


def test_mark_twice_marks_once(app: Flask) -> None:
    result = sit_and_mark(make_room().entries[0], 4)
    with transaction():
        results.mark(result.id, NINE + SECOND)

    assert result.marked_at == NINE
    assert db.session.scalar(select(func.count()).select_from(MarkingEvent)) == 1
    assert db.session.scalar(select(func.count()).select_from(Mark)) == 5


def test_unknown_result_is_not_found(app: Flask) -> None:
    with pytest.raises(NoSuchResult), transaction():
        results.mark(999, NINE)


def test_late_answer_does_not_count(app: Flask) -> None:
    sitting = begin(make_room().entries[0])
    right = right_answers(sitting)
    answer(sitting, 1, right[1], 1)
    answer(sitting, 2, right[2], 2, sitting.saves_close_at + SECOND)
    with transaction():
        finished = results.finish(sitting.id, sitting.saves_close_at + SECOND)
    with transaction():
        assert results.mark(finished.result_id, NINE).score == 20

    assert db.session.scalars(select(Sitting.state)).one() is SittingState.EXPIRED
