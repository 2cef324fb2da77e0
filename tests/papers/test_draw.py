"""tests.papers.test_draw — the draw is exact: quotas met, nothing twice, nothing excluded, repeatable, and honest."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.base.chance import rng
from exam_app.papers.errors import BankInsufficient, BlueprintInvalid
from exam_app.papers.rules import (
    CellPlan,
    Place,
    SectionPlan,
    Shortage,
    check_sections,
    draw,
    eligible,
    fits,
    question_count,
    shortages,
    shown_letters,
    stored_letters,
    supply,
    total_marks,
    usual_sections,
)
from exam_app.papers.sealing import PoolRow
from question_bank.items import LETTERS
from question_bank.kinds import Kind, OrganType, Part
from tests.papers.factories import make_pool

KINDS = (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE)
GOVERNMENT = OrganType.GOVERNMENT
cells = st.builds(
    lambda count, part, law, low, high: CellPlan(
        count=count, part=part, law_slug=law, difficulty_from=min(low, high), difficulty_to=max(low, high)
    ),
    st.integers(1, 5),
    st.sampled_from(list(Part)),
    st.sampled_from(["", "", "constitution"]),
    st.integers(1, 5),
    st.integers(1, 5),
)
plans = st.lists(
    st.builds(
        lambda kind, cells: SectionPlan(kind=kind, marks_each=Decimal(2), cells=tuple(cells)),
        st.sampled_from(KINDS),
        st.lists(cells, min_size=1, max_size=3),
    ),
    min_size=1,
    max_size=3,
).map(tuple)


@given(plans, st.integers(0, 120), st.integers(0, 10_000), st.sets(st.integers(1001, 1120), max_size=20))
def test_draw_meets_every_quota_or_says_that_it_cannot(
    sections: tuple[SectionPlan, ...], size: int, number: int, excluded: set[int]
) -> None:
    everything = make_pool(size, rng(f"pool {number}"))
    left = [question for question in everything if question.question_id not in excluded]
    pool = eligible(everything, GOVERNMENT)
    if shortages(sections, left, GOVERNMENT):
        with pytest.raises(BankInsufficient):
            draw(sections, pool, rng(str(number)), excluded)
        return

    slots = draw(sections, pool, rng(str(number)), excluded)

    by_version = {question.version_id: question for question in pool}
    drawn = [by_version[slot.version_id] for slot in slots]
    assert [slot.position for slot in slots] == list(range(1, question_count(sections) + 1))
    assert len({question.question_id for question in drawn}) == len(drawn)
    assert not excluded & {question.question_id for question in drawn}
    first = 0
    for section in sections:
        mine = drawn[first : first + section.count]
        assert {question.kind for question in mine} == {section.kind}
        assert Counter(question.part for question in mine) == Counter(
            {part: n for part in Part if (n := sum(cell.count for cell in section.cells if cell.part is part))}
        )
        assert not shortages([section], mine, GOVERNMENT), "the section's own questions fill its cells"
        first += section.count
    assert slots == draw(sections, list(reversed(pool)), rng(str(number)), excluded), "same seed, same pool"


@given(st.integers(0, 10_000))
def test_options_are_shuffled_except_true_and_false(number: int) -> None:
    pool = make_pool(200, rng("pool 1"))

    slots = draw((_section(Kind.SINGLE, 5), _section(Kind.TRUE_FALSE, 5)), pool, rng(str(number)))

    for slot in slots:
        assert sorted(slot.option_order) == list("AB" if slot.kind is Kind.TRUE_FALSE else "ABCD")
        assert slot.kind is not Kind.TRUE_FALSE or slot.option_order == "AB"


def test_another_seed_gives_another_paper() -> None:
    pool = make_pool(200, rng("pool 1"))
    papers = {draw((_section(Kind.SINGLE, 5),), pool, rng(str(number))) for number in range(20)}

    assert len(papers) == 20


def test_every_question_of_a_cell_can_be_drawn() -> None:
    pool = make_pool(60, rng("pool 3"))
    section = _section(Kind.SINGLE, 2)
    wanted = {question.version_id for question in pool if fits(question, Kind.SINGLE, section.cells[0])}

    drawn = {slot.version_id for number in range(200) for slot in draw((section,), pool, rng(str(number)))}

    assert drawn == wanted


def test_special_questions_of_other_organs_are_not_eligible() -> None:
    pool = make_pool(200, rng("pool 1"))

    assert {organ for each in eligible(pool, GOVERNMENT) for organ in each.organs} == {GOVERNMENT}


def test_overlapping_cells_find_the_one_paper_there_is() -> None:
    pool = [_question(1, "constitution"), _question(2, "civil-servants-law")]
    any_law, constitution = CellPlan(count=1, part=Part.COMMON), _of("constitution", 1)
    section = SectionPlan(kind=Kind.SINGLE, marks_each=Decimal(1), cells=(any_law, constitution))

    for number in range(50):
        assert {slot.version_id for slot in draw((section,), pool, rng(str(number)))} == {1, 2}


def test_shortage_of_a_cell_is_named() -> None:
    sections = (_section(Kind.SINGLE, 1), SectionPlan(kind=Kind.SINGLE, marks_each=Decimal(1), cells=(_of("x", 2),)))

    assert shortages(sections, [_question(1, "y"), _question(2, "y")], GOVERNMENT) == (Shortage((Place(1, 0),), 2, 0),)


def test_cells_that_jointly_lack_are_named_together() -> None:
    pool = [_question(1, "constitution"), _question(2, "constitution")]
    section = SectionPlan(
        kind=Kind.SINGLE, marks_each=Decimal(1), cells=(_of("constitution", 2), CellPlan(count=1, part=Part.COMMON))
    )

    assert shortages((section,), pool, GOVERNMENT) == (Shortage((Place(0, 0), Place(0, 1)), 3, 2),)


def test_make_up_needs_twice_as_many() -> None:
    sections, pool = (_section(Kind.SINGLE, 2),), [_question(number, "x") for number in (1, 2, 3)]

    assert not shortages(sections, pool, GOVERNMENT)
    assert shortages(sections, pool, GOVERNMENT, factor=2) == (Shortage((Place(0, 0),), 4, 3),)


def test_supply_counts_what_fits() -> None:
    (found,) = supply((_section(Kind.SINGLE, 2),), [_question(number, "x") for number in (1, 2, 3)], GOVERNMENT)

    assert (found.available, found.factor) == (3, 1.5)


def test_usual_paper_has_fifty_questions_and_a_hundred_marks() -> None:
    sections = usual_sections()

    assert (question_count(sections), total_marks(sections)) == (50, Decimal(100))
    assert [section.count for section in sections] == [25, 10, 15]
    common = sum(cell.count for section in sections for cell in section.cells if cell.part is Part.COMMON)
    assert common == 30


@given(st.permutations(list("ABCD")), st.sets(st.sampled_from("ABCD")))
def test_shown_and_stored_letters_are_inverse(order: list[str], chosen: set[str]) -> None:
    text = "".join(order)

    assert stored_letters(shown_letters(chosen, text), text) == "".join(sorted(chosen))


def test_shown_letter_stands_for_the_stored_one_at_its_place() -> None:
    assert stored_letters("A", "CABD") == "C"
    assert shown_letters("C", "CABD") == "A"
    assert LETTERS[0] == "A"


@pytest.mark.parametrize(
    "section",
    [
        SectionPlan(kind=Kind.SINGLE, marks_each=Decimal(0), cells=(CellPlan(count=1, part=Part.COMMON),)),
        SectionPlan(kind=Kind.SINGLE, marks_each=Decimal("0.333"), cells=(CellPlan(count=1, part=Part.COMMON),)),
        SectionPlan(kind=Kind.ESSAY, marks_each=Decimal(1), cells=(CellPlan(count=1, part=Part.COMMON),)),
        SectionPlan(kind=Kind.SINGLE, marks_each=Decimal(1), cells=(CellPlan(count=0, part=Part.COMMON),)),
        SectionPlan(kind=Kind.SINGLE, marks_each=Decimal(1), cells=(CellPlan(count=301, part=Part.COMMON),)),
        SectionPlan(
            kind=Kind.SINGLE,
            marks_each=Decimal(1),
            cells=(CellPlan(count=1, part=Part.COMMON, difficulty_from=4, difficulty_to=2),),
        ),
        SectionPlan(kind=Kind.SINGLE, marks_each=Decimal(1), cells=()),
    ],
)
def test_impossible_plan_is_refused(section: SectionPlan) -> None:
    with pytest.raises(BlueprintInvalid):
        check_sections((section,))


def _section(kind: Kind, count: int) -> SectionPlan:
    return SectionPlan(kind=kind, marks_each=Decimal(2), cells=(CellPlan(count=count, part=Part.COMMON),))


def _of(law: str, count: int) -> CellPlan:
    return CellPlan(count=count, part=Part.COMMON, law_slug=law)


def _question(number: int, law: str) -> PoolRow:
    return PoolRow(number, number, Kind.SINGLE, Part.COMMON, frozenset(), 3, frozenset({law}), 4)
