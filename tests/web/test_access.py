"""tests.web.test_access — every route × role × committee: who is let in is what the view says, and nobody else."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import AnyConverter, BaseConverter, IntegerConverter, Rule

from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.people import service as people
from exam_app.people.rules import meeting_pair
from exam_app.people.states import Role
from exam_app.web import who
from tests.conftest import NINE
from tests.factories import browser_of, make_account, make_committee

METHODS = ("GET", "POST", "PUT", "DELETE")


def rules(app: Flask) -> Iterator[Rule]:
    """Yield every route but static files."""
    return (rule for rule in app.url_map.iter_rules() if rule.endpoint != "static")


def address(rule: Rule) -> str:
    """Return an address of the route; ids are of things that do not exist."""
    built = rule.build({name: part(converter) for name, converter in rule._converters.items()})
    assert built is not None
    return built[1]


def part(converter: BaseConverter) -> int | str:
    """Return what stands for one part of an address: where only some words are taken, the first of them."""
    if isinstance(converter, AnyConverter):
        return min(converter.items)
    return 987654 if isinstance(converter, IntegerConverter) else "x"


def methods(rule: Rule) -> list[str]:
    """Return the methods of the route that a browser sends."""
    return [method for method in METHODS if method in (rule.methods or ())]


@pytest.fixture
def home(app: Flask) -> Committee:
    """The committee that the accounts below work for."""
    with transaction():
        return make_committee()


def test_every_route_says_who_may_enter(app: Flask) -> None:
    closed = [rule.endpoint for rule in rules(app) if who.audience_of(rule.endpoint) is None]
    assert not closed


def test_public_routes_are_the_few_that_were_meant(app: Flask) -> None:
    public = {rule.endpoint for rule in rules(app) if who.audience_of(rule.endpoint) == who.PUBLIC}
    assert public == {
        "public.front",
        "public.sign_in",
        "public.seat",
        "public.sign_out",
        "public.verify",
        "public.receipts",
        "public.receipts_key",
        "public.health",
        "public.ready",
        "public.metrics",
    }


def test_stranger_is_let_in_nowhere_else(app: Flask, client: FlaskClient) -> None:
    for rule in rules(app):
        if who.audience_of(rule.endpoint) in (who.PUBLIC, who.DEVICE):
            continue
        for method in methods(rule):
            answer = client.open(address(rule), method=method)
            sent_to_a_door = answer.status_code == 302 and answer.location.startswith(("/sign-in", "/seat"))
            assert answer.status_code == 401 or sent_to_a_door, (method, rule.rule, answer.status_code)


@pytest.mark.parametrize("role", Role)
def test_role_enters_exactly_where_the_view_says(app: Flask, home: Committee, role: Role) -> None:
    with transaction():
        account = make_account(home, role)
    client = browser_of(app, account)
    for rule in rules(app):
        audience = who.audience_of(rule.endpoint)
        if not isinstance(audience, frozenset):
            continue
        for method in methods(rule):
            status = client.open(address(rule), method=method).status_code
            if role not in audience:
                assert status == 404, (method, rule.rule, status)
            else:
                assert status != 401 and status < 500, (method, rule.rule, status)
                if method == "GET" and not rule.arguments:
                    assert status in (200, 302), (rule.rule, status)


@pytest.mark.parametrize("role", Role)
def test_role_of_one_committee_is_none_in_another(app: Flask, home: Committee, role: Role) -> None:
    """An account works for one committee at a time; a role held elsewhere opens nothing here."""
    with transaction():
        other = make_committee("乙县人大常委会")
        other_role = next(one for one in Role if one is not role and meeting_pair((one, role)) is None)
        account = make_account(home, role)
        people.grant_role(account.id, other.id, other_role, MACHINE, NINE)
    client = browser_of(app, account)
    client.post("/committee", data={"committee": other.id})
    for rule in rules(app):
        audience = who.audience_of(rule.endpoint)
        if isinstance(audience, frozenset) and other_role not in audience:
            for method in methods(rule):
                assert client.open(address(rule), method=method).status_code == 404, (method, rule.rule)


def test_committee_of_someone_else_cannot_be_chosen(app: Flask, home: Committee) -> None:
    with transaction():
        other = make_committee("乙县人大常委会")
        account = make_account(home, Role.OFFICER)
    client = browser_of(app, account)

    client.post("/committee", data={"committee": other.id})

    with client.session_transaction() as session:
        assert session.get("committee_id") is None


def test_pages_carry_the_headers_that_forbid_inline_code(client: FlaskClient) -> None:
    headers = client.get("/").headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_cookie_is_closed_to_scripts_and_other_sites(app: Flask, home: Committee) -> None:
    with transaction():
        make_account(home, Role.OFFICER, username="zhang")
    db.session.remove()
    answer = app.test_client().post("/sign-in", data={"username": "zhang", "password": "Right-horse-7"})

    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie
