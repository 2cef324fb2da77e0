"""web.candidate.home — what a candidate does now, the discipline to confirm, and a rehearsal of the real page."""

from dataclasses import dataclass

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField
from wtforms.validators import InputRequired

from exam_app.base.db import db, transaction
from exam_app.base.i18n import gettext as _
from exam_app.committees.rules import LocalRules
from exam_app.exams import queries as exams
from exam_app.exams import seating
from exam_app.exams.models import Exam, RosterEntry
from exam_app.results import queries as results
from exam_app.results.models import Result
from exam_app.sittings import queries as sittings
from exam_app.sittings.models import Sitting
from exam_app.sittings.rules import short_code
from exam_app.web import who
from exam_app.web.candidate.blueprint import bp
from exam_app.web.candidate.steps import STILL, Step, step_now
from exam_app.web.forms import Form
from exam_app.web.who import allow_seat


class DisciplineForm(Form):
    """The one tick before the start."""

    agreed = BooleanField(
        _("我已阅读并遵守考场纪律"), [InputRequired(message=_("请先阅读考场纪律并打勾确认，再点“签到”。"))]
    )


@dataclass(frozen=True)
class Desk:
    """Everything about one candidate and one exam."""

    exam: Exam
    entry: RosterEntry
    rules: LocalRules
    sitting: Sitting | None
    result: Result | None
    step: Step

    @property
    def code(self) -> str:
        """The short code of the sealed journal, empty while it is open."""
        return short_code(self.sitting.seal) if self.sitting is not None and self.sitting.seal else ""


def desk() -> Desk:
    """Return the desk of whoever opened this seat."""
    seat = who.seat()
    exam = exams.get_exam(seat.exam_id, seat.committee_id)
    entry = db.session.get_one(RosterEntry, seat.entry_id)
    sitting = sittings.find_of_entry(seat.entry_id)
    result = results.of_sitting(sitting.id) if sitting is not None else None
    return Desk(exam, entry, exams.rules_of(exam), sitting, result, my_step())


def my_step() -> Step:
    """Return what whoever opened this seat does now."""
    return step_now(results.standing_of(who.seat().entry_id), g.now)


@bp.get("/my")
@allow_seat
def home() -> ResponseReturnValue:
    """Show the one thing to do now; asked again every few seconds, it answers with the card if it changed."""
    if request.args.get("watch") == my_step():
        return "", 204
    here = desk()
    card = {"desk": here, "form": DisciplineForm(), "is_still": here.step in STILL}
    if "watch" not in request.args:
        return render_template("candidate/home.html", **card)
    return render_template("candidate/_card.html", **card)


@bp.get("/my/state")
@allow_seat
def state() -> ResponseReturnValue:
    """Say the step in a word."""
    return jsonify(step=my_step().value)


@bp.post("/my/check-in")
@allow_seat
def check_in() -> ResponseReturnValue:
    """Record that the candidate is here and has confirmed the discipline."""
    form = DisciplineForm()
    if not form.validate_on_submit():
        here = desk()
        return render_template("candidate/home.html", desk=here, form=form, is_still=True), 422
    seat = who.seat()
    with transaction():
        seating.check_in(seat.entry_id, seat.committee_id, who.actor(), g.now)
    flash(_("签到成功。"), "good")
    return redirect(url_for("candidate.home"))


@bp.get("/my/rehearsal")
@allow_seat
def rehearsal() -> ResponseReturnValue:
    """Show the real exam page with three toy questions."""
    return render_template("candidate/rehearsal.html")
