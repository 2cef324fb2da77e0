"""certificates.queries — reads certificates, and what a certificate is made from."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select

from exam_app.base.crypto import same
from exam_app.base.db import db
from exam_app.certificates.errors import NoSuchCertificate
from exam_app.certificates.models import Certificate
from exam_app.certificates.rules import CODE_LENGTH, read_number, tidy_code
from exam_app.certificates.states import CertificateState
from exam_app.exams.models import Exam, RosterEntry
from exam_app.people.models import Person
from exam_app.results.models import Result
from exam_app.results.states import ResultState
from exam_app.sittings.models import Sitting


@dataclass(frozen=True)
class Sources:
    """The rows that the facts of a certificate are frozen from."""

    result: Result
    exam: Exam
    entry: RosterEntry
    person: Person
    started_at: datetime


def find_sources(result_id: int) -> Sources | None:
    """Return the rows behind a result."""
    row = db.session.execute(
        select(Result, Exam, RosterEntry, Person, Sitting.started_at)
        .join(Exam, Exam.id == Result.exam_id)
        .join(Sitting, Sitting.id == Result.sitting_id)
        .join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        .join(Person, Person.id == Result.person_id)
        .where(Result.id == result_id)
    ).one_or_none()
    return Sources(*row) if row else None


def get_certificate(certificate_id: int, committee_id: int) -> Certificate:
    """Return the committee's certificate, or raise NoSuchCertificate."""
    certificate = db.session.get(Certificate, certificate_id)
    if certificate is None or certificate.committee_id != committee_id:
        raise NoSuchCertificate(certificate=certificate_id)
    return certificate


def find_for_result(result_id: int) -> Certificate | None:
    """Return the certificate of a result."""
    return db.session.scalar(select(Certificate).where(Certificate.result_id == result_id))


def find_for_seat(roster_entry_id: int) -> Certificate | None:
    """Return the certificate of whoever sat at this roster entry."""
    return db.session.scalar(
        select(Certificate)
        .join(Result, Result.id == Certificate.result_id)
        .join(Sitting, Sitting.id == Result.sitting_id)
        .where(Sitting.roster_entry_id == roster_entry_id)
    )


def find_by_code(number: str, code: str) -> Certificate | None:
    """Return the certificate that bears the typed number and code; None says nothing about which was wrong."""
    read, typed = read_number(number), tidy_code(code)
    if read is None or len(typed) != CODE_LENGTH:
        return None
    year, serial = read
    query = select(Certificate).where(Certificate.year == year, Certificate.serial == serial)
    return next((found for found in db.session.scalars(query) if same(found.code, typed)), None)


def certificates_of(committee_id: int, words: str = "", state: CertificateState | None = None) -> Select[Certificate]:
    """Return the query of the committee's certificates, latest first; words search number and person."""
    query = select(Certificate).where(Certificate.committee_id == committee_id)
    if state is not None:
        query = query.where(Certificate.state == state)
    if words:
        person = select(Person.id).where(Person.name.contains(words, autoescape=True))
        query = query.where(
            Certificate.number.contains(words, autoescape=True)
            | Certificate.person_id.in_(person)
            | (Certificate.code == tidy_code(words))
        )
    return query.order_by(Certificate.year.desc(), Certificate.serial.desc())


def count_states(committee_id: int) -> dict[CertificateState, int]:
    """Return how many of the committee's certificates are in each state."""
    query = select(Certificate.state, func.count()).where(Certificate.committee_id == committee_id)
    return {state: count for state, count in db.session.execute(query.group_by(Certificate.state))}


def results_to_certify(exam_id: int) -> list[int]:
    """Return the ids of the exam's published passed results, in order of seats."""
    query = (
        select(Result.id)
        .join(Sitting, Sitting.id == Result.sitting_id)
        .join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        .where(Result.exam_id == exam_id, *_certifiable())
    )
    return list(db.session.scalars(query.order_by(RosterEntry.seat, RosterEntry.id)))


@dataclass(frozen=True)
class CertifiableExam:
    """An exam with people to certify, and how many of them hold certificates already."""

    exam_id: int
    title: str
    opens_at: datetime
    passed: int
    issued: int

    @property
    def is_open(self) -> bool:
        """Whether somebody who passed has no certificate yet."""
        return self.issued < self.passed


def certifiable_exams(committee_id: int) -> list[CertifiableExam]:
    """Return the committee's exams with published passed results, latest first."""
    query = (
        select(Exam.id, Exam.title, Exam.opens_at, func.count(Result.id), func.count(Certificate.id))
        .join(Result, Result.exam_id == Exam.id)
        .outerjoin(Certificate, Certificate.result_id == Result.id)
        .where(Exam.committee_id == committee_id, *_certifiable())
        .group_by(Exam.id, Exam.title, Exam.opens_at)
    )
    return [CertifiableExam(*row) for row in db.session.execute(query.order_by(Exam.opens_at.desc()))]


def _certifiable() -> tuple[ColumnElement[bool], ...]:
    return (Result.state == ResultState.PUBLISHED, Result.passed.is_(True))
