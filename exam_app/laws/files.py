"""laws.files — the words of a law file as offices have them: plain text, Markdown or Word."""

import io
import zipfile

from docx import Document
from docx.opc.exceptions import OpcError

from exam_app.laws.errors import LawTextUnreadable

MAX_BYTES = 10 * 1024 * 1024
_MAX_UNPACKED = 100 * 1024 * 1024
_BROKEN = (OpcError, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, SyntaxError)
_OLD_WORD = b"\xd0\xcf\x11\xe0"


def read_words(content: bytes, name: str) -> str:
    """Return the words of the file, or raise LawTextUnreadable with the file's name."""
    if len(content) > MAX_BYTES or content.startswith(_OLD_WORD):
        raise LawTextUnreadable(name=name)
    if content.startswith(b"PK"):
        return _word_document(content, name)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LawTextUnreadable(name=name)


def _word_document(content: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(member.file_size for member in package.infolist()) > _MAX_UNPACKED:
                raise LawTextUnreadable(name=name)
        return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
    except _BROKEN as broken:
        raise LawTextUnreadable(name=name) from broken
