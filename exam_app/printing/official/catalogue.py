"""printing.official.catalogue — 归档目录: every document of a meeting, in the order in which it is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exam_app.printing.official.facts import MeetingFacts
from exam_app.printing.official.phrases import INTERNAL
from exam_app.printing.official.text import Grid, OfficialText, Paragraph, full_day


@dataclass(frozen=True, kw_only=True)
class CatalogueLine:
    """One document: `issued_on` is None while it is a draft; `digest` is that of its content."""

    kind: str
    title: str
    number: str
    issued_on: date | None
    digest: str


def archive_catalogue(
    meeting: MeetingFacts, lines: Sequence[CatalogueLine], *, is_internal: bool = False
) -> OfficialText:
    """Return the catalogue of the meeting's documents; titles may name people who have not been voted on."""
    rows = tuple(
        (
            str(serial),
            line.kind,
            line.title.replace("\n", ""),
            line.number,
            full_day(line.issued_on) if line.issued_on else "未印发",
            line.digest[:12],
        )
        for serial, line in enumerate(lines, 1)
    )
    issued = sum(line.issued_on is not None for line in lines)
    return OfficialText(
        title=f"{meeting.title}\n人事任免文件归档目录",
        subtitle=f"（{full_day(meeting.day)}）",
        mark=INTERNAL if is_internal else "",
        lying=True,
        blocks=(
            Paragraph(
                f"共{len(lines)}件，其中已印发{issued}件。“校验码”为文件内容SHA-256值的前12位，完整的值见归档包。"
            ),
            Grid(
                heads=("序号", "种类", "题名", "文号", "印发日期", "校验码"),
                rows=rows,
                shares=(4, 10, 32, 14, 12, 14),
                wide=(2,),
            ),
        ),
    )
