"""web.officer.bills — 任免: the list of bills, one bill with its items, registering, sending to an exam, the vote."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.appointments import bills as register
from exam_app.appointments import queries, service
from exam_app.appointments.bills import RegisterBill
from exam_app.appointments.states import MUST_SIT
from exam_app.base.clock import local_date
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.base.paging import fetch_page
from exam_app.exams.models import Exam
from exam_app.exams.queries import exams_of
from exam_app.exams.states import ExamState
from exam_app.people.states import Role
from exam_app.texts import appointments as texts
from exam_app.web import who
from exam_app.web.acts import RegisterAct, VoteAct, posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.item_forms import BillForm
from exam_app.web.who import allow
from question_bank.kinds import ORGAN_LABELS


@bp.context_processor
def _words() -> dict[str, object]:
    """Give templates the words for the closed lists of appointments."""
    return {"words": texts, "organs": ORGAN_LABELS, "MUST_SIT": MUST_SIT}


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


@bp.get("/bills/<int:bill_id>")
@allow(Role.OFFICER, Role.DIRECTOR)
def bill(bill_id: int) -> ResponseReturnValue:
    """Show a bill with its items."""
    found = queries.get_bill(bill_id, who.committee_id())
    return render_template(
        "officer/bill.html",
        bill=found,
        rows=queries.list_items(bill_id),
        exams=_exams_ahead(),
        today=local_date(g.now),
    )


def _exams_ahead() -> list[Exam]:
    """Return the exams that people may still be put down for: until the window closes, as the roster has it."""
    query = exams_of(who.committee_id()).where(Exam.state != ExamState.CANCELLED, Exam.closes_at > g.now)
    return [row[0] for row in db.session.execute(query)]


@bp.post("/bills/<int:bill_id>/exam")
@allow(Role.OFFICER)
def bill_exam(bill_id: int) -> ResponseReturnValue:
    """Put the chosen items' nominees on the roster of an exam."""
    with refusals_said():
        with transaction():
            found = queries.get_bill(bill_id, who.committee_id())
            act = posted(RegisterAct)
            count = len(service.send_to_exam(act.exam.data, found, act.item.data, who.actor(), g.now))
        flash(_("已报名 {count} 项，准考证号和考试码已生成。", count=count), "good")
    return redirect(url_for(".bill", bill_id=bill_id))


@bp.post("/bills/<int:bill_id>/announce")
@allow(Role.OFFICER)
def bill_announce(bill_id: int) -> ResponseReturnValue:
    """Record that the standing committee passed and announced the chosen items."""
    with refusals_said():
        with transaction():
            found = queries.get_bill(bill_id, who.committee_id())
            act = posted(VoteAct)
            passed = service.announce(found, act.item.data, act.voted_on.data, who.actor(), g.now)
            count = len(passed)
        flash(_("已登记 {count} 项表决通过并公布。", count=count), "good")
    return redirect(url_for(".bill", bill_id=bill_id))
