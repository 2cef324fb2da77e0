"""tests.web.admin.test_roles — the security administrator grants and revokes; the page says what stands in the way."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from exam_app.base.db import transaction
from exam_app.committees.models import Committee
from exam_app.people.models import Account
from exam_app.people.queries import roles_of
from exam_app.people.states import Role
from tests.factories import browser_of, make_account, make_committee


@pytest.fixture
def home(app: Flask) -> Committee:
    """The committee whose roles are granted."""
    with transaction():
        return make_committee()


@pytest.fixture
def guard(app: Flask, home: Committee) -> Account:
    """The security administrator."""
    with transaction():
        return make_account(home, Role.SECURITY_ADMINISTRATOR, username="guard")


@pytest.fixture
def clerk(app: Flask, home: Committee) -> Account:
    """An examiner."""
    with transaction():
        return make_account(home, Role.EXAMINER, username="clerk")


@pytest.fixture
def browser(app: Flask, guard: Account, clerk: Account) -> FlaskClient:
    """The security administrator's browser."""
    return browser_of(app, guard)


def held(account: Account) -> set[Role]:
    """Return the roles that the account holds now."""
    return {role for _committee, role in roles_of(account.id)}


def change(browser: FlaskClient, account: Account, act: str, role: str) -> int:
    """Grant or revoke; return the status."""
    return browser.post(f"/settings/roles/{account.id}/{act}", data={"role": role}).status_code


def test_role_is_granted_and_revoked(browser: FlaskClient, clerk: Account) -> None:
    assert change(browser, clerk, "grant", "author") == 302
    assert held(clerk) == {Role.EXAMINER, Role.AUTHOR}

    assert change(browser, clerk, "revoke", "examiner") == 302
    assert held(clerk) == {Role.AUTHOR}


def test_page_says_which_role_stands_in_the_way(browser: FlaskClient, clerk: Account) -> None:
    page = browser.get(f"/settings/roles/{clerk.id}").get_data(as_text=True)

    assert page.count("已有：考务") == 2, "audit administrator and marker must not meet the examiner"


def test_pair_that_must_not_meet_is_refused(browser: FlaskClient, clerk: Account) -> None:
    assert change(browser, clerk, "grant", "marker") == 403
    assert held(clerk) == {Role.EXAMINER}


def test_own_roles_are_out_of_reach(browser: FlaskClient, guard: Account) -> None:
    assert "自己的账号" in browser.get(f"/settings/roles/{guard.id}").get_data(as_text=True)
    assert change(browser, guard, "grant", "officer") == 403
    assert change(browser, guard, "revoke", "security_administrator") == 403
    assert held(guard) == {Role.SECURITY_ADMINISTRATOR}


@pytest.mark.parametrize("role", ["", "emperor"])
def test_role_that_is_none_changes_nothing(browser: FlaskClient, clerk: Account, role: str) -> None:
    assert change(browser, clerk, "grant", role) == 422
    assert held(clerk) == {Role.EXAMINER}


def test_account_of_another_committee_is_not_found(browser: FlaskClient) -> None:
    with transaction():
        stranger = make_account(make_committee("乙县人大常委会"), Role.OFFICER, username="stranger")

    assert browser.get(f"/settings/roles/{stranger.id}").status_code == 404
    assert change(browser, stranger, "grant", "author") == 404
    assert held(stranger) == {Role.OFFICER}


def test_table_names_every_role(browser: FlaskClient) -> None:
    page = browser.get("/settings/roles").get_data(as_text=True)
    assert "不能由一人兼任" in page and page.count("都可兼任") == 1, "the director alone meets every role"
