"""web.officer.items — adding items to a bill one by one."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exam_app.appointments import bills as register
from exam_app.appointments import queries
from exam_app.appointments.errors import NomineeUnclear
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.people.states import Role
from exam_app.web import who
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.item_forms import ItemForm
from exam_app.web.who import allow


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
