"""web.public.today — 今日: what needs a hand now, most urgent first, for each role of the committee at work."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from exam_app.web import who
from exam_app.web.matters.matter import Desk
from exam_app.web.matters.sources import gather
from exam_app.web.public.blueprint import bp
from exam_app.web.who import allow_account


@bp.get("/today")
@allow_account
def today() -> ResponseReturnValue:
    """Show what needs a hand."""
    identity, committee_id = who.account(), who.committee_id()
    desk = Desk(
        committee_id=committee_id,
        account_id=identity.account_id,
        roles=frozenset(role for committee, role in identity.roles if committee == committee_id),
        now=g.now,
    )
    return render_template("public/today.html", matters=gather(desk))
