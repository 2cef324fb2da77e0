"""web.officer.yearbook_files — the year on paper: the report as page, PDF, Word and workbook, and each list as one."""

from collections.abc import Sequence

from flask import Response, g, render_template
from flask.typing import ResponseReturnValue

from exam_app.base.clock import local_date
from exam_app.base.i18n import gettext as _
from exam_app.printing.official import pdf, word, workbook
from exam_app.printing.official.text import Grid
from exam_app.printing.tables import MEDIA_TYPE, Cell, write_table
from exam_app.web import pdf as web_pdf
from exam_app.web import who
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.yearbook import READERS, key_of, year_of
from exam_app.web.officer.yearbook_facts import Year, facts_of, form_label, rate, read_year
from exam_app.web.who import allow
from exam_app.yearbook import laws, queries
from exam_app.yearbook.definitions import FIGURES, Key
from exam_app.yearbook.queries import Line
from exam_app.yearbook.report import report, tables
from question_bank.kinds import ORGAN_LABELS, OrganType

HEAD = ("序号", "姓名", "单位", "职务", "机关", "任免方式", "日期", "依据")


@bp.get("/yearbook/<int:year>/report")
@allow(*READERS)
def yearbook_report(year: int) -> ResponseReturnValue:
    """Show the report as it will be printed."""
    return render_template("officer/yearbook_report.html", text=report(facts_of(_read(year))), year=year)


@bp.get("/yearbook/<int:year>/report.pdf")
@allow(*READERS)
def yearbook_pdf(year: int) -> ResponseReturnValue:
    """Hand out the report as PDF."""
    content = pdf.render(report(facts_of(_read(year))), web_pdf.fonts())
    return web_pdf.pdf(content, f"yearbook-{year}")


@bp.get("/yearbook/<int:year>/report.docx")
@allow(*READERS)
def yearbook_word(year: int) -> ResponseReturnValue:
    """Hand out the report as a Word document."""
    return _file(word.render(report(facts_of(_read(year)))), word.MEDIA_TYPE, f"yearbook-{year}.docx")


@bp.get("/yearbook/<int:year>/report.xlsx")
@allow(*READERS)
def yearbook_workbook(year: int) -> ResponseReturnValue:
    """Hand out every table of the year, and the list of its items, as a workbook."""
    read = _read(year)
    lines = _lines(queries.list_all(Key.TOTAL, read.scope))
    listed = Grid(HEAD, tuple(tuple(str(cell) for cell in line) for line in lines), (1,) * len(HEAD))
    return _file(workbook.render(tables(facts_of(read), listed)), workbook.MEDIA_TYPE, f"yearbook-{year}.xlsx")


def _read(year: int) -> Year:
    return read_year(who.committee_id(), year_of(year), local_date(g.now))


@bp.get("/yearbook/<int:year>/list/<key>.xlsx")
@allow(*READERS)
def yearbook_list_file(year: int, key: str) -> ResponseReturnValue:
    """Hand out the whole list of a figure as a workbook."""
    figure = FIGURES[key_of(key)]
    scope = queries.scope_of(who.committee_id(), year_of(year))
    title = _("{year}年{label}名单", year=year, label=figure.words(scope.rules))
    content = write_table(title, [_(head) for head in HEAD], _lines(queries.list_all(figure.key, scope)))
    return _file(content, MEDIA_TYPE, f"yearbook-{year}-{key}.xlsx")


def _lines(lines: Sequence[Line]) -> list[list[Cell]]:
    return [
        [
            number,
            line.name,
            line.unit,
            line.post,
            ORGAN_LABELS[line.organ_type],
            form_label(line.form),
            line.day.isoformat(),
            line.detail,
        ]
        for number, line in enumerate(lines, 1)
    ]


@bp.get("/yearbook/<int:year>/laws.xlsx")
@allow(*READERS)
def yearbook_laws_file(year: int) -> ResponseReturnValue:
    """Hand out how well each law is known, as a workbook."""
    scopes = queries.compared(queries.scope_of(who.committee_id(), year_of(year)))[-3:]
    years = [_("{year}年", year=scope.year) for scope in scopes]
    head = [_("法律"), _("作答数"), *(ORGAN_LABELS[organ] for organ in OrganType), *years]
    rows: list[list[Cell]] = [
        [
            line.title,
            line.all.answers,
            *(rate(line.organs.get(organ, laws.NOTHING)) for organ in OrganType),
            *(rate(known) for known in line.years),
        ]
        for line in laws.known_laws(scopes)
    ]
    return _file(write_table(_("法律掌握情况"), head, rows), MEDIA_TYPE, f"yearbook-{year}-laws.xlsx")


def _file(content: bytes, media_type: str, name: str) -> Response:
    answer = Response(content, mimetype=media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
