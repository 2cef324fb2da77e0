"""yearbook.paragraph — the year-end paragraph, word for word as such summaries have it; pure.

Every number keeps the key of its figure, so that a page can make it open its list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from exam_app.committees.rules import LocalRules
from exam_app.yearbook.definitions import GROUPS, PERSONS, Key

Counts = Mapping[Key, int]


@dataclass(frozen=True)
class Part:
    """A piece of the paragraph; a number has the key of its figure."""

    text: str
    key: Key | None = None


GROUP_WORDS = {
    Key.DECIDE_APPOINT: "决定任命",
    Key.APPOINT: "任命",
    Key.REMOVE: "免职",
    Key.ACCEPT_RESIGNATION: "批准辞职",
}


def adds_up(counts: Counts) -> bool:
    """Say whether the four groups together are the whole."""
    return counts[Key.TOTAL] == sum(counts[key] for key in GROUPS)


def paragraph(counts: Counts, rules: LocalRules) -> list[Part]:
    """Return both sentences; what there was none of is left out."""
    if not counts[Key.TOTAL] and not any(counts[key] for key in PERSONS):
        return [Part("全年常委会没有任免国家工作人员。")]
    return [*_decided(counts), *_done(counts, rules)]


def words(parts: Sequence[Part]) -> str:
    """Return the paragraph as plain text."""
    return "".join(part.text for part in parts)


def _decided(counts: Counts) -> list[Part]:
    if not counts[Key.TOTAL]:
        return [Part("全年常委会没有任免国家工作人员。")]
    parts = [Part("全年常委会任免国家工作人员"), Part(str(counts[Key.TOTAL]), Key.TOTAL), Part("人次")]
    present = [key for key in GROUPS if counts[key]]
    for place, key in enumerate(present):
        lead = "，" if place else "，其中"
        parts += [Part(f"{lead}{GROUP_WORDS[key]}"), Part(str(counts[key]), key), Part("人")]
    return [*parts, Part("。")]


def _done(counts: Counts, rules: LocalRules) -> list[Part]:
    parts = [Part("为使常委会依法行使好人事任免权，我们严格按照有关法律和办法的规定，认真审查人事任免案")]
    clauses = (
        (Key.EXAMINED, "，对", f"名拟任命人员进行{rules.exam_title}"),
        (Key.REPORTED, "，组织拟任人员", f"人到会作{rules.report_label}"),
        (Key.SWORN, "，安排被任命人员", "人接受任命书和宪法宣誓"),
    )
    for key, before, after in clauses:
        if counts[key]:
            parts += [Part(before), Part(str(counts[key]), key), Part(after)]
    return [*parts, Part("。")]
