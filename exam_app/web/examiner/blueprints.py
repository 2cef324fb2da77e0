"""web.examiner.blueprints — 组卷: blueprints, their editor, whether the bank suffices, making them ready."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import count

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.bank import queries as bank
from exam_app.base.clock import local_date
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.laws import queries as laws
from exam_app.papers import queries, rules, service
from exam_app.papers.models import Blueprint
from exam_app.papers.rules import SectionPlan, Shortage
from exam_app.papers.service import SaveBlueprint
from exam_app.papers.states import BlueprintState
from exam_app.people.states import Role
from exam_app.texts import words_for
from exam_app.web import who
from exam_app.web.examiner.blueprint import bp
from exam_app.web.examiner.blueprint_forms import KINDS, BlueprintForm, QuickForm, form_values, usual_values
from exam_app.web.who import allow
from question_bank.kinds import KIND_LABELS, ORGAN_LABELS, PART_LABELS, OrganType

STATES = {BlueprintState.DRAFT: "草稿", BlueprintState.READY: "已启用", BlueprintState.RETIRED: "已停用"}


@bp.get("/blueprints")
@allow(Role.EXAMINER)
def blueprints() -> ResponseReturnValue:
    """Show the committee's blueprints."""
    state = request.args.get("state", "")
    wanted = BlueprintState(state) if state in set(BlueprintState) else None
    found = db.session.scalars(queries.blueprints_of(who.committee_id(), wanted)).all()
    plans = [(each, queries.plan_of(each)) for each in found]
    rows = [(each, rules.question_count(plan), rules.total_marks(plan)) for each, plan in plans]
    labels = {"states": STATES, "organs": ORGAN_LABELS}
    return render_template("examiner/blueprints.html", rows=rows, form=QuickForm(), **labels)


@bp.post("/blueprints/quick")
@allow(Role.EXAMINER)
def blueprints_quick() -> ResponseReturnValue:
    """Make drafts of the usual paper for the organs ticked."""
    form = QuickForm()
    if not form.validate():
        flash("".join(form.organs.errors) or _("请至少勾选一类机关。"), "warn")
        return redirect(url_for(".blueprints"))
    with transaction():
        made = [_usual(OrganType(organ)) for organ in form.organs.data]
    flash(_("已按默认方案生成 {count} 个草稿。请逐个核对题量后启用。", count=len(made)), "good")
    return redirect(url_for(".blueprint", blueprint_id=made[0].id) if len(made) == 1 else url_for(".blueprints"))


def _usual(organ: OrganType) -> Blueprint:
    command = SaveBlueprint(
        committee_id=who.committee_id(),
        name=_free_name(_("{organ}默认方案", organ=ORGAN_LABELS[organ])),
        organ_type=organ,
        full_marks=Decimal(100),
        sections=rules.usual_sections(),
    )
    return service.save_blueprint(command, who.actor(), g.now)


def _free_name(wanted: str) -> str:
    taken = {each.name for each in db.session.scalars(queries.blueprints_of(who.committee_id()))}
    tries = (wanted if number == 1 else f"{wanted}（{number}）" for number in count(1))
    return next(name for name in tries if name not in taken)


@bp.get("/blueprints/<int:blueprint_id>")
@allow(Role.EXAMINER)
def blueprint(blueprint_id: int) -> ResponseReturnValue:
    """Show a blueprint, and whether the bank suffices for it."""
    found = queries.get_blueprint(blueprint_id, who.committee_id())
    plan, pool = queries.plan_of(found), bank.pool(who.committee_id())
    lacking = rules.shortages(plan, pool, found.organ_type)
    scarce = rules.shortages(plan, pool, found.organ_type, rules.MAKE_UP_FACTOR)
    return render_template(
        "examiner/blueprint.html",
        blueprint=found,
        plan=plan,
        total=rules.total_marks(plan),
        questions=rules.question_count(plan),
        supply=rules.supply(plan, pool, found.organ_type),
        lacking=[shortage_words(plan, each) for each in lacking],
        scarce=[shortage_words(plan, each) for each in scarce],
        titles=_titles(),
        labels=(STATES, ORGAN_LABELS, KIND_LABELS, PART_LABELS),
    )


def shortage_words(plan: Sequence[SectionPlan], shortage: Shortage) -> str:
    """Say which cells lack how many questions."""
    places = [
        KIND_LABELS[plan[place.section].kind] + PART_LABELS[plan[place.section].cells[place.cell].part]
        for place in shortage.places
    ]
    where = "、".join(dict.fromkeys(places))
    together = _("（合计）") if len(shortage.places) > 1 else ""
    facts = {"where": where, "together": together, "needed": shortage.needed, "available": shortage.available}
    return _("{where}{together}：需要 {needed} 题，题库可用 {available} 题", **facts)


def _titles() -> dict[str, str]:
    return {law.slug: law.short_title for law in laws.list_laws(local_date(g.now))}


@bp.route("/blueprints/new", methods=["GET", "POST"])
@allow(Role.EXAMINER)
def blueprint_new() -> ResponseReturnValue:
    """Write a new blueprint; the form begins with the usual paper."""
    organ = request.args.get("organ", "")
    start = OrganType(organ) if organ in set(OrganType) else OrganType.GOVERNMENT
    return _edit(BlueprintForm(data=usual_values(start)), None)


@bp.route("/blueprints/<int:blueprint_id>/edit", methods=["GET", "POST"])
@allow(Role.EXAMINER)
def blueprint_edit(blueprint_id: int) -> ResponseReturnValue:
    """Change a draft."""
    found = queries.get_blueprint(blueprint_id, who.committee_id())
    values = form_values(found.name, found.organ_type, found.full_marks, queries.plan_of(found))
    return _edit(BlueprintForm(data=values), blueprint_id)


def _edit(form: BlueprintForm, blueprint_id: int | None) -> ResponseReturnValue:
    form.offer(_titles(), more="more" in request.form)
    if "more" not in request.form and form.validate_on_submit():
        try:
            with transaction():
                saved = service.save_blueprint(_command(form, blueprint_id), who.actor(), g.now)
                saved_id = saved.id
        except DomainError as refusal:
            form.refuse(refusal, "name" if refusal.code == "blueprint_name_taken" else "")
        else:
            flash(_("组卷方案已保存。"), "good")
            return redirect(url_for(".blueprint", blueprint_id=saved_id))
    return render_template("examiner/blueprint_edit.html", form=form, blueprint_id=blueprint_id, kinds=KINDS)


def _command(form: BlueprintForm, blueprint_id: int | None) -> SaveBlueprint:
    return SaveBlueprint(
        committee_id=who.committee_id(),
        name=form.name.data,
        organ_type=OrganType(form.organ_type.data),
        full_marks=form.full_marks.data,
        sections=form.sections(),
        blueprint_id=blueprint_id,
    )


@bp.post("/blueprints/<int:blueprint_id>/<act>")
@allow(Role.EXAMINER)
def blueprint_act(blueprint_id: int, act: str) -> ResponseReturnValue:
    """Make a blueprint ready, retire it, or copy it."""
    acts = {"ready": _make_ready, "retire": _retire, "copy": _copy}
    if act not in acts:
        abort(404)
    try:
        with transaction():
            shown = acts[act](blueprint_id)
    except DomainError as refusal:
        queries.get_blueprint(blueprint_id, who.committee_id())
        flash(words_for(refusal), "bad")
        shown = blueprint_id
    return redirect(url_for(".blueprint", blueprint_id=shown))


def _make_ready(blueprint_id: int) -> int:
    scarce = service.make_ready(blueprint_id, who.committee_id(), who.actor(), g.now)
    if scarce:
        flash(_("方案已启用。但题库不足两倍，补考时可能抽不出不重复的试卷，请尽快补题。"), "warn")
    else:
        flash(_("方案已启用，可以用于考试。"), "good")
    return blueprint_id


def _retire(blueprint_id: int) -> int:
    service.retire(blueprint_id, who.committee_id(), who.actor(), g.now)
    flash(_("方案已停用。已发布的考试不受影响。"), "good")
    return blueprint_id


def _copy(blueprint_id: int) -> int:
    source = queries.get_blueprint(blueprint_id, who.committee_id())
    name = _free_name(_("{name}副本", name=source.name[:70]))
    copy = service.copy_blueprint(blueprint_id, who.committee_id(), name, who.actor(), g.now)
    flash(_("已复制为草稿，可以修改后启用。"), "good")
    return copy.id
