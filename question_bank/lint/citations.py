"""question_bank.lint.citations — whether the law cited exists, holds, and says what it is cited for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from question_bank.items import Citation, Item
from question_bank.lint.finding import Finding, error, squeeze, warning
from question_bank.numerals import article_label, parse_article_reference
from question_bank.register import Edition, Law, Register
from question_bank.statutes import Article, Statute, split_items

Statutes = Mapping[tuple[str, date], Statute]
"""The law texts at hand, by slug and day of adoption."""


@dataclass(frozen=True)
class Library:
    """What citations are checked against: the register, a day, and the texts that are at hand."""

    register: Register
    on: date | None
    statutes: Statutes


def citations(item: Item, library: Library) -> Iterator[Finding]:
    """Check each citation of one question."""
    for citation in item.citations:
        yield from _against_register(item, citation, library)
        statute = library.statutes.get((citation.law, citation.edition))
        if statute:
            yield from _against_text(item, citation, statute)


def _against_register(item: Item, citation: Citation, library: Library) -> Iterator[Finding]:
    law = library.register.find(citation.law)
    if law is None:
        yield error("unknown_law", item.code, f"法律目录中没有“{citation.law}”，请核对依据")
        return
    edition = library.register.edition(law.slug, citation.edition)
    if edition is None:
        yield error("unknown_edition", item.code, f"《{law.title}》没有 {citation.edition} 的版本，请核对依据")
        return
    if library.on and not edition.holds_on(library.on):
        yield _not_in_force(item, law, edition, library)
    if _readable(citation.article) and not edition.may_have_article(citation.article):
        yield error(
            "no_article", item.code, f"《{law.title}》只到第{edition.last_article}条，请核对条文序号 {citation.article}"
        )


def _not_in_force(item: Item, law: Law, edition: Edition, library: Library) -> Finding:
    on = library.on
    current = library.register.current(law.slug, on)
    advice = f"现行版本是 {current.adopted}，请按新条文核对后改依据" if current else "该法已无现行版本，请停用此题"
    return error("not_in_force", item.code, f"《{law.title}》{edition.adopted} 版在 {on} 不是现行有效的版本，{advice}")


def _against_text(item: Item, citation: Citation, statute: Statute) -> Iterator[Finding]:
    if not _readable(citation.article):
        yield error("no_article", item.code, f"条文序号“{citation.article}”不能识别，请写成 47 或 120-1")
        return
    article = statute.find_article(citation.article)
    if article is None:
        label = article_label(citation.article)
        yield error("no_article", item.code, f"《{statute.title}》没有{label}，请核对依据")
        return
    yield from _evidence(item, citation, article)


def _evidence(item: Item, citation: Citation, article: Article) -> Iterator[Finding]:
    evidence = squeeze(citation.evidence)
    if not evidence:
        yield warning("no_evidence", item.code, f"{article.label}的依据没有摘录原文，请补上")
        return
    if evidence not in squeeze("".join(article.paragraphs)):
        yield error("evidence_not_found", item.code, f"“{citation.evidence}”不在{article.label}的原文里，请核对")
        return
    if citation.paragraph and citation.paragraph > len(article.paragraphs):
        yield error(
            "no_paragraph",
            item.code,
            f"{article.label}只有 {len(article.paragraphs)} 款，没有第 {citation.paragraph} 款",
        )
        return
    paragraphs = article.paragraphs
    if citation.paragraph:
        paragraphs = paragraphs[citation.paragraph - 1 : citation.paragraph]
    if not any(evidence in squeeze(paragraph) for paragraph in paragraphs):
        place = f"第 {citation.paragraph} 款" if citation.paragraph else "任何一款"
        yield error(
            "evidence_elsewhere", item.code, f"“{citation.evidence}”不在{article.label}{place}的原文里，请核对款数"
        )
        return
    yield from _numbered_item(item, citation, article.label, paragraphs)


def _numbered_item(item: Item, citation: Citation, label: str, paragraphs: tuple[str, ...]) -> Iterator[Finding]:
    if citation.item is None:
        return
    lists = [split_items(paragraph) for paragraph in paragraphs]
    named = [listed[citation.item - 1] for listed in lists if len(listed) >= citation.item]
    if not named:
        yield error("no_item", item.code, f"{label}没有第 {citation.item} 项，请核对")
    elif not any(squeeze(citation.evidence) in squeeze(text) for text in named):
        yield error(
            "evidence_elsewhere", item.code, f"“{citation.evidence}”不在{label}第 {citation.item} 项里，请核对项数"
        )


def _readable(article: str) -> bool:
    try:
        return parse_article_reference(article) == article
    except ValueError:
        return False
