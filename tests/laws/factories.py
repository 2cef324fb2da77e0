"""tests.laws.factories — the register taken over, and small law texts that fit an edition of it."""

from datetime import date, datetime

from exam_app.laws import service as laws
from question_bank.numerals import article_label
from question_bank.register import Edition, Law, Register, build_editions
from tests.conftest import NINE

OLD, NEW = date(2010, 4, 1), date(2024, 6, 28)


def small_register() -> Register:
    """Return a register of one law with a repealed and a present edition, and a law not yet in force."""
    chapters = build_editions(
        (
            Edition("supervision-law", OLD, date(2010, 5, 1), 3),
            Edition("supervision-law", NEW, date(2024, 7, 1), 4, inserted_articles=1),
        )
    )
    coming = build_editions((Edition("legislation-law", date(2026, 2, 1), date(2026, 9, 1), 2),))
    return Register(
        (
            Law("supervision-law", "中华人民共和国监察法", "监察法", (), chapters),
            Law("legislation-law", "中华人民共和国立法法", "立法法", (), coming),
        )
    )


def adopt_small_register(now: datetime = NINE) -> None:
    """Take the small register over."""
    laws.adopt_register(small_register(), now)


def law_text(
    title: str = "中华人民共和国监察法",
    line: str = "2010年4月1日通过　根据2024年6月28日的决定修正",
    numbers: tuple[str, ...] = ("1", "2", "2-1", "3"),
) -> str:
    """Return a text with the articles numbered as given; article 2 has two paragraphs, the first with two items."""
    bodies = {"2": "监察机关履行下列职责：\n（一）监督；\n（二）调查。\n监察机关依法独立行使职权。"}
    articles = (f"{article_label(number)}　{bodies.get(number, '为了推进依法治国，制定本法。')}" for number in numbers)
    return "\n".join((title, line, "第一章　总则", *articles))
