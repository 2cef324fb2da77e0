"""people.models — tables of persons, accounts, roles and attempts to sign in."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from exam_app.base.db import Base
from exam_app.people.states import AccountState, Role, SignIn


class Person(Base):
    """A person known to a committee; may be nominated many times and need no account.

    Phone and ID number are sealed; the index columns find equal ones without unsealing.
    """

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_committee_id_name", "committee_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"))
    name: Mapped[str] = mapped_column(String(60))
    unit: Mapped[str] = mapped_column(String(120), default="")
    post: Mapped[str] = mapped_column(String(120), default="")
    phone_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_index: Mapped[str | None] = mapped_column(String(64), index=True)
    id_number_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    id_number_index: Mapped[str | None] = mapped_column(String(64), index=True)
    created_at: Mapped[datetime]


class Account(Base):
    """Someone who signs in with a name and a password. `epoch` grows to end every session at once.

    `committee_id` is the committee whose administrator looks after the account; roles may lie elsewhere as well.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    display_name: Mapped[str] = mapped_column(String(60))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    password_hash: Mapped[str] = mapped_column(String(200))
    state: Mapped[AccountState] = mapped_column(default=AccountState.ACTIVE)
    must_change: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    password_changed_at: Mapped[datetime]
    epoch: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class RoleGrant(Base):
    """One role of one account for one committee, from its grant until it is revoked."""

    __tablename__ = "role_grant"
    __table_args__ = (
        Index(
            "uq_role_grant_standing",
            "account_id",
            "committee_id",
            "role",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    committee_id: Mapped[int] = mapped_column(ForeignKey("committee.id"), index=True)
    role: Mapped[Role]
    granted_at: Mapped[datetime]
    granted_by: Mapped[int | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[int | None]


class PastPassword(Base):
    """The hash of a password used before, so that it is not taken again."""

    __tablename__ = "past_password"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    set_at: Mapped[datetime]


class LoginAttempt(Base):
    """One attempt to sign in, with an account or at a seat; insert-only."""

    __tablename__ = "login_attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(60), index=True)
    address: Mapped[str] = mapped_column(String(60))
    outcome: Mapped[SignIn]
    at: Mapped[datetime]
