"""web.examiner.sheet_facts — what pages and printer are told about sheets: words, names, questions, answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from exam_app.base.clock import local
from exam_app.base.i18n import gettext as _
from exam_app.committees.queries import get_committee
from exam_app.exams.models import Exam
from exam_app.papers import queries as papers
from exam_app.papers.sealing import OpenedPaper, OpenedQuestion
from exam_app.people import queries as people
from exam_app.people.states import Role
from exam_app.printing.paper_sheet import PaperQuestion, PaperSection, PaperSheetFacts
from exam_app.sheets import queries as sheets
from exam_app.sheets.queries import SheetRow
from exam_app.sheets.rules import Fault, Stage
from exam_app.sittings.queries import BoardRow
from exam_app.sittings.states import SittingState
from exam_app.web.shell import marks

VIEWERS = (
    Role.INVIGILATOR,
    Role.CHIEF_INVIGILATOR,
    Role.EXAMINER,
    Role.MARKER,
    Role.OFFICER,
    Role.DIRECTOR,
)
TURNERS = (Role.INVIGILATOR, Role.CHIEF_INVIGILATOR)
READERS = (Role.MARKER, Role.EXAMINER, Role.INVIGILATOR, Role.OFFICER)
STAGES = {
    Stage.TO_COLLECT: ("open", _("已打印待收")),
    Stage.FIRST: ("waiting", _("待第一人录入")),
    Stage.SECOND: ("waiting", _("待第二人录入")),
    Stage.DIFFERS: ("bad", _("有 {count} 处不一致")),
    Stage.SETTLED: ("done", _("已入卷")),
    Stage.VOIDED: ("voided", _("已作废")),
}
FAULTS = {
    Fault.NOTHING: _("没有录入；没有作答的请录 -"),
    Fault.NO_LETTERS: _("只能录选项字母或 -"),
    Fault.BEYOND: _("没有这个选项"),
    Fault.ONLY_ONE: _("本题只能录一个字母"),
    Fault.TWICE: _("字母重复"),
}


@dataclass(frozen=True)
class SheetLine:
    """A sheet as the list shows it."""

    row: SheetRow
    badge: str
    words: str
    readers: tuple[str, ...]


def lines(rows: Iterable[SheetRow]) -> list[SheetLine]:
    """Return the lines of the list, with the names of whoever read the sheets."""
    rows = list(rows)
    names = people.account_names(reading.by for row in rows for reading in row.readings)
    return [_line(row, names) for row in rows]


def _line(row: SheetRow, names: Mapping[int, str]) -> SheetLine:
    badge, words = STAGES[row.stage]
    readers = tuple(names.get(reading.by, "") for reading in row.readings)
    return SheetLine(row, badge, _(words, count=len(row.differing)), readers)


def can_turn(board: Iterable[BoardRow], is_released: bool) -> list[BoardRow]:
    """Return who may be put on paper: those who sit at a screen, and, once released, those who have not begun."""
    return [row for row in board if _sits_at_screen(row) or (is_released and _waits(row))]


def _sits_at_screen(row: BoardRow) -> bool:
    return row.state is SittingState.OPEN and row.on_paper_at is None


def _waits(row: BoardRow) -> bool:
    return row.state is None and row.absence.value == "none"


def printed(exam: Exam, rows: Iterable[SheetRow], now: datetime) -> list[PaperSheetFacts]:
    """Return everything that is printed on the sheets of these people."""
    committee = get_committee(exam.committee_id).name
    return [_facts(committee, exam, row, papers.read_opened(row.paper_id), now) for row in rows]


def _facts(committee: str, exam: Exam, row: SheetRow, paper: OpenedPaper, now: datetime) -> PaperSheetFacts:
    return PaperSheetFacts(
        committee_name=committee,
        exam_title=exam.title,
        person_name=row.name,
        unit=row.unit,
        admission_number=row.admission_number,
        seat=row.seat,
        sheet_code=sheets.code_of(row.sitting_id, row.paper_id),
        printed_at=local(now),
        ends_at=local(row.ends_at),
        full_marks=marks(paper.full_marks),
        sections=[
            PaperSection(title=title, note=note, questions=[_question(each, row.printed) for each in questions])
            for title, note, questions in by_section(paper)
        ],
    )


def by_section(paper: OpenedPaper) -> list[tuple[str, str, list[OpenedQuestion]]]:
    """Return title, note and questions of each section, as shown on screen."""
    return [
        (each.title, each.note, [asked for asked in paper.questions if each.first <= asked.slot <= each.last])
        for each in paper.sections
    ]


def _question(asked: OpenedQuestion, saved: Mapping[int, str]) -> PaperQuestion:
    return PaperQuestion(number=asked.slot, stem=asked.stem, options=asked.options, saved=saved.get(asked.slot, ""))
