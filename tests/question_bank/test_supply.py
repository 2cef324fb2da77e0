"""tests.question_bank.test_supply — counts of the list, and whether they fill five organs' papers."""

from question_bank.checks import shortages, sufficiency, summary
from question_bank.items import Citation, Item
from question_bank.kinds import Kind, OrganType, Part, Use
from tests.question_bank.samples import CONSTITUTION, OATH, a_statement, an_item


def special(number: int, *organs: OrganType) -> Item:
    return an_item(f"S{number}", part=Part.SPECIAL, organs=organs)


def available(items: list[Item], organ: OrganType, kind: Kind, part: Part) -> int:
    (cell,) = [cell for cell in sufficiency(items) if (cell.organ, cell.kind, cell.part) == (organ, kind, part)]
    return cell.available


def test_each_organ_needs_fifty_questions_three_fifths_of_them_common() -> None:
    for organ in OrganType:
        cells = [cell for cell in sufficiency([]) if cell.organ is organ]
        assert sum(cell.needed for cell in cells) == 50
        assert sum(cell.needed for cell in cells if cell.part is Part.COMMON) == 30
        assert [sum(cell.needed for cell in cells if cell.kind is kind) for kind in list(Kind)[:3]] == [25, 10, 15]


def test_common_questions_count_for_all_and_special_ones_for_their_organs() -> None:
    items = [an_item(), special(1, OrganType.COURT), special(2, OrganType.COURT, OrganType.CONGRESS)]

    assert available(items, OrganType.GOVERNMENT, Kind.SINGLE, Part.COMMON) == 1
    assert available(items, OrganType.COURT, Kind.SINGLE, Part.SPECIAL) == 2
    assert available(items, OrganType.CONGRESS, Kind.SINGLE, Part.SPECIAL) == 1
    assert available(items, OrganType.GOVERNMENT, Kind.SINGLE, Part.SPECIAL) == 0


def test_practice_questions_do_not_fill_papers() -> None:
    assert available([an_item(use=Use.PRACTICE)], OrganType.COURT, Kind.SINGLE, Part.COMMON) == 0


def test_cell_that_is_not_filled_twice_over_is_a_finding() -> None:
    def court_singles(count: int) -> list[str]:
        items = [special(number, OrganType.COURT) for number in range(count)]
        return [found.message for found in shortages(items) if found.message.startswith("法院试卷的专业法律单选题")]

    assert court_singles(20) == []
    assert len(court_singles(19)) == 1
    assert "只有 19 题（1.9 倍），至少应当有 20 题" in court_singles(19)[0]


def test_summary_counts_in_every_direction() -> None:
    both = (OATH, Citation("legislation-law", CONSTITUTION, "1"), Citation("constitution", CONSTITUTION, "2"))
    items = [an_item(citations=both), a_statement(use=Use.PRACTICE, difficulty=3), special(1, OrganType.COURT)]

    counts = summary(items)

    assert counts.total == 3
    assert counts.by_law == {"constitution": 3, "legislation-law": 1}
    assert counts.by_kind == {Kind.SINGLE: 2, Kind.TRUE_FALSE: 1}
    assert counts.by_organ == {OrganType.COURT: 1}
    assert counts.by_use == {Use.FORMAL: 2, Use.PRACTICE: 1}
    assert counts.by_part == {Part.COMMON: 2, Part.SPECIAL: 1}
    assert counts.by_difficulty == {1: 2, 3: 1}
