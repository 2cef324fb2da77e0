"""committees.service — founds committees, opens terms, records local rules."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.committees.errors import RulesBackdated, RulesDateTaken, TermInvalid
from exam_app.committees.models import Committee, LocalRulesVersion, Term
from exam_app.committees.rules import LocalRules, from_document
from exam_app.committees.states import Level


@dataclass(frozen=True, kw_only=True)
class FoundCommittee:
    """What a new committee is called and where it stands."""

    name: str
    short_name: str
    level: Level
    region_code: str
    parent_id: int | None = None
    code: str | None = None
    is_demo: bool = False


def found(command: FoundCommittee, actor: Actor, now: datetime) -> Committee:
    """Found a committee."""
    committee = Committee(
        name=command.name,
        code=command.code,
        short_name=command.short_name,
        level=command.level,
        region_code=command.region_code,
        parent_id=command.parent_id,
        is_demo=command.is_demo,
    )
    db.session.add(committee)
    db.session.flush()  # the audit line needs the id
    audit.note(actor, "committee.found", about=f"committee:{committee.id}", now=now, committee_id=committee.id)
    return committee


def open_term(committee_id: int, number: int, began_on: date, actor: Actor, now: datetime) -> Term:
    """Open a term of office; the running one ends on the day the new one begins."""
    running = db.session.scalar(select(Term).where(Term.committee_id == committee_id, Term.ended_on.is_(None)))
    if number < 1 or (running is not None and (number <= running.number or began_on <= running.began_on)):
        raise TermInvalid(number=number)
    if running is not None:
        running.ended_on = began_on
    term = Term(committee_id=committee_id, number=number, began_on=began_on)
    db.session.add(term)
    audit.note(
        actor,
        "term.open",
        about=f"committee:{committee_id}",
        now=now,
        committee_id=committee_id,
        details={"number": number},
    )
    return term


def record_rules(
    committee_id: int, valid_from: date, rules: LocalRules, basis: str, actor: Actor, now: datetime
) -> LocalRulesVersion:
    """Record the rules that hold from a day on. Earlier versions stay, for what was done under them.

    The first version may reach back to when the rules were made; later ones begin today or after.
    """
    document = from_document(rules.to_document()).to_document()
    taken = select(LocalRulesVersion.id).where(
        LocalRulesVersion.committee_id == committee_id, LocalRulesVersion.valid_from == valid_from
    )
    if db.session.scalar(taken) is not None:
        raise RulesDateTaken(valid_from=valid_from)
    versions = select(LocalRulesVersion.id).where(LocalRulesVersion.committee_id == committee_id)
    today = local_date(now)
    if valid_from < today and db.session.scalar(versions.limit(1)) is not None:
        raise RulesBackdated(today=today)
    version = LocalRulesVersion(
        committee_id=committee_id,
        valid_from=valid_from,
        document=document,
        basis=basis,
        created_at=now,
        created_by=actor.account_id,
    )
    db.session.add(version)
    audit.note(
        actor,
        "rules.record",
        about=f"committee:{committee_id}",
        now=now,
        committee_id=committee_id,
        details={"valid_from": valid_from.isoformat(), "basis": basis},
    )
    return version
