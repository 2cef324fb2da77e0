"""tests.question_bank.test_read_xlsx — sheets as clerks fill them in."""

from datetime import date

import pytest

from question_bank.formats.xlsx import read_xlsx
from question_bank.items import TRUE_FALSE_OPTIONS, Citation, Item
from question_bank.kinds import Kind, OrganType, Part, Use
from tests.question_bank.samples import CONSTITUTION, HEADERS, one_row, workbook

ROW = ["A1", "单选", "宪法的修改由谁通过？", "全国人大", "国务院", "最高人民法院", "国家主席", "A"]
STATEMENT = {"题型": "判断", "选项A": None, "选项B": None, "选项C": None, "选项D": None}


def the_item(data: bytes) -> Item:
    result = read_xlsx(data)
    assert result.faults == ()
    (item,) = result.items
    return item


def the_fault(data: bytes) -> tuple[str, str]:
    result = read_xlsx(data)
    assert result.items == ()
    (fault,) = result.faults
    return fault.where, fault.code


def test_row_is_read_with_its_defaults() -> None:
    item = the_item(one_row())

    assert (item.code, item.kind, item.stem) == ("A1", Kind.SINGLE, "宪法的修改由谁通过？")
    assert (item.use, item.part, item.organs, item.difficulty) == (Use.FORMAL, Part.COMMON, (), 3)
    assert item.options == ("全国人大", "国务院", "最高人民法院", "国家主席")
    assert (item.key, item.explanation, item.citations, item.answer) == (frozenset("A"), "", (), "")


@pytest.mark.parametrize("word", ["单选", "单选题", " 单选题 ", "单项选择题", "single", "单 选"])
def test_kind_is_read_in_usual_words(word: str) -> None:
    assert the_item(one_row(题型=word)).kind is Kind.SINGLE


@pytest.mark.parametrize(
    "answer", ["ACD", "A,C,D", "A、C、D", "acd", "ＡＣＤ", "A C D", "A，C，D", "DCA", " ａ；ｃ；ｄ "]
)
def test_letters_of_multiple_choice_are_read(answer: str) -> None:
    assert the_item(one_row(题型="多选", 答案=answer)).key == {"A", "C", "D"}


@pytest.mark.parametrize(
    ("answer", "letter"),
    [("正确", "A"), ("对", "A"), ("√", "A"), (True, "A"), ("错误", "B"), ("错", "B"), ("×", "B"), ("错误。", "B")],
)
def test_true_and_false_are_read_in_usual_words(answer: object, letter: str) -> None:
    item = the_item(one_row(**STATEMENT, 答案=answer))

    assert (item.key, item.options) == (frozenset(letter), TRUE_FALSE_OPTIONS)


def test_letter_of_a_statement_means_the_option_it_stands_for() -> None:
    assert the_item(one_row(**(STATEMENT | {"选项A": "错", "选项B": "对"}), 答案="A")).key == {"B"}


def test_organs_make_a_question_special() -> None:
    item = the_item(one_row(适用机关="法院、政府"))

    assert (item.part, item.organs) == (Part.SPECIAL, (OrganType.GOVERNMENT, OrganType.COURT))


def test_written_question_keeps_its_answer() -> None:
    item = the_item(one_row(**(STATEMENT | {"题型": "简答题"}), 答案="要点一；\n要点二。"))

    assert (item.kind, item.options, item.key, item.answer) == (
        Kind.SHORT_ANSWER,
        (),
        frozenset(),
        "要点一；\n要点二。",
    )


def test_numbers_that_excel_made_are_read_as_written() -> None:
    item = the_item(one_row(编号=1001, 选项A=5, 选项B=10, 难度=2))

    assert (item.code, item.options[:2], item.difficulty) == ("1001", ("5", "10"), 2)


def test_letters_before_every_option_are_taken_off() -> None:
    item = the_item(one_row(选项A="A．甲", 选项B="B. 乙", 选项C="C、丙", 选项D="D:丁"))

    assert item.options == ("甲", "乙", "丙", "丁")


def test_letter_before_one_option_belongs_to_its_text() -> None:
    assert the_item(one_row(选项A="A、B 两项制度")).options[0] == "A、B 两项制度"


@pytest.mark.parametrize("law", ["《中华人民共和国宪法》", "宪法", "《宪法》", "constitution"])
@pytest.mark.parametrize("edition", [CONSTITUTION, "2018-03-11", "2018年3月11日", "2018/3/11", 20180311, None])
@pytest.mark.parametrize("article", [47, "第四十七条", "四十七"])
def test_citation_is_read_as_clerks_write_it(law: str, edition: object, article: object) -> None:
    item = the_item(one_row(法律=law, 版本=edition, 条=article, 款="第二款", 项="（三）", 依据原文="原文"))

    assert item.citations == (Citation("constitution", CONSTITUTION, "47", 2, 3, "原文"),)


def test_inserted_article_is_read() -> None:
    assert the_item(one_row(法律="刑法", 条="第一百二十条之一")).citations[0].article == "120-1"


def test_empty_edition_is_the_one_that_holds_on_the_day() -> None:
    data = one_row(法律="监察法", 条=1)

    (now,), (then,) = (read_xlsx(data, on=on).items for on in (date(2026, 1, 1), date(2020, 1, 1)))

    assert now.citations[0].edition == date(2024, 12, 25)
    assert then.citations[0].edition == date(2018, 3, 20)


def test_further_citations_stand_in_rows_of_their_own() -> None:
    head = [*HEADERS, "法律", "条"]
    rows: list[list[object]] = [
        [*head],
        [*ROW, "宪法", 64],
        ["A1", *[None] * 7, "立法法", 10],
        ["A2", *ROW[1:], "宪法", 1],
    ]

    result = read_xlsx(workbook(("题目", rows)))

    assert result.faults == ()
    assert [[citation.law for citation in item.citations] for item in result.items] == [
        ["constitution", "legislation-law"],
        ["constitution"],
    ]


def test_doubtful_further_citation_leaves_the_question_out() -> None:
    head = [*HEADERS, "法律", "条"]

    assert the_fault(workbook(("题目", [head, [*ROW, "宪法", 64], ["A1", *[None] * 7, "甲法", 10]]))) == (
        "工作表“题目”第3行“法律”列",
        "unknown_law",
    )


def test_row_without_question_is_a_fault() -> None:
    head = [*HEADERS, "法律", "条"]
    result = read_xlsx(workbook(("题目", [head, [*ROW, "宪法", 64], [None] * 8 + ["宪法", 10]])))

    assert [(fault.where, fault.code) for fault in result.faults] == [("工作表“题目”第3行“编号”列", "no_question")]
    assert len(result.items) == 1


def test_columns_may_stand_in_any_order_under_a_title() -> None:
    rows: list[list[object]] = [["某县题库"], [], ["答案*", " 题 干", None, "选项Ｂ", "选项 A", "题型", "编号"]]
    rows += [
        ["B", "题干一", None, "乙", "甲", "单选", "1"],
        [None, "  "],
        ["A", "题干二", None, "乙", "甲", "单选", "2"],
    ]

    result = read_xlsx(workbook(("Sheet1", rows)))

    assert result.faults == ()
    assert [(item.code, item.options) for item in result.items] == [("1", ("甲", "乙")), ("2", ("甲", "乙"))]


def test_faults_name_the_rows_of_the_sheet_itself() -> None:
    rows = [[], [], ["", *HEADERS], [], ["", *ROW[:-1], "E"]]

    assert the_fault(workbook(("题目", rows))) == ("工作表“题目”第5行“答案”列", "key_beyond_options")


def test_all_sheets_are_read_but_the_guide() -> None:
    data = workbook(("一", [HEADERS, ROW]), ("空", []), ("填写说明", [["说明"]]), ("二", [HEADERS, ROW]))

    assert len(read_xlsx(data).items) == 2


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"编号": None}, "编号", "missing"),
        ({"编号": 1.5}, "编号", "number"),
        ({"题干": None}, "题干", "missing"),
        ({"题干": "\ufffd乱码"}, "题干", "unreadable_character"),
        ({"题型": None}, "题型", "missing"),
        ({"题型": "不定项"}, "题型", "unknown_value"),
        ({"答案": None}, "答案", "missing"),
        ({"答案": "1"}, "答案", "unknown_value"),
        ({"答案": "AA"}, "答案", "doubtful_key"),
        ({"答案": "AB"}, "答案", "doubtful_key"),
        ({"题型": "多选"}, "答案", "doubtful_key"),
        ({"答案": "F"}, "答案", "key_beyond_options"),
        ({**STATEMENT, "答案": "A"}, "答案", "unknown_value"),
        ({**STATEMENT, "答案": "1"}, "答案", "unknown_value"),
        ({"题型": "判断", "答案": "正确"}, "答案", "options_not_expected"),
        ({"题型": "简答"}, "选项A", "options_not_expected"),
        ({"选项B": None}, "选项B", "missing"),
        ({"选项B": None, "选项C": None, "选项D": None}, "选项A", "missing"),
        ({"选项A": 0.5}, "选项A", "number"),
        ({"选项A": date(2020, 1, 2)}, "选项A", "number"),
        ({"难度": "难"}, "难度", "unknown_value"),
        ({"用途": "其他"}, "用途", "unknown_value"),
        ({"适用机关": "学校"}, "适用机关", "unknown_value"),
        ({"部分": "公共法律", "适用机关": "政府"}, "适用机关", "part_and_organs"),
        ({"部分": "专业法律"}, "适用机关", "part_and_organs"),
        ({"法律": "《民法通则》", "条": 1}, "法律", "unknown_law"),
        ({"条": 1}, "法律", "missing"),
        ({"法律": "宪法"}, "条", "missing"),
        ({"法律": "宪法", "条": "第四十七条第二款"}, "条", "unknown_value"),
        ({"法律": "刑法", "条": date(2026, 12, 1)}, "条", "number"),
        ({"法律": "宪法", "条": 1, "款": "x"}, "款", "unknown_value"),
        ({"法律": "宪法", "条": 1, "项": 0}, "项", "unknown_value"),
        ({"法律": "宪法", "条": 1, "版本": "2018"}, "版本", "unknown_value"),
        ({"法律": "宪法", "条": 1, "版本": "2017-01-01"}, "版本", "no_edition"),
        ({"法律": "环境保护法", "条": 1}, "版本", "no_edition"),
    ],
)
def test_doubt_is_a_fault_with_its_row_and_column(cells: dict[str, object], column: str, code: str) -> None:
    assert the_fault(one_row(**cells)) == (f"工作表“题目”第2行“{column}”列", code)


@pytest.mark.parametrize(
    ("head", "code"),
    [
        (["编号", "题型", "题目", "答案"], "no_header"),
        (["题型", "题干", *HEADERS[3:]], "missing_column"),
        ([*HEADERS, "答案"], "duplicate_column"),
        ([*HEADERS, "备注"], "unknown_column"),
    ],
)
def test_doubtful_header_is_a_fault(head: list[str], code: str) -> None:
    assert the_fault(workbook(("题目", [head, ROW[: len(head)]])))[1] == code


def test_column_without_name_is_a_fault() -> None:
    assert the_fault(workbook(("题目", [HEADERS, [*ROW, "另外"]]))) == ("工作表“题目”第2行第9列", "unknown_column")
