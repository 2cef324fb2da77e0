"""web.matters.matter — one thing to do, and whose desk it is for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, url_for

from exam_app.people.states import Role

SOON = timedelta(days=7)
URGENT = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Whose matters, for which committee, as of when."""

    committee_id: int
    account_id: int
    roles: frozenset[Role]
    now: datetime

    def has(self, *roles: Role) -> bool:
        """Whether the account holds one of the roles."""
        return bool(self.roles & set(roles))


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One thing to do: what, why, by when, and the button that leads there."""

    title: str
    text: str
    when: str
    href: str
    action: str
    urgent: bool = False


def href_to(endpoint: str, **values: Any) -> str:
    """Return the address of a page, empty where there is none: what leads nowhere is no matter."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""
