"""tests.people.test_accounts — who looks after an account, and whose accounts nobody takes over."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask

from exam_app.audit.queries import entries
from exam_app.audit.service import MACHINE, Actor
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.base.states import IllegalMove
from exam_app.committees.queries import get_committee
from exam_app.people import accounts
from exam_app.people import queries as people
from exam_app.people.errors import (
    AccountElsewhere,
    AccountProtected,
    NoSuchAccount,
    OwnAccountUntouchable,
    PasswordTooWeak,
    UsernameInvalid,
    UsernameTaken,
)
from exam_app.people.models import Account
from exam_app.people.rules import MUST_NOT_MEET, barriers
from exam_app.people.service import grant_role, revoke_role
from exam_app.people.states import AccountState, Role
from tests.conftest import NINE
from tests.factories import PASSWORD, actor_of, make_account, make_committee

FRESH = "Fresh-horse-8"
Act = Callable[[int, Actor, datetime], object]


def reset(account_id: int, actor: Actor, now: datetime) -> object:
    """Give the account another first password."""
    return accounts.reset_password(account_id, FRESH, actor, now)


@pytest.fixture
def keeper(app: Flask) -> Account:
    """The system administrator."""
    with transaction():
        return make_account(make_committee(), Role.SYSTEM_ADMINISTRATOR, username="keeper")


def home_of(account: Account) -> int:
    """Return the committee that looks after the account."""
    assert account.committee_id is not None
    return account.committee_id


def open_account(username: str, committee_id: int, password: str = PASSWORD) -> Account:
    """Open an account as one act."""
    command = accounts.OpenAccount(username=username, display_name="张三", password=password, committee_id=committee_id)
    with transaction():
        return accounts.open_account(command, MACHINE, NINE)


def count(committee_id: int) -> int:
    """Return how many accounts the committee knows."""
    return len(db.session.scalars(people.accounts_of(committee_id)).all())


def test_fresh_account_is_known_at_home_and_must_change(keeper: Account) -> None:
    fresh = open_account("zhang", home_of(keeper))

    assert people.account_within(fresh.id, home_of(keeper)).must_change
    assert [row.verb for row in db.session.scalars(entries([home_of(keeper)], "account.open"))] == ["account.open"] * 2


@pytest.mark.parametrize(
    ("username", "password", "refusal"),
    [
        ("keeper", PASSWORD, UsernameTaken),
        ("z", PASSWORD, UsernameInvalid),
        ("zhang san", PASSWORD, UsernameInvalid),
        ("<zhang>", PASSWORD, UsernameInvalid),
        ("zhang", "short", PasswordTooWeak),
        ("zhang", "Zhang-zhang-7", PasswordTooWeak),
    ],
)
def test_account_that_cannot_be_is_not_opened(
    keeper: Account, username: str, password: str, refusal: type[DomainError]
) -> None:
    committee_id = home_of(keeper)
    with pytest.raises(refusal):
        open_account(username, committee_id, password)

    assert count(committee_id) == 1


def test_account_of_another_committee_is_not_found(keeper: Account) -> None:
    with transaction():
        other = make_committee("乙县人大常委会")

    with pytest.raises(NoSuchAccount):
        people.account_within(keeper.id, other.id)


def test_role_lent_by_another_committee_gives_no_hold_on_the_account(keeper: Account) -> None:
    with transaction():
        other = make_committee("乙县人大常委会")
        grant_role(keeper.id, other.id, Role.OFFICER, MACHINE, NINE)

    assert people.account_within(keeper.id, other.id).id == keeper.id
    with pytest.raises(AccountElsewhere):
        people.account_at_home(keeper.id, other.id)
    assert people.roles_elsewhere(keeper.id, other.id) == {Role.SYSTEM_ADMINISTRATOR}


@pytest.mark.parametrize("act", [reset, accounts.disable])
@pytest.mark.parametrize("role", [Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR])
def test_watchers_are_neither_taken_over_nor_closed(keeper: Account, role: Role, act: Act) -> None:
    with transaction():
        watcher = make_account(get_committee(home_of(keeper)), role, username="watcher")
    before = (watcher.password_hash, watcher.state, watcher.epoch)
    watcher_id, actor = watcher.id, actor_of(keeper)

    with pytest.raises(AccountProtected), transaction():
        act(watcher_id, actor, NINE)

    assert (watcher.password_hash, watcher.state, watcher.epoch) == before


def test_watcher_whose_role_is_revoked_can_be_closed(keeper: Account) -> None:
    with transaction():
        watcher = make_account(get_committee(home_of(keeper)), Role.AUDIT_ADMINISTRATOR, username="watcher")
    with transaction():
        revoke_role(watcher.id, home_of(keeper), Role.AUDIT_ADMINISTRATOR, MACHINE, NINE)
        accounts.disable(watcher.id, actor_of(keeper), NINE)

    assert watcher.state is AccountState.DISABLED


@pytest.mark.parametrize("act", [reset, accounts.disable])
def test_nobody_does_it_to_themselves(keeper: Account, act: Act) -> None:
    before = (keeper.password_hash, keeper.state)
    keeper_id, actor = keeper.id, actor_of(keeper)

    with pytest.raises(OwnAccountUntouchable), transaction():
        act(keeper_id, actor, NINE)

    assert (keeper.password_hash, keeper.state) == before


def test_disabling_twice_is_refused(keeper: Account) -> None:
    fresh = open_account("zhang", home_of(keeper))
    fresh_id, actor = fresh.id, actor_of(keeper)
    with transaction():
        accounts.disable(fresh_id, actor, NINE)

    with pytest.raises(IllegalMove), transaction():
        accounts.disable(fresh_id, actor, NINE)

    with transaction():
        accounts.enable(fresh_id, actor, NINE)
    assert fresh.state is AccountState.ACTIVE


@pytest.mark.parametrize("role", Role)
def test_barriers_are_the_roles_that_the_table_names(role: Role) -> None:
    assert barriers(role, Role) == sorted(one for one in Role if frozenset((one, role)) in MUST_NOT_MEET)
