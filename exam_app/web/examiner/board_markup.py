"""web.examiner.board_markup — the tiles of a board as HTML, written here and not by a template.

A hall of hundreds of rooms asks for its boards every few seconds, and somebody has saved an answer in nearly every one:
sixty tiles through a template cost more than everything else in the request.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape

from exam_app.base.i18n import gettext as _
from exam_app.web.examiner.board_tiles import SeatTile
from exam_app.web.shell import clock


def tiles_markup(tiles: Iterable[SeatTile], seats: str, badges: dict[str, tuple[str, str]]) -> Markup:
    """Return the tiles; `seats` is the address that a seat's id completes, `badges` what stands around the words."""
    drawn = "".join(_tile(tile, seats, badges[tile.badge]) for tile in tiles)
    return Markup(drawn)  # noqa: S704 - whatever is no number was escaped when it was written


def _tile(tile: SeatTile, seats: str, badge: tuple[str, str]) -> str:
    row = tile.row
    tone = f" tile--{tile.tone}" if tile.tone else ""
    ticks = f' data-ticks-up="{tile.silent}"' if tile.silent else ""
    return (
        f'<a class="tile{tone}" id="seat-{row.entry_id}" href="{escape(seats)}{row.entry_id}">'
        f'<span><span class="numbers soft">{escape(row.seat)}</span>　<strong>{escape(row.name)}</strong></span>'
        f"<span{ticks}>{badge[0]}{escape(tile.words)}{badge[1]}</span>{_notes(tile)}</a>\n"
    )


def _notes(tile: SeatTile) -> str:
    row, notes = tile.row, ""
    if tile.remaining:
        ticks = f' data-ticks-down="{tile.left}"' if tile.left else ""
        left = _("剩余 {time}", time=tile.remaining)
        more = _("（已延长 {minutes} 分）", minutes=row.extra_minutes) if row.extra_minutes else ""
        notes += f'<span class="tile__note numbers"{ticks}>{escape(left)}{escape(more)}</span>'
    if row.last_saved_at is not None:
        notes += f'<span class="tile__note numbers">{escape(_("{time} 保存", time=clock(row.last_saved_at)))}</span>'
    if row.focus_lost:
        notes += f'<span class="tile__note">{escape(_("离开页面 {count} 次", count=row.focus_lost))}</span>'
    return notes
