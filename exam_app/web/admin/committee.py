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
from exam_app.committees.rules import LocalRules, changes, from_document
from exam_app.people.states import Role
from exam_app.web import who
from exam_app.web.admin.blueprint import bp
from exam_app.web.admin.forms import TermForm
from exam_app.web.admin.labels import LEVELS
from exam_app.web.admin.rules_form import GROUPS, LABELS, RulesForm, shown, typed
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
    return render_template(
        "admin/committee.html",
        terms=queries.list_terms(who.committee_id()),
        levels=LEVELS,
        versions=_versions(queries.list_rules(who.committee_id()), today),
        groups=_in_force(queries.rules_on(who.committee_id(), today).rules),
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
    """Record a new version; it starts from the newest one, and no version in force is ever changed."""
    newest = next(iter(queries.list_rules(who.committee_id())), None)
    base = from_document(newest.document) if newest else LocalRules()
    form = RulesForm(data=typed(base, local_date(g.now)))
    if form.validate_on_submit():
        try:
            with transaction():
                service.record_rules(
                    who.committee_id(), form.valid_from.data, form.to_rules(), form.basis.data, who.actor(), g.now
                )
        except DomainError as refusal:
            form.refuse(refusal, refusal.facts.get("field", "valid_from"))
        else:
            flash(_("已登记本地规则，自施行日期起生效。"), "good")
            return redirect(url_for("admin.committee"))
    return render_template("admin/rules_new.html", form=form, groups=GROUPS, units=LABELS)


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
