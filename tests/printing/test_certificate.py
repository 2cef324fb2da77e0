"""tests.printing.test_certificate — the certificate, byte by byte and as it reads."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
import segno

from exam_app.printing.certificate import render_certificate, render_certificates
from exam_app.printing.errors import MissingGlyph
from exam_app.printing.typefaces import Fonts
from tests.printing.facts import CERTIFICATE, RARE, certificate
from tests.printing.reading import has_outline, lines, page_count, rectangles, shown_lines

HASHED_ELSEWHERE = """
import hashlib, sys
from pathlib import Path
from exam_app.printing.certificate import render_certificate
from exam_app.printing.typefaces import open_fonts
from tests.printing.facts import CERTIFICATE
print(hashlib.sha256(render_certificate(CERTIFICATE, open_fonts(Path(sys.argv[1])))).hexdigest())
"""


def test_certificate_reads_as_it_was_certified(fonts: Fonts) -> None:
    assert lines(render_certificate(CERTIFICATE, fonts)) == [
        "田州市人民代表大会常务委员会",
        "任前法律知识考试合格证",
        "证书编号　田人常法证〔2018〕16号",
        "王　强",
        "同志：",
        "田州市发展和改革委员会副主任，拟任田州市发展和改革委员会主任，",
        "于2018年3月2日参加2018年第二次任前法律知识考试（政府卷），成绩",
        "92分",
        "（满分100分），考试",
        "合格",
        "，等次为",
        "优秀",
        "，特发此证。",
        "核验码",
        "K7QM-X2PA",
        "扫描二维码，或在核验页面输入核验码：",
        "https://exam.example/verify/K7QMX2PA",
        "本次考试以2018年2月24日有效的法律为准。",
        "田州市人民代表大会常务委员会",
        "2018年3月5日",
        "（加盖印章）",
    ]


def test_certificate_without_disclosed_score_shows_none(fonts: Fonts) -> None:
    text = "".join(lines(render_certificate(certificate(score=None, grade="合格"), fonts)))

    assert "考试合格，特发此证。" in text
    assert "成绩" not in text
    assert "满分" not in text


def test_certificate_without_nomination_does_not_speak_of_one(fonts: Fonts) -> None:
    assert "拟任" not in "".join(lines(render_certificate(certificate(nominated_post=""), fonts)))


def test_equal_facts_give_equal_bytes_in_other_processes_that_start_together(fonts: Fonts, tmp_path: Path) -> None:
    here = hashlib.sha256(render_certificate(CERTIFICATE, fonts)).hexdigest()
    again = hashlib.sha256(render_certificate(certificate(), fonts)).hexdigest()
    command = [sys.executable, "-c", HASHED_ELSEWHERE, str(tmp_path)]
    root = Path(__file__).parents[2]
    others = [
        subprocess.Popen(command, cwd=root, env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.PIPE)
        for seed in ("1", "2")
    ]

    assert {other.communicate()[0].decode().strip() for other in others} | {again} == {here}


def test_other_facts_give_other_bytes(fonts: Fonts) -> None:
    assert render_certificate(certificate(number="17"), fonts) != render_certificate(CERTIFICATE, fonts)


def test_rare_name_is_drawn_and_can_be_copied(fonts: Fonts) -> None:
    pdf = render_certificate(certificate(person_name=RARE), fonts)

    [name] = [line for line in shown_lines(pdf) if "".join(shown.character for shown in line) == RARE]
    assert all(has_outline(shown) for shown in name)


def test_every_character_of_the_certificate_is_drawn(fonts: Fonts) -> None:
    blank = {" ", "　"}
    shown = [shown for line in shown_lines(render_certificate(CERTIFICATE, fonts)) for shown in line]

    distinct = {each.character: each for each in shown if each.character not in blank}
    assert [each.character for each in distinct.values() if not has_outline(each)] == []


@pytest.mark.parametrize("field", ["person_name", "unit", "post", "nominated_post", "laws_note"])
def test_certificate_with_a_character_no_font_has_is_refused(fonts: Fonts, field: str) -> None:
    with pytest.raises(MissingGlyph) as refusal:
        render_certificate(certificate(**{field: "王\U0002f000强"}), fonts)

    assert refusal.value.facts["characters"] == "\U0002f000"


def test_only_embedded_fonts_are_named(fonts: Fonts) -> None:
    pdf = render_certificate(CERTIFICATE, fonts)

    assert b"Helvetica" not in pdf
    assert pdf.count(b"/FontFile2") == pdf.count(b"/Type /FontDescriptor") > 3


def test_qr_code_drawn_is_the_matrix_of_the_address(fonts: Fonts) -> None:
    expected = segno.make_qr(CERTIFICATE.verify_url, error="m").matrix
    small = [each for each in rectangles(render_certificate(CERTIFICATE, fonts)) if each[3] < 10]
    module = small[0][3]
    left, top = min(x for x, *_ in small), max(y for _, y, *_ in small)
    drawn = [bytearray(len(expected)) for _ in expected]
    for x, y, wide, _ in small:
        row, column = round((top - y) / module), round((x - left) / module)
        drawn[row][column : column + round(wide / module)] = b"\1" * round(wide / module)

    assert drawn == [bytearray(row) for row in expected]


def test_long_posts_stay_above_the_proof(fonts: Fonts) -> None:
    """Set smaller instead of running on: the paragraph keeps to the lines there is room for."""
    pdf = render_certificate(certificate(unit="田州市人民政府办公室" * 8, post="主任" * 20), fonts)
    text = lines(pdf)

    assert page_count(pdf) == 1
    paragraph = text[text.index("同志：") + 1 : text.index("核验码")]
    assert "".join(paragraph).startswith("田州市人民政府办公室" * 8)


def test_many_certificates_stand_on_a_page_each_in_the_order_given(fonts: Fonts) -> None:
    pdf = render_certificates([certificate(person_name=name) for name in ("周犇龘", "欧阳𬱖")], fonts)

    assert page_count(pdf) == 2
    assert [line for line in lines(pdf) if line in ("周犇龘", "欧阳𬱖")] == ["周犇龘", "欧阳𬱖"]
