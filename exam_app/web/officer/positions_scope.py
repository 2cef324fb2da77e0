"""web.officer.positions_scope — 考试范围: what a published rule changes in the table of positions; taking it over."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import Length

from exam_app.appointments.queries import list_positions
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.committees.published import PUBLISHED, find
from exam_app.people.states import Role
from exam_app.requirements.scope import SCOPES, compare, take_over
from exam_app.web import who
from exam_app.web.acts import ItemsAct, posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer.blueprint import bp
from exam_app.web.who import allow


class ScopeAct(ItemsAct):
    """Which rule is taken over, and the positions that were shown to change."""

    scope = StringField(_("规则"), [Length(max=40)])


@bp.get("/positions/scope")
@allow(Role.OFFICER)
def positions_scope() -> ResponseReturnValue:
    """Show the published rules that name positions, and what the chosen one would change."""
    key = request.args.get("from", "")
    changes = compare(key, list_positions(who.committee_id())) if key in SCOPES else []
    return render_template(
        "officer/positions_scope.html",
        places=[one for one in PUBLISHED if one.place.key in SCOPES],
        chosen=find(key) if key in SCOPES else None,
        changes=[one for one in changes if one.differs],
        same=sum(not one.differs for one in changes),
    )


@bp.post("/positions/scope")
@allow(Role.OFFICER)
def positions_scope_take() -> ResponseReturnValue:
    """Mark the positions as the chosen rule does."""
    with refusals_said():
        with transaction():
            act = posted(ScopeAct)
            count = len(take_over(act.scope.data, who.committee_id(), act.item.data, who.actor(), g.now))
        flash(_("已改动 {count} 个职务。未办结事项的考试要求请在“考试要求”中重新判断。", count=count), "good")
    back: dict[str, Any] = {"from": request.form.get("scope", "")}
    return redirect(url_for(".positions_scope", **back))
