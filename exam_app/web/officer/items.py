"""web.officer.items — one item with its track and history; adding items one by one or as a pasted list."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.appointments import bills as register
from exam_app.appointments import queries, service
from exam_app.appointments.errors import NomineeUnclear
from exam_app.appointments.models import Bill
from exam_app.appointments.queries import ItemRow
from exam_app.appointments.states import Form as AppointmentForm
from exam_app.appointments.track import Standing, track
from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.committees.queries import rules_on
from exam_app.meetings.queries import list_meetings
from exam_app.meetings.states import MeetingKind
from exam_app.people.states import Role
from exam_app.results.states import ResultState
from exam_app.web import who
from exam_app.web.acts import ReasonAct, posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.item_forms import ItemForm, OverrideForm, PasteForm
from exam_app.web.officer.pasting import Row, command_of, read_rows
from exam_app.web.shell import day, marks
from exam_app.web.who import allow
from question_bank.kinds import OrganType


@bp.route("/bills/<int:bill_id>/items/new", methods=["GET", "POST"])
@allow(Role.OFFICER)
def item_new(bill_id: int) -> ResponseReturnValue:
    """Add an item to a bill."""
    bill = queries.get_bill(bill_id, who.committee_id())
    form = ItemForm()
    form.offer(queries.list_positions(bill.committee_id))
    if form.validate_on_submit():
        try:
            with transaction():
                item_id = register.add_item(form.command(bill_id, who.committee_id()), who.actor(), g.now).id
            flash(_("已添加，考试要求已按本地规则判断。"), "good")
            return redirect(url_for(".item", item_id=item_id))
        except NomineeUnclear as unclear:
            form.ask_who(register.match_nominee(who.committee_id(), form.nominee()).choices)
            form.refuse(unclear, "choice")
        except DomainError as refusal:
            form.refuse(refusal, {"name_invalid": "name", "phone_invalid": "phone"}.get(refusal.code, ""))
    return render_template("officer/item_new.html", form=form, bill=bill)


@bp.route("/bills/<int:bill_id>/items/paste", methods=["GET", "POST"])
@allow(Role.OFFICER)
def items_paste(bill_id: int) -> ResponseReturnValue:
    """Read a pasted list and show what it means; the second button adds it, all rows or none."""
    bill = queries.get_bill(bill_id, who.committee_id())
    form, rows = PasteForm(), []
    form.offer()
    if form.validate_on_submit():
        try:
            rows = read_rows(form.text.data, OrganType(form.organ_type.data), who.committee_id(), request.form)
            if "confirmed" in request.form and not _unsettled(rows):
                _add_all(bill_id, rows, AppointmentForm(form.form.data))
                flash(_("已添加 {count} 项，考试要求已按本地规则判断。", count=len(rows)), "good")
                return redirect(url_for(".bill", bill_id=bill_id))
        except DomainError as refusal:
            form.refuse(refusal)
    return render_template("officer/items_paste.html", form=form, bill=bill, rows=rows, unsettled=_unsettled(rows))


def _unsettled(rows: list[Row]) -> int:
    return sum(bool(row.problems) or row.is_open for row in rows)


def _add_all(bill_id: int, rows: list[Row], form: AppointmentForm) -> None:
    with transaction():
        bill = queries.get_bill(bill_id, who.committee_id())
        for row in rows:
            register.add_item(command_of(row, bill, form), who.actor(), g.now)


@bp.get("/items/<int:item_id>")
@allow(Role.OFFICER, Role.DIRECTOR)
def item(item_id: int) -> ResponseReturnValue:
    """Show an item: where it stands, why, what happened."""
    return _show(item_id)


def _show(item_id: int, form: OverrideForm | None = None) -> ResponseReturnValue:
    _item, bill = queries.get_item(item_id, who.committee_id())
    row = queries.item_row(item_id)
    if form is None:
        form = OverrideForm()
        form.offer(list_meetings(who.committee_id(), MeetingKind.DIRECTORS))
    return render_template(
        "officer/item.html",
        bill=bill,
        row=row,
        steps=_steps(row, bill),
        score=_score(row),
        events=queries.list_events(item_id),
        decisions=queries.list_decisions(item_id),
        form=form,
    )


def _score(row: ItemRow) -> str:
    if row.result is None:
        return ""
    if row.result.state is ResultState.VOIDED:
        return _("已作废")
    words = _("合格") if row.result.passed else _("不合格")
    return f"{marks(row.result.score)} 分，{words}"


def _steps(row: ItemRow, bill: Bill) -> list[dict[str, str]]:
    standing = Standing(
        received_on=bill.received_on,
        state=row.item.state,
        requirement=row.requirement.outcome,
        exam_step=row.item.exam_step,
        exam_on=local_date(row.exam.opens_at) if row.exam else None,
        announced_on=row.item.announced_on,
    )
    steps = track(standing, rules_on(bill.committee_id, local_date(g.now)).rules)
    return [
        {"label": _(step.label), "state": step.state.value, "date": day(step.day) if step.day else ""} for step in steps
    ]


@bp.post("/items/<int:item_id>/withdraw")
@allow(Role.OFFICER)
def item_withdraw(item_id: int) -> ResponseReturnValue:
    """Record that the nominator withdrew the item."""
    with refusals_said():
        with transaction():
            service.withdraw(item_id, who.committee_id(), posted(ReasonAct).reason.data, who.actor(), g.now)
        flash(_("已登记撤回。"), "good")
    return redirect(url_for(".item", item_id=item_id))


@bp.post("/items/<int:item_id>/override")
@allow(Role.DIRECTOR)
def item_override(item_id: int) -> ResponseReturnValue:
    """Record that a directors' meeting lets the item go on."""
    queries.get_item(item_id, who.committee_id())
    form = OverrideForm()
    form.offer(list_meetings(who.committee_id(), MeetingKind.DIRECTORS))
    if not form.validate_on_submit():
        return _show(item_id, form)
    command = service.OverrideExam(
        item_id=item_id,
        committee_id=who.committee_id(),
        meeting_id=form.meeting.data,
        reason=form.reason.data,
    )
    with refusals_said():
        with transaction():
            service.override(command, who.actor(), g.now)
        flash(_("主任会议的决定已登记。"), "good")
    return redirect(url_for(".item", item_id=item_id))
