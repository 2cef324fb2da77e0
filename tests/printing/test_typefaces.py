"""tests.printing.test_typefaces — every character finds a font, or is refused."""

import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.printing.drawing.sheet import About, Sheet, Style
from exam_app.printing.errors import FontUnusable, MissingGlyph
from exam_app.printing.typefaces import Face, Fonts, open_fonts, to_unicode_map, unpacked
from tests.printing.facts import RARE
from tests.printing.reading import shown_lines

GBK = [
    character
    for code in range(0x8140, 0xFEA0)
    if len(character := code.to_bytes(2, "big").decode("gbk", errors="ignore")) == 1
    and "\u4e00" <= character <= "\u9fff"
]


@pytest.mark.parametrize("face", list(Face))
def test_rare_names_have_a_font_in_every_face(fonts: Fonts, face: Face) -> None:
    assert "".join(piece for _, piece in fonts.runs(RARE, face)) == RARE


@pytest.mark.parametrize("face", [Face.SONG, Face.HEI, Face.KAI])
def test_whole_gbk_is_drawn_without_changing_the_font(fonts: Fonts, face: Face) -> None:
    assert len(GBK) > 20_000
    assert fonts.runs("".join(GBK), face) == [(face.value, "".join(GBK))]


@given(text=st.text(st.sampled_from(GBK[::97] + list(RARE + string.printable[:95])), max_size=30))
def test_runs_joined_are_the_text(text: str) -> None:
    runs = open_fonts().runs(text, Face.SONG_BOLD)

    assert "".join(piece for _, piece in runs) == text


def test_character_missing_in_bold_is_set_in_regular(fonts: Fonts) -> None:
    assert fonts.runs("强㛃", Face.SONG_BOLD) == [("SongBold", "强"), ("Song", "㛃")]


def test_character_no_font_has_is_refused_and_named_once(fonts: Fonts) -> None:
    with pytest.raises(MissingGlyph) as refusal:
        fonts.runs("王\U0002f000\U0002f000", Face.KAI)

    assert refusal.value.code == "missing_glyph"
    assert refusal.value.facts == {"text": "王\U0002f000\U0002f000", "characters": "\U0002f000"}
    assert fonts.missing("王\U0002f000\U0002f000") == "\U0002f000"


@pytest.mark.parametrize("character", ["\ue863", "\U000f0000", "\n", "\u200b"])
def test_private_and_invisible_characters_are_refused(fonts: Fonts, character: str) -> None:
    assert fonts.missing(f"王{character}强") == character


def test_damaged_file_in_the_cache_is_replaced(tmp_path: Path) -> None:
    path = unpacked("songbold", tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"\xff")

    assert unpacked("songbold", tmp_path) == path
    assert path.read_bytes() == whole
    assert list(tmp_path.iterdir()) == [path]


def test_whole_file_in_the_cache_is_used_as_it_is(tmp_path: Path) -> None:
    written_at = unpacked("songbold", tmp_path).stat().st_mtime_ns

    assert unpacked("songbold", tmp_path).stat().st_mtime_ns == written_at


def test_committees_own_font_comes_first_and_the_others_stand_in(font_cache: Path, fonts: Fonts) -> None:
    own = unpacked("kai", font_cache)
    opened = open_fonts(font_cache, fangsong=own)

    first, *others = opened.chains[Face.FANGSONG]
    assert re.fullmatch("Own-[0-9a-f]{12}", first)
    assert others == ["Song", "Hei", "Kai"]
    assert fonts.chains[Face.FANGSONG][0] == "Song"


def test_own_font_named_inside_like_a_shipped_one_is_kept_apart(font_cache: Path) -> None:
    own = unpacked("kai", font_cache)
    sheet = Sheet(open_fonts(font_cache, fangsong=own), About(title="", author=""))
    sheet.text(20, 20, "任前法律", Style(Face.FANGSONG, 12))
    sheet.text(20, 40, "知识考试", Style(Face.KAI, 12))

    first, second = shown_lines(sheet.finish())

    assert "Own-" in first[0].font["/BaseFont"]
    assert "ExamKai" in second[0].font["/BaseFont"]
    assert [shown.character for shown in first + second] == list("任前法律知识考试")


@pytest.mark.parametrize("content", [None, b"", b"OTTO" + bytes(100)], ids=["none", "empty", "CFF"])
def test_own_font_that_cannot_be_embedded_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "own.ttf"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(FontUnusable) as refusal:
        open_fonts(tmp_path, xiaobiaosong=path)

    assert refusal.value.facts["path"] == str(path)


def test_unicode_map_writes_two_units_above_the_first_plane() -> None:
    assert "<01> <D873DC56>" in to_unicode_map("Song", [0, 0x2CC56])


def test_unicode_map_keeps_to_a_hundred_entries_a_block() -> None:
    counts = re.findall(r"(\d+) beginbfchar", to_unicode_map("Song", list(range(1, 251))))

    assert counts == ["100", "100", "50"]
