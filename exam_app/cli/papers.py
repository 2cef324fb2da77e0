"""cli.papers — flask papers verify: can every paper that was sat be drawn again from its seed?"""

import sys

import click
from flask.cli import AppGroup

from exam_app.base.i18n import gettext as _
from exam_app.papers import queries

group = AppGroup("papers", help="Papers that were drawn.")
commands = (group,)


@group.command("verify")
def verify() -> None:
    """Draw every opened paper again from its stored seed, plan and pool, and compare; shows no question."""
    opened = queries.list_opened()
    faulty = [paper_id for paper_id in opened if not all(queries.verify(paper_id))]
    for paper_id in faulty:
        click.echo(_("试卷 {paper}：与抽题种子、方案或题目范围不符", paper=paper_id))
    click.echo(_("共核对 {count} 份试卷，{faults} 份不符。", count=len(opened), faults=len(faulty)))
    sys.exit(1 if faulty else 0)
