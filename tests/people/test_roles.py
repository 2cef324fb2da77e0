"""tests.people.test_roles — roles are granted per committee; some must not meet in one person."""

from itertools import combinations

import pytest
from flask import Flask

from exam_app.audit.service import MACHINE
from exam_app.base.db import transaction
from exam_app.people import service as people
from exam_app.people.errors import OwnRolesUntouchable, RolesMustNotMeet
from exam_app.people.models import Account
from exam_app.people.queries import roles_of
from exam_app.people.rules import MUST_NOT_MEET, meeting_pair
from exam_app.people.states import Role
from tests.conftest import NINE
from tests.factories import actor_of, make_account, make_committee


@pytest.fixture
def account(app: Flask) -> Account:
    """An account with one role."""
    with transaction():
        return make_account(make_committee(), Role.OFFICER, username="zhang")


@pytest.mark.parametrize("pair", list(combinations(Role, 2)), ids=lambda pair: "+".join(pair))
def test_pair_meets_exactly_when_the_table_lets_it(pair: tuple[Role, Role]) -> None:
    assert (meeting_pair(pair) is not None) == (frozenset(pair) in MUST_NOT_MEET)


def test_three_people_can_run_the_smallest_office() -> None:
    clerk = {Role.OFFICER, Role.EXAMINER, Role.INVIGILATOR, Role.AUTHOR, Role.SYSTEM_ADMINISTRATOR}
    second = {Role.REVIEWER, Role.OFFICER, Role.SECURITY_ADMINISTRATOR}
    deputy = {Role.DIRECTOR, Role.AUDIT_ADMINISTRATOR}

    assert all(meeting_pair(roles) is None for roles in (clerk, second, deputy))


def test_role_counts_for_its_committee_only(account: Account) -> None:
    (committee_id, _role), *_rest = roles_of(account.id)
    with transaction():
        other = make_committee("乙县人大常委会")
        people.grant_role(account.id, other.id, Role.DIRECTOR, MACHINE, NINE)

    assert roles_of(account.id) == {(committee_id, Role.OFFICER), (other.id, Role.DIRECTOR)}


def test_forbidden_pair_is_refused_even_across_committees(account: Account) -> None:
    with transaction():
        other = make_committee("乙县人大常委会")
    before = roles_of(account.id)

    with pytest.raises(RolesMustNotMeet), transaction():
        people.grant_role(account.id, other.id, Role.AUDIT_ADMINISTRATOR, MACHINE, NINE)

    assert roles_of(account.id) == before


def test_nobody_touches_their_own_roles(account: Account) -> None:
    before = roles_of(account.id)
    (committee_id, role), *_rest = before

    with pytest.raises(OwnRolesUntouchable), transaction():
        people.grant_role(account.id, committee_id, Role.DIRECTOR, actor_of(account), NINE)
    with pytest.raises(OwnRolesUntouchable), transaction():
        people.revoke_role(account.id, committee_id, role, actor_of(account), NINE)

    assert roles_of(account.id) == before


def test_revoked_role_is_gone_and_may_be_granted_again(account: Account) -> None:
    (committee_id, role), *_rest = roles_of(account.id)
    with transaction():
        people.revoke_role(account.id, committee_id, role, MACHINE, NINE)
    assert not roles_of(account.id)

    with transaction():
        people.grant_role(account.id, committee_id, role, MACHINE, NINE)
    assert roles_of(account.id) == {(committee_id, role)}
