"""web.candidate.sitting — the exam page and its five requests. JSON in, JSON out, also for refusals."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, current_app, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from exam_app.base.chance import token
from exam_app.base.clock import stopwatch
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.results import service as results
from exam_app.sittings import service as sittings
from exam_app.sittings.states import LateReason
from exam_app.texts import words_for
from exam_app.web import who
from exam_app.web.candidate import exam_facts
from exam_app.web.candidate.blueprint import bp
from exam_app.web.candidate.exam_facts import Device
from exam_app.web.candidate.home import my_step
from exam_app.web.candidate.steps import Step
from exam_app.web.errors import status_of
from exam_app.web.watching import SAVED, counted_hand_in, counted_save, counted_start
from exam_app.web.who import allow_device, allow_seat

SITTING = "/sittings/<int(max=2147483647):sitting_id>"
LATE = {
    LateReason.AFTER_GRACE: "考试时间已到，这次改动已留存备查，暂不计入成绩；是否计入，由主监考决定。",
    LateReason.AFTER_CLOSE: "已经交卷，这次改动已留存备查，暂不计入成绩；是否计入，由主监考决定。",
    LateReason.REPLACED_DEVICE: "考试已在另一台电脑继续，这里的改动已留存备查，暂不计入成绩；是否计入，由主监考决定。",
}
View = Callable[..., ResponseReturnValue]


def refusing_in_json(view: View) -> View:
    """Answer refusals as JSON whatever the browser says it accepts."""

    @wraps(view)
    def answer(**values: Any) -> ResponseReturnValue:
        try:
            return view(**values)
        except DomainError as refusal:
            known = {"revision": refusal.facts["revision"]} if "revision" in refusal.facts else {}
            return jsonify(code=refusal.code, message=words_for(refusal), **known), status_of(refusal)

    return answer


@bp.get("/my/sitting")
@allow_seat
def exam() -> ResponseReturnValue:
    """Show the exam page; it starts or resumes the sitting by itself."""
    if my_step() not in (Step.READY, Step.SITTING):
        return redirect(url_for("candidate.home"))
    return _exam_page()


def _exam_page() -> str:
    """Return the page around the paper. It is the same for everybody but for the token that keeps forged requests out,
    so it is rendered once: a whole hall asks for it in the same second."""
    token: str = generate_csrf()
    rendered: dict[str, list[str]] = current_app.extensions.setdefault("exam_page", {})
    if request.script_root not in rendered:
        rendered[request.script_root] = render_template("candidate/exam.html").split(token)
    return token.join(rendered[request.script_root])


@bp.post("/my/sitting/start")
@allow_seat
@refusing_in_json
def start() -> ResponseReturnValue:
    """Start or resume; the tab that asked gets the only token that works from now on."""
    seat, fresh = who.seat(), token()
    with transaction():
        begun = sittings.start(seat.entry_id, fresh, g.now)
        facts = exam_facts.started(begun, g.now)
    counted_start()
    facts |= {"token": fresh, "candidate": exam_facts.candidate(seat)}
    return Response(exam_facts.with_page(facts, begun.page), mimetype="application/json")


@bp.put(SITTING + "/answers/<int:slot>")
@allow_device
@refusing_in_json
def save_answer(sitting_id: int, slot: int) -> ResponseReturnValue:
    """Keep one answer that the lane could not (web.candidate.lane), or say why not."""
    began = stopwatch()
    try:
        command = exam_facts.read_answer(_device(sitting_id), slot, request.get_json(silent=True))
        with transaction():
            kept = sittings.save_answer(command, g.now)
    except DomainError as refusal:
        counted_save(refusal.code, stopwatch() - began)
        raise
    counted_save(kept.late or SAVED, stopwatch() - began)
    if kept.late:
        return jsonify(late=True, receipt=kept.receipt, message=_(LATE[kept.late])), 202
    return Response(exam_facts.saved(kept, g.now), mimetype="application/json")


@bp.get(SITTING + "/clock")
@allow_device
@refusing_in_json
def clock(sitting_id: int) -> ResponseReturnValue:
    """Say how long is left; the asking is the heartbeat."""
    reading = sittings.clock(sitting_id, _device(sitting_id).token, g.now)
    return Response(exam_facts.told_time(reading, g.now), mimetype="application/json")


@bp.post(SITTING + "/hand-in")
@allow_device
@refusing_in_json
def hand_in(sitting_id: int) -> ResponseReturnValue:
    """Keep what was unsent, close, and then mark; what a crash leaves in between, the sweep finishes."""
    device = _device(sitting_id)
    unsent = exam_facts.read_unsent(device, request.get_json(silent=True))
    late = 0
    if unsent:
        with transaction():
            sittings.refuse_device(sitting_id, device.token)
            late = sum(1 for command in unsent if sittings.save_answer(command, g.now).late)
    with transaction():
        sittings.refuse_device(sitting_id, device.token)
        sittings.check_hand_in(sitting_id, g.now)
        finished = results.finish(sitting_id, g.now)
    with transaction():
        results.mark(finished.result_id, g.now)
    counted_hand_in()
    return jsonify(code=finished.code, next=url_for("candidate.home"), late=late)


@bp.post(SITTING + "/events")
@allow_device
@refusing_in_json
def note_event(sitting_id: int) -> ResponseReturnValue:
    """Note what the browser reports of itself."""
    body = request.get_json(silent=True)
    kind = body.get("kind") if isinstance(body, dict) else None
    with transaction():
        sittings.note_event(sitting_id, _device(sitting_id).token, str(kind)[:40], g.now)
    return "", 204


def _device(sitting_id: int) -> Device:
    return Device(sitting_id, request.headers.get("X-Sitting-Token", "")[:200])
