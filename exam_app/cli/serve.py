"""cli.serve — flask serve: a real office. The first run asks who it is and opens three accounts; later ones start."""

import json
import os
import sys
from datetime import date
from pathlib import Path

import click
from flask import current_app
from flask_migrate import upgrade

from exam_app.audit.service import MACHINE
from exam_app.base.clock import SystemClock
from exam_app.base.config import Settings
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.cli import server
from exam_app.cli.server import Address
from exam_app.committees import queries as committees
from exam_app.committees import service as founding
from exam_app.committees.states import Level
from exam_app.laws import service as laws
from exam_app.operations.stamps import SERVED, stamp
from exam_app.operations.tls import make_certificates
from exam_app.people import accounts
from exam_app.people import service as people
from exam_app.people.credentials import first_password
from exam_app.people.states import Role
from exam_app.texts import words_for
from question_bank.register import load_register

ADMINISTRATORS = (
    ("system", "系统管理员", Role.SYSTEM_ADMINISTRATOR),
    ("security", "安全管理员", Role.SECURITY_ADMINISTRATOR),
    ("audit", "审计管理员", Role.AUDIT_ADMINISTRATOR),
)


@click.command("serve")
@click.option("--host", help="Name or address that people type; asked at the first run.")
@click.option("--port", type=int, default=8443, show_default=True)
@click.option("--certificate", type=click.Path(exists=True, path_type=Path), help="A given TLS certificate (PEM).")
@click.option("--key", type=click.Path(exists=True, path_type=Path), help="Its key (PEM).")
@click.option("--workers", type=int, default=1, show_default=True, help="More than one needs PostgreSQL.")
@click.option("--no-tls", is_flag=True, help="Plain HTTP, for a proxy in front that does TLS.")
def serve(host: str | None, port: int, certificate: Path | None, key: Path | None, workers: int, no_tls: bool) -> None:
    """Set up the office at the first run, then serve it with the scheduler."""
    settings: Settings = current_app.config["SETTINGS"]
    click.echo(_("正在准备数据库 …"))
    upgrade()
    if not committees.list_committees():
        _first_run()
    address = _address(settings.instance, host, port, (certificate, key), no_tls)
    stamp(settings.instance, SERVED, SystemClock().now(), workers=workers, tls=address.certificate is not None)
    click.echo(_("正在启动：{url}（按 Ctrl+C 停止）", url=address.url))
    scheduler = os.environ.get("EXAM_SCHEDULER", "1")  # 0 where `flask scheduler` runs beside
    server.run(
        address,
        {"EXAM_SCHEDULER": scheduler, "EXAM_PUBLIC_URL": address.url, "EXAM_INSTANCE": str(settings.instance)},
        workers,
    )


def _first_run() -> None:
    """Found the committee and open the three administrators' accounts, with passwords shown once."""
    if not sys.stdin.isatty() and "EXAM_COMMITTEE" not in os.environ:
        raise click.ClickException(_("首次运行需要设置：请在终端里运行，或用环境变量 EXAM_COMMITTEE 给出常委会名称。"))
    click.echo(_("首次运行：请设置本单位。"))
    name = os.environ.get("EXAM_COMMITTEE") or click.prompt(_("常委会全称（如：甲市人民代表大会常务委员会）"))
    short = os.environ.get("EXAM_COMMITTEE_SHORT") or click.prompt(_("简称"), default=_("{name}", name=name[:8]))
    level = os.environ.get("EXAM_LEVEL") or click.prompt(
        _("级别"), type=click.Choice([level.value for level in Level]), default="city"
    )
    region = os.environ.get("EXAM_REGION") or click.prompt(_("行政区划代码"), default="000000")
    number = int(os.environ.get("EXAM_TERM") or click.prompt(_("现在是第几届"), type=int))
    began = date.fromisoformat(os.environ.get("EXAM_TERM_FROM") or click.prompt(_("本届起始日期（如 2026-01-15）")))
    try:
        _found(
            founding.FoundCommittee(name=name, short_name=short, level=Level(level), region_code=region), number, began
        )
    except DomainError as refusal:
        raise click.ClickException(words_for(refusal)) from refusal


def _found(command: founding.FoundCommittee, number: int, began: date) -> None:
    now = SystemClock().now()
    shown: list[tuple[str, str]] = []
    with transaction():
        committee = founding.found(command, MACHINE, now)
        founding.open_term(committee.id, number, began, MACHINE, now)
        laws.adopt_register(load_register(), now)
        for username, label, role in ADMINISTRATORS:
            password = first_password()
            account = accounts.open_account(
                accounts.OpenAccount(
                    username=username, display_name=label, password=password, committee_id=committee.id
                ),
                MACHINE,
                now,
            )
            people.grant_role(account.id, committee.id, role, MACHINE, now)
            shown.append((username, password))
    click.echo(_("三位管理员的初始密码只显示这一次，请分别抄给三个人，首次登录后必须修改："))
    for username, password in shown:
        click.echo(f"  {username:<10} {password}")


def _address(
    instance: Path, host: str | None, port: int, given: tuple[Path | None, Path | None], no_tls: bool
) -> Address:
    """Remember the host from the first run on; make certificates of our own where none are given."""
    memory = instance / "serve.json"
    if host is None:
        host = json.loads(memory.read_text())["host"] if memory.exists() else _ask_host()
    certificate, key = given
    if no_tls:
        memory.write_text(json.dumps({"host": host}))
        return Address(host, port)
    if certificate is None or key is None:
        authority, certificate, key = make_certificates(instance / "tls", host, SystemClock().now())
        click.echo(
            _("使用自签证书。请把 {path} 安装到各台考试电脑的“受信任的根证书颁发机构”，做法见 README。", path=authority)
        )
    memory.write_text(json.dumps({"host": host, "certificate": str(certificate.absolute())}))
    return Address(host, port, certificate, key)


def _ask_host() -> str:
    if not sys.stdin.isatty():
        return "127.0.0.1"
    return str(click.prompt(_("本机在局域网中的地址或名称"), default="127.0.0.1"))


commands = (serve,)
