"""people.rules — which roles may meet in one person, what a password must be, how names and numbers are written.

The smallest office is three people: a clerk, a second officer and a deputy director. The pairs below are what must
stay apart even there; everything else may meet.
"""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from exam_app.people.errors import NameInvalid, PasswordTooWeak, PhoneInvalid, UsernameInvalid
from exam_app.people.states import Role

MUST_NOT_MEET: frozenset[frozenset[Role]] = frozenset(
    frozenset(pair)
    for pair in (
        (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR),
        (Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR),
        (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR),
        # An administrator who also runs exams could change them and hide it.
        (Role.AUDIT_ADMINISTRATOR, Role.EXAMINER),
        (Role.AUDIT_ADMINISTRATOR, Role.AUTHOR),
        (Role.AUDIT_ADMINISTRATOR, Role.REVIEWER),
        (Role.AUDIT_ADMINISTRATOR, Role.MARKER),
        (Role.AUDIT_ADMINISTRATOR, Role.OFFICER),
        (Role.AUDIT_ADMINISTRATOR, Role.INVIGILATOR),
        (Role.AUDIT_ADMINISTRATOR, Role.CHIEF_INVIGILATOR),
        # Who marks must not be the one who releases or sets what is marked.
        (Role.MARKER, Role.INVIGILATOR),
        (Role.MARKER, Role.CHIEF_INVIGILATOR),
        (Role.MARKER, Role.EXAMINER),
    )
)

WATCHERS: frozenset[Role] = frozenset({Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
"""Whose accounts the system administrator can neither take over nor close."""

PAST_PASSWORDS = 5
LOCK_AFTER = 5
LOCK_FOR = timedelta(minutes=15)
PASSWORD_MINIMUM = 8
PASSWORD_CLASSES = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^A-Za-z0-9]")


def meeting_pair(roles: Iterable[Role]) -> tuple[Role, Role] | None:
    """Return two of the roles that must not meet in one person, None when all may."""
    held = set(roles)
    for pair in sorted(MUST_NOT_MEET, key=sorted):
        if pair <= held:
            first, second = sorted(pair)
            return first, second
    return None


def barriers(role: Role, held: Iterable[Role]) -> list[Role]:
    """Return which of the roles held stand in the way of granting this one."""
    return sorted(one for one in set(held) if frozenset((one, role)) in MUST_NOT_MEET)


def check_password(password: str, username: str) -> None:
    """Raise PasswordTooWeak unless it is long, mixed (three of four classes) and not the user name."""
    classes = sum(bool(re.search(pattern, password)) for pattern in PASSWORD_CLASSES)
    if len(password) < PASSWORD_MINIMUM or classes < 3 or username.lower() in password.lower():
        raise PasswordTooWeak(minimum=PASSWORD_MINIMUM)


def is_locked(locked_until: datetime | None, now: datetime) -> bool:
    """Whether a lock-out is still running."""
    return locked_until is not None and now < locked_until


def clean_name(text: str) -> str:
    """Return a name as it is stored: no blanks inside Chinese names, one kind of middle dot."""
    name = re.sub(r"[•‧∙・．.]", "·", text.strip())
    name = re.sub(r"[\s\u3000\u00a0\u200b]+", " ", name).strip()
    if not re.search(r"[A-Za-z]", name):
        name = name.replace(" ", "")
    if not 1 <= len(name) <= 60 or re.search(r"[<>\d]", name):
        raise NameInvalid(name=text)
    return name


def clean_username(text: str) -> str:
    """Return a user name: letters, digits, Chinese, dot, dash and underline; raise UsernameInvalid."""
    name = text.strip()
    if not re.fullmatch(r"[A-Za-z0-9\u4e00-\u9fff][A-Za-z0-9\u4e00-\u9fff._-]{1,59}", name):
        raise UsernameInvalid(username=text)
    return name


def clean_phone(text: str) -> str:
    """Return the digits of a phone number, empty when none is given; raise PhoneInvalid."""
    digits = re.sub(r"[\s\-－—()（）\u3000]", "", text or "").translate(
        str.maketrans("０１２３４５６７８９", "0123456789")
    )
    digits = digits.removeprefix("+86")
    if digits and not re.fullmatch(r"\d{7,12}", digits):
        raise PhoneInvalid(phone=text)
    return digits


def mask_phone(digits: str) -> str:
    """Show the first three and last four digits only."""
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 8 else "****"


def mask_name(name: str) -> str:
    """Show the first and, from three characters on, the last character of a name."""
    if len(name) <= 1:
        return name
    return f"{name[0]}*" if len(name) == 2 else f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"
