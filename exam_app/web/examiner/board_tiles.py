"""web.examiner.board_tiles — what the invigilator's board says of each seat, problems first. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from exam_app.base.i18n import gettext as _
from exam_app.exams.seating import WRONG_CODES_ALLOWED
from exam_app.exams.states import Absence
from exam_app.sittings.queries import BoardRow
from exam_app.sittings.states import SittingState

SILENT_AFTER = timedelta(seconds=40)


class Place(IntEnum):
    """Where a seat stands; the order of the board."""

    OFFLINE = 0
    LOCKED = 1
    OVERDUE = 2
    NOT_HERE = 3
    HERE = 4
    SITTING = 5
    ON_PAPER = 6
    CLOSED = 7
    VOIDED = 8
    ABSENT = 9


LOOKS = {
    Place.OFFLINE: ("offline", "bad"),
    Place.LOCKED: ("locked", "bad"),
    Place.OVERDUE: ("expired", "warn"),
    Place.NOT_HERE: ("waiting", "warn"),
    Place.HERE: ("checked_in", "info"),
    Place.SITTING: ("open", "info"),
    Place.ON_PAPER: ("paper", "info"),
    Place.CLOSED: ("done", "good"),
    Place.VOIDED: ("voided", ""),
    Place.ABSENT: ("absent", ""),
}


@dataclass(frozen=True)
class SeatTile:
    """A tile: who, in which state in words, and how long is left.

    `silent` and `left` are the same times in seconds; they run on in the browser and make no tile a new one.
    """

    row: BoardRow
    place: Place
    words: str
    remaining: str
    silent: int = 0
    left: int = 0

    @property
    def badge(self) -> str:
        """The state whose icon the badge shows."""
        return LOOKS[self.place][0]

    @property
    def tone(self) -> str:
        """The tone of the tile's edge."""
        return LOOKS[self.place][1]


def tiles(rows: Iterable[BoardRow], now: datetime) -> list[SeatTile]:
    """Return the tiles, problems first, each group by seat."""
    built = [_tile(row, now) for row in rows]
    return sorted(built, key=lambda tile: (tile.place, tile.row.seat.zfill(10)))


def as_shown(rows: Iterable[BoardRow], now: datetime) -> list[tuple[BoardRow, bool, bool]]:
    """Return what is equal as long as the board says the same: of a device only whether it is silent, of the end only
    whether it has come; what runs on in the browser makes no board a new one."""
    return [
        (
            row._replace(last_seen_at=None),
            row.last_seen_at is not None and now - row.last_seen_at > SILENT_AFTER,
            row.ends_at is not None and now > row.ends_at,
        )
        for row in rows
    ]


def summary(built: Iterable[SeatTile]) -> list[tuple[str, int, str]]:
    """Return the figures above the board: words, number, tone."""
    count = Counter(tile.place for tile in built)
    on_paper = [(_("纸笔作答"), count[Place.ON_PAPER], "info")] if count[Place.ON_PAPER] else []
    return [
        (_("应到"), count.total(), ""),
        (_("未签到"), count[Place.NOT_HERE], "warn" if count[Place.NOT_HERE] else ""),
        (_("已签到"), count[Place.HERE], ""),
        (_("答题中"), count[Place.SITTING] + count[Place.OFFLINE] + count[Place.OVERDUE], "info"),
        (_("掉线"), count[Place.OFFLINE], "bad" if count[Place.OFFLINE] else ""),
        *on_paper,
        (_("已交卷"), count[Place.CLOSED], "good" if count[Place.CLOSED] else ""),
        (_("缺考"), count[Place.ABSENT], ""),
    ]


def minutes_and_seconds(span: timedelta) -> str:
    """Return 00:40; hours run on in the minutes."""
    seconds = max(0, int(span.total_seconds()))
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def _tile(row: BoardRow, now: datetime) -> SeatTile:
    if row.state is SittingState.OPEN:
        return _open_tile(row, now)
    if row.state is not None:
        voided = row.state is SittingState.VOIDED
        words = _("已作废") if voided else _("已交卷") if row.state is SittingState.SUBMITTED else _("到时收卷")
        return SeatTile(row, Place.VOIDED if voided else Place.CLOSED, words, "")
    if row.absence is not Absence.NONE:
        return SeatTile(row, Place.ABSENT, _("缺考（请假）") if row.absence is Absence.EXCUSED else _("缺考"), "")
    if row.wrong_codes >= WRONG_CODES_ALLOWED:
        return SeatTile(row, Place.LOCKED, _("考试码已锁定"), "")
    if row.checked_in_at is None:
        return SeatTile(row, Place.NOT_HERE, _("未签到"), "")
    return SeatTile(row, Place.HERE, _("已签到"), "")


def _open_tile(row: BoardRow, now: datetime) -> SeatTile:
    assert row.ends_at is not None and row.last_seen_at is not None
    remaining = minutes_and_seconds(row.ends_at - now)
    silent, left = now - row.last_seen_at, max(0, int((row.ends_at - now).total_seconds()))
    if row.on_paper_at is not None:
        words = _("纸笔作答") if now <= row.ends_at else _("纸笔作答，时间到，请收卷")
        return SeatTile(row, Place.ON_PAPER, words, remaining)
    if now > row.ends_at:
        return SeatTile(row, Place.OVERDUE, _("时间到，正在收卷"), remaining)
    if silent > SILENT_AFTER:
        words = _("掉线 {time}", time=minutes_and_seconds(silent))
        return SeatTile(row, Place.OFFLINE, words, remaining, int(silent.total_seconds()), left)
    words = _("答题中 {answered}/{slots}", answered=row.answered, slots=row.slots)
    return SeatTile(row, Place.SITTING, words, remaining, left=left)
