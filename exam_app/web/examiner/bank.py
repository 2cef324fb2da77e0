"""web.examiner.bank — 题库: the list of questions, one question with its versions, the export."""

from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

from flask import Response, g, render_template, request
from flask.typing import ResponseReturnValue

from exam_app.bank import intake, queries, rules, search
from exam_app.bank.queries import item_of
from exam_app.bank.search import Filter
from exam_app.bank.states import VersionState
from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.base.paging import fetch_page
from exam_app.committees.queries import lineage
from exam_app.laws import queries as laws
from exam_app.people.queries import account_names
from exam_app.texts.bank import STATES
from exam_app.web import who
from exam_app.web.examiner.bank_forms import DIFFICULTIES
from exam_app.web.examiner.bank_views import BANK, may_read, reads_formal, shown
from exam_app.web.examiner.blueprint import bp
from exam_app.web.who import allow
from question_bank.kinds import Kind, OrganType, Part, Use

Choice = TypeVar("Choice", bound=StrEnum)
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def wanted() -> Filter:
    """Return what the address narrows the list to; values that no list offers narrow nothing."""
    difficulty = request.args.get("difficulty", type=int)
    return Filter(
        words=request.args.get("q", "")[:60],
        kind=_chosen("kind", Kind),
        part=_chosen("part", Part),
        organ=_chosen("organ", OrganType),
        law=request.args.get("law", ""),
        difficulty=difficulty if difficulty in DIFFICULTIES else None,
        use=_chosen("use", Use),
        state=_chosen("state", VersionState),
        sort=request.args.get("sort", search.USUAL_SORT),
        reads_formal=reads_formal(),
    )


def _chosen(name: str, choices: type[Choice]) -> Choice | None:
    given = request.args.get(name, "")
    return choices(given) if given in set(choices) else None


@bp.get("/bank")
@allow(*BANK)
def bank() -> ResponseReturnValue:
    """Show the committee's questions."""
    narrowed, committee_id = wanted(), who.committee_id()
    titles = {law.slug: law.short_title for law in laws.list_laws(local_date(g.now))}
    page = fetch_page(
        search.find(committee_id, narrowed),
        request.args.get("page", 1, type=int),
        request.args.get("size", 20, type=int),
    )
    return render_template(
        "examiner/bank.html",
        page=page,
        sort=narrowed.sort,
        states=_states(committee_id, narrowed),
        titles=titles,
        laws=[(slug, titles.get(slug, slug)) for slug in search.laws_cited(committee_id)],
        shared=queries.live_count(lineage(committee_id)[1:]),
        may_read=may_read,
    )


def _states(committee_id: int, narrowed: Filter) -> list[tuple[str, str, int]]:
    counts = search.count_states(committee_id, narrowed)
    return [(state.value, _(label), counts.get(state, 0)) for state, label in STATES.items()]


@bp.get("/bank/questions/<int:question_id>")
@allow(*BANK)
def question(question_id: int) -> ResponseReturnValue:
    """Show a question: its newest version, all versions and what changed between them."""
    found = queries.get_question(question_id, who.committee_id())
    versions = queries.list_versions(found.id)
    return render_template(
        "examiner/question.html",
        question=found,
        versions=versions,
        live=next((one for one in versions if one.state is VersionState.LIVE), None),
        shown=shown(versions[0], g.now),
        differences=[(new, old, rules.differences(item_of(old), item_of(new))) for new, old in pairwise(versions)],
        names=account_names({account for one in versions for account in (one.author_id, one.reviewer_id) if account}),
        readable=may_read(found.use),
        me=who.account().account_id,
    )


@bp.post("/bank/export")
@allow(*BANK)
def bank_export() -> ResponseReturnValue:
    """Send the questions that the list shows as an Excel sheet."""
    with transaction():
        content = intake.export(who.committee_id(), wanted(), who.actor(), g.now)
    name = f"questions-{local_date(g.now):%Y%m%d}.xlsx"
    return Response(content, mimetype=SHEET, headers={"Content-Disposition": f"attachment; filename={name}"})
