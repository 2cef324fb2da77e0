"""web.officer.requirements — 考试要求: what was decided beside today's rules; deciding again, approving, facts."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.appointments.queries import get_item
from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.base.paging import SIZES, Page
from exam_app.committees.queries import rules_on
from exam_app.people.states import Role
from exam_app.requirements import queries, service
from exam_app.requirements.rules import Standing
from exam_app.web import who
from exam_app.web.acts import ItemsAct, posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer.blueprint import bp, shown_list
from exam_app.web.officer.requirement_forms import FactsForm, choose
from exam_app.web.who import allow


@bp.context_processor
def _names() -> dict[str, object]:
    """Let the page of an item say whose name stands under its requirement."""
    return {"approver_of": queries.approver_of}


@bp.get("/requirements")
@allow(Role.OFFICER, Role.DIRECTOR)
def requirements() -> ResponseReturnValue:
    """List undecided items: first those that today's rules decide otherwise, or that await approval, or all."""
    standings = queries.undecided(who.committee_id(), local_date(g.now))
    show, words = request.args.get("show", ""), request.args.get("q", "")[:60].strip()
    in_force = rules_on(who.committee_id(), local_date(g.now))
    return render_template(
        "officer/requirements.html",
        page=_page(choose(standings, show, words)),
        show=show,
        changed=sum(one.has_changed for one in standings),
        unapproved=sum(one.awaits_approval for one in standings),
        in_force=in_force,
    )


def _page(standings: list[Standing]) -> Page[Standing]:
    size = request.args.get("size", SIZES[0], type=int)
    size = size if size in SIZES else SIZES[0]
    number = min(max(1, request.args.get("page", 1, type=int)), max(1, -(-len(standings) // size)))
    rows = standings[(number - 1) * size : number * size]
    return Page(rows=rows, number=number, size=size, total=len(standings))


def _chosen(act: ItemsAct) -> list[int]:
    """Return what was ticked; where all were meant, all that the list shows."""
    if not act.everything.data:
        return list(act.item.data)
    standings = queries.undecided(who.committee_id(), local_date(g.now))
    shown = choose(standings, request.args.get("show", ""), request.args.get("q", "")[:60].strip())
    return [one.item.id for one in shown]


@bp.post("/requirements/decide")
@allow(Role.OFFICER)
def requirements_decide() -> ResponseReturnValue:
    """Decide the chosen items again by today's rules."""
    with refusals_said():
        with transaction():
            items = service.decide_again(_chosen(posted(ItemsAct)), who.committee_id(), who.actor(), g.now)
        flash(_("已按今天施行的规则重新判断 {count} 项。", count=len(items)), "good")
    return redirect(url_for(".requirements", **shown_list()))


@bp.post("/requirements/approve")
@allow(Role.DIRECTOR)
def requirements_approve() -> ResponseReturnValue:
    """Put the director's name under the chosen exemptions."""
    with refusals_said():
        with transaction():
            items = service.approve_exemptions(_chosen(posted(ItemsAct)), who.committee_id(), who.actor(), g.now)
        flash(_("已批准 {count} 项免试。", count=len(items)), "good")
    return redirect(url_for(".requirements", **shown_list()))


@bp.route("/items/<int:item_id>/facts", methods=["GET", "POST"])
@allow(Role.OFFICER)
def item_facts(item_id: int) -> ResponseReturnValue:
    """Note what is true of an item's nominee, with evidence; the requirement is decided again at once."""
    get_item(item_id, who.committee_id())
    standing = next(iter(queries.undecided(who.committee_id(), local_date(g.now), item_id)), None) or abort(404)
    form = FactsForm(obj=standing.item, evidence=standing.evidence)
    if form.validate_on_submit():
        try:
            with transaction():
                service.set_facts(form.command(item_id, who.committee_id()), who.actor(), g.now)
            flash(_("已登记，并重新判断了考试要求。"), "good")
            return redirect(url_for(".item", item_id=item_id))
        except DomainError as refusal:
            form.refuse(refusal, "evidence")
    return render_template("officer/item_facts.html", form=form, one=standing)
