"""tests.people.test_passwords — what a password must be, and what changing it ends."""

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from exam_app.audit.service import MACHINE
from exam_app.base.db import transaction
from exam_app.people import accounts
from exam_app.people.errors import PasswordTooWeak, PasswordUsedBefore, PasswordWrong
from exam_app.people.models import Account
from exam_app.people.queries import find_identity
from exam_app.people.rules import PASSWORD_MINIMUM, check_password
from exam_app.people.states import Role
from tests.conftest import NINE
from tests.factories import PASSWORD, make_account, make_committee

FRESH = "Fresh-horse-8"


@pytest.fixture
def account(app: Flask) -> Account:
    """An account with a password."""
    with transaction():
        return make_account(make_committee(), Role.OFFICER, username="zhang")


@pytest.mark.parametrize("password", ["Abc-123", "abcdefgh1", "ABCDEFGH", "Zhang-2026", "12345678"])
def test_weak_password_is_refused(password: str) -> None:
    with pytest.raises(PasswordTooWeak):
        check_password(password, "zhang")


@given(st.text(max_size=PASSWORD_MINIMUM - 1))
def test_short_password_is_always_refused(password: str) -> None:
    with pytest.raises(PasswordTooWeak):
        check_password(password, "zhang")


def test_change_ends_every_other_session(account: Account) -> None:
    before = account.epoch
    with transaction():
        accounts.change_password(account.id, PASSWORD, FRESH, NINE)

    assert find_identity(account.id, before) is None
    assert find_identity(account.id, before + 1) is not None


def test_change_needs_the_present_password(account: Account) -> None:
    with pytest.raises(PasswordWrong), transaction():
        accounts.change_password(account.id, "wrong", FRESH, NINE)

    assert accounts.get_account(account.id).epoch == 1


def test_recent_password_is_not_taken_again(account: Account) -> None:
    with transaction():
        accounts.change_password(account.id, PASSWORD, FRESH, NINE)

    with pytest.raises(PasswordUsedBefore), transaction():
        accounts.change_password(account.id, FRESH, PASSWORD, NINE)


def test_reset_forces_a_change_and_unlocks(account: Account) -> None:
    with transaction():
        for _try in range(5):
            accounts.sign_in("zhang", "wrong", "", NINE)
        accounts.reset_password(account.id, FRESH, MACHINE, NINE)

    again = accounts.get_account(account.id)
    assert again.must_change
    assert again.locked_until is None
