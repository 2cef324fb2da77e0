"""tests.yearbook.test_laws — which laws are known least: by answers, not by citations, and never from a handful."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask

from exam_app.bank.models import CitationRow, Question, QuestionVersion
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.committees.rules import LocalRules
from exam_app.exams.models import Exam
from exam_app.papers.models import PaperSlot
from exam_app.results.models import Mark
from exam_app.results.states import ResultState
from exam_app.sittings.models import Sitting
from exam_app.yearbook.definitions import Scope
from exam_app.yearbook.laws import LEAST_ANSWERS, known_laws
from question_bank.kinds import Kind, OrganType, Part, Use
from tests.appointments.factories import make_foreign, make_office
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.conftest import NINE
from tests.factories import make_person

YEAR = 2026


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee with the usual rules."""
    with transaction():
        return make_office()


def make_version(committee: Committee, code: str, *articles: tuple[str, str]) -> int:
    """Make a live question that cites these articles: (law, number)."""
    question = Question(
        committee_id=committee.id, code=code, kind=Kind.SINGLE, part=Part.COMMON, use=Use.FORMAL, created_at=NINE
    )
    db.session.add(question)
    db.session.flush()
    version = QuestionVersion(
        question_id=question.id,
        number=1,
        stem="下列哪一项正确？",
        options=["甲", "乙"],
        key="A",
        explanation="",
        difficulty=1,
        search_text="",
        created_at=NINE,
        citations=[
            CitationRow(position=place, law_slug=slug, edition=date(2018, 3, 11), article=article, evidence="")
            for place, (slug, article) in enumerate(articles, 1)
        ],
    )
    db.session.add(version)
    db.session.flush()
    return version.id


def answer(
    committee: Committee,
    marks: list[tuple[int, str]],
    organ: OrganType = OrganType.GOVERNMENT,
    exam: Exam | None = None,
    state: ResultState = ResultState.PUBLISHED,
) -> None:
    """Let somebody have answered these questions: (version, fraction earned)."""
    entry = make_entry(exam or make_exam(committee), make_person(committee), organ)
    result = make_result(entry, state=state)
    paper_id = db.session.get_one(Sitting, result.sitting_id).paper_id
    for slot, (version_id, fraction) in enumerate(marks, 1):
        db.session.add(
            PaperSlot(
                paper_id=paper_id,
                position=slot,
                version_id=version_id,
                kind=Kind.SINGLE,
                marks=Decimal(2),
                option_order="AB",
            )
        )
        earned = Decimal(fraction)
        db.session.add(Mark(result_id=result.id, slot=slot, response="A", fraction=earned, marks=earned * 2))
    db.session.flush()


def scopes(committee: Committee) -> list[Scope]:
    return [Scope(committee.id, year, LocalRules()) for year in (YEAR - 1, YEAR)]


def test_question_counts_once_for_a_law_however_many_articles_it_cites(committee: Committee) -> None:
    with transaction():
        version = make_version(committee, "Q1", ("xianfa", "1"), ("xianfa", "2"), ("yusuan", "3"))
        answer(committee, [(version, "0.5")])
    lines = {line.slug: line for line in known_laws(scopes(committee))}

    assert {slug: (line.all.answers, line.all.earned) for slug, line in lines.items()} == {
        "xianfa": (1, 0.5),
        "yusuan": (1, 0.5),
    }


def test_least_known_comes_first_and_few_answers_come_last(committee: Committee) -> None:
    with transaction():
        poor = make_version(committee, "Q1", ("poor", "1"))
        well = make_version(committee, "Q2", ("well", "1"))
        rare = make_version(committee, "Q3", ("rare", "1"))
        for place in range(LEAST_ANSWERS):
            answer(committee, [(well, "1"), (poor, str(place % 2)), *([(rare, "0")] if not place else [])])
    lines = known_laws(scopes(committee))

    assert [line.slug for line in lines] == ["poor", "well", "rare"]
    assert [line.all.is_enough for line in lines] == [True, True, False]
    assert [line.all.rate for line in lines] == [50.0, 100.0, 0.0]


def test_organs_and_years_are_kept_apart(committee: Committee) -> None:
    with transaction():
        version = make_version(committee, "Q1", ("xianfa", "1"))
        answer(committee, [(version, "1")], OrganType.COURT)
        answer(committee, [(version, "0")], OrganType.GOVERNMENT)
        answer(committee, [(version, "1")], exam=make_exam(committee, opens_at=NINE.replace(year=YEAR - 1)))
    [line] = known_laws(scopes(committee))

    assert {organ: known.rate for organ, known in line.organs.items()} == {
        OrganType.COURT: 100.0,
        OrganType.GOVERNMENT: 0.0,
    }
    assert [known.answers for known in line.years] == [1, 2]
    [court] = known_laws(scopes(committee), OrganType.COURT)
    assert (court.all.answers, court.all.rate) == (1, 100.0)


def test_unpublished_marks_and_other_committees_are_left_out(committee: Committee) -> None:
    with transaction():
        version = make_version(committee, "Q1", ("xianfa", "1"))
        answer(committee, [(version, "1")], state=ResultState.MARKED)
        answer(make_foreign(), [(version, "1")])

    assert known_laws(scopes(committee)) == []
