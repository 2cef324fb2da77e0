"""benchmarks.room — fills a house: open sittings by the thousand, exams whose seats are still to be opened."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import String, cast, insert, literal, select, update

from benchmarks.rows import catch_up, fill, next_id, numbers, offset
from benchmarks.stage import House
from benchmarks.wire import PER_ADDRESS
from exam_app.base.clock import SystemClock
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.committees.rules import LocalRules
from exam_app.exams.models import Exam, ExamBlueprint, RosterEntry
from exam_app.exams.seating import code_hash
from exam_app.exams.states import ExamState
from exam_app.jobs import ready as papers_ready
from exam_app.papers.models import Blueprint, Paper
from exam_app.people.models import Person
from exam_app.sittings import ready
from exam_app.sittings.answers import token_hash
from exam_app.sittings.models import AnswerEvent, Sitting
from exam_app.sittings.states import SittingState
from question_bank.kinds import OrganType

CODE = "K7QM3F9D"
SLOTS = 50
ORGAN = OrganType.GOVERNMENT
HOURS = timedelta(hours=6)


@dataclass(frozen=True)
class Seats:
    """Open sittings: their ids go on from `first`; one exam for each room of sixty."""

    first: int
    count: int
    exams: tuple[int, ...] = ()


@dataclass(frozen=True)
class Hall:
    """One exam whose people have checked in and wait for the bell."""

    exam: int
    numbers: tuple[str, ...]
    first_entry: int


def token_of(sitting: int) -> str:
    """Return the device token of a sitting of the benchmark."""
    return f"bench-token-{sitting:08d}-0123456789abcdef"


def seat_people(house: House, count: int) -> Seats:
    """Let so many people sit, in rooms of sixty; they have no real paper, which a save does not read."""
    with house.open(), transaction():
        return _seat(count, SystemClock().now())


def _seat(count: int, now: datetime) -> Seats:
    exams = _make_exams(-(-count // PER_ADDRESS), now, now + HOURS)
    first, first_entry = next_id(Sitting), _people(count, exams[0], now)
    until = now + HOURS
    row = {"state": SittingState.OPEN, "started_at": now, "ends_at": until, "saves_close_at": until, "slots": SLOTS}
    rows = [
        {
            "id": first + n,
            "roster_entry_id": first_entry + n,
            "paper_id": first_entry + n,
            "device_token_hash": token_hash(token_of(first + n)),
            "last_seen_at": now,
            **row,
        }
        for n in range(count)
    ]
    db.session.execute(insert(Sitting), rows)
    catch_up(Sitting)
    return Seats(first, count, exams)


def _people(count: int, first_exam: int, now: datetime) -> int:
    """Insert persons, papers and roster entries with equal ids, sixty to an exam; return the first id."""
    home = _home()
    first = max(next_id(model) for model in (Person, Paper, RosterEntry))
    fill(Person, first, count, committee_id=home, name="测速", unit="甲市财政局", created_at=now)
    paper = {"committee_id": home, "blueprint_id": _blueprint(home), "hash": "", "sealed_blob": b"", "drawn_at": now}
    fill(Paper, first, count, **paper)
    fill(
        RosterEntry,
        first,
        count,
        exam_id=lambda n: (n - first) // PER_ADDRESS + first_exam,
        person_id=offset(0),
        organ_type=ORGAN,
        admission_number=lambda n: cast(n, String(20)),
        seat=lambda n: cast(n, String(10)),
        code_hash="",
        code_sealed=b"",
        checked_in_at=now,
    )
    return first


def _make_exams(count: int, opens_at: datetime, closes_at: datetime, released: bool = True) -> tuple[int, ...]:
    """Announce exams for government papers, one id after the other; return them."""
    home, first = _home(), next_id(Exam)
    rules = LocalRules(early_hand_in_minutes=0, late_entry_minutes=0).to_document()
    row = {"committee_id": home, "title": "任前法律知识考试", "opens_at": opens_at, "closes_at": closes_at}
    row |= {"duration_minutes": 90, "rules": rules, "state": ExamState.ANNOUNCED, "created_at": opens_at}
    row |= {"announced_at": opens_at, "released_at": opens_at if released else None}
    exams = tuple(range(first, first + count))
    db.session.execute(insert(Exam), [{"id": exam, **row} for exam in exams])
    catch_up(Exam)
    link = {"organ_type": ORGAN, "blueprint_id": _blueprint(home)}
    db.session.execute(insert(ExamBlueprint), [{"exam_id": exam, **link} for exam in exams])
    return exams


def fill_hall(house: House, count: int) -> Hall:
    """Announce an exam that opens in ten minutes and put so many people with known codes on its roster."""
    with house.open(), transaction():
        now = SystemClock().now()
        opens = now + timedelta(minutes=10)
        (exam,) = _make_exams(1, opens, opens + HOURS, released=False)
        first_person, first = next_id(Person), next_id(RosterEntry)
        fill(Person, first_person, count, committee_id=_home(), name="测速", unit="甲市财政局", created_at=now)
        numbers = tuple(f"8{exam:05d}{place:05d}" for place in range(count))
        row = {"exam_id": exam, "organ_type": ORGAN, "code_sealed": b"", "checked_in_at": now}
        rows = [
            {
                "id": first + place,
                "person_id": first_person + place,
                "admission_number": number,
                "seat": f"{place + 1:03d}",
                "code_hash": code_hash(number, CODE),
                **row,
            }
            for place, number in enumerate(numbers)
        ]
        db.session.execute(insert(RosterEntry), rows)
        catch_up(RosterEntry)
        return Hall(exam, numbers, first)


def sessions_of(house: House, hall: Hall) -> list[str]:
    """Return the session that opening each seat would leave in a browser, for who only measures what comes after."""
    with house.open() as app:
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert serializer is not None
        seen_at = SystemClock().now().isoformat()
        return [
            str(
                serializer.dumps({"_user_id": f"seat:{hall.first_entry + place}:1", "_fresh": True, "seen_at": seen_at})
            )
            for place in range(len(hall.numbers))
        ]


def ring_the_bell(house: House, hall: Hall) -> None:
    """Let the clock do what it does before a bell (papers made ready), then open the exam and release it."""
    clock = SystemClock()
    with house.open():
        while ready.list_unready(clock.now(), 1):
            papers_ready.run(clock)
        with transaction():
            now = clock.now()
            bell = {"opens_at": now, "released_at": now}
            db.session.execute(update(Exam).where(Exam.id == hall.exam).values(bell))


def answer_all(house: House, hall: Hall) -> int:
    """Put an answer to every question into the journals of all who sit in a hall; return how many questions."""
    with house.open(), transaction():
        now = SystemClock().now()
        mine = select(Sitting).join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        slots = db.session.scalars(mine.where(RosterEntry.exam_id == hall.exam)).first().slots  # type: ignore[union-attr]
        number = numbers(1, slots)
        columns = ("sitting_id", "revision", "slot", "response", "client_at", "server_at", "receipt")
        types = AnswerEvent.__table__.c
        constants = {"response": "B", "client_at": now, "server_at": now, "receipt": "r" * 86}
        event = (literal(value, types[name].type) for name, value in constants.items())
        rows = select(Sitting.id, number, number, *event).join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        rows = rows.join(number.table, literal(True)).where(RosterEntry.exam_id == hall.exam)
        db.session.execute(insert(AnswerEvent).from_select(columns, rows))
        return slots


def add_history(house: House, count: int, with_events: int) -> None:
    """Add so many closed sittings of past exams, and a journal of one answer a slot to so many of them."""
    with house.open(), transaction():
        then = SystemClock().now() - timedelta(days=30)
        exams = _make_exams(-(-count // PER_ADDRESS), then, then + HOURS)
        first, first_entry = next_id(Sitting), _people(count, exams[0], then)
        ends = then + timedelta(minutes=90)
        fill(
            Sitting,
            first,
            count,
            roster_entry_id=offset(first_entry - first),
            paper_id=offset(first_entry - first),
            state=SittingState.SUBMITTED,
            started_at=then,
            ends_at=ends,
            saves_close_at=ends,
            closed_at=ends,
            slots=SLOTS,
            device_token_hash="-",
            last_seen_at=ends,
        )
        fill(
            AnswerEvent,
            0,
            with_events * SLOTS,
            sitting_id=lambda n: n // SLOTS + first,
            revision=lambda n: n % SLOTS + 1,
            slot=lambda n: n % SLOTS + 1,
            response="B",
            client_at=then,
            server_at=then,
            receipt="r" * 86,
        )


def _home() -> int:
    return db.session.scalars(select(Committee.id)).one()


def _blueprint(home: int) -> int:
    return db.session.scalars(
        select(Blueprint.id).where(Blueprint.committee_id == home, Blueprint.organ_type == ORGAN)
    ).one()
