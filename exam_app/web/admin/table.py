"""web.admin.table — 考试要求决定表: its lines in words, edited and checked on one page, recorded as a new version."""

from dataclasses import replace

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.clock import local_date
from exam_app.committees.published import find
from exam_app.committees.rules import LocalRules, usual_table
from exam_app.people.states import Role
from exam_app.web import who
from exam_app.web.admin.blueprint import bp
from exam_app.web.admin.committee import newest_rules, record
from exam_app.web.admin.table_form import (
    ADD,
    CHECK,
    SAVE,
    Remarks,
    TableForm,
    lines_of,
    rearranged,
    remarks_on,
    said_lines,
    typed_table,
)
from exam_app.web.who import allow

USUAL = "usual"


@bp.route("/settings/committee/table", methods=["GET", "POST"])
@allow(Role.OFFICER)
def rules_table() -> ResponseReturnValue:
    """Edit the table: buttons move, add and delete lines without saving; the last one records a new version."""
    newest = newest_rules(who.committee_id())
    form = TableForm()
    if not form.is_submitted():
        form = _started(newest)
    elif form.do.data not in (CHECK, SAVE):
        form = rearranged(form)
    elif form.validate() and form.do.data == SAVE and record(form, _with_lines(newest, form)):
        return redirect(url_for("admin.committee"))
    said, remarks = _read(form)
    return render_template(
        "admin/rules_table.html", form=form, said=said, remarks=remarks, add=ADD, check=CHECK, save=SAVE
    )


def _started(newest: LocalRules) -> TableForm:
    """Return the form with the table that was asked for, else the one in use."""
    start = request.args.get("from", "")
    published = find(start)
    table = published.table if published else usual_table(newest) if start == USUAL else newest.table()
    return TableForm(formdata=None, data=typed_table(table or newest.table(), local_date(g.now)))


def _with_lines(newest: LocalRules, form: TableForm) -> LocalRules:
    return replace(newest, requirement_table=lines_of(form))


def _read(form: TableForm) -> tuple[list[tuple[str, str, str, str]], Remarks]:
    """Return the lines in words and what the check says of them, nothing while a line cannot be read."""
    try:
        table = lines_of(form)
    except ValueError:
        return [], Remarks()
    return said_lines(table), remarks_on(table)
