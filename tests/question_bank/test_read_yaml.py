"""tests.question_bank.test_read_yaml — YAML files of questions, good and bad."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.formats.yaml import FaultyContentError, load_content, read_content, read_yaml
from question_bank.items import TRUE_FALSE_OPTIONS, Citation
from question_bank.kinds import Kind, OrganType, Part, Use

GOOD = """law: constitution
edition: 2018-03-11
part: special
organs: [court, government]
questions:
  - code: ZF001
    kind: multiple
    use: formal
    difficulty: 2
    stem: 下列哪些是国家机关？
    options:
      A: 人民法院
      B: 人民政府
      C: 居民委员会
      D: 行业协会
    key: AB
    explanation: >-
      人民法院和人民政府
      是国家机关。
    citations:
      - article: 105
        paragraph: 1
        item: 2
        evidence: 地方各级人民政府
      - {law: criminal-law, edition: 2023-12-29, article: 120-1, evidence: 资助恐怖活动}
  - code: ZF002
    kind: true_false
    use: practice
    difficulty: 1
    stem: 人民法院是国家机关。
    key: 对
    explanation: 人民法院是国家机关。
    citations: [{article: 128, evidence: 人民法院}]
  - code: ZF003
    kind: essay
    use: practice
    difficulty: 5
    stem: 试论依法治国。
    answer: 要点略。
    explanation: 按要点给分。
    citations: [{article: 5}]
"""


def codes_of_faults(text: str | bytes) -> list[tuple[str, str]]:
    result = read_yaml(text, "a.yaml")
    return [(fault.where, fault.code) for fault in result.faults]


def test_good_file_is_read_in_full() -> None:
    result = read_yaml(GOOD, "government/constitution.yaml")

    assert result.faults == ()
    multiple, statement, essay = result.items
    assert (multiple.kind, multiple.use, multiple.part) == (Kind.MULTIPLE, Use.FORMAL, Part.SPECIAL)
    assert multiple.organs == (OrganType.GOVERNMENT, OrganType.COURT)
    assert multiple.options == ("人民法院", "人民政府", "居民委员会", "行业协会")
    assert multiple.key == {"A", "B"}
    assert multiple.explanation == "人民法院和人民政府 是国家机关。"
    assert multiple.citations == (
        Citation("constitution", date(2018, 3, 11), "105", 1, 2, "地方各级人民政府"),
        Citation("criminal-law", date(2023, 12, 29), "120-1", None, None, "资助恐怖活动"),
    )
    assert (statement.options, statement.key) == (TRUE_FALSE_OPTIONS, frozenset("A"))
    assert (essay.options, essay.key, essay.answer) == ((), frozenset(), "要点略。")


def test_bytes_with_a_mark_are_read() -> None:
    assert len(read_yaml(GOOD.encode("utf-8-sig"), "a.yaml").items) == 3


@pytest.mark.parametrize(
    ("old", "new", "where", "code"),
    [
        ("    kind: multiple\n", "", "ZF001", "missing"),
        ("kind: multiple", "kind: choice", "ZF001", "unknown_value"),
        ("kind: multiple", "kind: single", "ZF001", "doubtful_key"),
        ("key: AB", "key: A", "ZF001", "doubtful_key"),
        ("key: AB", "key: AE", "ZF001", "key_beyond_options"),
        ("key: AB", "key: 12", "ZF001", "unknown_value"),
        ("key: 对", "key: 也许", "ZF002", "unknown_value"),
        ("key: 对", "key: 对\n    options: {A: 对, B: 错}", "ZF002", "options_not_expected"),
        ("answer: 要点略。", "key: A", "ZF003", "unknown_field"),
        ("      B: 人民政府\n", "", "ZF001", "unknown_value"),
        ("A: 人民法院", "A: 12", "ZF001", "unknown_value"),
        ("difficulty: 2", "difficulty: 6", "ZF001", "unknown_value"),
        ("difficulty: 2", "difficulty: 2\n    note: 甲", "ZF001", "unknown_field"),
        ("code: ZF002", "kode: ZF002", "第2题", "missing"),
        ("article: 105", "article: 一百零五条二款", "ZF001 依据1", "unknown_value"),
        ("paragraph: 1", "paragraph: 0", "ZF001 依据1", "unknown_value"),
        ("law: criminal-law, edition: 2023-12-29", "law: criminal-law", "ZF001 依据2", "missing"),
        ("[{article: 128, evidence: 人民法院}]", "[]", "ZF002", "unknown_value"),
        ("[{article: 128, evidence: 人民法院}]", "[128]", "ZF002 依据1", "unknown_value"),
        ("stem: 人民法院是国家机关。", 'stem: "\\uD800"', "ZF002", "unreadable_character"),
    ],
)
def test_fault_in_a_question_leaves_out_that_question_alone(old: str, new: str, where: str, code: str) -> None:
    assert GOOD.count(old) >= 1
    text = GOOD.replace(old, new, 1)

    assert (where, code) in codes_of_faults(text)
    assert len(read_yaml(text, "a.yaml").items) == 2


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("law: constitution\n", "", "missing"),
        ("edition: 2018-03-11", "edition: 2018年", "unknown_value"),
        ("part: special", "part: common", "part_and_organs"),
        ("organs: [court, government]", "organs: []", "part_and_organs"),
        ("organs: [court, government]", "organs: court", "unknown_value"),
        ("organs: [court, government]", "organs: [school]", "unknown_value"),
        ("part: special", "part: special\npart: special", "unreadable"),
        ("edition: 2018-03-11", "edition: 2018-13-11", "unreadable"),
        ("      A: 人民法院", "      A: 人民法院\n      A: 人民法院", "unreadable"),
        ("questions:", "questions: [", "unreadable"),
        ("stem: 下列", "stem: *下列", "unreadable"),
    ],
)
def test_fault_in_the_head_yields_no_questions(old: str, new: str, code: str) -> None:
    text = GOOD.replace(old, new, 1)

    assert ("文件", code) in codes_of_faults(text)
    assert read_yaml(text, "a.yaml").items == ()


def test_reference_is_refused_with_its_line() -> None:
    text = GOOD.replace("code: ZF001", "code: &first ZF001").replace("code: ZF002", "code: *first")

    (fault,) = read_yaml(text, "a.yaml").faults

    assert fault.message.startswith("第26行第11列：不接受引用")


def test_equal_fields_are_named_with_their_line() -> None:
    (fault,) = read_yaml(GOOD.replace("part: special", "part: special\npart: common"), "a.yaml").faults

    assert fault.message == "第4行第1列：字段“part”写了两次，请删去一个"


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", "试题".encode("gb18030"), b"", b"- 1", b"x", b"a: !!bool x", b"[" * 5000]
)
def test_what_is_no_question_file_gives_one_fault(data: bytes) -> None:
    result = read_yaml(data, "a.yaml")

    assert [fault.code for fault in result.faults] == ["unreadable"]
    assert result.items == ()


_SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.dates())
_FIELDS = [*("code", "kind", "use", "difficulty", "stem", "options", "key"), *("answer", "citations", "article", "A")]
_ODD = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(_FIELDS), inner, max_size=5)),
    max_leaves=12,
)


@given(st.lists(_ODD, max_size=3))
def test_odd_questions_are_faults_never_failures(questions: list[object]) -> None:
    head = "law: constitution\nedition: 2018-03-11\npart: common\norgans: []\nquestions: "
    text = head + repr(questions).replace("None", "null").replace("datetime.date", "")

    result = read_yaml(text, "a.yaml")

    assert result.items or result.faults


@given(st.text(st.sampled_from("abA:-[]{}&*!|>'\"#%\n \t，2018"), max_size=60))
def test_any_text_is_read_without_failing(text: str) -> None:
    assert read_yaml(text, "a.yaml").faults


def test_folder_is_read_in_order(tmp_path: Path) -> None:
    for area, prefix in (("court", "FY"), ("common", "GG")):
        (tmp_path / area).mkdir()
        (tmp_path / area / "constitution.yaml").write_text(GOOD.replace("ZF", prefix), encoding="utf-8")

    assert [item.code for item in load_content(tmp_path)] == ["GG001", "GG002", "GG003", "FY001", "FY002", "FY003"]


def test_faulty_content_is_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "court").mkdir()
    (tmp_path / "court" / "a.yaml").write_text("law: [", encoding="utf-8")

    assert [fault.source for fault in read_content(tmp_path).faults] == ["court/a.yaml"]
    with pytest.raises(FaultyContentError, match=r"court/a\.yaml"):
        load_content(tmp_path)
