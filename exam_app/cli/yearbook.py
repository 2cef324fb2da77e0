"""cli.yearbook — flask yearbook: the year-end paragraph of a committee, then every figure with its count."""

import click

from exam_app.base.clock import SystemClock
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.committees.models import Committee
from exam_app.committees.queries import list_committees
from exam_app.texts import words_for
from exam_app.yearbook import queries
from exam_app.yearbook.definitions import FIGURES
from exam_app.yearbook.paragraph import adds_up, paragraph, words
from exam_app.yearbook.service import check_year


@click.command("yearbook")
@click.argument("year", type=int)
@click.option("--committee", "called", default="", help="Code, short name, name or number of the committee.")
def yearbook(year: int, called: str) -> None:
    """Print the figures of YEAR and the paragraph they make."""
    committee = _committee(called.strip())
    try:
        check_year(year, SystemClock().now())
    except DomainError as refusal:
        raise click.ClickException(words_for(refusal)) from refusal
    scope = queries.scope_of(committee.id, year)
    counts = queries.counts_of([scope])[year]
    click.echo(words(paragraph(counts, scope.rules)))
    click.echo()
    for key, figure in FIGURES.items():
        click.echo(f"{figure.words(scope.rules)}\t{counts[key]}{figure.unit}")
    if not adds_up(counts):
        click.echo(_("注意：四类合计与任免总数不一致，请检查本地规则中的统计归类。"), err=True)


def _committee(called: str) -> Committee:
    """Find the one committee that is meant; without a name, the only one there is."""
    every = list_committees()
    found = [committee for committee in every if called in _names(committee)] if called else every
    if len(found) == 1:
        return found[0]
    if not every:
        raise click.ClickException(_("还没有建立常委会。请先运行 flask serve 建立，或用 flask demo 装入演示数据。"))
    known = "、".join(f"{committee.code or committee.id}（{committee.name}）" for committee in every)
    if found:
        raise click.ClickException(_("有多个常委会，请用 --committee 指明其中一个：{known}。", known=known))
    raise click.ClickException(_("没有找到常委会“{called}”。已有：{known}。", called=called, known=known))


def _names(committee: Committee) -> set[str | None]:
    return {committee.code, committee.short_name, committee.name, str(committee.id)}


commands = (yearbook,)
