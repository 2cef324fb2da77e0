"""tests.printing.test_layout — lines broken by the rules of Chinese setting."""

from hypothesis import given
from hypothesis import strategies as st

from exam_app.printing.drawing.layout import (
    NEVER_FIRST,
    NEVER_LAST,
    Atom,
    Block,
    Span,
    break_lines,
    wrap,
    write_paragraph,
)
from exam_app.printing.drawing.sheet import About, Sheet, Style
from exam_app.printing.typefaces import Face, Fonts

BODY = Style(Face.SONG, 10)
CHARACTER = 10 / 72 * 25.4  # millimetres


def atoms(text: str) -> list[Atom]:
    return [Atom(character, BODY, 1.0) for character in text]


def broken(text: str, width: float) -> list[str]:
    return ["".join(atom.text for atom in line) for line in break_lines(atoms(text), width)]


def sheet(fonts: Fonts) -> Sheet:
    return Sheet(fonts, About(title="", author=""))


@given(text=st.text(alphabet="人大常委（《，。）》", min_size=1, max_size=60), width=st.integers(8, 20))
def test_breaking_loses_nothing_and_never_exceeds_the_width(text: str, width: int) -> None:
    lines = broken(text, width)

    assert "".join(lines) == text
    assert all(len(line) <= width or set(line) <= NEVER_FIRST | NEVER_LAST for line in lines)


@given(words=st.lists(st.sampled_from(["（人", "大）", "《常", "委》", "会，", "法。"]), max_size=30))
def test_no_line_begins_with_a_closing_or_ends_with_an_opening_mark(words: list[str]) -> None:
    lines = [line for line in broken("".join(words), 8) if line]

    assert not any(line[0] in NEVER_FIRST for line in lines)
    assert not any(line[-1] in NEVER_LAST for line in lines)


def test_dates_and_counted_numbers_stay_whole(fonts: Fonts) -> None:
    lines = wrap(sheet(fonts), "考试于2018年3月2日举行，92.5分", BODY, 8 * CHARACTER)

    assert lines == ["考试于", "2018年3月2日举", "行，92.5分"]


def test_word_wider_than_the_line_is_broken(fonts: Fonts) -> None:
    lines = wrap(sheet(fonts), "W" * 40, BODY, 5 * CHARACTER)

    assert len(lines) > 4
    assert "".join(lines) == "W" * 40


def test_line_feed_begins_a_line(fonts: Fonts) -> None:
    assert wrap(sheet(fonts), "一\n二", BODY, 50) == ["一", "二"]


def test_paragraph_too_long_for_its_lines_is_set_smaller(fonts: Fonts) -> None:
    block = Block(left=20, top=20, width=10 * CHARACTER, leading=5, most=2)

    after = write_paragraph(sheet(fonts), [Span("法" * 30, BODY)], block)

    assert after == 30


def test_brackets_to_fill_in_stay_in_one_piece(fonts: Fonts) -> None:
    for width in range(4, 12):
        lines = wrap(sheet(fonts), "甲乙丙丁应当（　　）。", BODY, width * CHARACTER)
        assert sum("（　　）" in line for line in lines) == 1, lines
