"""people.queries — reads persons, accounts and roles."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, or_, select

from exam_app.base.db import db
from exam_app.people.models import Account, Person, RoleGrant
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


def roles_of(account_id: int) -> frozenset[tuple[int, Role]]:
    """Return the standing grants of an account as pairs of committee and role."""
    query = select(RoleGrant.committee_id, RoleGrant.role).where(
        RoleGrant.account_id == account_id, RoleGrant.revoked_at.is_(None)
    )
    return frozenset((committee_id, role) for committee_id, role in db.session.execute(query))


def find_identity(account_id: int, epoch: int) -> Identity | None:
    """Return the identity of an active account whose sessions of that epoch still hold, in one statement."""
    query = (
        select(
            Account.username,
            Account.display_name,
            Account.must_change,
            RoleGrant.committee_id,
            RoleGrant.role,
        )
        .outerjoin(RoleGrant, (RoleGrant.account_id == Account.id) & (RoleGrant.revoked_at.is_(None)))
        .where(Account.id == account_id, Account.epoch == epoch, Account.state == AccountState.ACTIVE)
    )
    rows = db.session.execute(query).all()
    if not rows:
        return None
    username, display_name, must_change = rows[0][:3]
    grants = frozenset((row[3], row[4]) for row in rows if row[3] is not None)
    return Identity(account_id, username, display_name, must_change, epoch, grants)


def accounts_of(committee_id: int, words: str = "") -> Select[Account]:
    """Return the accounts that hold or held a role in the committee, by user name."""
    inside = select(RoleGrant.account_id).where(RoleGrant.committee_id == committee_id)
    query = select(Account).where(Account.id.in_(inside))
    if words:
        like = f"%{words}%"
        query = query.where(or_(Account.username.like(like), Account.display_name.like(like)))
    return query.order_by(Account.username)


def persons_named(committee_id: int, names: Iterable[str]) -> dict[str, list[Person]]:
    """Return the committee's known persons under each of the names."""
    found: dict[str, list[Person]] = {}
    query = select(Person).where(Person.committee_id == committee_id, Person.name.in_(list(names)))
    for person in db.session.scalars(query.order_by(Person.id)):
        found.setdefault(person.name, []).append(person)
    return found
