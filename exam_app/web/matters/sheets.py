"""web.matters.sheets — sheets of paper that wait: to be read by one, by another, to be settled."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from exam_app.base.i18n import gettext as _
from exam_app.people.states import Role
from exam_app.sheets import queries as sheets
from exam_app.sheets.queries import SheetRow
from exam_app.sheets.rules import Stage
from exam_app.web.matters.matter import Desk, Matter, href_to
from exam_app.web.shell import moment

READERS = (Role.MARKER, Role.EXAMINER, Role.INVIGILATOR, Role.OFFICER)
TO_READ = (Stage.FIRST, Stage.SECOND)


def sheets_waiting(desk: Desk) -> Iterator[Matter]:
    """Yield, exam by exam, the sheets that this account can read or settle."""
    if not desk.has(*READERS, Role.CHIEF_INVIGILATOR):
        return
    for exam_id, group in groupby(sheets.unsettled(desk.committee_id), key=lambda row: row.exam_id):
        rows = list(group)
        yield from _to_read(exam_id, rows, desk)
        yield from _to_settle(exam_id, rows, desk)


def _to_read(exam_id: int, rows: Iterable[SheetRow], desk: Desk) -> Iterator[Matter]:
    mine = [row for row in rows if row.stage in TO_READ and not row.was_read_by(desk.account_id)]
    if mine and desk.has(*READERS):
        yield Matter(
            title=_("{title}：{count} 份纸质答卷待录入", title=mine[0].exam_title, count=len(mine)),
            text=_("每份由两人分别录入，全部入卷以前不能发布成绩。"),
            when=_("{time} 起", time=moment(mine[0].printed_at)),
            href=href_to("examiner.sheets", exam_id=exam_id),
            action=_("去录入"),
            urgent=True,
        )


def _to_settle(exam_id: int, rows: Iterable[SheetRow], desk: Desk) -> Iterator[Matter]:
    differing = [row for row in rows if row.stage is Stage.DIFFERS]
    if differing and desk.has(Role.CHIEF_INVIGILATOR):
        yield Matter(
            title=_("{title}：{count} 份纸质答卷录入不一致", title=differing[0].exam_title, count=len(differing)),
            text=_("请对照答卷逐题核定。"),
            when=_("{time} 起", time=moment(differing[0].printed_at)),
            href=href_to("examiner.sheets", exam_id=exam_id),
            action=_("去核对"),
            urgent=True,
        )
