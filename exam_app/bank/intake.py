"""bank.intake — brings questions in from Excel after a preview, takes an import back, and writes questions out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.bank import rules, search
from exam_app.bank.errors import FileImported, ImportInUse, NotAQuestionFile, NothingToImport
from exam_app.bank.likeness import likenesses
from exam_app.bank.models import Question, QuestionVersion
from exam_app.bank.queries import item_of
from exam_app.bank.service import OPEN, PutIn, edit, put_in, revise
from exam_app.bank.states import VERSION_MOVES, VersionState
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.base.states import move
from exam_app.operations.service import get_file
from question_bank.formats.xlsx import read_xlsx, write_xlsx
from question_bank.items import Fault, Item, ReadResult
from question_bank.kinds import Use

SAME = 100.0
WHOLE_FILE = frozenset({"unreadable", "too_large", "empty", "no_header"})
"""Faults that stand for the file, not for a row of it."""


class Verdict(StrEnum):
    """Whether a row can come in, needs a person's word, or cannot."""

    READY = "ready"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"


@dataclass(frozen=True)
class Doubt:
    """What is to be said about a row: a code for the words, and their facts."""

    code: str
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """A question of the file: its place among the questions, what is to be said, and the question it would renew."""

    place: int
    item: Item
    verdict: Verdict
    doubts: tuple[Doubt, ...] = ()
    renews: int | None = None


@dataclass(frozen=True)
class Preview:
    """What a file holds: rows by verdict, and cells that could not be understood."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]

    def of(self, verdict: Verdict) -> list[Row]:
        """Return the rows with that verdict."""
        return [row for row in self.rows if row.verdict is verdict]


@dataclass(frozen=True)
class Known:
    """The newest version of a question in the bank, as far as an import is compared with it."""

    question_id: int
    stem: str
    classification: tuple[object, ...]
    words: tuple[object, ...]
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class ConfirmImport:
    """Which doubtful rows (by place) come in besides the ready ones, and who is their author, if an author imports."""

    file_id: int
    committee_id: int
    doubtful: frozenset[int] = frozenset()
    all_doubtful: bool = False
    author_id: int | None = None


def preview(file_id: int, committee_id: int, now: datetime) -> Preview:
    """Say what an import of the file would do; changes nothing."""
    result = read(get_file(file_id, committee_id).content, now)
    known = _known(committee_id)
    names = [*known, *(item.code for item in result.items)]
    likeness = likenesses([one.stem for one in known.values()], [item.stem for item in result.items])
    seen: set[str] = set()
    rows = []
    for place, item in enumerate(result.items):
        like = likeness.get(place)
        is_other = like is not None and names[like.place] != item.code
        similar = _similar(names[like.place], like.score) if like and is_other else ()
        rows.append(_judge(Row(place, item, Verdict.READY, similar), known.get(item.code), item.code in seen))
        seen.add(item.code)
    return Preview(tuple(rows), result.faults)


def read(content: bytes, now: datetime) -> ReadResult:
    """Read the file, or raise NotAQuestionFile with what is wrong with it as a whole."""
    result = _read(content, local_date(now))
    whole = [fault.message for fault in result.faults if fault.code in WHOLE_FILE]
    if not result.items and len(whole) == len(result.faults):
        raise NotAQuestionFile(problem=next(iter(whole), "表头下面没有题目"))
    return result


@lru_cache(maxsize=2)
def _read(content: bytes, on: date) -> ReadResult:
    """Read a file once for its preview and its import: a large one takes seconds."""
    return read_xlsx(content, on=on)


def _known(committee_id: int) -> dict[str, Known]:
    """Return the newest version of every question of the committee, by code."""
    query = (
        select(Question, QuestionVersion)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .options(lazyload(QuestionVersion.citations))
        .where(Question.committee_id == committee_id)
        .order_by(QuestionVersion.number)
    )
    return {question.code: _as_known(question, version) for question, version in db.session.execute(query)}


def _as_known(question: Question, version: QuestionVersion) -> Known:
    organs = frozenset(row.organ_type for row in question.organs)
    return Known(
        question.id,
        version.stem,
        (question.code, question.kind, question.use, question.part, organs),
        (version.stem, tuple(version.options), frozenset(version.key), version.answer, version.explanation),
        version.state in OPEN,
    )


def _judge(row: Row, known: Known | None, is_repeated: bool) -> Row:
    """Decide what may happen to a row; the gravest reason decides, all are told."""
    wrong = [*_wrong(row.item), *([Doubt("code_repeated", {})] if is_repeated else [])]
    renewed: list[Doubt] = []
    if known:
        wrong += _cannot_renew(row.item, known)
        renewed = [Doubt("renews", {"code": row.item.code})]
    if wrong:
        return replace(row, verdict=Verdict.WRONG, doubts=tuple(wrong))
    doubts = (*row.doubts, *renewed)
    verdict = Verdict.DOUBTFUL if doubts else Verdict.READY
    return replace(row, verdict=verdict, doubts=doubts, renews=known.question_id if known else None)


def _wrong(item: Item) -> list[Doubt]:
    return [Doubt("problem", {"problem": problem}) for problem in rules.problems(item)]


def _cannot_renew(item: Item, known: Known) -> list[Doubt]:
    """Tell why the row cannot become a new version of the question that has its code."""
    if known.words == (item.stem, item.options, item.key, item.answer, item.explanation):
        return [Doubt("same_as_bank", {})]
    if known.is_open:
        return [Doubt("open_version", {})]
    if known.classification != rules.classification(item):
        return [Doubt("classification_differs", {})]
    return []


def _similar(code: str, score: float) -> tuple[Doubt, ...]:
    if score >= SAME:
        return (Doubt("same_stem", {"code": code}),)
    return (Doubt("similar_stem", {"code": code, "score": f"{score:.0f}"}),)


def confirm(command: ConfirmImport, actor: Actor, now: datetime) -> int:
    """Bring the ready rows and the doubtful ones that were chosen in as drafts; return how many."""
    if _imported(command.file_id):
        raise FileImported(file=command.file_id)
    rows = preview(command.file_id, command.committee_id, now).rows
    chosen = [row for row in rows if _is_chosen(row, command)]
    if not chosen:
        raise NothingToImport
    origin = PutIn(committee_id=command.committee_id, author_id=command.author_id, source_file_id=command.file_id)
    put_in([row.item for row in chosen if row.renews is None], origin, now)
    for row in chosen:
        if row.renews is not None:
            _renew(row.renews, row.item, command, actor, now)
    _note(actor, "bank.import", command.file_id, command.committee_id, now, len(chosen))
    return len(chosen)


def _is_chosen(row: Row, command: ConfirmImport) -> bool:
    if row.verdict is Verdict.DOUBTFUL:
        return command.all_doubtful or row.place in command.doubtful
    return row.verdict is Verdict.READY


def _renew(question_id: int, item: Item, command: ConfirmImport, actor: Actor, now: datetime) -> None:
    version = revise(question_id, command.committee_id, actor, now)
    version = edit(version.id, command.committee_id, item, actor, now)
    version.author_id, version.source_file_id = command.author_id, command.file_id


def undo(file_id: int, committee_id: int, actor: Actor, now: datetime) -> int:
    """Take an import back as long as none of its questions was sent on; they stay on record, retired."""
    get_file(file_id, committee_id)
    versions = _imported(file_id)
    if not versions or any(version.state is not VersionState.DRAFT for version in versions):
        raise ImportInUse(file=file_id)
    for version in versions:
        version.state = move(version.state, VersionState.RETIRED, VERSION_MOVES)
        version.decided_at = now
    _note(actor, "bank.import_undo", file_id, committee_id, now, len(versions))
    return len(versions)


def _imported(file_id: int) -> list[QuestionVersion]:
    query = select(QuestionVersion).where(QuestionVersion.source_file_id == file_id)
    return list(db.session.scalars(query.options(lazyload(QuestionVersion.citations))))


@dataclass(frozen=True)
class Imported:
    """What became of a file: how many of its questions came in, and whether that can be taken back."""

    count: int
    can_undo: bool


def outcome(file_id: int, committee_id: int) -> Imported:
    """Return what became of a file that was handed in."""
    get_file(file_id, committee_id)
    states = [version.state for version in _imported(file_id)]
    return Imported(len(states), bool(states) and all(state is VersionState.DRAFT for state in states))


def export(committee_id: int, wanted: search.Filter, actor: Actor, now: datetime) -> bytes:
    """Write the questions wanted into an Excel sheet; formal ones only for whoever reads them. On record."""
    query = search.find(committee_id, wanted)
    if not wanted.reads_formal:
        query = query.where(Question.use == Use.PRACTICE)
    items = [item_of(version) for version in db.session.scalars(query)]
    formal = sum(item.use is Use.FORMAL for item in items)
    audit.note(
        actor,
        "bank.export",
        about=f"committee:{committee_id}",
        now=now,
        committee_id=committee_id,
        details={"questions": len(items), "formal": formal},
    )
    return write_xlsx(items)


def _note(actor: Actor, verb: str, file_id: int, committee_id: int, now: datetime, count: int) -> None:
    details = {"questions": count}
    audit.note(actor, verb, about=f"file:{file_id}", now=now, committee_id=committee_id, details=details)
