"""web.admin.rules_lines — rules that are typed one a line: how they are written out, and how they are read again.

A line that cannot be read becomes a value that the room refuses, so that the refusal stands at its field.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from exam_app.committees.rules import LocalRules
from exam_app.web.admin.rules_words import FORM_NAMES, STEP_KINDS

BAND = re.compile(r"(\S+?)\s*[:：]?\s*(\d{1,4})\s*分?")
SHARE = re.compile(r"(.+?)\s*(≥|>=|>|＞|不少于|超过)\s*(\d{1,3})\s*/\s*(\d{1,3})")
STRICT = (">", "＞", "超过")
UNREADABLE = -1
KINDS = {words: kind for kind, words in STEP_KINDS.items()}
FORM_CODES = {words: code for code, words in FORM_NAMES.items()}


def read_lines(text: str | None) -> tuple[str, ...]:
    """Return the lines that hold something."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def write_out(rules: LocalRules) -> dict[str, str]:
    """Return the rules that take several lines, as they are typed."""
    return {
        "bands": "\n".join(f"{name} {least}" for name, least in rules.bands),
        "steps": write_steps(rules.steps),
        "grades": "\n".join(rules.grades),
        "assessment_lines": "\n".join(
            f"{grade}：{'+'.join(rules.grades[:best])} {'>' if strict else '≥'} {over}/{under}"
            for grade, best, over, under, strict in rules.assessment_lines
        ),
        "year_groups": "\n".join(f"{FORM_NAMES[form]}：{FORM_NAMES[group]}" for form, group in rules.year_groups),
    }


def write_steps(steps: tuple[tuple[str, str], ...]) -> str:
    """Return steps as they are typed."""
    return "\n".join(f"{STEP_KINDS[kind]}：{label}" for kind, label in steps)


def read_bands(text: str | None) -> tuple[tuple[str, int], ...]:
    """Return the bands typed one a line."""
    matches = [(line, BAND.fullmatch(line)) for line in read_lines(text)]
    return tuple((found[1], int(found[2])) if found else (line, UNREADABLE) for line, found in matches)


def read_steps(text: str | None) -> tuple[tuple[str, str], ...]:
    """Return the steps typed as kind and name; a kind alone is its own name."""
    pairs = (_pair(line) for line in read_lines(text))
    return tuple((KINDS.get(kind, kind), label or kind) for kind, label in pairs)


def read_assessment_lines(text: str | None, grades: tuple[str, ...]) -> tuple[tuple[str, int, int, int, bool], ...]:
    """Return by which share of the best grades each grade is given."""
    return tuple(_read_share(*_pair(line), grades) for line in read_lines(text))


def read_year_groups(text: str | None) -> tuple[tuple[str, str], ...]:
    """Return into which group of the year's figures each form goes."""
    pairs = (_pair(line) for line in read_lines(text))
    return tuple((FORM_CODES.get(form, form), FORM_CODES.get(group, group or "?")) for form, group in pairs)


def read_rules(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed with the lines read."""
    grades = read_lines(values["grades"])
    readers: Mapping[str, Callable[[Any], Any]] = {
        "bands": read_bands,
        "steps": read_steps,
        "grades": read_lines,
        "assessment_lines": lambda text: read_assessment_lines(text, grades),
        "year_groups": read_year_groups,
    }
    return {name: readers[name](value) if name in readers else value for name, value in values.items()}


def _pair(line: str) -> tuple[str, str]:
    first, _colon, second = line.replace(":", "：").partition("：")
    return first.strip(), second.strip()


def _read_share(grade: str, share: str, grades: tuple[str, ...]) -> tuple[str, int, int, int, bool]:
    found = SHARE.fullmatch(share)
    counted = tuple(name.strip() for name in re.split(r"[+＋、]", found[1])) if found else ()
    if found is None or counted != grades[: len(counted)]:
        return grade, UNREADABLE, 1, 1, False
    return grade, len(counted), int(found[3]), int(found[4]), found[2] in STRICT
