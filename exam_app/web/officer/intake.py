"""web.officer.intake — 导入名单: a list is shown as it was understood, settled row by row, and added as one."""

from dataclasses import dataclass

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exam_app.appointments import queries
from exam_app.appointments.models import Bill
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.intake import service
from exam_app.intake.reading import Reading
from exam_app.people.states import Role
from exam_app.web import who
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.intake_forms import PasteForm
from exam_app.web.officer.intake_views import Offers, Shown, show
from exam_app.web.who import allow


@dataclass(frozen=True)
class Preview:
    """A list as it was understood, with what can be chosen in its cells."""

    reading: Reading
    shown: Shown
    offers: Offers


@bp.route("/bills/<int:bill_id>/items/paste", methods=["GET", "POST"])
@allow(Role.OFFICER)
def items_paste(bill_id: int) -> ResponseReturnValue:
    """Read a list and show what it means; the last button adds it, all rows or none."""
    bill = queries.get_bill(bill_id, who.committee_id())
    form, preview = PasteForm(), None
    form.offer()
    if form.validate_on_submit():
        try:
            form.take_file()
            preview = _preview(bill, form)
            if form.confirmed.data:
                count = _add_all(bill_id, form)
                flash(_("已添加 {count} 项，考试要求已按本地规则判断。", count=count), "good")
                return redirect(url_for(".bill", bill_id=bill_id))
        except DomainError as refusal:
            form.refuse(refusal)
    return render_template("officer/items_paste.html", form=form, bill=bill, preview=preview)


def _preview(bill: Bill, form: PasteForm) -> Preview:
    reading = form.reading()
    rows = service.understand(bill, reading, form.cells.data)
    return Preview(
        reading, show(rows, form.cells.data, form.edit.data), Offers(queries.list_positions(bill.committee_id))
    )


def _add_all(bill_id: int, form: PasteForm) -> int:
    """Add the list as it is understood now: somebody else may have added a row of it meanwhile."""
    with transaction():
        bill = queries.get_bill(bill_id, who.committee_id())
        rows = service.understand(bill, form.reading(), form.cells.data)
        return len(service.add(bill, rows, who.actor(), g.now))
