"""web.examiner.result_prints — what is printed of results: the summary of an exam, one person's score sheet."""

from collections.abc import Sequence
from decimal import Decimal

from flask import g
from flask.typing import ResponseReturnValue

from exam_app.base.clock import local_date
from exam_app.base.i18n import gettext as _
from exam_app.committees.queries import get_committee
from exam_app.committees.rules import LocalRules
from exam_app.exams import queries as exams
from exam_app.exams.models import Exam
from exam_app.papers import queries as papers
from exam_app.printing.sheets import (
    ScorePart,
    ScoreSheetFacts,
    ScoreSummaryFacts,
    SummaryRow,
    render_score_sheet,
    render_score_summary,
)
from exam_app.results import queries
from exam_app.results.errors import NoSuchResult
from exam_app.results.queries import ResultRow
from exam_app.results.states import ResultState
from exam_app.sittings import queries as sittings
from exam_app.web import who
from exam_app.web.examiner import results_views as views
from exam_app.web.examiner.blueprint import bp
from exam_app.web.examiner.results import READERS, RESULTS
from exam_app.web.pdf import fonts, pdf
from exam_app.web.who import allow
from question_bank.kinds import KIND_LABELS


@bp.get(RESULTS + "/summary.pdf")
@allow(*READERS)
def results_summary(exam_id: int) -> ResponseReturnValue:
    """Print everybody's result, by seat."""
    exam = exams.get_exam(exam_id, who.committee_id())
    rows = queries.for_exam(exam_id)
    figures = views.figures(rows)[0]
    facts = ScoreSummaryFacts(
        committee_name=get_committee(exam.committee_id).name,
        exam_title=exam.title,
        exam_date=local_date(exam.opens_at),
        rows=[_summary_row(row) for row in rows],
        expected=figures.expected,
        present=figures.sat,
        passed=figures.passed,
        notice=_("内部资料　注意保管"),
    )
    return pdf(render_score_summary(facts, fonts()), f"summary-{exam_id}")


@bp.get(RESULTS + "/<int:result_id>/sheet.pdf")
@allow(*READERS)
def result_sheet_print(exam_id: int, result_id: int) -> ResponseReturnValue:
    """Print one person's published result, with the score only where the rules disclose it."""
    exam = exams.get_exam(exam_id, who.committee_id())
    row = next((row for row in queries.for_exam(exam_id) if row.result_id == result_id), None)
    if row is None or row.state is not ResultState.PUBLISHED:
        raise NoSuchResult(result=result_id)
    rules = exams.rules_of(exam)
    parts = _parts(result_id) if rules.disclosure == "score" else []
    return pdf(render_score_sheet(_sheet_facts(exam, row, rules, parts), fonts()), f"score-{result_id}")


def _summary_row(row: ResultRow) -> SummaryRow:
    return SummaryRow(
        person_name=row.name,
        unit=row.unit,
        nominated_post=row.nominated_post,
        score=row.score if row.state in views.COUNTING else None,
        outcome=views.outcome_words(row) or views.state_words(row)[1],
        remark=row.absence_reason,
    )


def _sheet_facts(exam: Exam, row: ResultRow, rules: LocalRules, parts: Sequence[ScorePart]) -> ScoreSheetFacts:
    return ScoreSheetFacts(
        committee_name=get_committee(exam.committee_id).name,
        exam_title=exam.title,
        exam_date=local_date(exam.opens_at),
        person_name=row.name,
        unit=row.unit,
        post=row.post,
        nominated_post=row.nominated_post,
        admission_number=row.admission_number,
        score=row.score if parts else None,
        full_marks=Decimal(rules.full_marks),
        pass_mark=Decimal(rules.pass_mark),
        outcome=views.outcome_words(row),
        parts=parts,
        issued_on=local_date(g.now),
        note="",
    )


def _parts(result_id: int) -> list[ScorePart]:
    result = queries.get_result(result_id)
    assert result is not None
    slots = papers.slots(sittings.get_sitting(result.sitting_id).paper_id)
    earned = {mark.slot: mark.marks for mark in queries.marks_of(result_id)}
    return [
        ScorePart(
            label=_(KIND_LABELS[kind]),
            questions=sum(1 for slot in slots if slot.kind is kind),
            full_marks=sum((slot.marks for slot in slots if slot.kind is kind), Decimal(0)),
            score=sum((earned[slot.position] for slot in slots if slot.kind is kind), Decimal(0)),
        )
        for kind in dict.fromkeys(slot.kind for slot in slots)
    ]
