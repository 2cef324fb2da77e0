"""tests.web.test_official_sheet — an official document on a page: the same order as on paper, heard as well as seen."""

import re

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings

from exam_app.charts.figures import Chart, Style
from exam_app.printing.official.text import Grid, Letter, NameLine, OfficialText, PageBreak, Paragraph
from tests.printing.papers import BALLOT, CHARTED, OATH, REPORT, letters, texts

SHEET = "{% from 'macros/official.html' import sheet %}{{ sheet(text) }}"
FIGURE = "{% from 'macros/charts.html' import figure %}{{ figure(chart, '方式') }}"
TAG = re.compile(r"<[^>]*>")


def page(app: Flask, text: OfficialText) -> str:
    with app.test_request_context():
        return app.jinja_env.from_string(SHEET).render(text=text)


def words(html: str) -> list[str]:
    return [line.strip() for line in TAG.sub("\n", html).splitlines() if line.strip()]


def test_page_tells_the_document_in_its_order(app: Flask) -> None:
    told = words(page(app, REPORT))

    assert told[:5] == [REPORT.mark, REPORT.title, REPORT.number, f"{REPORT.salutation}：", "一、基本情况"]
    assert "任命王　强为田州市财政局局长；" in told
    assert told[-2:] == ["人事代表选举工作委员会", "2018年3月5日"]


def test_headings_stand_under_that_of_the_page(app: Flask) -> None:
    assert re.findall(r"<h(\d)", page(app, REPORT)) == ["2", "3", "4"]


def test_table_has_a_head_and_every_row(app: Flask) -> None:
    html = page(app, REPORT)

    assert html.count('<th scope="col">') == 4
    assert html.count("<tr>") == 61
    assert 'role="region" aria-label="序号、姓名、拟任职务、成绩" tabindex="0"' in html


def test_each_letter_has_its_own_sheet_and_a_book_is_cut(app: Flask) -> None:
    html = page(app, letters(31))

    assert html.count("<section") == html.count("</section>") == 30
    assert html.count("official__grand") == 30
    assert "共 31 份" in html


def test_break_between_pages_begins_a_sheet(app: Flask) -> None:
    html = page(app, OfficialText(title="函", blocks=(Paragraph("一"), PageBreak(), Paragraph("二"))))

    assert html.count("<section") == html.count("</section>") == 2


def test_letter_among_others_closes_the_sheet_before_it(app: Flask) -> None:
    letter = Letter("1号", "任命你为局长。", "主任", "2018年3月2日")
    html = page(app, OfficialText(title="函", blocks=(Paragraph("一"), letter, Paragraph("二"))))

    assert html.count("<section") == html.count("</section>") == 3


def test_ballot_and_oath_are_there(app: Flask) -> None:
    assert page(app, BALLOT).count("<td></td>") == 3
    assert "宣誓人" in page(app, OATH)


def test_what_people_entered_is_never_markup(app: Flask) -> None:
    html = page(app, OfficialText(title="<b>", blocks=(NameLine("", "<i>", ""), Grid(("<u>",), (("<s>",),), (1,)))))

    assert not re.search(r"<[bius]>", html)


@pytest.mark.parametrize("text", [REPORT, OATH, BALLOT, CHARTED, letters(2)])
def test_page_carries_no_inline_style(app: Flask, text: OfficialText) -> None:
    assert not re.search(r"style=|<script|onclick", page(app, text))


def test_chart_is_told_in_words_and_in_a_table(app: Flask) -> None:
    chart = Chart(title="按方式", style=Style.BARS, labels=("任命", "免职"), series=(("", (153, 57)),), unit="人次")
    with app.test_request_context():
        html = app.jinja_env.from_string(FIGURE).render(chart=chart)

    assert 'role="img"' in html
    assert "<desc>任命153人次，免职57人次</desc>" in html
    assert "数量（人次）" in words(html)
    assert '<td class="number">153</td>' in html
    assert "style=" not in html


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts())
def test_any_text_makes_sheets_that_close(app: Flask, text: OfficialText) -> None:
    html = page(app, text)

    for tag in ("section", "div", "p", "table", "svg"):
        assert len(re.findall(f"<{tag}[ >]", html)) == html.count(f"</{tag}>"), tag
