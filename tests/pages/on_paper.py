"""tests.pages.on_paper — people of the open exam who go on with pen and paper, a sheet at every stage."""

from datetime import datetime, timedelta

from exam_app.base.db import transaction
from exam_app.exams import queries as exams
from exam_app.results import paper
from exam_app.sheets import queries as sheets
from exam_app.sheets import service
from exam_app.sittings import queries as sittings
from tests.pages import stage

WRITING, UNREAD, READ, DIFFERING = (stage.WAITING + number for number in (0, 2, 3, 4))
"""Which place of the open exam's roster is at which stage; the one left out has yet to come."""
READERS = ("kaowu", "jiankao")
MINUTE = timedelta(minutes=1)


def go_on_with_pens(now: datetime) -> None:
    """Put four people on paper; three sheets are collected, one is read once, one twice with differences."""
    _turn(WRITING, now)
    _collect(_turn(UNREAD, now - 40 * MINUTE), now - 6 * MINUTE)
    once, twice = _turn(READ, now - 42 * MINUTE), _turn(DIFFERING, now - 44 * MINUTE)
    for sitting_id, readers in ((once, READERS[1:]), (twice, READERS)):
        _collect(sitting_id, now - 5 * MINUTE)
        for number, reader in enumerate(readers):
            _read(sitting_id, reader, number, now + (number - 3) * MINUTE)


def _turn(place: int, now: datetime) -> int:
    exam, invigilator = stage.open_exam(), stage.actor_named("jiankao")
    entry_id = exams.roster(exam.id)[place].entry_id
    with transaction():
        service.put_on_paper(entry_id, exam.committee_id, "主机不能启动，没有备用电脑", invigilator, now)
    sitting = sittings.find_of_entry(entry_id)
    assert sitting is not None
    return sitting.id


def _collect(sitting_id: int, now: datetime) -> None:
    committee_id, invigilator = stage.open_exam().committee_id, stage.actor_named("jiankao")
    with transaction():
        paper.collect(sitting_id, committee_id, invigilator, now)


def _read(sitting_id: int, reader: str, number: int, now: datetime) -> None:
    """Type the same answers as everybody, but for three that the second reader sees otherwise."""
    home = stage.open_exam().committee_id
    row = sheets.get_sheet(sitting_id, home)
    typed = {asked.slot: "AB"[asked.slot % 2] for asked in service.questions_of(row)}
    if number:
        typed |= {7: "-", 20: "A", 33: "ACD"}
    command = service.ReadSheet(
        sitting_id=sitting_id,
        committee_id=home,
        sheet_code=sheets.code_of(sitting_id, row.paper_id),
        typed=typed,
    )
    with transaction():
        paper.read_sheet(command, stage.actor_named(reader), now)
