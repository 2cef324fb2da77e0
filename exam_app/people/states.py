"""people.states — roles, account states and what became of an attempt to sign in."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a person may do for one committee."""

    AUTHOR = "author"
    REVIEWER = "reviewer"
    EXAMINER = "examiner"
    INVIGILATOR = "invigilator"
    CHIEF_INVIGILATOR = "chief_invigilator"
    MARKER = "marker"
    OFFICER = "officer"
    DIRECTOR = "director"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"


class AccountState(StrEnum):
    """Whether an account may be used at all; a lock-out after wrong passwords is a time, not a state."""

    ACTIVE = "active"
    DISABLED = "disabled"


ACCOUNT_MOVES: Mapping[AccountState, frozenset[AccountState]] = {
    AccountState.ACTIVE: frozenset({AccountState.DISABLED}),
    AccountState.DISABLED: frozenset({AccountState.ACTIVE}),
}


class SignIn(StrEnum):
    """What became of an attempt to sign in."""

    ACCEPTED = "accepted"
    WRONG = "wrong"
    LOCKED = "locked"
    DISABLED = "disabled"
    THROTTLED = "throttled"
