"""cli.bank — flask bank check and adopt: is the shipped question bank fit for exams, and take it over."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from exam_app.audit.service import MACHINE
from exam_app.bank import service as bank
from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.committees.queries import list_committees
from exam_app.laws import service as laws
from exam_app.laws.errors import LawTextUnreadable
from exam_app.laws.files import read_words
from exam_app.laws.rules import newest_date
from question_bank.checks import Finding, Severity, Statutes, check_items, shortages, sufficiency, summary
from question_bank.formats.yaml import read_content
from question_bank.items import Item
from question_bank.kinds import KIND_LABELS, ORGAN_LABELS, PART_LABELS, USE_LABELS
from question_bank.register import Register, load_register
from question_bank.statutes import parse_statute

group = AppGroup("bank", help="The shipped question bank.")
commands = (group,)
SEVERITIES = {Severity.ERROR: "错误", Severity.WARNING: "提醒"}


@group.command("check")
@click.option(
    "--laws",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with law texts, to check citations word for word.",
)
def check(laws: Path | None) -> None:
    """Print counts, supply and findings; end with 1 when there are errors."""
    register = load_register()
    content = read_content()
    today = local_date(current_app.extensions["exam_clock"].now())
    statutes = _statutes(laws, register) if laws else {}
    findings = [*check_items(content.items, on=today, register=register, statutes=statutes), *shortages(content.items)]
    for fault in content.faults:
        click.echo(f"{_('错误')} {fault.source} {fault.where} {fault.message}")
    _print_counts(content.items, register)
    _print_supply(content.items)
    _print_findings(findings)
    if laws:
        click.echo(_("已对照 {count} 部法律文本核对条文。", count=len(statutes)))
    errors = len(content.faults) + sum(finding.severity is Severity.ERROR for finding in findings)
    click.echo(_("共 {total} 题，{errors} 处错误。", total=len(content.items), errors=errors))
    sys.exit(1 if errors else 0)


@group.command("adopt")
@click.option("--committee", help="Name of the committee; may be left out where there is only one.")
def adopt(committee: str | None) -> None:
    """Put the shipped questions into a committee's bank as live ones; codes that are there already are left alone."""
    known = [one for one in list_committees() if committee in (None, one.name, one.short_name)]
    if len(known) != 1:
        raise click.ClickException(_("请用 --committee 指明一个已登记的常委会。"))
    now = current_app.extensions["exam_clock"].now()
    with transaction():
        laws.adopt_register(load_register(), now)
        count = bank.adopt(known[0].id, read_content().items, None, None, MACHINE, now)
    click.echo(_("已为{committee}装入 {count} 道试题。", committee=known[0].name, count=count))


def _statutes(folder: Path, register: Register) -> Statutes:
    """Read the texts of the folder that the register knows; others are left out."""
    found = {}
    for path in sorted(path for path in folder.iterdir() if path.suffix in (".md", ".txt", ".docx")):
        try:
            statute = parse_statute(read_words(path.read_bytes(), path.name))
        except LawTextUnreadable:
            continue
        law, adopted = register.find(statute.title), newest_date(statute.preamble_lines)
        if law and adopted and register.edition(law.slug, adopted):
            found[law.slug, adopted] = statute
    return found


def _print_counts(items: tuple[Item, ...], register: Register) -> None:
    counted = summary(items)
    titles = {law.slug: law.short_title for law in register.laws}
    _print_table(_("按法律"), {titles.get(slug, slug): count for slug, count in counted.by_law.items()})
    _print_table(_("按题型"), {KIND_LABELS[kind]: count for kind, count in counted.by_kind.items()})
    _print_table(_("按适用机关"), {ORGAN_LABELS[organ]: count for organ, count in counted.by_organ.items()})
    _print_table(_("按用途"), {USE_LABELS[use]: count for use, count in counted.by_use.items()})


def _print_table(title: str, counts: Mapping[str, int]) -> None:
    click.echo(title)
    for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        click.echo(f"  {count:>5}  {name}")


def _print_supply(items: tuple[Item, ...]) -> None:
    click.echo(_("题量是否够五类试卷使用（需要 / 可用 / 倍数）"))
    for cell in sufficiency(items):
        name = f"{ORGAN_LABELS[cell.organ]} {PART_LABELS[cell.part]} {KIND_LABELS[cell.kind]}"
        click.echo(f"  {cell.needed:>3} {cell.available:>5} {cell.factor:>6.1f}  {name}")


def _print_findings(findings: list[Finding]) -> None:
    for finding in findings:
        click.echo(f"{_(SEVERITIES[finding.severity])} {finding.item_code or '—'} {finding.message}")
