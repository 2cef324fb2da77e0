"""base.errors — refusals: what the house will not do, named as facts.

A refusal changes nothing: the transaction it is raised in is rolled back. It carries a stable code and
facts, never sentences; the words stand in texts.
"""

from functools import partial
from typing import Any, ClassVar


class DomainError(Exception):
    """A refusal. Subclasses name the fact and set `code`."""

    code: ClassVar[str] = ""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(f"{self.code} {facts}" if facts else self.code)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel between processes with the facts: a child that draws may refuse."""
        return partial(type(self), **self.facts), ()


class NotFound(DomainError):
    """No such thing for this person; also what belongs to someone else."""

    code = "not_found"


class NotAllowed(DomainError):
    """The person may see the thing but not do this to it."""

    code = "not_allowed"


class Conflict(DomainError):
    """The thing is not in a state in which this can be done."""

    code = "conflict"


class Invalid(DomainError):
    """What was handed in cannot be right."""

    code = "invalid"


class Unreadable(Invalid):
    """A form does not hold what it should."""

    code = "unreadable"
