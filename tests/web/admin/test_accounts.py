"""tests.web.admin.test_accounts — opening, resetting, unlocking and closing accounts of one's own committee."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.people import accounts
from exam_app.people import service as people
from exam_app.people.models import Account
from exam_app.people.states import AccountState, Role, SignIn
from tests.conftest import NINE
from tests.factories import browser_of, make_account, make_committee

ACTS = ("password", "unlock", "disable", "enable")


@pytest.fixture
def home(app: Flask) -> Committee:
    """The committee whose accounts are administered."""
    with transaction():
        return make_committee()


@pytest.fixture
def keeper(app: Flask, home: Committee) -> FlaskClient:
    """The system administrator's browser."""
    with transaction():
        account = make_account(home, Role.SYSTEM_ADMINISTRATOR, username="keeper")
    return browser_of(app, account)


def clerk(home: Committee, username: str = "clerk") -> Account:
    """Make an officer's account."""
    with transaction():
        return make_account(home, Role.OFFICER, username=username)


def facts(account: Account) -> tuple[object, ...]:
    """Return what the acts could change."""
    db.session.refresh(account)
    return account.password_hash, account.state, account.epoch, account.locked_until, account.must_change


def shown_password(page: str) -> str:
    """Return the first password that the page shows."""
    found = re.search(r"初始密码 (\S+?)。", page)
    assert found, page
    return found[1]


def test_opened_account_signs_in_with_the_password_shown_once(keeper: FlaskClient, home: Committee) -> None:
    page = keeper.post(
        "/settings/accounts/new", data={"display_name": "李芳", "username": "lifang"}, follow_redirects=True
    ).get_data(as_text=True)

    password = shown_password(page)
    with transaction():
        attempt = accounts.sign_in("lifang", password, "", NINE)
    assert attempt.outcome is SignIn.ACCEPTED
    assert attempt.account is not None and attempt.account.must_change and attempt.account.committee_id == home.id
    assert password not in keeper.get(f"/settings/accounts/{attempt.account.id}").get_data(as_text=True)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"display_name": "李芳", "username": "keeper"}, "已被使用"),
        ({"display_name": "李芳", "username": "li fang"}, "不能作为用户名"),
        ({"display_name": "", "username": "lifang"}, "display_name-error"),
    ],
)
def test_account_that_cannot_be_is_refused_at_the_form(keeper: FlaskClient, data: dict[str, str], words: str) -> None:
    page = keeper.post("/settings/accounts/new", data=data).get_data(as_text=True)

    assert words in page
    assert f'value="{data["username"]}"' in page, "what was typed is kept"
    assert db.session.scalars(select(Account.username)).all() == ["keeper"]


def test_reset_gives_a_new_first_password(keeper: FlaskClient, home: Committee) -> None:
    account = clerk(home)
    page = keeper.post(f"/settings/accounts/{account.id}/password", follow_redirects=True).get_data(as_text=True)

    with transaction():
        attempt = accounts.sign_in("clerk", shown_password(page), "", NINE)
    assert attempt.account is not None and attempt.account.must_change


def test_locked_account_is_found_and_unlocked(keeper: FlaskClient, home: Committee) -> None:
    account = clerk(home)
    with transaction():
        db.session.get_one(Account, account.id).locked_until = NINE + timedelta(minutes=10)
    page = keeper.get("/settings/accounts?state=locked").get_data(as_text=True)
    assert "clerk" in page and "keeper</td>" not in page

    keeper.post(f"/settings/accounts/{account.id}/unlock")

    db.session.refresh(account)
    assert account.locked_until is None


def test_disabled_account_is_out_at_once_and_comes_back(app: Flask, keeper: FlaskClient, home: Committee) -> None:
    account = clerk(home)
    inside = browser_of(app, account)
    assert inside.get("/today").status_code == 200

    keeper.post(f"/settings/accounts/{account.id}/disable")
    assert inside.get("/today").status_code == 302

    keeper.post(f"/settings/accounts/{account.id}/enable")
    db.session.refresh(account)
    assert account.state is AccountState.ACTIVE


@pytest.mark.parametrize("act", ACTS)
def test_account_of_another_committee_is_not_found(keeper: FlaskClient, act: str) -> None:
    with transaction():
        stranger = make_account(make_committee("乙县人大常委会"), Role.OFFICER, username="stranger")
    before = facts(stranger)

    assert keeper.get(f"/settings/accounts/{stranger.id}").status_code == 404
    assert keeper.post(f"/settings/accounts/{stranger.id}/{act}").status_code == 404
    assert "stranger" not in keeper.get("/settings/accounts").get_data(as_text=True)
    assert facts(stranger) == before


@pytest.mark.parametrize("act", ACTS)
def test_account_that_only_lends_a_hand_here_is_left_to_its_home(
    keeper: FlaskClient, home: Committee, act: str
) -> None:
    with transaction():
        guest = make_account(make_committee("乙县人大常委会"), Role.OFFICER, username="guest")
        people.grant_role(guest.id, home.id, Role.EXAMINER, MACHINE, NINE)
    before = facts(guest)

    assert "由其他常委会管理" in keeper.get(f"/settings/accounts/{guest.id}").get_data(as_text=True)
    assert keeper.post(f"/settings/accounts/{guest.id}/{act}").status_code == 403
    assert facts(guest) == before


@pytest.mark.parametrize("act", ["password", "disable"])
@pytest.mark.parametrize("role", [Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR])
def test_watchers_cannot_be_taken_over(keeper: FlaskClient, home: Committee, act: str, role: Role) -> None:
    with transaction():
        watcher = make_account(home, role, username="watcher")
    before = facts(watcher)

    assert keeper.post(f"/settings/accounts/{watcher.id}/{act}").status_code == 403
    assert facts(watcher) == before


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_for_any_number_of_rows(
    keeper: FlaskClient, home: Committee, count_statements: Callable[[], Any], rows: int
) -> None:
    for number in range(rows):
        clerk(home, f"clerk{number}")
    with count_statements() as statements:
        assert keeper.get("/settings/accounts").status_code == 200
    assert len(statements) == 5


@pytest.mark.parametrize("query", ["?q=%25", "?q=zz", "?sort=-created", "?sort=nonsense", "?state=nonsense", "?page=x"])
def test_any_address_of_the_list_is_answered(keeper: FlaskClient, query: str) -> None:
    assert keeper.get(f"/settings/accounts{query}").status_code == 200


def test_search_takes_its_words_literally(keeper: FlaskClient, home: Committee) -> None:
    clerk(home)
    assert "clerk" in keeper.get("/settings/accounts?q=cler").get_data(as_text=True)
    assert "没有符合条件的账号" in keeper.get("/settings/accounts?q=%25").get_data(as_text=True)
