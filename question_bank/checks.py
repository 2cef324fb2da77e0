"""question_bank.checks — every check of a list of questions, in one call. Reads nothing, changes nothing."""

from collections.abc import Sequence
from datetime import date

from question_bank.items import Item
from question_bank.lint.citations import Library, Statutes, citations
from question_bank.lint.finding import Finding, Severity
from question_bank.lint.likeness import alike_stems, equal_codes, equal_stems
from question_bank.lint.spread import spread
from question_bank.lint.structure import structure
from question_bank.lint.supply import Summary, Supply, shortages, sufficiency, summary
from question_bank.lint.wording import wording
from question_bank.register import Register, load_register

__all__ = [
    "Finding",
    "Severity",
    "Statutes",
    "Summary",
    "Supply",
    "check_items",
    "shortages",
    "sufficiency",
    "summary",
]


def check_items(
    items: Sequence[Item],
    *,
    on: date | None = None,
    register: Register | None = None,
    statutes: Statutes | None = None,
) -> list[Finding]:
    """Return all findings, errors first, otherwise in the order of the list.

    `on` asks whether each edition cited holds on that day; `statutes` whether its text says what is quoted.
    """
    library = Library(register or load_register(), on, statutes or {})
    findings = [
        *equal_codes(items),
        *(found for item in items for check in (structure, wording) for found in check(item)),
        *(found for item in items for found in citations(item, library)),
        *equal_stems(items),
        *alike_stems(items),
        *spread(items),
    ]
    return sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR)
