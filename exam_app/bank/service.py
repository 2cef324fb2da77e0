"""bank.service — writes questions, sends them through review by another person, retires them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.bank import rules
from exam_app.bank.errors import ClassificationFixed, CodeTaken, OpenVersionExists, ReviewedByAuthor
from exam_app.bank.models import CitationRow, Question, QuestionOrgan, QuestionVersion
from exam_app.bank.queries import get_question, get_version, item_of, list_versions
from exam_app.bank.states import VERSION_MOVES, VersionState
from exam_app.base.db import db
from exam_app.base.states import move
from question_bank.items import LETTERS, Citation, Item

OPEN = (VersionState.DRAFT, VersionState.IN_REVIEW)


@dataclass(frozen=True, kw_only=True)
class PutIn:
    """How many new questions enter at once: in which state, by whom, from which file."""

    committee_id: int
    state: VersionState = VersionState.DRAFT
    author_id: int | None = None
    reviewer_id: int | None = None
    source_file_id: int | None = None


def draft(committee_id: int, item: Item, actor: Actor, now: datetime) -> QuestionVersion:
    """Write a new question as a draft."""
    rules.check_draft(item)
    _refuse_taken_code(committee_id, item.code)
    put_in([item], PutIn(committee_id=committee_id, author_id=actor.account_id), now)
    version = db.session.scalars(
        select(QuestionVersion).join(Question).where(Question.committee_id == committee_id, Question.code == item.code)
    ).one()
    _note(actor, "question.draft", version, committee_id, now)
    return version


def edit(version_id: int, committee_id: int, item: Item, actor: Actor, now: datetime) -> QuestionVersion:
    """Change a draft. Whoever changed it last is its author, who will not review it."""
    version = get_version(version_id, committee_id, lock=True)
    move(
        version.state, VersionState.IN_REVIEW, VERSION_MOVES
    )  # only what could still be sent to review is open to change
    rules.check_draft(item)
    if rules.classification(item) != rules.classification(item_of(version)):
        _reclassify(version, item)
    _write(version, item)
    version.author_id, version.reviewer_id, version.decided_at = actor.account_id, None, None
    _note(actor, "question.edit", version, committee_id, now)
    return version


def _reclassify(version: QuestionVersion, item: Item) -> None:
    """Change code, kind, use, part or organs, as long as no version was ever live."""
    if version.number > 1:
        raise ClassificationFixed(code=version.question.code)
    question = version.question
    if item.code != question.code:
        _refuse_taken_code(question.committee_id, item.code)
    question.code, question.kind, question.use, question.part = item.code, item.kind, item.use, item.part
    question.organs.clear()
    db.session.flush()  # the old rows must go before equal new ones come
    question.organs.extend(QuestionOrgan(organ_type=organ) for organ in item.organs)


def _write(version: QuestionVersion, item: Item) -> None:
    version.citations.clear()
    db.session.flush()  # the old rows must go before equal new ones come
    for name, value in _contents(item).items():
        setattr(version, name, value)
    version.citations.extend(CitationRow(**_citation(place, one)) for place, one in enumerate(item.citations, start=1))


def revise(question_id: int, committee_id: int, actor: Actor, now: datetime) -> QuestionVersion:
    """Begin a new version of a question with the words of its last one; a live one stays live until it is replaced."""
    versions = list_versions(get_question(question_id, committee_id).id)
    if any(version.state in OPEN for version in versions):
        raise OpenVersionExists(code=versions[0].question.code)
    last = versions[0]
    item = item_of(last)
    version = QuestionVersion(
        question_id=question_id, number=last.number + 1, author_id=actor.account_id, created_at=now, **_contents(item)
    )
    db.session.add(version)
    db.session.flush()  # its citations and the audit line need the id
    version.citations.extend(CitationRow(**_citation(place, one)) for place, one in enumerate(item.citations, start=1))
    _note(actor, "question.revise", version, committee_id, now)
    return version


def submit_for_review(version_id: int, committee_id: int, actor: Actor, now: datetime) -> QuestionVersion:
    """Send a complete draft to review; a draft that nobody wrote (an import) gets whoever sends it as its author."""
    version = get_version(version_id, committee_id, lock=True)
    target = move(version.state, VersionState.IN_REVIEW, VERSION_MOVES)
    rules.check_complete(item_of(version))
    version.state = target
    version.author_id = version.author_id or actor.account_id
    version.reviewer_id, version.decided_at = None, None
    _note(actor, "question.submit", version, committee_id, now)
    return version


def approve(version_id: int, committee_id: int, actor: Actor, now: datetime) -> QuestionVersion:
    """Make a version live; the one that was live until now is retired in the same act."""
    version = _reviewed_by_another(version_id, committee_id, actor)
    target = move(version.state, VersionState.LIVE, VERSION_MOVES)
    rules.check_complete(item_of(version))
    for previous in list_versions(version.question_id):
        if previous.state is VersionState.LIVE:
            previous.state = move(previous.state, VersionState.RETIRED, VERSION_MOVES)
            previous.decided_at = now
    db.session.flush()  # one live version at a time, also in the order of statements
    version.state = target
    version.reviewer_id, version.decided_at, version.review_note = actor.account_id, now, ""
    _note(actor, "question.approve", version, committee_id, now)
    return version


def send_back(version_id: int, committee_id: int, note: str, actor: Actor, now: datetime) -> QuestionVersion:
    """Return a version to its author with a note."""
    version = _reviewed_by_another(version_id, committee_id, actor)
    target = move(version.state, VersionState.DRAFT, VERSION_MOVES)
    version.review_note = rules.clean_reason(note)
    version.state = target
    version.reviewer_id, version.decided_at = actor.account_id, now
    _note(actor, "question.send_back", version, committee_id, now)
    return version


def retire(version_id: int, committee_id: int, reason: str, actor: Actor, now: datetime) -> QuestionVersion:
    """Take a live version out of the draw, or give a draft up; both stay on record."""
    version = get_version(version_id, committee_id, lock=True)
    target = move(version.state, VersionState.RETIRED, VERSION_MOVES)
    version.review_note = rules.clean_reason(reason)
    version.state = target
    version.decided_at = now
    _note(actor, "question.retire", version, committee_id, now, {"reason": version.review_note})
    return version


def _reviewed_by_another(version_id: int, committee_id: int, actor: Actor) -> QuestionVersion:
    version = get_version(version_id, committee_id, lock=True)
    if actor.account_id is None or actor.account_id == version.author_id:
        raise ReviewedByAuthor(code=version.question.code)
    return version


def adopt(
    committee_id: int,
    items: Sequence[Item],
    author_id: int | None,
    reviewer_id: int | None,
    actor: Actor,
    now: datetime,
) -> int:
    """Put questions in as live versions that another person reviewed; codes that are there already are left alone."""
    if author_id is not None and author_id == reviewer_id:
        raise ReviewedByAuthor(code="")
    known = set(db.session.scalars(select(Question.code).where(Question.committee_id == committee_id)))
    fresh = [item for item in items if item.code not in known]
    for item in fresh:
        rules.check_complete(item)
    command = PutIn(committee_id=committee_id, state=VersionState.LIVE, author_id=author_id, reviewer_id=reviewer_id)
    put_in(fresh, command, now)
    audit.note(
        actor,
        "bank.adopt",
        about=f"committee:{committee_id}",
        now=now,
        committee_id=committee_id,
        details={"questions": len(fresh)},
    )
    return len(fresh)


def put_in(items: Sequence[Item], command: PutIn, now: datetime) -> None:
    """Insert new questions with their first versions, in four statements however many they are."""
    if not items:
        return
    questions = [
        {"committee_id": command.committee_id, "code": item.code, "kind": item.kind, "part": item.part, "use": item.use}
        | {"created_at": now}
        for item in items
    ]
    question_ids = _insert(Question, questions)
    decided = {"decided_at": now, "reviewer_id": command.reviewer_id} if command.state is VersionState.LIVE else {}
    origin = {"author_id": command.author_id, "source_file_id": command.source_file_id, "created_at": now, **decided}
    versions = [
        {"question_id": question_id, "number": 1, "state": command.state, **origin, **_contents(item)}
        for question_id, item in zip(question_ids, items, strict=True)
    ]
    version_ids = _insert(QuestionVersion, versions)
    organs = [
        {"question_id": question_id, "organ_type": organ}
        for question_id, item in zip(question_ids, items, strict=True)
        for organ in dict.fromkeys(item.organs)
    ]
    citations = [
        {"version_id": version_id, **_citation(place, citation)}
        for version_id, item in zip(version_ids, items, strict=True)
        for place, citation in enumerate(item.citations, start=1)
    ]
    for table, rows in ((QuestionOrgan, organs), (CitationRow, citations)):
        if rows:
            db.session.execute(insert(table), rows)


def _insert(table: type[Question] | type[QuestionVersion], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert many rows and return their ids in the same order."""
    statement = insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(db.session.scalars(statement, [dict(row) for row in rows]))


def _contents(item: Item) -> dict[str, Any]:
    """Return the columns of a version that its question as a value fills."""
    return {
        "stem": item.stem,
        "options": list(item.options),
        "key": "".join(letter for letter in LETTERS if letter in item.key),
        "answer": item.answer,
        "explanation": item.explanation,
        "difficulty": item.difficulty,
        "search_text": rules.search_text(item),
    }


def _citation(position: int, citation: Citation) -> dict[str, Any]:
    return {
        "position": position,
        "law_slug": citation.law,
        "edition": citation.edition,
        "article": citation.article,
        "paragraph": citation.paragraph,
        "item": citation.item,
        "evidence": citation.evidence,
    }


def _refuse_taken_code(committee_id: int, code: str) -> None:
    taken = select(func.count()).where(Question.committee_id == committee_id, Question.code == code)
    if db.session.scalar(taken):
        raise CodeTaken(taken=code)


def _note(
    actor: Actor,
    verb: str,
    version: QuestionVersion,
    committee_id: int,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Record an act on a version; the record names the question, never its words."""
    known = {"code": version.question.code, "version": version.number, **(details or {})}
    audit.note(actor, verb, about=f"question:{version.question_id}", now=now, committee_id=committee_id, details=known)
