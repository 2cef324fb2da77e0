"""web.examiner.roster — the list of those who sit an exam: import with preview, changes, make-up people."""

from collections.abc import Callable

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.exams import queries, roster
from exam_app.exams.roster import NewEntry
from exam_app.people.lists import ListedPerson, read_file, read_pasted, write_pasted
from exam_app.people.states import Role
from exam_app.results.queries import for_exam
from exam_app.texts import words_for
from exam_app.web import who
from exam_app.web.acts import RowsAct, posted
from exam_app.web.examiner.blueprint import bp
from exam_app.web.examiner.exam_forms import RosterForm
from exam_app.web.examiner.roster_preview import PreviewRow, entries, preview
from exam_app.web.who import allow
from question_bank.kinds import ORGAN_LABELS

ROSTER = "/exams/<int:exam_id>/roster"


@bp.route(ROSTER + "/import", methods=["GET", "POST"])
@allow(Role.EXAMINER)
def roster_import(exam_id: int) -> ResponseReturnValue:
    """Take a list, pasted or as a file, and show what it means before anything is kept."""
    exam = queries.get_exam(exam_id, who.committee_id())
    form = RosterForm()
    if form.validate_on_submit():
        try:
            listed = _listed(form)
        except DomainError as refusal:
            form.refuse(refusal, "file" if form.file.data else "text")
        else:
            return _preview_page(exam_id, listed, preview(exam_id, who.committee_id(), listed, {}))
    return render_template("examiner/roster_import.html", exam=exam, form=form)


def _listed(form: RosterForm) -> list[ListedPerson]:
    return read_file(form.file.data.read()) if form.file.data else read_pasted(form.text.data or "")


@bp.post(ROSTER + "/confirm")
@allow(Role.EXAMINER)
def roster_confirm(exam_id: int) -> ResponseReturnValue:
    """Put the people of a previewed list on the roster, all of them in one act."""
    queries.get_exam(exam_id, who.committee_id())
    listed = read_pasted(request.form.get("text", ""))
    rows = preview(exam_id, who.committee_id(), listed, request.form)
    if any(row.problems or (row.is_taken and row.questions) for row in rows):
        flash(_("还有标出的行需要处理，没有保存任何人。"), "warn")
        return _preview_page(exam_id, listed, rows)
    try:
        with transaction():
            added = roster.add_listed(
                exam_id, who.committee_id(), entries(who.committee_id(), rows), who.actor(), g.now
            )
            count = len(added)
    except DomainError as refusal:
        flash(words_for(refusal), "bad")
        return _preview_page(exam_id, listed, rows)
    flash(_("已把 {count} 人加入名册，并生成了准考证号、座号和考试码。", count=count), "good")
    return redirect(url_for(".exam", exam_id=exam_id))


def _preview_page(exam_id: int, listed: list[ListedPerson], rows: list[PreviewRow]) -> str:
    return render_template(
        "examiner/roster_preview.html",
        exam=queries.get_exam(exam_id, who.committee_id()),
        rows=rows,
        text=write_pasted(listed),
        form=RosterForm(formdata=None),
        organs=[(organ.value, _(label)) for organ, label in ORGAN_LABELS.items()],
        taken=sum(row.is_taken for row in rows),
        fresh=sum(row.is_taken and row.is_new for row in rows),
        skipped=sum(row.on_roster for row in rows),
        open_questions=sum(bool(row.problems or (row.is_taken and row.questions)) for row in rows),
    )


@bp.post(ROSTER + "/<int:entry_id>/remove")
@allow(Role.EXAMINER)
def roster_remove(exam_id: int, entry_id: int) -> ResponseReturnValue:
    """Take someone off the roster before the start."""
    done = _("已移出名册，原准考证作废。")
    return _changed(exam_id, done, lambda: roster.remove_entry(entry_id, who.committee_id(), who.actor(), g.now))


@bp.get(ROSTER + "/makeup")
@allow(Role.EXAMINER)
def roster_makeup(exam_id: int) -> ResponseReturnValue:
    """Show who did not pass the first exam, so that they can be put on the make-up exam's roster."""
    exam = queries.get_exam(exam_id, who.committee_id())
    original = queries.get_exam(exam.makeup_of_id or 0, who.committee_id())
    present = {line.person_id for line in queries.roster(exam_id)}
    outcomes = {row.entry_id: row for row in for_exam(original.id)}
    lines = [line for line in queries.roster(original.id) if line.person_id not in present]
    waiting = [(line, outcomes[line.entry_id]) for line in lines if not outcomes[line.entry_id].passed]
    facts = {"exam": exam, "original": original, "waiting": waiting, "organs": ORGAN_LABELS}
    return render_template("examiner/roster_makeup.html", **facts)


@bp.post(ROSTER + "/makeup")
@allow(Role.EXAMINER)
def roster_makeup_add(exam_id: int) -> ResponseReturnValue:
    """Put those ticked on the make-up exam's roster."""
    exam = queries.get_exam(exam_id, who.committee_id())
    original = queries.get_exam(exam.makeup_of_id or 0, who.committee_id())
    ticked = set(posted(RowsAct).entry.data)
    chosen = [
        NewEntry(person_id=line.person_id, organ_type=line.organ_type, nominated_post=line.nominated_post)
        for line in queries.roster(original.id)
        if line.entry_id in ticked
    ]
    done = _("已加入 {count} 人。补考会为每人抽取没有考过的题。", count=len(chosen))
    return _changed(exam_id, done, lambda: roster.add_entries(exam_id, who.committee_id(), chosen, who.actor(), g.now))


def _changed(exam_id: int, done: str, act: Callable[[], object]) -> ResponseReturnValue:
    try:
        with transaction():
            act()
    except DomainError as refusal:
        queries.get_exam(exam_id, who.committee_id())
        flash(words_for(refusal), "bad")
    else:
        flash(done, "good")
    return redirect(url_for(".exam", exam_id=exam_id))
