"""committees.queries — reads committees, terms and the rules in force on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ScalarSelect, select

from exam_app.base.db import db
from exam_app.committees.errors import NoSuchCommittee
from exam_app.committees.models import Committee, LocalRulesVersion, Term
from exam_app.committees.rules import LocalRules, from_document


@dataclass(frozen=True)
class RulesInForce:
    """The rules, and the version they come from with what it rests on; None when the defaults hold."""

    rules: LocalRules
    version_id: int | None
    basis: str = ""


def get_committee(committee_id: int) -> Committee:
    """Return the committee, or raise NoSuchCommittee."""
    committee = db.session.get(Committee, committee_id)
    if committee is None:
        raise NoSuchCommittee(committee=committee_id)
    return committee


def list_committees() -> list[Committee]:
    """Return all committees, parents before their children."""
    return list(db.session.scalars(select(Committee).order_by(Committee.region_code, Committee.id)))


def lineage(committee_id: int) -> list[int]:
    """Return the ids of the committee and all above it: whose shared banks it sees."""
    ids: list[int] = []
    current: int | None = committee_id
    while current is not None and current not in ids:
        ids.append(current)
        current = db.session.scalar(select(Committee.parent_id).where(Committee.id == current))
    return ids


def rules_on(committee_id: int, day: date) -> RulesInForce:
    """Return the local rules in force on that day, the defaults where none were ever set."""
    version = db.session.scalar(
        select(LocalRulesVersion)
        .where(LocalRulesVersion.committee_id == committee_id, LocalRulesVersion.valid_from <= day)
        .order_by(LocalRulesVersion.valid_from.desc())
        .limit(1)
    )
    return (
        RulesInForce(LocalRules(), None)
        if version is None
        else RulesInForce(from_document(version.document), version.id, version.basis)
    )


def version_on(committee_id: int, day: date) -> ScalarSelect[int]:
    """Return, for use inside another query, which version of the local rules is in force on that day."""
    held = LocalRulesVersion
    query = select(held.id).where(held.committee_id == committee_id, held.valid_from <= day)
    return query.order_by(held.valid_from.desc()).limit(1).scalar_subquery()


def list_rules(committee_id: int) -> list[LocalRulesVersion]:
    """Return every version of the committee's rules, newest first."""
    query = select(LocalRulesVersion).where(LocalRulesVersion.committee_id == committee_id)
    return list(db.session.scalars(query.order_by(LocalRulesVersion.valid_from.desc())))


def list_terms(committee_id: int) -> list[Term]:
    """Return the committee's terms, newest first."""
    return list(db.session.scalars(select(Term).where(Term.committee_id == committee_id).order_by(Term.number.desc())))


def term_on(committee_id: int, day: date) -> Term | None:
    """Return the term of office that the day falls in."""
    return db.session.scalar(
        select(Term)
        .where(Term.committee_id == committee_id, Term.began_on <= day)
        .where((Term.ended_on.is_(None)) | (Term.ended_on > day))
        .order_by(Term.number.desc())
        .limit(1)
    )


def same_term(terms: Iterable[Term], one: date, other: date) -> bool:
    """Whether both days fall into one of the terms."""
    first, last = sorted((one, other))
    return any(term.began_on <= first and (term.ended_on is None or last < term.ended_on) for term in terms)
