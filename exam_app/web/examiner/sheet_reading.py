"""web.examiner.sheet_reading — typing what stands on a sheet, twice and apart, and settling what differs."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.db import transaction
from exam_app.base.errors import Conflict, DomainError, Invalid, NotAllowed
from exam_app.base.i18n import gettext as _
from exam_app.exams import queries as exams
from exam_app.papers import queries as papers
from exam_app.people.queries import account_names
from exam_app.people.states import Role
from exam_app.results import paper
from exam_app.results.paper import Read
from exam_app.sheets import service as turning
from exam_app.sheets.queries import SheetRow
from exam_app.sheets.rules import Fault
from exam_app.sheets.service import ReadSheet, SettleSheet
from exam_app.texts import words_for
from exam_app.web import who
from exam_app.web.examiner import sheet_facts
from exam_app.web.examiner.blueprint import bp
from exam_app.web.examiner.sheet_facts import FAULTS, READERS
from exam_app.web.examiner.sheet_forms import OTHER, ReadSheetForm, SettleSheetForm
from exam_app.web.examiner.sheets import SHEET, sheet_of
from exam_app.web.who import allow


@bp.route(SHEET + "/read", methods=["GET", "POST"])
@allow(*READERS)
def sheet_read(exam_id: int, sitting_id: int) -> ResponseReturnValue:
    """Type in what stands on a sheet; nobody sees here what somebody else typed."""
    row, form = sheet_of(exam_id, sitting_id), ReadSheetForm()
    faults: dict[int, Fault] = {}
    try:
        turning.check_reader(row, who.actor())
        if form.validate_on_submit():
            return _told(row, _read(row, form))
    except Invalid as refusal:
        faults = refusal.facts.get("faults", {})
        form.refuse(refusal, "sheet_code" if refusal.code == "sheet_code_wrong" else "")
    except Conflict as refusal:
        return _turned_away(refusal, exam_id)
    return _reading_page(row, form, faults), 422 if form.errors else 200


def _read(row: SheetRow, form: ReadSheetForm) -> Read:
    command = ReadSheet(
        sitting_id=row.sitting_id,
        committee_id=who.committee_id(),
        sheet_code=form.sheet_code.data,
        typed=form.answer.data,
    )
    with transaction():
        return paper.read_sheet(command, who.actor(), g.now)


def _told(row: SheetRow, read: Read) -> ResponseReturnValue:
    """Say what came of a reading, and nothing of the answers."""
    if not read.is_second:
        flash(_("{name} 的答卷已录入第一遍。请另一位同志录入第二遍。", name=row.name), "good")
    elif read.differing:
        words = _("{name} 的答卷两遍录入有 {count} 处不一致，等主监考核定。", name=row.name, count=len(read.differing))
        flash(words, "warn")
    else:
        flash(_("{name} 的答卷两遍录入一致，已入卷并评分。", name=row.name), "good")
    return redirect(url_for(".sheets", exam_id=row.exam_id))


def _reading_page(row: SheetRow, form: ReadSheetForm, faults: dict[int, Fault]) -> str:
    return render_template(
        "examiner/sheet_read.html",
        exam=exams.get_exam(row.exam_id, who.committee_id()),
        row=row,
        form=form,
        faults={slot: FAULTS[fault] for slot, fault in sorted(faults.items())},
        sections=sheet_facts.by_section(papers.read_opened(row.paper_id)),
        is_second=bool(row.readings),
    )


@bp.route(SHEET + "/settle", methods=["GET", "POST"])
@allow(Role.CHIEF_INVIGILATOR)
def sheet_settle(exam_id: int, sitting_id: int) -> ResponseReturnValue:
    """Settle what two readings of a sheet differ in."""
    row, form = sheet_of(exam_id, sitting_id), SettleSheetForm()
    missing: list[int] = []
    try:
        turning.check_settler(row, who.actor())
        if form.validate_on_submit():
            return _settle(row, form)
    except Invalid as refusal:
        missing = refusal.facts.get("slots", [])
        form.refuse(refusal)
    except (Conflict, NotAllowed) as refusal:
        return _turned_away(refusal, exam_id)
    return _settling_page(row, form, missing), 422 if form.form_errors else 200


def _turned_away(refusal: DomainError, exam_id: int) -> ResponseReturnValue:
    flash(words_for(refusal), "bad")
    return redirect(url_for(".sheets", exam_id=exam_id))


def _settle(row: SheetRow, form: SettleSheetForm) -> ResponseReturnValue:
    command = SettleSheet(sitting_id=row.sitting_id, committee_id=who.committee_id(), choices=form.choices())
    with transaction():
        paper.settle(command, who.actor(), g.now)
    flash(_("{name} 的答卷已核定入卷并评分。", name=row.name), "good")
    return redirect(url_for(".sheets", exam_id=row.exam_id))


def _settling_page(row: SheetRow, form: SettleSheetForm, missing: list[int]) -> str:
    names = account_names(reading.by for reading in row.readings)
    return render_template(
        "examiner/sheet_settle.html",
        exam=exams.get_exam(row.exam_id, who.committee_id()),
        row=row,
        form=form,
        missing=missing,
        names=names,
        OTHER=OTHER,
    )
