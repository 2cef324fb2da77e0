"""tests.cli.test_serve — the first run sets up an office once; the server is started as the database allows."""

import os
from pathlib import Path
from typing import Any

import click
import pytest
from flask import Flask
from sqlalchemy import select

from exam_app.base.db import db
from exam_app.cli import server
from exam_app.cli.server import Address
from exam_app.committees.models import Committee
from exam_app.committees.queries import list_terms
from exam_app.people import accounts
from exam_app.people.models import Account
from exam_app.people.queries import roles_of
from exam_app.people.rules import meeting_pair
from exam_app.people.states import Role, SignIn
from tests.conftest import NINE

ANSWERS = {
    "EXAM_COMMITTEE": "甲市人民代表大会常务委员会",
    "EXAM_COMMITTEE_SHORT": "甲市人大常委会",
    "EXAM_LEVEL": "city",
    "EXAM_REGION": "990100",
    "EXAM_TERM": "17",
    "EXAM_TERM_FROM": "2026-01-15",
}


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], dict[str, str]]]:
    """What the process would have become, instead of becoming it."""
    calls: list[tuple[list[str], dict[str, str]]] = []

    def keep(_path: Any, arguments: list[str], environ: dict[str, str]) -> None:
        calls.append((arguments, environ))

    monkeypatch.setattr(os, "execve", keep)
    monkeypatch.chdir(Path.cwd())
    return calls


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer the questions of the first run through the environment."""
    for name, value in ANSWERS.items():
        monkeypatch.setenv(name, value)


def serve(app: Flask, *options: str) -> str:
    """Run flask serve; return what it said."""
    done = app.test_cli_runner().invoke(args=["serve", "--host", "192.168.1.20", *options])
    assert done.exit_code == 0, done.output
    return done.output


def test_first_run_founds_the_committee_and_its_term(app: Flask, started: Any, answers: None) -> None:
    serve(app)

    committee = db.session.scalars(select(Committee)).one()
    assert (committee.name, committee.short_name) == (ANSWERS["EXAM_COMMITTEE"], ANSWERS["EXAM_COMMITTEE_SHORT"])
    assert [term.number for term in list_terms(committee.id)] == [17]


def test_first_run_opens_three_accounts_that_no_one_person_may_hold(app: Flask, started: Any, answers: None) -> None:
    output = serve(app)

    found = {account.username: account for account in db.session.scalars(select(Account))}
    assert set(found) == {"system", "security", "audit"}
    assert all(account.must_change and account.committee_id for account in found.values())
    roles = {role for account in found.values() for _committee, role in roles_of(account.id)}
    assert roles == {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}
    assert meeting_pair(roles) is not None
    shown = dict(line.split() for line in output.splitlines() if line.startswith("  "))
    for username, password in shown.items():
        assert accounts.sign_in(username, password, "", NINE).outcome is SignIn.ACCEPTED


def test_second_run_asks_nothing_and_keeps_everything(app: Flask, started: Any, answers: None) -> None:
    serve(app)
    output = serve(app)

    assert "初始密码" not in output
    assert len(db.session.scalars(select(Account)).all()) == 3
    assert len(started) == 2


def test_unattended_first_run_without_answers_says_what_to_do(app: Flask, started: Any) -> None:
    done = app.test_cli_runner().invoke(args=["serve"])

    assert done.exit_code == 1
    assert "EXAM_COMMITTEE" in done.output
    assert not started
    assert db.session.scalars(select(Committee)).all() == []


def test_impossible_term_founds_nothing(app: Flask, started: Any, answers: None, monkeypatch: Any) -> None:
    monkeypatch.setenv("EXAM_TERM", "0")
    done = app.test_cli_runner().invoke(args=["serve"])

    assert done.exit_code == 1
    assert "届次" in done.output
    assert db.session.scalars(select(Committee)).all() == []
    assert not started


def test_server_serves_over_tls_with_the_scheduler(app: Flask, started: Any, answers: None) -> None:
    serve(app)

    arguments, environ = started[0]
    assert "--ssl-certificate" in arguments
    assert environ["EXAM_SCHEDULER"] == "1"
    assert environ["EXAM_PUBLIC_URL"] == "https://192.168.1.20:8443"


def test_proxy_in_front_may_do_the_tls(app: Flask, started: Any, answers: None) -> None:
    serve(app, "--no-tls")

    arguments, environ = started[0]
    assert "--ssl-certificate" not in arguments
    assert environ["EXAM_PUBLIC_URL"] == "http://192.168.1.20:8443"


def test_host_is_remembered(app: Flask, started: Any, answers: None) -> None:
    serve(app)
    app.test_cli_runner().invoke(args=["serve"])

    assert started[1][1]["EXAM_PUBLIC_URL"] == "https://192.168.1.20:8443"


def test_several_workers_need_postgresql(app: Flask, started: Any) -> None:
    if db.engine.dialect.name != "sqlite":
        server.run(Address("127.0.0.1", 8443), {}, workers=2)
        assert len(started) == 1
        return
    with pytest.raises(click.ClickException):
        server.run(Address("127.0.0.1", 8443), {}, workers=2)
    assert not started


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (Address("exam.local", 8443, Path("c"), Path("k")), "https://exam.local:8443"),
        (Address("0.0.0.0", 80), "http://127.0.0.1:80"),
        (Address("::", 80), "http://127.0.0.1:80"),
    ],
)
def test_address_is_what_people_type(address: Address, url: str) -> None:
    assert address.url == url


def test_hundreds_of_idle_browsers_keep_nobody_waiting(
    app: Flask, started: list[tuple[list[str], dict[str, str]]]
) -> None:
    """The server counts every open connection against this number, also those of browsers that say nothing."""
    server.run(Address("127.0.0.1", 8000), {})

    (command, _environ) = started[0]
    assert int(command[command.index("--backpressure") + 1]) >= 10_000


def test_killed_worker_is_replaced(app: Flask, started: list[tuple[list[str], dict[str, str]]]) -> None:
    server.run(Address("127.0.0.1", 8000), {})

    assert "--respawn-failed-workers" in started[0][0]


def test_scheduler_alone_starts_itself_as_the_scheduler(
    app: Flask, started: list[tuple[list[str], dict[str, str]]]
) -> None:
    done = app.test_cli_runner().invoke(args=["scheduler"])

    assert done.exit_code == 0
    assert started[0][0][-1] == "scheduler" and started[0][1]["EXAM_SCHEDULER"] == "1"
