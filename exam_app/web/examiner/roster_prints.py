"""web.examiner.roster_prints — what is printed from a roster: admission slips and the sheet to sign in on."""

from collections.abc import Mapping

from flask import g
from flask.typing import ResponseReturnValue

from exam_app.base.clock import local
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.committees.queries import get_committee
from exam_app.exams import queries, roster
from exam_app.exams.models import Exam
from exam_app.exams.queries import RosterLine
from exam_app.people.states import Role
from exam_app.printing.sheets import AdmissionSlip, RosterFacts, RosterRow, render_admission_slips, render_roster
from exam_app.web import who
from exam_app.web.examiner.blueprint import bp
from exam_app.web.pdf import fonts, pdf
from exam_app.web.who import allow

NOTICE = "请携带身份证和本证，提前到场签到。考试码仅供本人登录，请勿告诉他人；换机或输错锁定请举手。"


@bp.post("/exams/<int:exam_id>/roster/slips.pdf")
@allow(Role.EXAMINER)
def roster_slips(exam_id: int) -> ResponseReturnValue:
    """Print the admission slips with their codes; that they were printed is on record."""
    with transaction():
        codes = roster.codes_for_printing(exam_id, who.committee_id(), who.actor(), g.now)
    exam = queries.get_exam(exam_id, who.committee_id())
    slips = [_slip(exam, line, codes) for line in queries.roster(exam_id) if line.entry_id in codes]
    return pdf(render_admission_slips(slips, fonts()), f"slips-{exam_id}")


def _slip(exam: Exam, line: RosterLine, codes: Mapping[int, str]) -> AdmissionSlip:
    return AdmissionSlip(
        exam_title=exam.title,
        person_name=line.name,
        unit=line.unit,
        admission_number=line.admission_number,
        exam_code=codes[line.entry_id],
        seat=line.seat,
        begins_at=local(exam.opens_at),
        minutes=exam.duration_minutes,
        place=exam.place,
        notice=_(NOTICE),
    )


@bp.get("/exams/<int:exam_id>/roster/sign-in.pdf")
@allow(Role.EXAMINER, Role.INVIGILATOR, Role.OFFICER)
def roster_sheet(exam_id: int) -> ResponseReturnValue:
    """Print the sheet on which everybody signs in."""
    exam = queries.get_exam(exam_id, who.committee_id())
    facts = RosterFacts(
        committee_name=get_committee(exam.committee_id).name,
        exam_title=exam.title,
        begins_at=local(exam.opens_at),
        minutes=exam.duration_minutes,
        place=exam.place,
        rows=[_row(line) for line in queries.roster(exam_id)],
    )
    return pdf(render_roster(facts, fonts()), f"sign-in-{exam_id}")


def _row(line: RosterLine) -> RosterRow:
    return RosterRow(
        person_name=line.name,
        unit=line.unit,
        post=line.post,
        admission_number=line.admission_number,
        seat=line.seat,
    )
