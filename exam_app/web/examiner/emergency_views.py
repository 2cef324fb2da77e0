"""web.examiner.emergency_views — an emergency file beside the server's answers, as the invigilator reads it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from exam_app.base.clock import local
from exam_app.base.i18n import gettext as _
from exam_app.incidents import emergency
from exam_app.incidents.emergency import Compared, Difference, FileAnswer
from exam_app.incidents.loading import Examined
from exam_app.sittings.rules import Acknowledged

LOOKS = {
    Difference.EQUAL: ("good", _("相同")),
    Difference.ONLY_SERVER: ("quiet", _("只在服务器")),
    Difference.ONLY_FILE: ("info", _("只在文件")),
    Difference.NEWER: ("info", _("文件较新")),
    Difference.CONFLICT: ("warn", _("冲突，需确认")),
}


@dataclass(frozen=True)
class Line:
    """One question: both answers with where and when, how they differ, and which one is proposed or was chosen."""

    slot: int
    server: str
    server_note: str
    file: str
    file_note: str
    tone: str
    words: str
    is_open: bool
    is_conflict: bool
    takes_file: bool


def lines(examined: Examined, devices: list[tuple[datetime, str]], choices: Mapping[int, str]) -> list[Line]:
    """Return the comparison in words; what was chosen before is chosen again."""
    return [_line(row, examined, devices, choices) for row in examined.rows]


def _line(row: Compared, examined: Examined, devices: list[tuple[datetime, str]], choices: Mapping[int, str]) -> Line:
    tone, words = LOOKS[row.difference]
    elsewhere = row.server is not None and emergency.device_at(devices, row.server.server_at) != examined.device
    proposed = "file" if row.prefers_file else "server"
    return Line(
        slot=row.slot,
        server=_letters(row.server),
        server_note=_server_note(row.server, elsewhere),
        file=_letters(row.file),
        file_note=_file_note(row.file),
        tone=tone,
        words=words,
        is_open=row.is_open,
        is_conflict=row.difference is Difference.CONFLICT,
        takes_file=choices.get(row.slot, proposed) == "file",
    )


def _letters(answer: Acknowledged | FileAnswer | None) -> str:
    if answer is None:
        return _("未作答")
    return answer.response or _("已清除")


def _server_note(answer: Acknowledged | None, elsewhere: bool) -> str:
    if answer is None:
        return ""
    time = _time(answer.server_at)
    return _("{time} 在另一台电脑保存", time=time) if elsewhere else _("{time} 保存", time=time)


def _file_note(answer: FileAnswer | None) -> str:
    if answer is None:
        return ""
    if answer.is_acknowledged:
        saved = _time(answer.saved_at) if answer.saved_at else ""
        return _("{time} 收到过保存回执", time=saved).strip()
    return _("考生电脑 {time} 作答，未上传", time=_time(answer.client_at) if answer.client_at else _("时间不明"))


def _time(instant: datetime) -> str:
    return f"{local(instant):%m-%d %H:%M:%S}"
