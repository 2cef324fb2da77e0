"""web.examiner.late — late answers of an exam: what counts now, what came late and why, accepting and declining."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from exam_app.base.db import transaction
from exam_app.base.errors import Conflict, Invalid
from exam_app.base.i18n import gettext as _
from exam_app.base.paging import fetch_page
from exam_app.exams import queries as exams
from exam_app.people.states import Role
from exam_app.results import late, late_queries
from exam_app.results.late_queries import Latecomer
from exam_app.results.states import ResultState
from exam_app.texts import words_for
from exam_app.web import who
from exam_app.web.acts import Numbers
from exam_app.web.examiner import late_words
from exam_app.web.examiner.blueprint import bp
from exam_app.web.examiner.results import READERS
from exam_app.web.forms import Form
from exam_app.web.who import allow

LATE = "/exams/<int:exam_id>/late"
DECIDERS = (Role.CHIEF_INVIGILATOR,)


class LateForm(Form):
    """Which of a person's late answers, and why they count or not; each person has a form, told apart by its prefix."""

    event = Numbers(_("迟到作答"), default=list)
    reason = StringField(
        _("理由"),
        [InputRequired(message=_("请写明计入或不计入的理由。")), Length(max=200)],
        description=_("如：考场断网，经核实作答在收卷之前。理由和处理人会记录在案。"),
    )


@bp.get(LATE, endpoint="late")
@allow(*DECIDERS, *READERS)
def list_late(exam_id: int) -> ResponseReturnValue:
    """Show who has late answers, what counts now, and what was decided; no key, nothing of right or wrong."""
    return _page(exam_id)


@bp.post(LATE + "/<int:sitting_id>/<any(accept, decline):act>")
@allow(*DECIDERS)
def late_decide(exam_id: int, sitting_id: int, act: str) -> ResponseReturnValue:
    """Let the ticked answers of a person count, or not, for a reason."""
    exams.get_exam(exam_id, who.committee_id())
    form = _form(sitting_id)
    if not form.validate_on_submit():
        return _page(exam_id, {sitting_id: form}), 422
    try:
        with transaction():
            [result] = late.decide(*_chosen(form, act), who.actor(), g.now, committee_id=who.committee_id())
            is_marked = result.state is ResultState.MARKED
    except Invalid as refusal:
        form.refuse(refusal, "reason" if refusal.code == "late_needs_reason" else "")
        return _page(exam_id, {sitting_id: form}), 422
    except Conflict as refusal:
        flash(words_for(refusal), "bad")
    else:
        flash(_done(act, len(set(form.event.data)), is_marked), "good")
    return redirect(url_for("examiner.late", exam_id=exam_id, **_shown(), _anchor=f"person-{sitting_id}"))


def _shown() -> dict[str, Any]:
    """Return what part of the list is shown, for addresses that lead back to it."""
    return {name: request.args[name] for name in ("q", "show", "page", "size") if name in request.args}


def _chosen(form: LateForm, act: str) -> tuple[list[int], bool, str]:
    return form.event.data, act == "accept", form.reason.data or ""


def _done(act: str, count: int, is_marked: bool) -> str:
    words = _("已计入 {count} 条迟到作答") if act == "accept" else _("已决定不计入 {count} 条迟到作答")
    again = _("，成绩已按现在计入的作答重新评定。") if is_marked else _("。")
    return words.format(count=count) + again


def _form(sitting_id: int, **values: Any) -> LateForm:
    return LateForm(prefix=f"s{sitting_id}-", **values)


def _page(exam_id: int, forms: dict[int, LateForm] | None = None) -> str:
    exam = exams.get_exam(exam_id, who.committee_id())
    asked = request.args
    query = late_queries.latecomers(exam_id, asked.get("q", "").strip(), asked.get("show") == "undecided")
    page = fetch_page(query, asked.get("page", 1, type=int), asked.get("size", 20, type=int))
    people = [Latecomer(*row) for row in page.rows]
    fresh = {person.sitting_id: _form(person.sitting_id, formdata=None) for person in people}
    return render_template(
        "examiner/late.html",
        exam=exam,
        page=page,
        people=people,
        answers=late_queries.late_answers(person.sitting_id for person in people),
        shown=_shown(),
        people_forms={**fresh, **(forms or {})},
        words=late_words,
        may_decide=who.may(*DECIDERS),
        readers=READERS,
    )
