"""web.examiner.board — the live board of a room, and what the invigilator does to the room and to a seat."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.appointments import service as appointments
from exam_app.base.crypto import sha256
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.exams import queries as exams
from exam_app.exams import rules as exam_rules
from exam_app.exams import seating
from exam_app.exams import service as exam_service
from exam_app.exams.errors import NoSuchEntry
from exam_app.exams.states import Absence
from exam_app.incidents import credit_queries
from exam_app.people.states import Role
from exam_app.results import late_queries
from exam_app.sittings import queries as sittings
from exam_app.sittings import service as room
from exam_app.sittings.queries import BoardRow
from exam_app.sittings.states import RoomEventKind
from exam_app.web import who
from exam_app.web.examiner.blueprint import bp
from exam_app.web.examiner.board_forms import AbsenceForm, ExtraTimeForm
from exam_app.web.examiner.board_markup import tiles_markup
from exam_app.web.examiner.board_tiles import as_shown, summary, tiles
from exam_app.web.examiner.outages import WATCHERS, outage_facts, spell
from exam_app.web.who import allow

ACTORS = (Role.INVIGILATOR, Role.EXAMINER)
EVENT_WORDS = {
    RoomEventKind.STARTED: _("开始答题"),
    RoomEventKind.RESUMED: _("重新打开考试页面"),
    RoomEventKind.MOVED: _("换电脑"),
    RoomEventKind.EXTRA_TIME: _("延长时间"),
    RoomEventKind.FOCUS_LOST: _("离开考试页面"),
    RoomEventKind.RECONNECTED: _("网络恢复"),
    RoomEventKind.HANDED_IN: _("交卷"),
    RoomEventKind.EXPIRED: _("到时收卷"),
    RoomEventKind.VOIDED: _("作废"),
    RoomEventKind.LATE_DECIDED: _("处理迟到作答"),
    RoomEventKind.EMERGENCY_LOADED: _("载入应急文件"),
    RoomEventKind.PUT_ON_PAPER: _("改用纸笔作答"),
    RoomEventKind.PAPER_SETTLED: _("纸质答卷核定入卷"),
}
BOARD = "/exams/<int:exam_id>/board"
SEAT = BOARD + "/seats/<int:entry_id>"


@bp.get(BOARD)
@allow(*WATCHERS)
def board(exam_id: int) -> ResponseReturnValue:
    """Show the board; with ?poll=1 the fragment that the page asks for every five seconds, if it has changed."""
    exam = exams.get_frame(exam_id, who.committee_id())
    rows, late = sittings.board(exam_id), late_queries.count_undecided(exam_id)
    phase, may_act = exam_rules.phase(exam, g.now), who.may(*ACTORS)
    tag = _tag(rows, phase, exam.released_at, may_act, late)
    if request.args.get("seen") == tag:
        return "", 204
    built = tiles(rows, g.now)
    facts = {"exam": exam, "tiles": built, "summary": summary(built), "phase": phase, "may_act": may_act}
    facts |= {"tag": tag, "late": late, "drawn": tiles_markup}
    if "poll" in request.args:
        return render_template("examiner/_board.html", **facts)
    return render_template("examiner/board.html", **facts, **outage_facts(exam_id))


def _tag(rows: list[BoardRow], *around: object) -> str:
    """Return what the board shows, in short; what the browser counts on by itself does not change it."""
    return sha256(repr((around, as_shown(rows, g.now))).encode())[:16]


@bp.post(BOARD + "/release")
@allow(*ACTORS)
def board_release(exam_id: int) -> ResponseReturnValue:
    """Release the start."""
    with transaction():
        exam_service.release(exam_id, who.committee_id(), who.actor(), g.now)
    flash(_("已放行开考。考生页面几秒内会出现“开始答题”。"), "good")
    return redirect(url_for("examiner.board", exam_id=exam_id))


@bp.get(SEAT)
@allow(*WATCHERS)
def board_seat(exam_id: int, entry_id: int) -> ResponseReturnValue:
    """Show one seat and what can be done there."""
    return _seat_page(exam_id, entry_id, ExtraTimeForm(), AbsenceForm())


@bp.post(SEAT + "/extra-time")
@allow(*ACTORS)
def board_extra_time(exam_id: int, entry_id: int) -> ResponseReturnValue:
    """Give a person more time."""
    form = ExtraTimeForm()
    if form.validate_on_submit():
        try:
            with transaction():
                _check_seat(exam_id, entry_id)
                minutes, reason = form.minutes.data, form.extra_reason.data
                room.extend(entry_id, who.committee_id(), minutes, reason, who.actor(), g.now)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("已延长 {minutes} 分钟，考生页面几秒内自动更新。", minutes=form.minutes.data), "good")
            return redirect(url_for("examiner.board_seat", exam_id=exam_id, entry_id=entry_id))
    return _seat_page(exam_id, entry_id, form, AbsenceForm(formdata=None)), 422


@bp.post(SEAT + "/absence")
@allow(*ACTORS)
def board_absence(exam_id: int, entry_id: int) -> ResponseReturnValue:
    """Record how a person's absence counts."""
    form = AbsenceForm()
    if form.validate_on_submit():
        try:
            with transaction():
                _check_seat(exam_id, entry_id)
                absence = Absence(form.absence.data)
                room.set_absence(entry_id, who.committee_id(), absence, form.reason.data or "", who.actor(), g.now)
                _tell_items(exam_id)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("已登记。"), "good")
            return redirect(url_for("examiner.board_seat", exam_id=exam_id, entry_id=entry_id))
    return _seat_page(exam_id, entry_id, ExtraTimeForm(formdata=None), form), 422


def _tell_items(exam_id: int) -> None:
    """An absence recorded once the exam is over reaches the appointment items at once, else with the results."""
    if exam_rules.phase(exams.get_exam(exam_id, who.committee_id()), g.now) is exam_rules.Phase.OVER:
        appointments.take_absences(exam_id, who.actor(), g.now)


@bp.post(SEAT + "/new-code")
@allow(*ACTORS)
def board_new_code(exam_id: int, entry_id: int) -> ResponseReturnValue:
    """Give a seat a new code, for another machine; it is shown once."""
    with transaction():
        _check_seat(exam_id, entry_id)
        code = room.move_seat(entry_id, who.committee_id(), who.actor(), g.now)
    words = _(
        "新考试码：{code}。原来的电脑已停用，请考生在新电脑上用准考证号和新考试码进入。", code=f"{code[:4]}-{code[4:]}"
    )
    flash(words, "warn")
    return redirect(url_for("examiner.board_seat", exam_id=exam_id, entry_id=entry_id))


@bp.post(SEAT + "/unlock")
@allow(*ACTORS)
def board_unlock(exam_id: int, entry_id: int) -> ResponseReturnValue:
    """Let somebody try the code again."""
    with transaction():
        _check_seat(exam_id, entry_id)
        seating.unlock(entry_id, who.committee_id(), who.actor(), g.now)
    flash(_("已解锁，考生可以重新输入考试码。"), "good")
    return redirect(url_for("examiner.board", exam_id=exam_id))


def _seat_page(exam_id: int, entry_id: int, extra: ExtraTimeForm, absence: AbsenceForm) -> str:
    exam = exams.get_exam(exam_id, who.committee_id())
    found = [tile for tile in tiles(sittings.board(exam_id), g.now) if tile.row.entry_id == entry_id]
    if not found:
        raise NoSuchEntry(entry=entry_id)
    events = sittings.list_events(found[0].row.sitting_id) if found[0].row.sitting_id else []
    facts = {"exam": exam, "tile": found[0], "events": events, "may_act": who.may(*ACTORS)}
    facts |= {"event_words": EVENT_WORDS, "spell": spell}
    facts["silences"] = credit_queries.silences_of(found[0].row.sitting_id) if found[0].row.sitting_id else []
    return render_template("examiner/board_seat.html", extra=extra, absence=absence, **facts)


def _check_seat(exam_id: int, entry_id: int) -> None:
    """Raise unless the seat belongs to the exam in the address, and the exam to the committee at work."""
    entry = exams.get_entry(entry_id, who.committee_id())
    if entry.exam_id != exam_id:
        raise NoSuchEntry(entry=entry_id)
