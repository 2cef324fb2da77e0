"""question_bank.lint.finding — one weakness found in a list of questions."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error makes a question unfit for an exam; a warning asks a person to look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """What is weak, where (no code: the list as a whole), and what to do about it."""

    code: str
    item_code: str
    severity: Severity
    message: str


def error(code: str, item_code: str, message: str) -> Finding:
    """Find a question unfit."""
    return Finding(code, item_code, Severity.ERROR, message)


def warning(code: str, item_code: str, message: str) -> Finding:
    """Ask for a second look."""
    return Finding(code, item_code, Severity.WARNING, message)


def squeeze(text: str) -> str:
    """Drop all blanks."""
    return re.sub(r"[\s　]+", "", text)


def bare(text: str) -> str:
    """Drop blanks and punctuation, so that only the words are compared."""
    return re.sub(r"[\W_]+", "", text)
