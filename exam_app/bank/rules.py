"""bank.rules — pure decisions about questions: what is searched, what is missing, what two versions differ in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from exam_app.bank.errors import QuestionInvalid, ReasonMissing
from question_bank.items import LETTERS, Citation, Item
from question_bank.lint.finding import Finding, Severity
from question_bank.lint.structure import structure
from question_bank.numerals import article_label, to_chinese

LONGEST = {"code": 30, "evidence": 200, "reason": 500, "article": 12}
DRAFT_NEEDS = frozenset({"code_missing", "difficulty", "part_and_organs", "key_beyond_options", "options"})
"""What even a draft must have right; the rest may wait until review."""

Mark = Literal["same", "removed", "added"]


@dataclass(frozen=True)
class Difference:
    """A field in which two versions differ, cut into what stayed, went and came."""

    field: str
    parts: tuple[tuple[Mark, str], ...]


def search_text(item: Item) -> str:
    """Return all words of a question in lower case."""
    words = (item.code, item.stem, *item.options, item.answer, item.explanation)
    evidence = (citation.evidence for citation in item.citations)
    return "\n".join((*words, *evidence)).lower()


def like_pattern(words: str) -> str:
    r"""Return the pattern for LIKE … ESCAPE '\' that finds the words anywhere."""
    escaped = words.strip().lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def check_draft(item: Item) -> None:
    """Raise QuestionInvalid when the question cannot even be kept as a draft."""
    _refuse([*(found for found in structure(item) if found.code in DRAFT_NEEDS), *_too_long(item), *_no_stem(item)])


def check_complete(item: Item) -> None:
    """Raise QuestionInvalid unless the question could be put before a candidate."""
    check_draft(item)
    _refuse([found for found in structure(item) if found.severity is Severity.ERROR])


def problems(item: Item) -> list[str]:
    """Return in words what keeps a question from being complete."""
    errors = [found for found in structure(item) if found.severity is Severity.ERROR]
    return [found.message for found in (*errors, *_too_long(item), *_no_stem(item))]


def _refuse(findings: Sequence[Finding]) -> None:
    if findings:
        raise QuestionInvalid(problems="；".join(found.message for found in findings))


def _too_long(item: Item) -> Iterable[Finding]:
    if len(item.code) > LONGEST["code"]:
        yield Finding("code_length", item.code, Severity.ERROR, f"编号超过 {LONGEST['code']} 个字符，请缩短")
    for citation in item.citations:
        if len(citation.evidence) > LONGEST["evidence"]:
            yield Finding(
                "evidence_length", item.code, Severity.ERROR, f"依据原文超过 {LONGEST['evidence']} 字，请只摘录关键词句"
            )
        if len(citation.article) > LONGEST["article"]:
            yield Finding("article_length", item.code, Severity.ERROR, f"条文序号“{citation.article}”过长，请核对")


def _no_stem(item: Item) -> Iterable[Finding]:
    if not item.stem.strip():
        yield Finding("stem_missing", item.code, Severity.ERROR, "没有题干，请补上")


def clean_reason(reason: str) -> str:
    """Return the reason as it is kept, or raise ReasonMissing."""
    reason = reason.strip()
    if not reason or len(reason) > LONGEST["reason"]:
        raise ReasonMissing(most=LONGEST["reason"])
    return reason


def classification(item: Item) -> tuple[object, ...]:
    """Return what stays the same over all versions of a question."""
    return (item.code, item.kind, item.use, item.part, frozenset(item.organs))


def citation_words(citation: Citation, title: str = "") -> str:
    """Name a citation as statutes are cited: 《宪法》第四十七条第二款第（三）项."""
    law = f"《{title or citation.law}》"
    paragraph = f"第{to_chinese(citation.paragraph)}款" if citation.paragraph else ""
    point = f"第（{to_chinese(citation.item)}）项" if citation.item else ""
    try:
        return f"{law}{article_label(citation.article)}{paragraph}{point}"
    except ValueError:
        return f"{law}{citation.article}{paragraph}{point}"


def differences(old: Item, new: Item) -> list[Difference]:
    """Return the fields in which the newer version differs, in the order of the page."""
    before, after = _fields(old), _fields(new)
    return [Difference(name, marked(before[name], after[name])) for name in before if before[name] != after[name]]


def _fields(item: Item) -> dict[str, str]:
    """Return the words of a version by field."""
    citations = (f"{citation_words(one)}（{one.edition}）{one.evidence}" for one in item.citations)
    return {
        "stem": item.stem,
        "options": "\n".join(f"{letter}. {text}" for letter, text in item.lettered_options),
        "key": item.answer or "".join(letter for letter in LETTERS if letter in item.key),
        "explanation": item.explanation,
        "difficulty": str(item.difficulty),
        "citations": "\n".join(citations),
    }


def marked(before: str, after: str) -> tuple[tuple[Mark, str], ...]:
    """Cut two texts into what is in both, only in the first, only in the second."""
    parts: list[tuple[Mark, str]] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("same", before[a:b]))
            continue
        if a < b:
            parts.append(("removed", before[a:b]))
        if c < d:
            parts.append(("added", after[c:d]))
    return tuple(parts)
