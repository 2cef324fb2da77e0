"""web.examiner.outages — outages of a room: what is proposed, what the chief invigilator decides about time lost."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Regexp

from exam_app.base.crypto import sha256
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.exams import queries as exams
from exam_app.incidents import credit_queries, time_credits
from exam_app.incidents.states import CreditCause, CreditDecision
from exam_app.incidents.time_credits import Decided, DecideOutage
from exam_app.operations.rules import Span
from exam_app.people.states import Role
from exam_app.web import who
from exam_app.web.acts import Numbers, posted
from exam_app.web.errors import refusals_said
from exam_app.web.examiner.blueprint import bp
from exam_app.web.forms import Form
from exam_app.web.who import allow

WATCHERS = (Role.INVIGILATOR, Role.CHIEF_INVIGILATOR, Role.EXAMINER, Role.DIRECTOR)
OUTAGES = "/exams/<int:exam_id>/board/outages"
CAUSES = {CreditCause.SERVER: _("服务器中断"), CreditCause.ROOM: _("考场断线")}
DECISIONS = {CreditDecision.CONFIRMED: _("已补时"), CreditDecision.DECLINED: _("不补时")}
INSTANT = r"\d{1,17}$"
MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class OutageAct(Form):
    """The outage that was shown, the seats meant, and the decision."""

    began = StringField(_("开始"), [InputRequired(), Regexp(INSTANT)])
    ended = StringField(_("结束"), [InputRequired(), Regexp(INSTANT)])
    sitting = Numbers(_("座位"), default=list)
    decision = RadioField(
        _("决定"), [InputRequired()], choices=[SelectChoice(one.value, DECISIONS[one]) for one in CreditDecision]
    )
    reason = StringField(_("原因"), [Length(max=1000)], default="")


@bp.get(OUTAGES)
@allow(*WATCHERS)
def outages(exam_id: int) -> ResponseReturnValue:
    """Show the outages with each seat; with ?poll=1 the card of the board, if it has changed."""
    exam = exams.get_exam(exam_id, who.committee_id())
    facts = outage_facts(exam_id)
    if request.args.get("seen") == facts["outage_tag"]:
        return "", 204
    if "poll" in request.args:
        return render_template("examiner/_outages.html", exam=exam, **facts)
    decided = credit_queries.decisions(exam_id)
    return render_template("examiner/outages.html", exam=exam, decided=decided, decision_words=DECISIONS, **facts)


@bp.post(OUTAGES)
@allow(Role.CHIEF_INVIGILATOR)
def outage_decide(exam_id: int) -> ResponseReturnValue:
    """Give time back, or decline."""
    act = posted(OutageAct)
    command = DecideOutage(
        exam_id=exam_id,
        committee_id=who.committee_id(),
        span=Span(_instant(act.began.data), _instant(act.ended.data)),
        sittings=frozenset(act.sitting.data),
        decision=CreditDecision(act.decision.data),
        reason=act.reason.data,
    )
    with refusals_said():
        with transaction():
            decided = time_credits.decide_outage(command, who.actor(), g.now)
        _say(decided, command.decision)
    return redirect(url_for("examiner.board", exam_id=exam_id))


def outage_facts(exam_id: int) -> dict[str, Any]:
    """Return what the card of outages shows."""
    proposals = credit_queries.useful(exam_id, g.now)
    may_decide = who.may(Role.CHIEF_INVIGILATOR)
    return {
        "proposals": proposals,
        "may_decide": may_decide,
        "causes": CAUSES,
        "spell": spell,
        "stamp": stamp,
        "outage_tag": sha256(repr((may_decide, proposals)).encode())[:16],
    }


def spell(length: timedelta | int) -> str:
    """Write how long something took: 3 分 30 秒."""
    seconds = round(length.total_seconds()) if isinstance(length, timedelta) else length
    minutes, seconds = divmod(seconds, 60)
    if not minutes:
        return _("{seconds} 秒", seconds=seconds)
    return _("{minutes} 分 {seconds} 秒", minutes=minutes, seconds=seconds) if seconds else _("{n} 分钟", n=minutes)


def stamp(instant: datetime) -> int:
    """Return an instant as a form carries it, to the microsecond."""
    return (instant - EPOCH) // MICROSECOND


def _instant(text: str) -> datetime:
    return EPOCH + int(text) * MICROSECOND


def _say(decided: Decided, decision: CreditDecision) -> None:
    if decided.credit_id is None:
        flash(_("这次中断已经处理过，没有重复补时。"), "info")
    elif decision is CreditDecision.DECLINED:
        flash(_("已记录不补时，涉及 {count} 个座位。", count=len(decided.seats)), "good")
    else:
        _say_given(decided)


def _say_given(decided: Decided) -> None:
    given = sum(1 for one in decided.seats if one.minutes)
    if given:
        flash(_("已为 {count} 个座位补时，考生页面几秒内自动更新。", count=given), "good")
    for words, is_open in ((_("已收卷，未补时：{seats}"), False), (_("补时已达上限，未补时：{seats}"), True)):
        left_out = [one.seat for one in decided.seats if not one.minutes and one.seat.is_open is is_open]
        if left_out:
            flash(words.format(seats="、".join(f"{seat.seat} {seat.name}" for seat in left_out)), "warn")
