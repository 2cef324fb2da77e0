"""readiness.findings — what a check found: a name and facts, for which texts.readiness has the words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One check; not fine: somebody has to do something before people can rely on it."""

    check: str
    is_fine: bool
    facts: Mapping[str, Any] = field(default_factory=dict)


def are_fine(findings: "list[Finding]") -> bool:
    """Whether nothing has to be done."""
    return all(finding.is_fine for finding in findings)
