"""tests.web.public.test_door — signing in and out, locking, forced change, idle time-out, safe return addresses."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from exam_app.audit.service import MACHINE
from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.people import accounts
from exam_app.people.models import Account
from exam_app.people.states import Role
from tests.factories import PASSWORD, browser_of, make_account, make_committee


@pytest.fixture
def account(app: Flask) -> Account:
    """An officer's account, stored."""
    with transaction():
        return make_account(make_committee(), Role.OFFICER, username="zhang")


def test_five_wrong_passwords_in_five_requests_lock_the_account(account: Account, client: FlaskClient) -> None:
    for _try in range(5):
        page = client.post("/sign-in", data={"username": "zhang", "password": "wrong"})
        assert "用户名或密码不对" in page.text

    page = client.post("/sign-in", data={"username": "zhang", "password": PASSWORD})

    assert "已锁定" in page.text
    assert client.get("/today").status_code == 302


def test_right_password_leads_to_today(account: Account, client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"username": "zhang", "password": PASSWORD})

    assert answer.location == "/today"
    assert "甲市人大常委会" in client.get("/today").text


@pytest.mark.parametrize(
    "target", ["//elsewhere.example/x", "https://elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"]
)
def test_return_address_never_leaves_the_house(account: Account, client: FlaskClient, target: str) -> None:
    answer = client.post("/sign-in", query_string={"next": target}, data={"username": "zhang", "password": PASSWORD})

    assert answer.location == "/today"


def test_first_password_must_be_changed_before_anything_else(account: Account, client: FlaskClient) -> None:
    with transaction():
        accounts.reset_password(account.id, "First-horse-1", MACHINE, client.application.extensions["exam_clock"].now())
    client.post("/sign-in", data={"username": "zhang", "password": "First-horse-1"})

    assert client.get("/today").location == "/password"
    fresh = {"present": "First-horse-1", "fresh": "Second-horse-2", "again": "Second-horse-2"}
    assert client.post("/password", data=fresh).location == "/today"
    assert client.get("/today").status_code == 200


def test_weak_password_is_refused_at_its_field_and_nothing_changes(app: Flask, account: Account) -> None:
    client = browser_of(app, account)

    page = client.post("/password", data={"present": PASSWORD, "fresh": "weak", "again": "weak"})

    assert "密码太弱" in page.text
    db.session.expire_all()
    assert accounts.get_account(account.id).epoch == 1


def test_idle_account_is_signed_out(app: Flask, account: Account, clock: FixedClock) -> None:
    client = browser_of(app, account)
    clock.advance(timedelta(minutes=19))
    assert client.get("/today").status_code == 200
    clock.advance(timedelta(minutes=21))

    assert client.get("/today").status_code == 302
    assert "自动退出" in client.get("/sign-in").text


def test_page_that_refreshes_itself_does_not_keep_anyone_signed_in(
    app: Flask, account: Account, clock: FixedClock
) -> None:
    client = browser_of(app, account)
    for _poll in range(5):
        clock.advance(timedelta(minutes=5))
        client.get("/today?poll=1")

    assert client.get("/today").status_code == 302


def test_new_password_elsewhere_ends_this_session(app: Flask, account: Account, clock: FixedClock) -> None:
    here, elsewhere = browser_of(app, account), browser_of(app, account)

    elsewhere.post("/password", data={"present": PASSWORD, "fresh": "Second-horse-2", "again": "Second-horse-2"})

    assert here.get("/today").status_code == 302
    assert elsewhere.get("/today").status_code == 200


def test_signing_out_forgets_everything(app: Flask, account: Account) -> None:
    client = browser_of(app, account)
    client.post("/sign-out")

    assert client.get("/today").status_code == 302


def test_expired_form_says_so_and_changes_nothing(app: Flask, account: Account) -> None:
    app.config["WTF_CSRF_ENABLED"] = True

    page = app.test_client().post("/sign-out")

    assert page.status_code == 400
    assert "表单已失效" in page.text


def test_unknown_page_is_answered_in_chinese(client: FlaskClient) -> None:
    assert "没有找到您要的内容" in client.get("/no-such-page").text


def test_cookie_is_not_written_anew_at_every_click(app: Flask, account: Account, clock: FixedClock) -> None:
    client = browser_of(app, account)
    client.get("/today")
    assert "Set-Cookie" not in client.get("/today").headers
    clock.advance(timedelta(seconds=31))
    assert "Set-Cookie" in client.get("/today").headers, "whoever works stays signed in"
