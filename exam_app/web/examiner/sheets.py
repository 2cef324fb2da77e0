"""web.examiner.sheets — the paper fallback of an exam: who is put on paper and back, printing, collecting, the list."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.db import transaction
from exam_app.base.errors import DomainError, NotFound
from exam_app.base.i18n import gettext as _
from exam_app.exams import queries as exams
from exam_app.exams.errors import NoSuchEntry
from exam_app.printing.paper_sheet import render_paper_sheets
from exam_app.results import paper
from exam_app.sheets import queries as sheets
from exam_app.sheets import service as turning
from exam_app.sheets.queries import SheetRow
from exam_app.sheets.rules import Stage
from exam_app.sittings import queries as sittings
from exam_app.sittings.errors import NoSuchSitting
from exam_app.texts import words_for
from exam_app.web import who
from exam_app.web.acts import ReasonAct, posted
from exam_app.web.errors import refusals_said
from exam_app.web.examiner import sheet_facts
from exam_app.web.examiner.blueprint import bp
from exam_app.web.examiner.sheet_facts import READERS, TURNERS, VIEWERS
from exam_app.web.examiner.sheet_forms import PutAct
from exam_app.web.pdf import fonts, pdf
from exam_app.web.who import allow

SHEETS = "/exams/<int:exam_id>/sheets"
SHEET = SHEETS + "/<int:sitting_id>"


@bp.get(SHEETS, endpoint="sheets")
@allow(*VIEWERS)
def list_sheets(exam_id: int) -> ResponseReturnValue:
    """Show the sheets of an exam and how far each has come, and who may still be put on paper."""
    exam = exams.get_exam(exam_id, who.committee_id())
    may_turn = who.may(*TURNERS)
    others = sheet_facts.can_turn(sittings.board(exam_id), exam.released_at is not None) if may_turn else []
    return render_template(
        "examiner/sheets.html",
        exam=exam,
        lines=sheet_facts.lines(sheets.sheets_of(exam_id)),
        others=others if g.now < exam.closes_at else [row for row in others if row.state],
        may_turn=may_turn,
        may_read=who.may(*READERS),
        me=who.account().account_id,
        Stage=Stage,
    )


@bp.post("/exams/<int:exam_id>/board/seats/<int:entry_id>/on-paper")
@allow(*TURNERS)
def sheet_put(exam_id: int, entry_id: int) -> ResponseReturnValue:
    """Put one person on paper, from the seat's page."""
    with refusals_said():
        with transaction():
            _put(exam_id, entry_id, posted(ReasonAct).reason.data)
        flash(_("已改用纸笔作答，原来的电脑已停用。请马上打印答卷交给考生。"), "warn")
    return redirect(url_for(".sheets", exam_id=exam_id))


@bp.post(SHEETS + "/put")
@allow(*TURNERS)
def sheets_put(exam_id: int) -> ResponseReturnValue:
    """Put several people on paper, each in an act of its own: one who may not does not keep the others waiting."""
    done = 0
    with refusals_said():
        act = posted(PutAct)
        for entry_id in act.entry.data:
            done += _put_alone(exam_id, entry_id, act.reason.data)
    if done:
        flash(_("{count} 人已改用纸笔作答。请马上打印答卷交给考生。", count=done), "warn")
    return redirect(url_for(".sheets", exam_id=exam_id))


def _put_alone(exam_id: int, entry_id: int, reason: str) -> bool:
    try:
        with transaction():
            _put(exam_id, entry_id, reason)
    except NotFound:
        raise
    except DomainError as refusal:
        entry = exams.get_entry(entry_id, who.committee_id())
        flash(_("座位 {seat}：{words}", seat=entry.seat, words=words_for(refusal)), "bad")
        return False
    return True


def _put(exam_id: int, entry_id: int, reason: str) -> None:
    if exams.get_entry(entry_id, who.committee_id()).exam_id != exam_id:
        raise NoSuchEntry(entry=entry_id)
    turning.put_on_paper(entry_id, who.committee_id(), reason, who.actor(), g.now)


@bp.post(SHEET + "/back")
@allow(*TURNERS)
def sheet_back(exam_id: int, sitting_id: int) -> ResponseReturnValue:
    """Let a person go on at a screen; the new code is shown once."""
    with refusals_said():
        with transaction():
            row = sheet_of(exam_id, sitting_id)
            reason = posted(ReasonAct).reason.data
            code = turning.back_to_screen(sitting_id, who.committee_id(), reason, who.actor(), g.now)
        code = f"{code[:4]}-{code[4:]}"
        flash(_("{name} 可以回到电脑作答。新考试码：{code}。请收回并销毁纸质答卷。", name=row.name, code=code), "warn")
    return redirect(url_for(".sheets", exam_id=exam_id))


@bp.post(SHEET + "/collect")
@allow(*TURNERS)
def sheet_collect(exam_id: int, sitting_id: int) -> ResponseReturnValue:
    """Record that a sheet was collected; the sitting closes."""
    with refusals_said():
        with transaction():
            row = sheet_of(exam_id, sitting_id)
            paper.collect(sitting_id, who.committee_id(), who.actor(), g.now)
        flash(_("已收回 {name} 的答卷，可以录入。", name=row.name), "good")
    return redirect(url_for(".sheets", exam_id=exam_id))


@bp.post(SHEET + ".pdf")
@allow(*TURNERS)
def sheet_print(exam_id: int, sitting_id: int) -> ResponseReturnValue:
    """Print one person's sheet; that it was printed is on record."""
    return _printed(exam_id, [sheet_of(exam_id, sitting_id)], f"sheet-{sitting_id}")


@bp.post(SHEETS + ".pdf")
@allow(*TURNERS)
def sheets_print(exam_id: int) -> ResponseReturnValue:
    """Print the sheets of everybody who is on paper and has not handed in."""
    exams.get_exam(exam_id, who.committee_id())
    rows = [row for row in sheets.sheets_of(exam_id) if row.stage is Stage.TO_COLLECT]
    if not rows:
        return redirect(url_for(".sheets", exam_id=exam_id))
    return _printed(exam_id, rows, f"sheets-{exam_id}")


def _printed(exam_id: int, rows: list[SheetRow], name: str) -> ResponseReturnValue:
    content = b""
    with refusals_said():
        exam = exams.get_exam(exam_id, who.committee_id())
        content = render_paper_sheets(sheet_facts.printed(exam, rows, g.now), fonts())
        with transaction():
            ids = [row.sitting_id for row in rows]
            turning.note_printing(ids, exam_id, who.committee_id(), who.actor(), g.now)
    return pdf(content, name) if content else redirect(url_for(".sheets", exam_id=exam_id))


def sheet_of(exam_id: int, sitting_id: int) -> SheetRow:
    """Return the sheet if it belongs to the exam in the address, and the exam to the committee at work."""
    row = sheets.get_sheet(sitting_id, who.committee_id())
    if row.exam_id != exam_id:
        raise NoSuchSitting(sitting=sitting_id)
    return row
