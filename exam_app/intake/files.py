"""intake.files — an .xlsx or .docx file as the text that pasting it would give. Pure."""

from collections.abc import Iterable, Sequence

from exam_app.intake.reading import names_people
from exam_app.people.errors import ListEmpty
from exam_app.people.lists import is_word, read_sheets, read_word


def text_of(data: bytes) -> str:
    """Return an .xlsx or .docx file as the text that pasting it would give; every line keeps its number."""
    if is_word(data):
        return _written(read_word(data))
    sheets = [sheet for sheet in read_sheets(data) if sheet]
    if not sheets:
        raise ListEmpty
    return _written(
        next((sheet for sheet in sheets if any(names_people(cells) for _number, cells in sheet)), sheets[0])
    )


def _written(table: Iterable[tuple[int, Sequence[str]]]) -> str:
    lines: list[str] = []
    for number, cells in table:
        lines += [""] * (number - 1 - len(lines))
        lines.append("\t".join(cells))
    return "\n".join(lines)
