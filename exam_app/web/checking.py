"""web.checking — findings of the self-check as the pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from exam_app.people.states import Role
from exam_app.readiness.findings import Finding
from exam_app.texts.readiness import title_of, words_of

CHECKERS = (Role.OFFICER, Role.EXAMINER, Role.CHIEF_INVIGILATOR, Role.SYSTEM_ADMINISTRATOR)


@dataclass(frozen=True)
class Line:
    """One line of the page; the words say what to do where it is not fine."""

    title: str
    is_fine: bool
    words: str


def lines(findings: Iterable[Finding]) -> list[Line]:
    """Return the findings in words, those that need a hand first."""
    found = [Line(title_of(finding), finding.is_fine, words_of(finding)) for finding in findings]
    return sorted(found, key=lambda line: line.is_fine)
