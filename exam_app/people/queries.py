"""people.queries — reads persons, accounts and roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from exam_app.base.db import db
from exam_app.base.lookups import Lookup
from exam_app.people.errors import AccountElsewhere, NoSuchAccount
from exam_app.people.models import Account, LoginAttempt, Person, RoleGrant
from exam_app.people.states import AccountState, Role


@dataclass(frozen=True)
class Identity:
    """An account as the entrance needs it on every request."""

    account_id: int
    username: str
    display_name: str
    must_change: bool
    epoch: int
    roles: frozenset[tuple[int, Role]]

    def holds(self, committee_id: int, roles: Iterable[Role]) -> bool:
        """Whether the account holds any of the roles for that committee."""
        return any((committee_id, role) in self.roles for role in roles)


def find_account(username: str) -> Account | None:
    """Return the account that signs in with this name."""
    return db.session.scalar(select(Account).where(Account.username == username))


def roles_of(account_id: int) -> frozenset[tuple[int, Role]]:
    """Return the standing grants of an account as pairs of committee and role."""
    query = select(RoleGrant.committee_id, RoleGrant.role).where(
        RoleGrant.account_id == account_id, RoleGrant.revoked_at.is_(None)
    )
    return frozenset((committee_id, role) for committee_id, role in db.session.execute(query))


_IDENTITY = Lookup(
    "identity",
    select(Account.username, Account.display_name, Account.must_change, RoleGrant.committee_id, RoleGrant.role)
    .outerjoin(RoleGrant, (RoleGrant.account_id == Account.id) & (RoleGrant.revoked_at.is_(None)))
    .where(
        Account.id == bindparam("account"),
        Account.epoch == bindparam("epoch"),
        Account.state == AccountState.ACTIVE,
    ),
)


def find_identity(account_id: int, epoch: int) -> Identity | None:
    """Return the identity of an active account whose sessions of that epoch still hold, in one statement."""
    rows = _IDENTITY.rows(account=account_id, epoch=epoch)
    if not rows:
        return None
    username, display_name, must_change = rows[0][:3]
    grants = frozenset((row[3], row[4]) for row in rows if row[3] is not None)
    return Identity(account_id, username, display_name, must_change, epoch, grants)


def accounts_of(committee_id: int, words: str = "") -> Select[Account]:
    """Return the accounts that are at home in the committee or hold or held a role in it, by user name."""
    query = select(Account).where(_within(committee_id))
    if words:
        texts = (Account.username, Account.display_name)
        query = query.where(or_(*(text.contains(words, autoescape=True) for text in texts)))
    return query.order_by(Account.username)


def account_within(account_id: int, committee_id: int) -> Account:
    """Return an account that the committee knows, or raise NoSuchAccount."""
    account = db.session.scalar(select(Account).where(Account.id == account_id, _within(committee_id)))
    if account is None:
        raise NoSuchAccount(account=account_id)
    return account


def account_at_home(account_id: int, committee_id: int) -> Account:
    """Return an account that the committee looks after; raise AccountElsewhere for one it only lends a role."""
    account = account_within(account_id, committee_id)
    if account.committee_id not in (None, committee_id):
        raise AccountElsewhere(username=account.username)
    return account


def roles_within(committee_id: int, account_ids: Iterable[int]) -> dict[int, list[RoleGrant]]:
    """Return the standing grants of these accounts for the committee, by account."""
    grants: dict[int, list[RoleGrant]] = {}
    query = select(RoleGrant).where(
        RoleGrant.committee_id == committee_id,
        RoleGrant.account_id.in_(list(account_ids)),
        RoleGrant.revoked_at.is_(None),
    )
    for grant in db.session.scalars(query.order_by(RoleGrant.id)):
        grants.setdefault(grant.account_id, []).append(grant)
    return grants


def roles_elsewhere(account_id: int, committee_id: int) -> frozenset[Role]:
    """Return the roles that the account holds for other committees; they count when roles must not meet."""
    return frozenset(role for committee, role in roles_of(account_id) if committee != committee_id)


def count_locked(committee_id: int, now: datetime) -> int:
    """Return how many of the committee's accounts are locked out."""
    query = select(func.count()).select_from(Account)
    return db.session.scalar(query.where(_within(committee_id), Account.locked_until > now)) or 0


def attempts_of(committee_id: int, words: str = "") -> Select[LoginAttempt]:
    """Return the attempts to sign in with the user names of the committee's accounts, newest first."""
    names = select(Account.username).where(_within(committee_id))
    query = select(LoginAttempt).where(LoginAttempt.username.in_(names))
    if words:
        texts = (LoginAttempt.username, LoginAttempt.address)
        query = query.where(or_(*(text.contains(words, autoescape=True) for text in texts)))
    return query.order_by(LoginAttempt.at.desc(), LoginAttempt.id.desc())


def _within(committee_id: int) -> ColumnElement[bool]:
    granted = select(RoleGrant.account_id).where(RoleGrant.committee_id == committee_id)
    return (Account.committee_id == committee_id) | Account.id.in_(granted)


def persons_named(committee_id: int, names: Iterable[str]) -> dict[str, list[Person]]:
    """Return the committee's known persons under each of the names."""
    found: dict[str, list[Person]] = {}
    query = select(Person).where(Person.committee_id == committee_id, Person.name.in_(list(names)))
    for person in db.session.scalars(query.order_by(Person.id)):
        found.setdefault(person.name, []).append(person)
    return found


def persons_with_phones(committee_id: int, indexes: Iterable[str]) -> dict[str, Person]:
    """Return the committee's known persons by the blind index of their phone numbers, the earliest of each."""
    query = select(Person).where(Person.committee_id == committee_id, Person.phone_index.in_(list(indexes)))
    found: dict[str, Person] = {}
    for person in db.session.scalars(query.order_by(Person.id)):
        found.setdefault(person.phone_index or "", person)
    return found


def account_names(account_ids: Iterable[int]) -> dict[int, str]:
    """Return how the accounts are called, in one statement."""
    query = select(Account.id, Account.display_name).where(Account.id.in_(set(account_ids)))
    return {account_id: name for account_id, name in db.session.execute(query)}
