"""tests.certificates.test_issue — one certificate a result, numbers without a gap, facts that never change."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.certificates import service
from exam_app.certificates.errors import NotCertifiable
from exam_app.certificates.models import Certificate
from exam_app.certificates.rules import from_document
from exam_app.committees.models import Committee
from exam_app.committees.rules import LocalRules
from exam_app.people.models import Person
from exam_app.results.states import ResultState
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.conftest import NINE
from tests.factories import make_committee, make_person

LATER = NINE + timedelta(hours=4)


def make_results(committee: Committee, count: int) -> list[int]:
    """Let so many people pass."""
    exam = make_exam(committee)
    return [make_result(make_entry(exam, make_person(committee))).id for _each in range(count)]


def test_certificate_names_what_was_passed(app: Flask) -> None:
    with transaction():
        result_id = make_results(make_committee(), 1)[0]
        certificate = service.issue(result_id, MACHINE, LATER)

    facts = from_document(certificate.facts)
    assert certificate.number == facts.number == "甲市人考〔2026〕1号"
    assert (facts.person_name, facts.unit, facts.nominated_post) == ("王强", "甲市财政局", "甲市财政局局长")
    assert (facts.score, facts.grade, facts.organ_label) == (Decimal("92.00"), "优秀", "政府卷")
    assert facts.exam_date == facts.issued_on == datetime(2026, 3, 2, tzinfo=UTC).date()
    assert facts.verify_url.endswith(f"/verify?number=2026-1&code={certificate.code}")
    assert len(certificate.code) == 12


def test_certificate_hides_the_score_where_the_rules_do(app: Flask) -> None:
    with transaction():
        committee = make_committee()
        exam = make_exam(committee, LocalRules(disclosure="passed_only"))
        result = make_result(make_entry(exam, make_person(committee)))
        certificate = service.issue(result.id, MACHINE, LATER)
    assert from_document(certificate.facts).score is None


def test_second_issue_returns_the_first(app: Flask) -> None:
    with transaction():
        result_id = make_results(make_committee(), 1)[0]
        first = service.issue(result_id, MACHINE, LATER)
        again = service.issue(result_id, MACHINE, LATER + timedelta(days=1))
    assert first is again


@pytest.mark.parametrize("state", [ResultState.MARKED, ResultState.VOIDED])
def test_unpublished_result_is_refused(app: Flask, state: ResultState) -> None:
    with transaction():
        committee = make_committee()
        result_id = make_result(make_entry(make_exam(committee), make_person(committee)), state=state).id
    with pytest.raises(NotCertifiable), transaction():
        service.issue(result_id, MACHINE, LATER)
    assert db.session.scalar(select(func.count(Certificate.id))) == 0


def test_failed_or_unknown_result_is_refused(app: Flask) -> None:
    with transaction():
        committee = make_committee()
        result_id = make_result(make_entry(make_exam(committee), make_person(committee)), score="59.5").id
    for unfit in (result_id, result_id + 1):
        with pytest.raises(NotCertifiable), transaction():
            service.issue(unfit, MACHINE, LATER)
    assert db.session.scalar(select(func.count(Certificate.id))) == 0


def test_facts_outlive_a_change_of_name(app: Flask) -> None:
    with transaction():
        certificate = service.issue(make_results(make_committee(), 1)[0], MACHINE, LATER)
        certificate_id = certificate.id
    with transaction():
        person = db.session.scalars(select(Person)).one()
        person.name, person.unit = "王坚强", "甲市审计局"
    stored = db.session.get_one(Certificate, certificate_id)
    assert (stored.facts["person_name"], stored.facts["unit"]) == ("王强", "甲市财政局")


def test_each_year_and_committee_counts_from_one(app: Flask) -> None:
    with transaction():
        here, there = make_results(make_committee(), 2), make_results(make_committee("乙市人大常委会"), 1)
        issued = [service.issue(result_id, MACHINE, LATER) for result_id in (*here[:1], *there)]
        issued.append(service.issue(here[1], MACHINE, LATER + timedelta(days=366)))
    numbers = [certificate.number for certificate in issued]
    assert numbers == ["甲市人考〔2026〕1号", "乙市人考〔2026〕1号", "甲市人考〔2027〕1号"]


@pytest.mark.postgresql
def test_numbers_have_no_gap_when_many_issue_at_once(postgres_app: Flask) -> None:
    with transaction():
        result_ids = make_results(make_committee(), 12)

    def issue(result_id: int) -> None:
        with postgres_app.app_context(), transaction():
            service.issue(result_id, MACHINE, LATER)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(issue, [*result_ids, *result_ids]))

    serials = db.session.scalars(select(Certificate.serial).order_by(Certificate.serial)).all()
    assert serials == list(range(1, 13))
