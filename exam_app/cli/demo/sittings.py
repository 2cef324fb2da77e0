"""cli.demo.sittings — lets the invented candidates sit, hand in, and be marked, published and certified."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from exam_app.appointments import queries as appointments
from exam_app.appointments import service as appointing
from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import MUST_SIT
from exam_app.audit.service import Actor
from exam_app.bank import queries as bank
from exam_app.base import chance
from exam_app.base.db import db, transaction
from exam_app.certificates import service as certificates
from exam_app.certificates.drawing import draw_signed
from exam_app.cli.demo.cast import Nominee
from exam_app.exams import queries as exams
from exam_app.exams import seating
from exam_app.exams.models import Exam
from exam_app.exams.queries import RosterLine
from exam_app.exams.states import Absence
from exam_app.papers import queries as papers
from exam_app.papers.rules import shown_letters
from exam_app.results import service as results
from exam_app.results.models import Result
from exam_app.sittings import answers
from exam_app.sittings import service as sitting_service
from question_bank.kinds import Kind


def register(exam_id: int, bill: Bill, actor: Actor, now: datetime) -> None:
    """Put the nominees of a bill that must sit on the roster."""
    ids = db.session.scalars(select(Item.id).where(Item.bill_id == bill.id)).all()
    waiting = [number for number in ids if appointments.requirement_of(number).outcome in MUST_SIT]
    appointing.send_to_exam(exam_id, bill, waiting, actor, now)


def play(exam_id: int, nominees: Sequence[Nominee], opened: datetime, absence: Absence = Absence.UNEXCUSED) -> None:
    """Let everyone who comes sit the exam; the others are marked absent."""
    reason = "未到场，未请假" if absence is Absence.UNEXCUSED else "因公出差，事先书面请假"
    abilities = {nominee.name: nominee.ability for nominee in nominees}
    for place, line in enumerate(exams.roster(exam_id)):
        ability = abilities[line.name]
        if ability is None:
            with transaction():
                committee_id = _committee_of(exam_id)
                actor = Actor(None, "监考员")
                seating.set_absence(line.entry_id, committee_id, absence, reason, actor, opened)
        else:
            _sit(exam_id, line, ability, opened + timedelta(seconds=20 * place))


def _committee_of(exam_id: int) -> int:
    return db.session.get_one(Exam, exam_id).committee_id


def _sit(exam_id: int, line: RosterLine, ability: float, started: datetime) -> None:
    """Sit one person down, answer every question, hand in and mark: three acts, as in the room."""
    source = chance.rng(f"{line.admission_number}:{ability}")
    token = chance.token()
    with transaction():
        seating.check_in(line.entry_id, _committee_of(exam_id), Actor(None, line.name), started)
        sitting = sitting_service.start(line.entry_id, token, started).sitting
    sitting_id, at = sitting.id, started
    slots = papers.slots(sitting.paper_id)
    keys = bank.keys_of([slot.version_id for slot in slots])
    with transaction():
        for slot in slots:
            at += timedelta(seconds=source.randint(15, 75))
            right = shown_letters(sorted(keys[slot.version_id]), slot.option_order)
            response = right if source.random() < ability else _wrong(right, slot.kind, source)
            command = answers.SaveAnswer(
                sitting_id=sitting_id,
                token=token,
                slot=slot.position,
                response=response,
                revision=slot.position,
                answered=slot.position,
            )
            answers.save_answer(command, at)
    with transaction():
        finished = results.finish(sitting_id, at + timedelta(minutes=2))
    with transaction():
        results.mark(finished.result_id, at + timedelta(minutes=2))


def _wrong(right: str, kind: Kind, source: chance.Rng) -> str:
    letters = "AB" if kind is Kind.TRUE_FALSE else "ABCD"
    if kind is Kind.MULTIPLE:
        return right[:-1] if len(right) > 2 else "".join(sorted(set("ABCD") - {right[0]}))
    return source.choice([letter for letter in letters if letter != right])


def publish(exam_id: int, publisher: Actor, now: datetime) -> None:
    """Publish the results and tell the appointment items."""
    with transaction():
        for result in results.publish(exam_id, publisher, now):
            appointing.take_result(result, publisher, now)
        appointing.take_absences(exam_id, publisher, now)


def certify(exam_id: int, publisher: Actor, now: datetime) -> None:
    """Print a certificate for everyone who passed."""
    passed = db.session.scalars(select(Result.id).where(Result.exam_id == exam_id, Result.passed.is_(True))).all()
    for result_id in passed:
        with transaction():
            certificate = certificates.issue(result_id, publisher, now)
        order = certificates.work_order(certificate, now)
        number, pdf = certificate.id, draw_signed(order)
        with transaction():
            certificates.keep_signed(number, pdf, now)
