"""web.officer.bills — 任免: the list of bills, registering one, one bill with its items, also as a workbook."""

from dataclasses import replace

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.appointments import bills as register
from exam_app.appointments import lists, queries
from exam_app.appointments.bills import RegisterBill
from exam_app.appointments.lists import Asked
from exam_app.appointments.queries import ItemRow
from exam_app.appointments.states import UNDECIDED, ItemState
from exam_app.base.clock import local_date
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.base.paging import Page, fetch_page
from exam_app.exams.models import Exam
from exam_app.exams.queries import exams_of
from exam_app.exams.states import ExamState
from exam_app.people.states import Role
from exam_app.printing.tables import MEDIA_TYPE, write_table
from exam_app.texts import appointments as texts
from exam_app.web import who
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.item_forms import BillForm
from exam_app.web.shell import moment
from exam_app.web.who import allow
from question_bank.kinds import ORGAN_LABELS

EXAM_CHIPS = ((lists.WAITING, _("待报名")), (lists.REGISTERED, _("已报名")), (lists.BLOCKED, _("未通过")))
HEAD = ("序号", "姓名", "现任", "任免方式", "职务", "机关", "状态", "考试要求", "考试环节", "考试", "表决日期")


@bp.get("/bills")
@allow(Role.OFFICER, Role.DIRECTOR)
def bills() -> ResponseReturnValue:
    """List the committee's bills with how their items stand."""
    query = queries.bills_of(who.committee_id(), request.args.get("q", "")[:60].strip())
    number, size = request.args.get("page", 1, type=int), request.args.get("size", 20, type=int)
    return render_template("officer/bills.html", page=fetch_page(query, number, size))


@bp.route("/bills/new", methods=["GET", "POST"])
@allow(Role.OFFICER)
def bill_new() -> ResponseReturnValue:
    """Register a bill."""
    form = BillForm(received_on=local_date(g.now))
    form.offer(register.nominators(who.committee_id()))
    if form.validate_on_submit():
        values = {name: value for name, value in form.data.items() if name != "csrf_token"}
        try:
            with transaction():
                command = RegisterBill(committee_id=who.committee_id(), **values)
                bill_id = register.register_bill(command, who.actor(), g.now).id
            flash(_("任免案已登记，请添加任免事项。"), "good")
            return redirect(url_for(".bill", bill_id=bill_id))
        except DomainError as refusal:
            form.refuse(refusal, "document_number" if refusal.code == "bill_number_taken" else "")
    return render_template("officer/bill_new.html", form=form)


def asked_of(bill_id: int) -> Asked:
    """Return which items of the bill the address asks for."""
    state = request.args.get("state", "")
    return Asked(
        bill_id=bill_id,
        words=request.args.get("q", "")[:60].strip(),
        state=ItemState(state) if state in set(ItemState) else None,
        exam=request.args.get("exam", ""),
    )


@bp.get("/bills/<int:bill_id>")
@allow(Role.OFFICER, Role.DIRECTOR)
def bill(bill_id: int) -> ResponseReturnValue:
    """Show a bill with its items, searched and filtered as asked."""
    found = queries.get_bill(bill_id, who.committee_id())
    query, number = lists.items_asked(asked_of(bill_id)), request.args.get("page", 1, type=int)
    page = fetch_page(query, number, request.args.get("size", 50, type=int))
    counts = lists.count_states(bill_id)
    return render_template(
        "officer/bill.html",
        bill=found,
        page=_rows(page),
        states=_chips(counts),
        total=sum(counts.values()),
        counts=counts,
        exam_chips=EXAM_CHIPS,
        undecided=UNDECIDED,
        exams=_exams_ahead() if who.may(Role.OFFICER) else [],
    )


def _chips(counts: dict[ItemState, int]) -> list[tuple[str, str, int]]:
    return [(state.value, _(texts.ITEM_STATES[state]), counts[state]) for state in ItemState if state in counts]


def _rows(page: Page[ItemRow]) -> Page[ItemRow]:
    return replace(page, rows=[ItemRow(*row) for row in page.rows])  # type: ignore[misc]


def _exams_ahead() -> list[Exam]:
    """Return the exams that people may still be put down for: until the window closes, as the roster has it."""
    query = exams_of(who.committee_id()).where(Exam.state != ExamState.CANCELLED, Exam.closes_at > g.now)
    return [row[0] for row in db.session.execute(query)]


@bp.get("/bills/<int:bill_id>.xlsx")
@allow(Role.OFFICER, Role.DIRECTOR)
def bill_export(bill_id: int) -> ResponseReturnValue:
    """Hand out the items that the list shows, all pages of them, as a workbook."""
    found = queries.get_bill(bill_id, who.committee_id())
    rows = [ItemRow(*row) for row in db.session.execute(lists.items_asked(asked_of(bill_id)))]
    table = write_table(found.title, [_(words) for words in HEAD], [_line(row) for row in rows])
    answer = Response(table, mimetype=MEDIA_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=f"bill-{bill_id}.xlsx")
    return answer


def _line(row: ItemRow) -> list[str | int]:
    item = row.item
    return [
        item.number,
        row.person.name,
        f"{row.person.unit}{row.person.post}",
        _(texts.FORMS[item.form]),
        item.post,
        _(ORGAN_LABELS[item.organ_type]),
        _(texts.ITEM_STATES[item.state]),
        _(texts.OUTCOMES[row.requirement.outcome]),
        _(texts.EXAM_STEPS[item.exam_step]),
        f"{row.exam.title}（{moment(row.exam.opens_at)}）" if row.exam else "",
        item.announced_on.isoformat() if item.announced_on else "",
    ]
