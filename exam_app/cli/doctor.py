"""cli.doctor — flask doctor: does this installation have what it needs? In plain words, with what to do."""

import sys

import click

from exam_app.base.clock import SystemClock
from exam_app.base.i18n import gettext as _
from exam_app.readiness import installation
from exam_app.readiness.findings import are_fine
from exam_app.texts.readiness import title_of, words_of


@click.command("doctor")
def doctor() -> None:
    """Check database, keys, fonts, disk, certificate, clock, scheduler, the record of acts and the last backup."""
    findings = installation.examine(SystemClock().now(), is_serving=False)
    for finding in findings:
        click.echo(f"{'✓' if finding.is_fine else '✗'} {title_of(finding)}：{words_of(finding)}")
    click.echo(_("一切正常。") if are_fine(findings) else _("有问题需要处理，请按上面的提示办理。"))
    sys.exit(0 if are_fine(findings) else 1)


commands = (doctor,)
