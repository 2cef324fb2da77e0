"""web.examiner.exam_page — one exam: facts, steps, roster; announcing, cancelling, releasing the start."""

from typing import Any

from flask import abort, current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.clock import local
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.exams import queries, rules, service
from exam_app.exams.models import Exam
from exam_app.exams.rules import Phase
from exam_app.papers.queries import names_of
from exam_app.people.states import Role
from exam_app.sittings import queries as sittings
from exam_app.sittings.states import SittingState
from exam_app.web import who
from exam_app.web.acts import ReasonAct, posted
from exam_app.web.checking import CHECKERS
from exam_app.web.errors import refusals_said
from exam_app.web.examiner.blueprint import bp
from exam_app.web.examiner.exam_forms import BOOK_MODES, DISCLOSURES, MULTIPLE_CHOICE
from exam_app.web.examiner.exams import PHASES
from exam_app.web.examiner.sheet_facts import VIEWERS
from exam_app.web.shell import STAFF
from exam_app.web.who import allow
from question_bank.kinds import ORGAN_LABELS, OrganType

SITTINGS = {
    SittingState.OPEN: ("open", "答题中"),
    SittingState.SUBMITTED: ("submitted", "已交卷"),
    SittingState.EXPIRED: ("expired", "到时自动交卷"),
    SittingState.VOIDED: ("voided", "已作废"),
}


@bp.get("/exams/<int:exam_id>")
@allow(*STAFF)
def exam(exam_id: int) -> ResponseReturnValue:
    """Show one exam: facts, steps, roster."""
    found = queries.get_exam(exam_id, who.committee_id())
    chosen = queries.blueprints_of(exam_id)
    roster = queries.roster(exam_id)
    return render_template(
        "examiner/exam.html",
        exam=found,
        rules=queries.rules_of(found),
        words=(BOOK_MODES, MULTIPLE_CHOICE, DISCLOSURES, ORGAN_LABELS),
        blueprints={organ: chosen[organ] for organ in OrganType if organ in chosen},
        blueprint_names=names_of(chosen.values()),
        roster=roster,
        missing=sorted({line.organ_type for line in roster} - set(chosen)),
        sat={row.entry_id: SITTINGS[row.state] for row in sittings.board(exam_id) if row.state},
        links=_links(exam_id),
        makeups=queries.makeups_of(exam_id),
        **_standing(found, len(roster)),
    )


def _standing(exam: Exam, people: int) -> dict[str, Any]:
    """Return where the exam stands by the clock, and what that allows."""
    phase = rules.phase(exam, g.now)
    return {
        "phase": phase.value,
        "stand": PHASES[phase],
        "steps": _steps(exam, phase, people),
        "can_release": phase is Phase.ENTRY and exam.released_at is None,
    }


def _steps(exam: Exam, phase: Phase, people: int) -> list[dict[str, str]]:
    """Return how far the exam has come, for the track."""
    done = {
        _("设置考试"): True,
        _("导入名册"): people > 0,
        _("发布"): exam.announced_at is not None,
        _("放行开考"): exam.released_at is not None,
        _("考试结束"): phase is Phase.OVER,
    }
    dates = {_("设置考试"): exam.created_at, _("发布"): exam.announced_at, _("放行开考"): exam.released_at}
    steps, waits = [], False
    for label, is_done in done.items():
        state = "done" if is_done else "waiting" if waits or phase is Phase.CANCELLED else "current"
        waits = waits or not is_done
        at = dates.get(label)
        steps.append({"label": label, "state": state, "date": f"{local(at):%m-%d %H:%M}" if at else ""})
    return steps


def _links(exam_id: int) -> dict[str, str]:
    """Return the exam's other pages, as far as they exist and the account may open them."""
    pages = {"board": (Role.INVIGILATOR, Role.EXAMINER, Role.DIRECTOR), "results": STAFF, "exam_check": CHECKERS}
    pages["sheets"] = VIEWERS
    return {
        name: url_for(f".{name}", exam_id=exam_id)
        for name, roles in pages.items()
        if f"examiner.{name}" in current_app.view_functions and who.may(*roles)
    }


@bp.post("/exams/<int:exam_id>/<act>")
@allow(Role.EXAMINER, Role.INVIGILATOR)
def exam_act(exam_id: int, act: str) -> ResponseReturnValue:
    """Announce, cancel, or release the start."""
    acts = {"announce": _announce, "cancel": _cancel, "release": _release}
    if act not in acts or (act != "release" and not who.may(Role.EXAMINER)):
        abort(404)
    with refusals_said(), transaction():
        acts[act](exam_id)
    return redirect(url_for(".exam", exam_id=exam_id))


def _announce(exam_id: int) -> None:
    service.announce(exam_id, who.committee_id(), who.actor(), g.now)
    flash(_("考试已发布。现在可以打印准考证和签到表。"), "good")


def _cancel(exam_id: int) -> None:
    service.cancel(exam_id, who.committee_id(), posted(ReasonAct).reason.data, who.actor(), g.now)
    flash(_("考试已取消，原因已记入审计记录。"), "good")


def _release(exam_id: int) -> None:
    service.release(exam_id, who.committee_id(), who.actor(), g.now)
    flash(_("已放行开考。到开始时间后，考生即可答题。"), "good")
