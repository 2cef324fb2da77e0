"""printing.typefaces — registers the fonts and finds, for every character, one that has it.

Private-use characters are refused, since every font draws something else there, and so are invisible
ones: a name that looks right and differs from the one on the roster helps nobody.
"""

import hashlib
import lzma
import os
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from exam_app.printing.errors import FontUnusable, MissingGlyph

PACKED = Path(__file__).parent / "fonts"
ENTRIES_PER_BLOCK = 100  # the limit of the CMap format
REFUSED_CATEGORIES = {"Cc", "Cf", "Co", "Cs"}

_registering = Lock()


class Face(StrEnum):
    """The typefaces that documents ask for."""

    SONG = "Song"
    SONG_BOLD = "SongBold"
    HEI = "Hei"
    KAI = "Kai"
    FANGSONG = "FangSong"
    XIAOBIAOSONG = "XiaoBiaoSong"


SHIPPED = {Face.SONG: "song", Face.SONG_BOLD: "songbold", Face.HEI: "hei", Face.KAI: "kai"}
STAND_IN = {Face.FANGSONG: Face.SONG, Face.XIAOBIAOSONG: Face.SONG_BOLD}
FALLBACK = (Face.SONG, Face.HEI, Face.KAI)


@dataclass(frozen=True)
class Fonts:
    """The registered font names, for each face in the order in which they are tried."""

    chains: Mapping[Face, tuple[str, ...]]

    def runs(self, text: str, face: Face) -> list[tuple[str, str]]:
        """Split the text into (font name, piece); raise MissingGlyph if no font has a character."""
        missing = "".join(dict.fromkeys(c for c in text if not self._font_for(c, face)))
        if missing:
            raise MissingGlyph(text=text, characters=missing)
        pieces = groupby(text, key=lambda character: self._font_for(character, face))
        return [(font, "".join(piece)) for font, piece in pieces]

    def width(self, text: str, face: Face, size: float) -> float:
        """Return the width in points."""
        return sum(float(pdfmetrics.stringWidth(piece, font, size)) for font, piece in self.runs(text, face))

    def missing(self, text: str) -> str:
        """Return the characters that no font has, so that a name can be checked when it is entered."""
        return "".join(dict.fromkeys(c for c in text if not self._font_for(c, Face.SONG)))

    def _font_for(self, character: str, face: Face) -> str:
        return next((font for font in self.chains[face] if _draws(font, character)), "")


@lru_cache(maxsize=65_536)
def _draws(font: str, character: str) -> bool:
    if unicodedata.category(character) in REFUSED_CATEGORIES:
        return False
    return bool(pdfmetrics.getFont(font).face.charToGlyph.get(ord(character)))


@lru_cache
def open_fonts(cache: Path | None = None, *, fangsong: Path | None = None, xiaobiaosong: Path | None = None) -> Fonts:
    """Register the shipped fonts, unpacked into the cache, and the committee's own files where given."""
    with _registering:
        fonts = {face: _register_shipped(face, cache or _default_cache()) for face in SHIPPED}
        for face, path in ((Face.FANGSONG, fangsong), (Face.XIAOBIAOSONG, xiaobiaosong)):
            fonts[face] = _register_own(path) if path else fonts[STAND_IN[face]]
    return Fonts({face: _chain(face, fonts) for face in Face})


def _chain(face: Face, fonts: Mapping[Face, str]) -> tuple[str, ...]:
    tried = (face, STAND_IN.get(face, face), *FALLBACK)
    return tuple(dict.fromkeys(fonts[each] for each in tried))


def _register_shipped(face: Face, cache: Path) -> str:
    if face.value not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(face.value, str(unpacked(SHIPPED[face], cache))))
    return face.value


def _register_own(path: Path) -> str:
    """Register under a name made from the content: committees may bring different files of one name.

    The name inside the file is replaced too: of two fonts with one inner name reportlab silently
    uses the first for both.
    """
    try:
        name = f"Own-{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"
        if name not in pdfmetrics.getRegisteredFontNames():
            font = TTFont(name, str(path))
            font.face.name = name.encode("ascii")
            pdfmetrics.registerFont(font)
    except (OSError, TTFError) as unusable:
        raise FontUnusable(path=str(path), reason=str(unusable)) from unusable
    return name


def shipped(face: Face) -> Path:
    """Return the file of a shipped font, for whoever draws without reportlab."""
    return unpacked(SHIPPED[face], _default_cache())


def _default_cache() -> Path:
    return Path(tempfile.gettempdir()) / f"exam-fonts-{os.getuid() if hasattr(os, 'getuid') else 'shared'}"


def unpacked(stem: str, cache: Path) -> Path:
    """Return the unpacked file, written on first use; a file that was cut short or altered is replaced."""
    expected = _checksums()[f"{stem}.ttf"]
    path = cache / f"{stem}-{expected[:12]}.ttf"
    if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        _write_whole(path, lzma.decompress((PACKED / f"{stem}.ttf.xz").read_bytes()))
    return path


def _checksums() -> dict[str, str]:
    lines = (PACKED / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def _write_whole(path: Path, content: bytes) -> None:
    """Processes that start together each write a draft; whichever comes last, the content is equal."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=path.name, delete=False) as draft:
        draft.write(content)
    Path(draft.name).replace(path)


def to_unicode_map(font_name: str, subset: list[int]) -> str:
    """Return the CMap by which readers copy, search and speak the text of one embedded subset.

    Takes the place of reportlab's own, which writes a character above U+FFFF as one number
    instead of two UTF-16 units, so that such a name is printed right and copied wrong.
    """
    entries = [f"<{code:02X}> <{_utf16(point)}>" for code, point in enumerate(subset) if point]
    blocks = (entries[at : at + ENTRIES_PER_BLOCK] for at in range(0, len(entries), ENTRIES_PER_BLOCK))
    return "\n".join((*_cmap_head(font_name), *_cmap_blocks(blocks), *CMAP_TAIL))


def _cmap_head(font_name: str) -> tuple[str, ...]:
    return (
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    )


CMAP_TAIL = ("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end")


def _cmap_blocks(blocks: Iterator[list[str]]) -> Iterator[str]:
    for block in blocks:
        yield f"{len(block)} beginbfchar"
        yield from block
        yield "endbfchar"


def _utf16(point: int) -> str:
    return chr(point).encode("utf-16-be").hex().upper()


ttfonts.makeToUnicodeCMap = to_unicode_map
