"""web.examiner.bank_import — questions from Excel: hand in, look at what was understood, confirm, take back."""

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.bank import intake
from exam_app.bank.intake import ConfirmImport, Doubt, Preview, Verdict
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.operations.service import get_file, keep_file
from exam_app.people.states import Role
from exam_app.texts.bank import DOUBTS
from exam_app.web import who
from exam_app.web.acts import ConfirmAct, posted
from exam_app.web.examiner.bank import SHEET
from exam_app.web.examiner.bank_forms import QuestionFileForm
from exam_app.web.examiner.bank_views import BANK, may_read
from exam_app.web.examiner.blueprint import bp
from exam_app.web.who import allow
from question_bank.formats.xlsx import template_xlsx

SHOWN_ROWS = 200


@bp.route("/bank/import", methods=["GET", "POST"])
@allow(*BANK)
def bank_import() -> ResponseReturnValue:
    """Take a file in; a file that is no question sheet is refused before anything is kept."""
    form = QuestionFileForm()
    if form.validate_on_submit():
        content = form.file.data.read()
        try:
            intake.read(content, g.now)
        except DomainError as refusal:
            form.refuse(refusal, "file")
        else:
            with transaction():
                stored = keep_file(who.committee_id(), form.file.data.filename[:200], SHEET, content, g.now)
            return redirect(url_for("examiner.bank_import_preview", file_id=stored.id))
    return render_template("examiner/bank_import.html", form=form)


@bp.get("/bank/template.xlsx")
@allow(*BANK)
def bank_template() -> ResponseReturnValue:
    """Send the empty template."""
    headers = {"Content-Disposition": "attachment; filename=question-template.xlsx"}
    return Response(template_xlsx(), mimetype=SHEET, headers=headers)


@bp.get("/bank/import/<int:file_id>")
@allow(*BANK)
def bank_import_preview(file_id: int) -> ResponseReturnValue:
    """Show what an import would do, in three tabs; once done, what it did."""
    outcome = intake.outcome(file_id, who.committee_id())
    name = get_file(file_id, who.committee_id()).name
    if outcome.count:
        return render_template("examiner/bank_import_done.html", name=name, file_id=file_id, outcome=outcome)
    facts = _facts(intake.preview(file_id, who.committee_id(), g.now))
    return render_template("examiner/bank_import_preview.html", name=name, file_id=file_id, **facts)


def _facts(preview: Preview) -> dict[str, object]:
    """Return what the tab asked for shows; without one, the first that holds something."""
    rows = {verdict: preview.of(verdict) for verdict in Verdict}
    usual = next((verdict for verdict in Verdict if rows[verdict]), Verdict.WRONG)
    given = request.args.get("tab", "")
    tab = Verdict(given) if given in set(Verdict) else usual
    return {
        "tab": tab,
        "rows": rows[tab][:SHOWN_ROWS],
        "total": len(rows[tab]),
        "counts": {verdict: len(found) for verdict, found in rows.items()},
        "faults": preview.faults[:SHOWN_ROWS],
        "fault_count": len(preview.faults),
        "words": _words,
        "may_read": may_read,
    }


def _words(doubt: Doubt) -> str:
    return _(DOUBTS[doubt.code], **doubt.facts)


@bp.post("/bank/import/<int:file_id>/confirm")
@allow(*BANK)
def bank_import_confirm(file_id: int) -> ResponseReturnValue:
    """Bring in what was chosen; whoever writes questions is its author, a clerk leaves that to an author."""
    act = posted(ConfirmAct)
    command = ConfirmImport(
        file_id=file_id,
        committee_id=who.committee_id(),
        doubtful=frozenset(act.doubtful.data),
        all_doubtful=act.all_doubtful.data,
        author_id=who.account().account_id if who.may(Role.AUTHOR) else None,
    )
    with transaction():
        count = intake.confirm(command, who.actor(), g.now)
    flash(_("已导入 {count} 题，存为草稿。", count=count), "good")
    return redirect(url_for("examiner.bank_import_preview", file_id=file_id))


@bp.post("/bank/import/<int:file_id>/undo")
@allow(*BANK)
def bank_import_undo(file_id: int) -> ResponseReturnValue:
    """Take an import back."""
    with transaction():
        count = intake.undo(file_id, who.committee_id(), who.actor(), g.now)
    flash(_("已撤销这次导入：{count} 题停用，题库中其他试题不受影响。", count=count), "good")
    return redirect(url_for("examiner.bank"))
