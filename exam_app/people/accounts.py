"""people.accounts — use cases of accounts: making them, signing in, passwords, lock-out, disabling."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.db import changed, db
from exam_app.base.states import move
from exam_app.people.credentials import hash_password, verify_password
from exam_app.people.errors import (
    AccountProtected,
    NoSuchAccount,
    OwnAccountUntouchable,
    PasswordUsedBefore,
    PasswordWrong,
    UsernameTaken,
)
from exam_app.people.models import Account, LoginAttempt, PastPassword
from exam_app.people.queries import roles_of
from exam_app.people.rules import (
    LOCK_AFTER,
    LOCK_FOR,
    PAST_PASSWORDS,
    WATCHERS,
    check_password,
    clean_username,
    is_locked,
)
from exam_app.people.states import ACCOUNT_MOVES, AccountState, SignIn


@dataclass(frozen=True, kw_only=True)
class OpenAccount:
    """A new account; its owner must change the password unless told otherwise (the demo)."""

    username: str
    display_name: str
    password: str
    must_change: bool = True
    person_id: int | None = None
    committee_id: int | None = None


@dataclass(frozen=True)
class SignInOutcome:
    """What became of an attempt; the account only when it was accepted."""

    outcome: SignIn
    account: Account | None = None


def open_account(command: OpenAccount, actor: Actor, now: datetime) -> Account:
    """Open an account, or raise UsernameTaken, UsernameInvalid or PasswordTooWeak."""
    username = clean_username(command.username)
    check_password(command.password, username)
    if db.session.scalar(select(Account.id).where(Account.username == username)) is not None:
        raise UsernameTaken(username=username)
    account = Account(
        username=username,
        display_name=command.display_name.strip(),
        committee_id=command.committee_id,
        person_id=command.person_id,
        password_hash=hash_password(command.password),
        must_change=command.must_change,
        password_changed_at=now,
        created_at=now,
    )
    db.session.add(account)
    db.session.flush()  # the audit line needs the id
    _note(actor, "account.open", account, now, username=account.username)
    return account


def sign_in(username: str, password: str, address: str, now: datetime) -> SignInOutcome:
    """Judge an attempt and record it, right or wrong; the fifth failure in a row locks the account.

    The row is locked first, so that five wrong passwords in five requests at once lock it as well.
    """
    account = db.session.scalar(select(Account).where(Account.username == username).with_for_update())
    outcome = _judge(account, password, now)
    db.session.add(LoginAttempt(username=username[:60], address=address[:60], outcome=outcome, at=now))
    if account is None:
        return SignInOutcome(outcome)
    actor = Actor(account.id, account.display_name)
    if outcome is SignIn.ACCEPTED:
        account.failures, account.locked_until = 0, None
        _note(actor, "account.sign_in", account, now, address=address)
        return SignInOutcome(outcome, account)
    if outcome is SignIn.WRONG:
        account.failures += 1
        if account.failures >= LOCK_AFTER:
            account.failures, account.locked_until = 0, now + LOCK_FOR
            _note(actor, "account.lock", account, now, address=address)
    return SignInOutcome(outcome)


def _judge(account: Account | None, password: str, now: datetime) -> SignIn:
    fits = verify_password(account.password_hash if account else None, password)
    if account is None:
        return SignIn.WRONG
    if is_locked(account.locked_until, now):
        return SignIn.LOCKED
    if not fits:
        return SignIn.WRONG
    return SignIn.DISABLED if account.state is AccountState.DISABLED else SignIn.ACCEPTED


def change_password(account_id: int, present: str, fresh: str, now: datetime) -> Account:
    """Let an account's owner take a new password; every other session of the account ends."""
    account = get_account(account_id)
    if not verify_password(account.password_hash, present):
        raise PasswordWrong
    check_password(fresh, account.username)
    past = db.session.scalars(
        select(PastPassword.password_hash)
        .where(PastPassword.account_id == account_id)
        .order_by(PastPassword.set_at.desc())
        .limit(PAST_PASSWORDS)
    )
    if any(verify_password(stored, fresh) for stored in [account.password_hash, *past]):
        raise PasswordUsedBefore(count=PAST_PASSWORDS)
    actor = Actor(account.id, account.display_name)
    _set_password(account, fresh, must_change=False, now=now)
    _note(actor, "account.change_password", account, now)
    return account


def reset_password(account_id: int, fresh: str, actor: Actor, now: datetime) -> Account:
    """Give an account a first password again, to be changed at the next sign-in; ends lock-out and sessions."""
    account = _account_in_care(account_id, actor)
    check_password(fresh, account.username)
    _set_password(account, fresh, must_change=True, now=now)
    account.failures, account.locked_until = 0, None
    _note(actor, "account.reset_password", account, now)
    return account


def _set_password(account: Account, fresh: str, *, must_change: bool, now: datetime) -> None:
    past = PastPassword(account_id=account.id, password_hash=account.password_hash, set_at=account.password_changed_at)
    db.session.add(past)
    account.password_hash = hash_password(fresh)
    account.password_changed_at = now
    account.must_change = must_change
    account.epoch += 1


def unlock(account_id: int, actor: Actor, now: datetime) -> None:
    """End a lock-out."""
    account = get_account(account_id)
    account.failures, account.locked_until = 0, None
    _note(actor, "account.unlock", account, now)


def disable(account_id: int, actor: Actor, now: datetime) -> None:
    """Close an account; its sessions end at once."""
    _turn(account_id, AccountState.DISABLED, "account.disable", actor, now)


def enable(account_id: int, actor: Actor, now: datetime) -> None:
    """Open a closed account again."""
    _turn(account_id, AccountState.ACTIVE, "account.enable", actor, now)


def _turn(account_id: int, target: AccountState, verb: str, actor: Actor, now: datetime) -> None:
    account = _account_in_care(account_id, actor)
    account.state = move(account.state, target, ACCOUNT_MOVES)
    account.epoch += 1
    _note(actor, verb, account, now)


def _account_in_care(account_id: int, actor: Actor) -> Account:
    """Return an account that the actor may take over or close: not their own, not of those who watch over them.

    Whoever could reset the security administrator's password could grant roles, and the audit administrator's,
    read the record as them. The machine may: its operator holds the database anyway.
    """
    account = get_account(account_id)
    if actor.account_id == account_id:
        raise OwnAccountUntouchable
    if actor.account_id is not None and {role for _committee, role in roles_of(account_id)} & WATCHERS:
        raise AccountProtected(username=account.username)
    return account


def _note(actor: Actor, verb: str, account: Account, now: datetime, **details: str) -> None:
    home = account.committee_id or audit.INSTALLATION
    audit.note(actor, verb, about=f"account:{account.id}", now=now, committee_id=home, details=details)


def end_sessions(account_id: int) -> None:
    """End every session of the account at once."""
    changed(update(Account).where(Account.id == account_id).values(epoch=Account.epoch + 1))


def get_account(account_id: int) -> Account:
    """Return the account, or raise NoSuchAccount."""
    account = db.session.get(Account, account_id)
    if account is None:
        raise NoSuchAccount(account=account_id)
    return account
