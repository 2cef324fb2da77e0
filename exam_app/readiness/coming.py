"""readiness.coming — does the coming exam have what it needs? Papers, codes, disk, a backup, a rehearsal."""

import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select

from exam_app.audit.models import AuditEntry
from exam_app.bank import queries as bank
from exam_app.bank.models import QuestionVersion
from exam_app.base.config import settings
from exam_app.base.db import db
from exam_app.exams.models import Exam, ExamBlueprint, RosterEntry
from exam_app.exams.states import ExamState
from exam_app.operations.stamps import BACKUP, REHEARSAL, read_stamp
from exam_app.papers.models import Blueprint, PaperSlot
from exam_app.papers.queries import WITH_SECTIONS, plan_of
from exam_app.papers.rules import SectionPlan, question_count, shortages
from exam_app.readiness.findings import Finding
from exam_app.sittings.models import ReadyPaper, Sitting
from question_bank.kinds import ORGAN_LABELS, OrganType

SAVES_A_QUESTION = 3  # people change their minds, and every change is kept
BYTES_A_SAVE, BYTES_A_PAPER = 2_000, 60_000
SPARE_BYTES = 500 * 2**20
BACKUP_WITHIN = timedelta(hours=24)
SLIPS, ADDED = "roster.print_slips", "roster.add"
Plans = Mapping[OrganType, tuple[SectionPlan, ...]]


def examine(exam: Exam, now: datetime) -> list[Finding]:
    """Return every finding about the exam; whose it is, the caller has checked."""
    entries = list(db.session.scalars(select(RosterEntry).where(RosterEntry.exam_id == exam.id)))
    plans = _plans(exam)
    return [
        Finding("exam_announced", exam.state is ExamState.ANNOUNCED),
        Finding("exam_people", bool(entries), {"people": len(entries)}),
        *_papers(exam, entries, plans),
        _codes(exam, entries),
        _room(entries, plans),
        _backup(now),
        _rehearsal(exam),
    ]


def _plans(exam: Exam) -> Plans:
    """Return what each organ's paper asks for."""
    query = select(ExamBlueprint.organ_type, Blueprint).join(Blueprint, Blueprint.id == ExamBlueprint.blueprint_id)
    rows = db.session.execute(query.where(ExamBlueprint.exam_id == exam.id).options(WITH_SECTIONS))
    return {organ: plan_of(blueprint) for organ, blueprint in rows}


def _papers(exam: Exam, entries: list[RosterEntry], plans: Plans) -> Iterator[Finding]:
    """Prove for everyone that a paper exists which leaves out what they sat before."""
    bare = sorted({entry.organ_type for entry in entries} - set(plans))
    if bare:
        yield Finding("exam_plans", False, {"organs": _names(bare)})
    pool = bank.pool(exam.committee_id)
    seen, drawn = _sat_before(exam), _drawn(exam)
    judged: dict[tuple[OrganType, frozenset[int]], bool] = {}
    lacking: Counter[OrganType] = Counter()
    for entry in entries:
        if entry.id in drawn or entry.organ_type not in plans:
            continue
        case = entry.organ_type, frozenset(seen[entry.person_id])
        if case not in judged:
            left = [question for question in pool if question.question_id not in case[1]]
            judged[case] = not shortages(plans[case[0]], left, case[0])
        lacking[entry.organ_type] += not judged[case]
    short = [organ for organ, count in lacking.items() if count]
    facts = {"people": len(entries), "short": lacking.total(), "organs": _names(sorted(short))}
    yield Finding("exam_papers", not short, facts)


def _names(organs: list[OrganType]) -> str:
    return "、".join(ORGAN_LABELS[organ] for organ in organs)


def _drawn(exam: Exam) -> set[int]:
    """Return who has a paper already: drawn before the bell, or because they sit."""
    on_roster = RosterEntry.exam_id == exam.id
    ready = select(ReadyPaper.roster_entry_id).join(RosterEntry, RosterEntry.id == ReadyPaper.roster_entry_id)
    sat = select(Sitting.roster_entry_id).join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
    return set(db.session.scalars(ready.where(on_roster).union(sat.where(on_roster))))


def _sat_before(exam: Exam) -> Mapping[int, set[int]]:
    """Return the questions that each person of the roster sat before, in one statement."""
    people = select(RosterEntry.person_id).where(RosterEntry.exam_id == exam.id)
    query = (
        select(RosterEntry.person_id, QuestionVersion.question_id)
        .join(Sitting, Sitting.roster_entry_id == RosterEntry.id)
        .join(PaperSlot, PaperSlot.paper_id == Sitting.paper_id)
        .join(QuestionVersion, QuestionVersion.id == PaperSlot.version_id)
        .where(RosterEntry.person_id.in_(people))
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    for person_id, question_id in db.session.execute(query):
        found[person_id].add(question_id)
    return found


def _codes(exam: Exam, entries: list[RosterEntry]) -> Finding:
    """Whether the slips were printed, and nobody was put on the roster since."""
    acts = select(AuditEntry.verb).where(AuditEntry.about == f"exam:{exam.id}", AuditEntry.verb.in_((SLIPS, ADDED)))
    verbs = list(db.session.scalars(acts.order_by(AuditEntry.sequence)))
    if SLIPS not in verbs:
        return Finding("exam_codes_unprinted", not entries)
    return Finding("exam_codes", verbs[-1] == SLIPS)


def _room(entries: list[RosterEntry], plans: Plans) -> Finding:
    questions = max((question_count(plan) for plan in plans.values()), default=0)
    wanted = len(entries) * (questions * SAVES_A_QUESTION * BYTES_A_SAVE + BYTES_A_PAPER) + SPARE_BYTES
    free = shutil.disk_usage(settings().instance).free
    return Finding("exam_disk", free > wanted, {"free": free // 2**20, "wanted": wanted // 2**20})


def _backup(now: datetime) -> Finding:
    made = read_stamp(settings().instance, BACKUP)
    is_fresh = bool(made) and now - made["at"] <= BACKUP_WITHIN
    return Finding("exam_backup", is_fresh, {"hours": int(BACKUP_WITHIN.total_seconds() // 3600)})


def _rehearsal(exam: Exam) -> Finding:
    held = read_stamp(settings().instance, REHEARSAL).get("exams", {}).get(str(exam.id))
    if held is None:
        return Finding("exam_unrehearsed", False, {"exam": exam.id})
    return Finding("exam_rehearsed", bool(held["holds"]), {"exam": exam.id, "candidates": held["candidates"]})
