"""cli.audit — flask audit verify: does the record still stand as it was written?"""

import sys

import click
from flask.cli import AppGroup

from exam_app.audit import queries
from exam_app.base.i18n import gettext as _

group = AppGroup("audit", help="Check the chained record of acts.")
commands = (group,)
KINDS = {
    "edited": "内容被改动",
    "removed": "记录被删除",
    "reordered": "顺序被调换",
    "cut_off": "末尾被截断",
    "head_differs": "链尾与外部记录不符",
}


@group.command("verify")
def verify() -> None:
    """Check every chain against its keys, its head and the heads written outside the database."""
    count, faults = queries.verify()
    for fault in faults:
        words = _(
            "常委会 {committee}：第 {sequence} 条 {kind}",
            committee=fault.committee_id,
            sequence=fault.sequence,
            kind=_(KINDS[fault.kind]),
        )
        click.echo(words)
    click.echo(_("共核对 {count} 条，发现 {faults} 处问题。", count=count, faults=len(faults)))
    sys.exit(1 if faults else 0)
