"""web.admin.committee — the committee, its terms, its local rules: versions, what changed, and a new one."""

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.committees import queries, service
from exam_app.committees.models import LocalRulesVersion
from exam_app.committees.published import PUBLISHED, find
from exam_app.committees.rules import LocalRules, changes, from_document
from exam_app.people.states import Role
from exam_app.requirements.scope import SCOPES
from exam_app.web import who
from exam_app.web.admin.blueprint import bp
from exam_app.web.admin.forms import TermForm
from exam_app.web.admin.labels import LEVELS
from exam_app.web.admin.rules_form import RulesForm, typed
from exam_app.web.admin.rules_words import GROUPS, LABELS, shown
from exam_app.web.admin.table_form import TableForm, said_lines
from exam_app.web.who import allow

READERS = (Role.OFFICER, Role.SYSTEM_ADMINISTRATOR)


@dataclass(frozen=True)
class VersionLine:
    """A version of the rules with what it changed, against the version before it or the defaults."""

    version: LocalRulesVersion
    stands: tuple[str, str]
    changes: list[tuple[str, str, str]]


@bp.get("/settings/committee")
@allow(*READERS)
def committee() -> ResponseReturnValue:
    """Show the committee with its terms and the versions of its rules."""
    today = local_date(g.now)
    rules = queries.rules_on(who.committee_id(), today).rules
    return render_template(
        "admin/committee.html",
        terms=queries.list_terms(who.committee_id()),
        levels=LEVELS,
        versions=_versions(queries.list_rules(who.committee_id()), today),
        groups=_in_force(rules),
        lines=said_lines(rules.table()),
    )


@bp.route("/settings/committee/term", methods=["GET", "POST"])
@allow(Role.OFFICER)
def term_new() -> ResponseReturnValue:
    """Open a new term of office."""
    form = TermForm()
    if form.validate_on_submit():
        try:
            with transaction():
                service.open_term(who.committee_id(), form.number.data, form.began_on.data, who.actor(), g.now)
        except DomainError as refusal:
            form.refuse(refusal, "number")
        else:
            flash(_("已登记第{number}届。", number=form.number.data), "good")
            return redirect(url_for("admin.committee"))
    return render_template("admin/term_new.html", form=form)


@bp.route("/settings/committee/rules", methods=["GET", "POST"])
@allow(Role.OFFICER)
def rules_new() -> ResponseReturnValue:
    """Record a new version; it starts from the newest one or a published one, and no version is ever changed."""
    newest = newest_rules(who.committee_id())
    published = find(request.args.get("from", ""))
    base = published.over(newest) if published else newest
    chosen = published.place.key if published and published.table else None
    form = RulesForm(data=typed(base, local_date(g.now), chosen))
    form.offer(newest.requirement_table)
    if form.validate_on_submit() and record(form, form.to_rules(newest.requirement_table)):
        return redirect(url_for("admin.committee"))
    differences = _changes(newest, base)
    return render_template(
        "admin/rules_new.html",
        form=form,
        groups=GROUPS,
        units=LABELS,
        published=published,
        differences=differences,
        scopes=SCOPES,
    )


def newest_rules(committee_id: int) -> LocalRules:
    """Return the rules that were recorded last, the usual ones if none were."""
    newest = next(iter(queries.list_rules(committee_id)), None)
    return from_document(newest.document) if newest else LocalRules()


def record(form: RulesForm | TableForm, rules: LocalRules) -> bool:
    """Record the rules from the day and on the basis that the form names; say a refusal at its field."""
    try:
        with transaction():
            service.record_rules(who.committee_id(), form.valid_from.data, rules, form.basis.data, who.actor(), g.now)
    except DomainError as refusal:
        form.refuse(refusal, refusal.facts.get("field", "valid_from"))
        return False
    flash(_("已登记本地规则，自施行日期起生效。"), "good")
    return True


@bp.get("/settings/committee/rules/published")
@allow(*READERS)
def rules_published() -> ResponseReturnValue:
    """Show the rules that real places have published, each with a button that starts from it."""
    return render_template("admin/rules_published.html", published=PUBLISHED, lines=said_lines, scopes=SCOPES)


@bp.get("/settings/committee/rules/<int:version_id>")
@allow(*READERS)
def rules_version(version_id: int) -> ResponseReturnValue:
    """Show one version whole, and what differs from any other."""
    versions = queries.list_rules(who.committee_id())
    found = next((one for one in versions if one.id == version_id), None) or abort(404)
    other = next((one for one in versions if one.id == request.args.get("with", type=int)), None)
    rules = from_document(found.document)
    return render_template(
        "admin/rules_version.html",
        version=found,
        others=[one for one in versions if one.id != version_id],
        other=other,
        changes=_changes(from_document(other.document), rules) if other else [],
        groups=_in_force(rules),
        lines=said_lines(rules.table()),
    )


def _versions(versions: list[LocalRulesVersion], today: date) -> list[VersionLine]:
    """Return the versions, newest first, each told apart from the one before it."""
    lines = []
    current = next((one for one in versions if one.valid_from <= today), None)
    for version, earlier in zip_longest(versions, versions[1:]):
        before = from_document(earlier.document) if earlier else LocalRules()
        if version is current:
            stands = ("good", _("施行中"))
        else:
            stands = ("info", _("待施行")) if version.valid_from > today else ("quiet", _("已被取代"))
        lines.append(VersionLine(version, stands, _changes(before, from_document(version.document))))
    return lines


def _changes(earlier: LocalRules, later: LocalRules) -> list[tuple[str, str, str]]:
    return [
        (_(LABELS[name][0]), shown(name, before), shown(name, after)) for name, before, after in changes(earlier, later)
    ]


def _in_force(rules: LocalRules) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the rules in words, by group."""
    return [
        (_(title), [(_(LABELS[name][0]), shown(name, getattr(rules, name))) for name in names])
        for title, names in GROUPS
    ]
