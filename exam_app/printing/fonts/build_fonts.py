"""printing.fonts.build_fonts — makes the font files of this folder from the downloaded originals.

Run by hand when a font changes: python -m exam_app.printing.fonts.build_fonts FOLDER, where FOLDER
holds, at any depth, the originals named in RECIPES. ORIGIN.md says where they come from.
"""

import hashlib
import lzma
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent

# What reportlab reads. Hinting and layout tables only add size: it draws one glyph per character.
KEPT_TABLES = {"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "OS/2", "post"}
NAME_IDS_OF_THE_LICENCE = {0, 13, 14}


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What becomes of one source font."""

    source: str
    target: str
    new_name: str = ""  # the licence reserves the original's name for the unchanged font
    only_gb2312: bool = False


RECIPES = (
    Recipe(source="NotoSerifSC_400Regular.ttf", target="song.ttf"),
    Recipe(source="NotoSerifSC_700Bold.ttf", target="songbold.ttf", only_gb2312=True),
    Recipe(source="NotoSansSC_400Regular.ttf", target="hei.ttf"),
    Recipe(source="LXGWWenKai-Regular.ttf", target="kai.ttf", new_name="ExamKai"),
)


def main(folder: Path) -> None:
    """Make every shipped font from the sources in the folder."""
    sums = []
    for recipe in RECIPES:
        [source] = folder.rglob(recipe.source)
        font = build(source, recipe)
        packed = lzma.compress(font, preset=9 | lzma.PRESET_EXTREME)
        (HERE / f"{recipe.target}.xz").write_bytes(packed)
        sums.append(f"{hashlib.sha256(font).hexdigest()}  {recipe.target}\n")
    (HERE / "SHA256SUMS").write_text("".join(sums), encoding="ascii")


def build(source: Path, recipe: Recipe) -> bytes:
    """Make one font: drop what print does not need, rename, pack."""
    font = TTFont(source, recalcTimestamp=False)
    if recipe.only_gb2312:
        _keep_characters(font, gb2312())
    _drop_tables(font)
    if recipe.new_name:
        _rename(font, recipe.new_name)
    font["post"].formatType = 3.0
    out = BytesIO()
    font.save(out, reorderTables=True)
    return out.getvalue()


def gb2312() -> set[int]:
    """The characters of GB 2312, ASCII, and the punctuation and full-width blocks."""
    wanted = set(range(0x20, 0x7F)) | set(range(0xA0, 0x100))
    wanted |= set(range(0x2000, 0x2070)) | set(range(0x3000, 0x3040)) | set(range(0xFF00, 0xFFF0))
    return wanted | set(_decoded_pairs())


def _decoded_pairs() -> Iterator[int]:
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            text = bytes((row, cell)).decode("gb2312", errors="ignore")
            if text:
                yield ord(text)


def _keep_characters(font: TTFont, characters: Iterable[int]) -> None:
    options = Options(layout_features=[], hinting=False, name_IDs=["*"], name_languages=["*"])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def _drop_tables(font: TTFont) -> None:
    for tag in [tag for tag in font.keys() if tag not in KEPT_TABLES and tag != "GlyphOrder"]:  # noqa: SIM118 - TTFont iterates by number
        del font[tag]


def _rename(font: TTFont, name: str) -> None:
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in NAME_IDS_OF_THE_LICENCE]
    table.addMultilingualName({"en": name}, nameID=1)
    table.addMultilingualName({"en": "Regular"}, nameID=2)
    table.addMultilingualName({"en": f"{name}-Regular"}, nameID=3)
    table.addMultilingualName({"en": name}, nameID=4)
    table.addMultilingualName({"en": "Version 1.250, changed"}, nameID=5)
    table.addMultilingualName({"en": f"{name}-Regular"}, nameID=6)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
