"""web.pdf — hands out a PDF, drawn with the fonts of this installation."""

from pathlib import Path

from flask import Response, current_app

from exam_app.printing.typefaces import Fonts, open_fonts


def fonts() -> Fonts:
    """Return the shipped fonts, with the committee's own where the settings name them."""
    own = {name.lower(): Path(path) for name, path in current_app.config["SETTINGS"].fonts.items()}
    return open_fonts(fangsong=own.get("fangsong"), xiaobiaosong=own.get("xiaobiaosong"))


def pdf(content: bytes, name: str) -> Response:
    """Answer with the file under an ASCII name that every browser takes."""
    headers = {"Content-Disposition": f"attachment; filename={name}.pdf"}
    return Response(content, mimetype="application/pdf", headers=headers)
