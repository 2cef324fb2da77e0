"""cli.demo — flask demo: an invented city with everything in it, so that a newcomer can play an exam at once."""

import click
from flask import current_app
from flask_migrate import upgrade

from exam_app.base import chance
from exam_app.base.clock import SystemClock
from exam_app.base.config import Settings
from exam_app.base.i18n import gettext as _
from exam_app.cli import server
from exam_app.cli.demo import cast_2018, city, show, year
from exam_app.cli.server import Address
from exam_app.committees import queries as committees

SEED = "青岚市"


@click.command("demo")
@click.option("--year", "with_year", type=click.Choice([str(cast_2018.YEAR)]), help="Load this whole year as well.")
@click.option("--serve", is_flag=True, help="Serve it afterwards, on this machine only.")
@click.option("--port", type=int, default=8000, show_default=True)
def demo(with_year: str | None, serve: bool, port: int) -> None:
    """Load the demo into an empty database; one that holds the demo is kept as it is."""
    settings: Settings = current_app.config["SETTINGS"]
    click.echo(_("正在准备数据库 …"))
    upgrade()
    known = committees.list_committees()
    if known and not all(committee.is_demo for committee in known):
        raise click.ClickException(_("这个数据库里有正式数据，不能装入演示。请换一个空的数据库。"))
    if not known:
        with chance.repeatable(SEED):
            city.build(SystemClock().now(), click.echo)
    if with_year and cast_2018.CODE not in {committee.code for committee in known}:
        with chance.repeatable(cast_2018.NAME):
            year.build(click.echo)
    show.accounts(click.echo)
    if serve:
        address = Address("127.0.0.1", port)
        click.echo(_("请在浏览器打开 {url}（按 Ctrl+C 停止）", url=address.url))
        environ = {"EXAM_DEMO": "1", "EXAM_SCHEDULER": "1", "EXAM_INSTANCE": str(settings.instance)}
        server.run(address, {**environ, "EXAM_PUBLIC_URL": address.url})


commands = (demo,)
