"""tests.people.test_sign_in — accounts sign in, lock after five failures, and leave a record either way."""

import threading
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.people import accounts
from exam_app.people.models import Account, LoginAttempt
from exam_app.people.rules import LOCK_AFTER, LOCK_FOR
from exam_app.people.states import Role, SignIn
from tests.conftest import NINE
from tests.factories import PASSWORD, make_account, make_committee

ADDRESS = "10.0.0.7"


@pytest.fixture
def account(app: Flask) -> Account:
    """An officer's account."""
    with transaction():
        return make_account(make_committee(), Role.OFFICER, username="zhang")


def attempt(password: str, username: str = "zhang", at: object = NINE) -> SignIn:
    """Try once, as one request does."""
    with transaction():
        return accounts.sign_in(username, password, ADDRESS, at).outcome  # type: ignore[arg-type]


def test_right_password_is_accepted(account: Account) -> None:
    assert attempt(PASSWORD) is SignIn.ACCEPTED


def test_wrong_password_and_unknown_name_answer_alike(account: Account) -> None:
    assert attempt("wrong") is attempt("wrong", username="nobody") is SignIn.WRONG


def test_every_attempt_is_recorded(account: Account) -> None:
    attempt("wrong")
    attempt(PASSWORD)

    outcomes = db.session.scalars(select(LoginAttempt.outcome).order_by(LoginAttempt.id)).all()
    assert outcomes == [SignIn.WRONG, SignIn.ACCEPTED]


def test_five_wrong_passwords_lock_the_account(account: Account) -> None:
    for _try in range(LOCK_AFTER):
        assert attempt("wrong") is SignIn.WRONG

    assert attempt(PASSWORD) is SignIn.LOCKED


def test_four_wrong_passwords_do_not_lock(account: Account) -> None:
    for _try in range(LOCK_AFTER - 1):
        attempt("wrong")

    assert attempt(PASSWORD) is SignIn.ACCEPTED


def test_lock_ends_by_itself(account: Account) -> None:
    for _try in range(LOCK_AFTER):
        attempt("wrong")

    assert attempt(PASSWORD, at=NINE + LOCK_FOR - timedelta(seconds=1)) is SignIn.LOCKED
    assert attempt(PASSWORD, at=NINE + LOCK_FOR) is SignIn.ACCEPTED


def test_success_forgets_earlier_failures(account: Account) -> None:
    for _try in range(LOCK_AFTER - 1):
        attempt("wrong")
    attempt(PASSWORD)
    attempt("wrong")

    assert attempt(PASSWORD) is SignIn.ACCEPTED


def test_disabled_account_stays_out(account: Account) -> None:
    with transaction():
        accounts.disable(account.id, MACHINE, NINE)

    assert attempt(PASSWORD) is SignIn.DISABLED


def test_five_wrong_passwords_at_once_lock_as_well(postgres_app: Flask) -> None:
    with transaction():
        make_account(make_committee(), Role.OFFICER, username="zhang")

    def try_once() -> None:
        with postgres_app.app_context():
            attempt("wrong")

    threads = [threading.Thread(target=try_once) for _number in range(LOCK_AFTER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert attempt(PASSWORD) is SignIn.LOCKED
    assert db.session.scalar(select(func.count()).select_from(LoginAttempt)) == LOCK_AFTER + 1
