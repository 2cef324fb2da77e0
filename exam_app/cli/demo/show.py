"""cli.demo.show — prints who can sign in to the demo, and with what."""

import unicodedata
from collections.abc import Callable

from sqlalchemy import select

from exam_app.audit.service import MACHINE
from exam_app.base.clock import SystemClock
from exam_app.base.db import db, transaction
from exam_app.base.i18n import gettext as _
from exam_app.cli.demo import cast, cast_2018
from exam_app.committees.queries import list_committees
from exam_app.exams import queries as exams
from exam_app.exams import roster
from exam_app.exams.models import Exam
from exam_app.exams.rules import Phase, phase


def accounts(say: Callable[[str], None]) -> None:
    """Print the staff and the candidates of the exam that is open now."""
    say(_("\n演示账号（密码都是 {password}）：", password=cast.PASSWORD))
    for username, name, post, _roles in cast.STAFF:
        say(f"  {username:<10}{_wide(name, 12)}{post}")
    for number, county in enumerate(cast.COUNTIES, 1):
        for user, _title, post, _roles in cast.COUNTY_STAFF:
            say(f"  {user + str(number):<10}{_wide(county[:3], 12)}{post}")
    if any(committee.code == cast_2018.CODE for committee in list_committees()):
        for username, name, post, _roles in cast_2018.STAFF:
            say(f"  {username:<14}{_wide(name, 8)}{post}")
    now = SystemClock().now()
    for exam in db.session.scalars(select(Exam).order_by(Exam.id)):
        if phase(exam, now) is Phase.RUNNING:
            _candidates(exam, say)


def _candidates(exam: Exam, say: Callable[[str], None]) -> None:
    say(_("\n可以现在就考的考生（{title}，每人 {minutes} 分钟）：", title=exam.title, minutes=exam.duration_minutes))
    with transaction():
        codes = roster.codes_for_printing(exam.id, exam.committee_id, MACHINE, SystemClock().now())
    for line in exams.roster(exam.id):
        code = codes[line.entry_id]
        say(f"  {_wide(line.name, 12)}{_('准考证号')} {line.admission_number}  {_('考试码')} {code[:4]}-{code[4:]}")
    say("")


def _wide(text: str, width: int) -> str:
    """Pad to a width in columns, Chinese characters taking two."""
    taken = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
    return text + " " * max(1, width - taken)
