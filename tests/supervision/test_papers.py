"""tests.supervision.test_papers — which papers a duty has come to, what day they bear, what was issued of them."""

from datetime import date, timedelta

import pytest
from flask import Flask

from exam_app.audit.service import MACHINE
from exam_app.base.db import transaction
from exam_app.committees.models import Committee
from exam_app.documents import service as issuing
from exam_app.documents.errors import NoSuchDocument
from exam_app.documents.service import IssueDocument
from exam_app.documents.states import DocumentKind
from exam_app.printing.official.text import digest, lines
from exam_app.supervision import assessing, papers, queries
from exam_app.supervision.states import DutyMode, DutyState
from tests.appointments.factories import make_office
from tests.conftest import NINE
from tests.supervision.factories import HAPPY, TODAY, ballots, in_office, make_duty

NOTICE, RESULT, LETTER = DocumentKind.REPORT_NOTICE, DocumentKind.ASSESSMENT_RESULT, DocumentKind.FEEDBACK_LETTER
S = DutyState


@pytest.fixture
def office(app: Flask) -> Committee:
    """A committee in its term."""
    with transaction():
        return make_office()


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        (S.PLANNED, [NOTICE]),
        (S.FINAL_RECEIVED, [NOTICE]),
        (S.REPORTED, [NOTICE]),
        (S.ASSESSED, [NOTICE, RESULT, LETTER]),
        (S.CLOSED, [NOTICE, RESULT, LETTER]),
        (S.DROPPED, []),
    ],
)
def test_papers_come_with_the_steps(office: Committee, state: DutyState, kinds: list[DocumentKind]) -> None:
    with transaction():
        duty = make_duty(in_office(office), state)
    assert papers.available(queries.get_row(duty.id, office.id)) == kinds
    for kind in DocumentKind:
        if kind in kinds:
            assert papers.compose(kind, duty.id, office.id, TODAY).blocks
        else:
            with pytest.raises(NoSuchDocument):
                papers.compose(kind, duty.id, office.id, TODAY)


def test_notice_without_a_day_is_not_written(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office))
        duty.reports_on = None
    assert papers.available(queries.get_row(duty.id, office.id)) == []


def test_oral_report_names_its_meeting(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), S.ASSESSED, DutyMode.ORAL)
    assert "第十六届人民代表大会常务委员会第" in "".join(lines(papers.compose(RESULT, duty.id, office.id, TODAY)))


def test_paper_bears_the_day_of_its_step_and_stays_the_same_after(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), S.NOTIFIED)
    text = papers.compose(NOTICE, duty.id, office.id, TODAY)
    assert lines(text)[-1] == "2026年1月5日"
    assert digest(text) == digest(papers.compose(NOTICE, duty.id, office.id, TODAY + timedelta(days=30)))


def test_issued_paper_keeps_its_day_until_the_step_is_taken(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office))
        row = queries.get_row(duty.id, office.id)
        text = papers.compose(NOTICE, duty.id, office.id, TODAY)
        about = papers.about(NOTICE, row)
        issuing.issue(IssueDocument(committee_id=office.id, kind=NOTICE, about=about, text=text), MACHINE, NINE)
    issued = papers.find_issued(NOTICE, row)
    assert issued is not None and issued.digest == digest(text)
    assert digest(papers.compose(NOTICE, duty.id, office.id, date(2026, 4, 1))) == issued.digest


def test_each_assessment_has_its_own_result_and_letter(office: Committee) -> None:
    with transaction():
        duty = make_duty(in_office(office), S.RECTIFIED)
        first = papers.about(LETTER, queries.get_row(duty.id, office.id))
        assessing.reassess(ballots(duty, HAPPY, TODAY), MACHINE, NINE)
    row = queries.get_row(duty.id, office.id)
    assert papers.about(LETTER, row) != first
    assert "第二次测评" in papers.compose(RESULT, duty.id, office.id, TODAY).title
    assert "在今后的工作中加以落实" in "".join(lines(papers.compose(LETTER, duty.id, office.id, TODAY)))
