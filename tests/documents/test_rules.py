"""tests.documents.test_rules — what makes an issued document wrong, and what merely leaves it behind."""

from hypothesis import given
from hypothesis import strategies as st

from exam_app.documents.rules import Change, Standing, compared, differences, filled, with_number
from exam_app.printing.official.phrases import BLANK
from exam_app.printing.official.text import OfficialText, Paragraph

WORDS = st.lists(st.text(alphabet="任免名单甲乙丙", min_size=1, max_size=4), max_size=6)


def text(*paragraphs: str, number: str = "", mark: str = "") -> OfficialText:
    """Return a document of plain paragraphs."""
    return OfficialText(title="名单", number=number, mark=mark, blocks=tuple(Paragraph(words) for words in paragraphs))


@given(WORDS, WORDS)
def test_differences_lead_from_one_to_the_other(before: list[str], after: list[str]) -> None:
    found = list(differences(before, after))
    removed = [one.words for one in found if one.change is Change.REMOVED]
    added = [one.words for one in found if one.change is Change.ADDED]
    assert len(before) - len(removed) == len(after) - len(added)
    assert bool(found) == (before != after)


def test_filled_blank_leaves_a_document_behind_only() -> None:
    issued, live = text(f"赞成{BLANK}票。"), text("赞成26票。")
    assert compared(issued, live)[0] is Standing.BEHIND
    assert compared(live, text("赞成25票。"))[0] is Standing.CHANGED


def test_mark_and_number_make_no_document_wrong() -> None:
    assert compared(text("同", mark="内部资料 注意保存"), text("同"))[0] is Standing.BEHIND


def test_other_name_makes_a_document_wrong() -> None:
    standing, found = compared(text("任命甲。", "任命乙。"), text("任命甲。", "任命丙。"))
    assert standing is Standing.CHANGED
    assert [(one.change, one.words) for one in found] == [(Change.REMOVED, "任命乙。"), (Change.ADDED, "任命丙。")]


def test_number_that_was_set_in_stays() -> None:
    assert with_number(text("同", number=f"甲〔2026〕{BLANK}号"), "甲〔2026〕5号").number == "甲〔2026〕5号"
    assert with_number(text("同", number="新"), "").number == "新"


def test_row_with_empty_cells_may_be_filled() -> None:
    assert filled("1\t王强\t\t", "1\t王强\t26\t通过")
    assert not filled("1\t王强\t26", "1\t王强\t25")
    assert not filled("1\t王强", "1\t王强\t26")


def test_line_that_moved_up_is_the_same_line() -> None:
    issued, live = text("1. 免去甲。", "2. 免去乙。", "3. 免去丙。"), text("1. 免去乙。", "2. 免去丙。")
    standing, found = compared(issued, live)
    assert standing is Standing.CHANGED
    assert [(one.change, one.words) for one in found] == [(Change.REMOVED, "免去甲。")]
