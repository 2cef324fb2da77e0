"""printing.official.files — an official text as a file of any form; what a child process needs to draw one."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exam_app.printing.official import pdf, word, workbook
from exam_app.printing.official.text import OfficialText, from_content
from exam_app.printing.typefaces import Fonts, open_fonts

FORMS: Mapping[str, str] = {"pdf": "application/pdf", "docx": word.MEDIA_TYPE, "xlsx": workbook.MEDIA_TYPE}
"""The ending of each form and its media type."""
_opened: dict[tuple[tuple[str, str], ...], Fonts] = {}


@dataclass(frozen=True, kw_only=True)
class DrawFile:
    """One file to draw: its name, its form, the content of the text; plain values that travel to another process."""

    name: str
    form: str
    content: Mapping[str, Any]


def draw(command: DrawFile, fonts: Mapping[str, str]) -> bytes:
    """Draw one file with the fonts at these paths."""
    return render(from_content(command.content), command.form, _fonts(fonts))


def render(text: OfficialText, form: str, fonts: Fonts) -> bytes:
    """Return the text as PDF, Word document or workbook."""
    if form == "pdf":
        return pdf.render(text, fonts)
    return word.render(text) if form == "docx" else workbook.render(text)


def _fonts(own: Mapping[str, str]) -> Fonts:
    """Opening fonts takes longer than drawing a page, so a process does it once."""
    key = tuple(sorted(own.items()))
    if key not in _opened:
        paths = {name.lower(): Path(path) for name, path in own.items()}
        _opened[key] = open_fonts(fangsong=paths.get("fangsong"), xiaobiaosong=paths.get("xiaobiaosong"))
    return _opened[key]
