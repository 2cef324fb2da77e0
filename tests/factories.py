"""tests.factories — committees, accounts, persons, signed-in browsers; each room adds its own beside its tests."""

from datetime import datetime

from flask import Flask
from flask.testing import FlaskClient

from exam_app.audit.service import MACHINE, Actor
from exam_app.base.db import db
from exam_app.committees import service as committees
from exam_app.committees.models import Committee
from exam_app.committees.states import Level
from exam_app.people import accounts
from exam_app.people import service as people
from exam_app.people.models import Account, Person
from exam_app.people.states import Role
from tests.conftest import NINE

PASSWORD = "Right-horse-7"


def make_committee(name: str = "甲市人大常委会", parent: Committee | None = None, now: datetime = NINE) -> Committee:
    """Found a committee."""
    command = committees.FoundCommittee(
        name=name,
        short_name=name.removesuffix("人大常委会"),
        level=Level.COUNTY if parent else Level.CITY,
        region_code="990100",
        parent_id=parent.id if parent else None,
    )
    return committees.found(command, MACHINE, now)


def make_account(committee: Committee, *roles: Role, username: str = "", now: datetime = NINE) -> Account:
    """Open an account that holds the roles and need not change its password."""
    username = username or "-".join(role.value for role in roles) + f"-{committee.id}"
    command = accounts.OpenAccount(
        username=username, display_name=username, password=PASSWORD, must_change=False, committee_id=committee.id
    )
    account = accounts.open_account(command, MACHINE, now)
    for role in roles:
        people.grant_role(account.id, committee.id, role, MACHINE, now)
    return account


def actor_of(account: Account) -> Actor:
    """Return the account as the audit names it."""
    return Actor(account.id, account.display_name)


def make_person(committee: Committee, name: str = "王强", unit: str = "甲市财政局", now: datetime = NINE) -> Person:
    """Make a person known to the committee."""
    command = people.RegisterPerson(committee_id=committee.id, name=name, unit=unit, post="副局长")
    return people.register(command, MACHINE, now)


def browser_of(app: Flask, account: Account) -> FlaskClient:
    """Return a browser without scripts, signed in with the account. Commits what was made so far."""
    db.session.commit()
    client = app.test_client()
    client.post("/sign-in", data={"username": account.username, "password": PASSWORD})
    return client
