"""tests.question_bank.test_shipped_content — the questions that ship can be read, stand up, and suffice."""

from datetime import date

from question_bank.checks import Severity, check_items, shortages
from question_bank.formats.yaml import load_content
from question_bank.kinds import KIND_LABELS, ORGAN_LABELS, PART_LABELS, USE_LABELS, Kind, OrganType, Part, Use

DAY = date(2026, 11, 23)


def test_shipped_questions_have_no_errors() -> None:
    findings = check_items(load_content(), on=DAY)

    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []


def test_shipped_questions_have_no_habits_to_guess_by() -> None:
    assert [finding for finding in check_items(load_content(), on=DAY) if not finding.item_code] == []


def test_shipped_questions_fill_every_paper_twice() -> None:
    assert list(shortages(load_content())) == []


def test_every_kind_part_organ_and_use_has_a_name() -> None:
    assert set(KIND_LABELS) == set(Kind)
    assert set(PART_LABELS) == set(Part)
    assert set(ORGAN_LABELS) == set(OrganType)
    assert set(USE_LABELS) == set(Use)


def test_letters_mark_exactly_three_kinds() -> None:
    assert {kind for kind in Kind if kind.is_objective} == {Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE}
