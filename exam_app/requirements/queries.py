"""requirements.queries — reads undecided items beside what today's rules say of them, and attempts at the exam."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select

from exam_app.appointments import queries as appointments
from exam_app.appointments.models import Bill, ExamRequirement, Item, ItemEvent
from exam_app.appointments.rules import Attempt, AttemptOutcome, requirement
from exam_app.appointments.states import UNDECIDED
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.committees import queries as committees
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.states import Absence
from exam_app.people.models import Account, Person
from exam_app.requirements.rules import Failure, Standing
from exam_app.results.models import Result
from exam_app.results.states import ResultState


def undecided(committee_id: int, today: date, item_id: int | None = None) -> list[Standing]:
    """Return every undecided item of the committee, or the one, in a handful of statements however many there are."""
    newest = select(func.max(ExamRequirement.id)).group_by(ExamRequirement.item_id)
    query = (
        select(Item, Person, Bill, ExamRequirement, func.coalesce(Account.display_name, ""))
        .join(Person, Person.id == Item.person_id)
        .join(Bill, Bill.id == Item.bill_id)
        .join(ExamRequirement, ExamRequirement.item_id == Item.id)
        .outerjoin(Account, Account.id == ExamRequirement.approved_by)
        .where(Bill.committee_id == committee_id, Item.state.in_(UNDECIDED), ExamRequirement.id.in_(newest))
        .order_by(Bill.received_on.desc(), Bill.id.desc(), Item.number)
    )
    if item_id is not None:
        query = query.where(Item.id == item_id)
    rows = list(db.session.execute(query))
    rules = committees.rules_on(committee_id, today).rules
    known = appointments.nominations([row[0] for row in rows], committee_id)
    approved = _approved(row[0].id for row in rows)
    return [
        Standing(
            item=item,
            person=person,
            bill=bill,
            held=held,
            approver=approver,
            is_approved=item.id in approved,
            evidence=known[item.id].evidence,
            now=requirement(known[item.id], rules),
        )
        for item, person, bill, held, approver in rows
    ]


def count_changed(committee_id: int, today: date) -> int:
    """Return how many undecided items the rules of today decide otherwise than is on record."""
    return sum(one.has_changed for one in undecided(committee_id, today))


def approver_of(held: ExamRequirement) -> str:
    """Return the name under a requirement; none where the machine decided."""
    account = db.session.get(Account, held.approved_by) if held.approved_by else None
    return account.display_name if account else ""


def attempts_of(item_ids: Iterable[int]) -> dict[int, list[Attempt]]:
    """Return the attempts of each item's nominee that the item was told of, earliest first."""
    wanted = list(item_ids)
    attempts: dict[int, list[Attempt]] = {item_id: [] for item_id in wanted}
    told = (
        select(ItemEvent.item_id, Exam.title, Exam.opens_at, Result.passed, Result.score)
        .join(Result, Result.id == ItemEvent.result_id)
        .join(Exam, Exam.id == Result.exam_id)
        .where(ItemEvent.item_id.in_(wanted), Result.state == ResultState.PUBLISHED)
        .distinct()
    )
    for item_id, title, opens_at, passed, score in db.session.execute(told):
        outcome = AttemptOutcome.PASSED if passed else AttemptOutcome.FAILED
        attempts[item_id].append(Attempt(exam=title, day=local_date(opens_at), outcome=outcome, score=score))
    missed = (
        select(ExamRequirement.item_id, Exam.title, Exam.opens_at)
        .join(RosterEntry, RosterEntry.id == ExamRequirement.roster_entry_id)
        .join(Exam, Exam.id == RosterEntry.exam_id)
        .where(ExamRequirement.item_id.in_(wanted), RosterEntry.absence == Absence.UNEXCUSED)
        .distinct()
    )
    for item_id, title, opens_at in db.session.execute(missed):
        attempts[item_id].append(Attempt(exam=title, day=local_date(opens_at), outcome=AttemptOutcome.ABSENT))
    return {item_id: sorted(made, key=lambda one: one.day) for item_id, made in attempts.items()}


def failure_of(item_id: int, committee_id: int, today: date) -> Failure:
    """Return an item with its attempts, or raise NoSuchItem."""
    item, bill = appointments.get_item(item_id, committee_id)
    return Failure(
        item=item,
        person=db.session.get_one(Person, item.person_id),
        bill=bill,
        attempts=attempts_of([item_id])[item_id],
        in_force=committees.rules_on(committee_id, today),
    )


def _approved(item_ids: Iterable[int]) -> set[int]:
    """Return the items whose requirement was approved after it was last decided."""
    last = (
        select(func.max(ItemEvent.id))
        .where(ItemEvent.item_id.in_(list(item_ids)))
        .where(ItemEvent.verb.in_(("requirement.decide", "requirement.approve")))
        .group_by(ItemEvent.item_id)
    )
    query = select(ItemEvent.item_id).where(ItemEvent.id.in_(last), ItemEvent.verb == "requirement.approve")
    return set(db.session.scalars(query))
