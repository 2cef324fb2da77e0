"""laws.service — takes over the register of laws and loads their texts."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, insert, select

from exam_app.audit import service as audit
from exam_app.audit.service import MACHINE, Actor
from exam_app.base.crypto import sha256
from exam_app.base.db import db
from exam_app.laws.errors import ArticleCountDiffers, EditionUnknown, LawTextUnreadable, LawUndated, LawUnknown
from exam_app.laws.models import Article, Edition, Law
from exam_app.laws.rules import newest_date, stored_text
from question_bank.register import Law as KnownLaw
from question_bank.register import Register, load_register
from question_bank.statutes import Statute, parse_statute


@dataclass(frozen=True)
class Loaded:
    """What became of a text: its edition, and whether anything was written."""

    edition: Edition
    is_new: bool


def adopt_register(register: Register, now: datetime) -> None:
    """Take over every law and edition of the register with its facts; what is there already is brought up to date."""
    laws = {law.slug: law for law in db.session.scalars(select(Law))}
    editions = {(edition.law_id, edition.adopted_on): edition for edition in db.session.scalars(select(Edition))}
    fresh = [
        Law(slug=known.slug, title=known.title, short_title=known.short_title)
        for known in register.laws
        if known.slug not in laws
    ]
    db.session.add_all(fresh)
    db.session.flush()  # editions need the ids
    laws |= {law.slug: law for law in fresh}
    for known in register.laws:
        _adopt_editions(laws[known.slug], known, editions)
    db.session.flush()
    if fresh:
        audit.note(MACHINE, "law.adopt_register", about="laws", now=now, details={"laws": len(fresh)})


def _adopt_editions(law: Law, known: KnownLaw, editions: dict[tuple[int, date], Edition]) -> None:
    law.title, law.short_title = known.title, known.short_title
    for facts in known.editions:
        edition = editions.get((law.id, facts.adopted))
        if edition is None:
            edition = Edition(law_id=law.id, adopted_on=facts.adopted, article_count=facts.article_count)
            db.session.add(edition)
        edition.effective_on = facts.effective
        edition.repealed_on = facts.repealed_on
        edition.article_count = facts.article_count


def import_text(text: str, actor: Actor, now: datetime) -> Edition:
    """Load the text of a law into the edition that it names; the same text again changes nothing."""
    return load_text(text, actor, now).edition


def load_text(text: str, actor: Actor, now: datetime) -> Loaded:
    """Load the text like `import_text`, and tell whether it was new."""
    statute = parse_statute(text)
    edition = _edition_of(statute)
    mark = sha256("\n".join(stored_text(article.paragraphs) for article in statute.articles).encode())
    if edition.text_hash == mark:
        return Loaded(edition, is_new=False)
    _store_articles(edition.id, statute)
    edition.text_hash, edition.imported_at = mark, now
    audit.note(
        actor,
        "law.import",
        about=f"edition:{edition.id}",
        now=now,
        details={"title": statute.title, "adopted_on": edition.adopted_on, "text": mark},
    )
    return Loaded(edition, is_new=True)


def _edition_of(statute: Statute) -> Edition:
    """Return the edition that the text is, or raise what stands against it."""
    if not statute.articles or not statute.title:
        raise LawTextUnreadable(name=statute.title or "—")
    known = load_register().find(statute.title)
    law = db.session.scalar(select(Law).where(Law.slug == known.slug)) if known else None
    if law is None:
        raise LawUnknown(title=statute.title)
    adopted = newest_date(statute.preamble_lines)
    if adopted is None:
        raise LawUndated(title=statute.title)
    of_law = select(Edition).where(Edition.law_id == law.id)
    editions = {edition.adopted_on: edition for edition in db.session.scalars(of_law)}
    edition = editions.get(adopted)
    if edition is None:
        raise EditionUnknown(title=law.title, date=adopted, known="、".join(str(day) for day in sorted(editions)))
    if edition.article_count != len(statute.articles):
        raise ArticleCountDiffers(
            title=law.title, date=adopted, expected=edition.article_count, found=len(statute.articles)
        )
    return edition


def _store_articles(edition_id: int, statute: Statute) -> None:
    db.session.execute(delete(Article).where(Article.edition_id == edition_id))
    rows = [
        {
            "edition_id": edition_id,
            "position": position,
            "number": article.number,
            "label": article.label,
            "chapter": article.chapter[:200],
            "text": stored_text(article.paragraphs),
        }
        for position, article in enumerate(statute.articles, start=1)
    ]
    db.session.execute(insert(Article), rows)
