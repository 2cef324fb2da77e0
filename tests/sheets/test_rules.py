"""tests.sheets.test_rules — reading what was typed, where two readings differ, what is settled and what it changes."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from exam_app.sheets import rules
from exam_app.sheets.rules import BLANK, Fault, Stage, changed, differences, read_answer, read_sheet, settled, stage
from exam_app.sittings.states import SittingState
from question_bank.items import LETTERS
from question_bank.kinds import Kind


@dataclass(frozen=True)
class Question:
    """A question as the rules ask for it."""

    slot: int
    kind: Kind
    options: tuple[str, ...]


def question(kind: Kind = Kind.MULTIPLE, options: int = 4, slot: int = 1) -> Question:
    return Question(slot, kind, ("项",) * options)


SLOTS = range(1, 7)
MULTIPLE = st.sets(st.sampled_from("ABCD")).map(lambda letters: "".join(sorted(letters)))
answers = st.fixed_dictionaries(dict.fromkeys(SLOTS, MULTIPLE))
some = st.dictionaries(st.sampled_from(SLOTS), MULTIPLE)


@given(answers, st.data())
def test_what_is_typed_in_any_manner_is_read_back(written: dict[int, str], data: st.DataObject) -> None:
    typed = {slot: data.draw(ways(letters)) for slot, letters in written.items()}
    asked = [question(slot=slot) for slot in SLOTS]
    assert read_sheet(asked, typed) == (written, {})


def ways(letters: str) -> st.SearchStrategy[str]:
    """Return the manners of typing an answer: any order, small, wide, with spaces; a dash for none."""
    if not letters:
        return st.sampled_from(["-", "—", "－", "0", "０", "空", " - "])
    wide = str.maketrans(LETTERS, "".join(chr(ord(letter) + 0xFEE0) for letter in LETTERS))
    manners = (str, str.lower, lambda text: text.translate(wide), " ".join)
    return st.permutations(letters).flatmap(
        lambda order: st.sampled_from(manners).map(lambda manner: manner("".join(order)))
    )


@given(st.text(max_size=9), st.sampled_from(Kind), st.integers(2, 8))
def test_whatever_is_typed_is_an_answer_to_the_question_or_a_fault(typed: str, kind: Kind, options: int) -> None:
    found = read_answer(question(kind, options), typed)
    if not isinstance(found, Fault):
        assert set(found) <= set(LETTERS[:options]) and sorted(set(found)) == list(found)
        assert kind is Kind.MULTIPLE or len(found) <= 1
        assert read_answer(question(kind, options), found or BLANK) == found


@given(some, some)
def test_differences_are_where_the_answers_are_not_the_same(one: dict[int, str], other: dict[int, str]) -> None:
    expected = tuple(slot for slot in SLOTS if (one.get(slot) or "") != (other.get(slot) or ""))
    assert differences(one, other) == differences(other, one) == expected
    assert differences(one, one) == ()


@given(answers, answers, answers)
def test_settled_is_as_judged_where_readings_differ_and_as_read_elsewhere(
    one: dict[int, str], other: dict[int, str], judged: dict[int, str]
) -> None:
    found = settled(one, other, judged)
    assert found == {slot: one[slot] if one[slot] == other[slot] else judged[slot] for slot in SLOTS}
    assert settled(one, one, {}) == one


@given(answers, some)
def test_changes_over_what_counted_give_what_the_sheet_says(sheet: dict[int, str], counting: dict[int, str]) -> None:
    found = changed(sheet, counting)
    assert {**dict.fromkeys(SLOTS, ""), **counting, **found} == sheet
    assert all(response != counting.get(slot, "") for slot, response in found.items())
    assert changed(sheet, sheet) == {}


@given(some)
def test_record_is_read_as_it_was_kept(written: dict[int, str]) -> None:
    assert rules.from_record(rules.to_record(written)) == written


def test_stages_follow_each_other() -> None:
    closed = SittingState.SUBMITTED
    assert stage(SittingState.OPEN, 0, False) is Stage.TO_COLLECT
    assert [stage(closed, readings, False) for readings in range(3)] == [Stage.FIRST, Stage.SECOND, Stage.DIFFERS]
    assert stage(closed, 2, True) is Stage.SETTLED
    assert stage(SittingState.VOIDED, 2, True) is Stage.VOIDED


def test_sheet_code_is_of_one_sitting_and_one_paper() -> None:
    codes = {rules.sheet_code(b"key", sitting, paper) for sitting in range(50) for paper in ("aa", "bb")}
    assert len(codes) == 100 and {len(code) for code in codes} == {rules.CODE_LENGTH}
