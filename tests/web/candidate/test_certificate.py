"""tests.web.candidate.test_certificate — a candidate sees their own certificate, while it stands."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.certificates import service
from exam_app.certificates.models import Certificate
from exam_app.committees.queries import get_committee
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.seating import code_hash
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.conftest import NINE
from tests.factories import make_committee, make_person

CODE = "K7QM3F9D"


def sit(name: str, exam: Exam) -> RosterEntry:
    """Put a person with a known code on the roster."""
    entry = make_entry(exam, make_person(get_committee(exam.committee_id), name))
    entry.code_hash = code_hash(entry.admission_number, CODE)
    return entry


def seat_of(app: Flask, admission_number: str) -> FlaskClient:
    """Return the browser of a candidate at the seat."""
    client = app.test_client()
    client.post("/seat", data={"admission_number": admission_number, "code": CODE})
    return client


def test_own_certificate_alone_is_shown(app: Flask) -> None:
    with transaction():
        exam = make_exam(make_committee(), opens_at=NINE - timedelta(minutes=10))
        holder, other = sit("王强", exam), sit("李敏", exam)
        certificate_id = service.issue(make_result(holder).id, MACHINE, NINE).id
        numbers = holder.admission_number, other.admission_number
    mine = seat_of(app, numbers[0]).get("/my/certificate.pdf")
    assert mine.mimetype == "application/pdf" and mine.data.startswith(b"%PDF")
    assert seat_of(app, numbers[1]).get("/my/certificate.pdf").status_code == 404

    with transaction():
        certificate = db.session.get_one(Certificate, certificate_id)
        service.revoke(certificate_id, certificate.committee_id, "成绩无效", MACHINE, NINE)
    assert seat_of(app, numbers[0]).get("/my/certificate.pdf").status_code == 404
