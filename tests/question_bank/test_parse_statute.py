"""tests.question_bank.test_parse_statute — law texts, tidy and untidy, as articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.numerals import article_label
from question_bank.statutes import parse_statute, split_items

TIDY = """# 中华人民共和国示例法

2020年1月1日第一届全国示例大会通过

## 第一编　总则

### 第一章　基本规定

第一条　为了举例，制定本法。

第二条　本法所称例子，包括：

（一）好的例子；

（二）坏的例子。

前款所称例子不包括反例。

### 第二章　举例

#### 第一节　方法

第三条　举例应当简短。

第三条之一　例子可以增加。

## 附则

第四条　本法自2020年2月1日起施行。
"""


def numbers(text: str) -> list[str]:
    return [article.number for article in parse_statute(text).articles]


def test_title_preamble_and_articles_are_told_apart() -> None:
    statute = parse_statute(TIDY)

    assert statute.title == "中华人民共和国示例法"
    assert statute.preamble_lines == ("2020年1月1日第一届全国示例大会通过",)
    assert [article.number for article in statute.articles] == ["1", "2", "3", "3-1", "4"]
    assert statute.loose_lines == ()


def test_inserted_article_has_its_label() -> None:
    article = parse_statute(TIDY).find_article("3-1")

    assert article is not None
    assert (article.label, article.paragraphs) == ("第三条之一", ("例子可以增加。",))


def test_article_that_is_not_there_is_not_found() -> None:
    assert parse_statute(TIDY).find_article("3-2") is None


def test_chapters_are_a_path() -> None:
    chapters = [article.chapter for article in parse_statute(TIDY).articles]

    assert chapters[0] == "第一编　总则 / 第一章　基本规定"
    assert chapters[2] == "第一编　总则 / 第二章　举例 / 第一节　方法"
    assert chapters[4] == "附则"


def test_items_stay_with_their_paragraph() -> None:
    article = parse_statute(TIDY).articles[1]

    assert article.paragraphs == (
        "本法所称例子，包括：\n（一）好的例子；\n（二）坏的例子。",
        "前款所称例子不包括反例。",
    )
    assert split_items(article.paragraphs[0]) == ("（一）好的例子；", "（二）坏的例子。")


@pytest.mark.parametrize(
    "untidy",
    [
        TIDY.replace("条　", "条 ").replace("章　", "章 "),
        TIDY.replace("条　", "条: "),
        TIDY.replace("条　", "条："),
        "\ufeff" + TIDY,
        TIDY.replace("\n", "\r\n"),
        "---\nsidebar: auto\n---\n\n" + TIDY,
        TIDY.replace("第一条", "**第一条**").replace("第二条", "**第二条**"),
        TIDY.replace("\n\n", "\n"),
        TIDY.replace("## 第一编", "<!-- INFO END -->\n\n## 第一编"),
        TIDY.replace("## 第一编", "中华人民共和国 示例法\n\n## 第一编"),
        TIDY.replace("第一章　基本规定", "第一章　基 本 规 定"),
        TIDY.replace("（二）", "　　（二）"),
    ],
    ids=[
        "half-width blank",
        "colon",
        "full-width colon",
        "mark",
        "CRLF",
        "front matter",
        "bold",
        "no empty lines",
        "comment",
        "title twice",
        "spaced heading",
        "indented",
    ],
)
def test_untidy_copy_reads_like_the_tidy_one(untidy: str) -> None:
    assert parse_statute(untidy) == parse_statute(TIDY)


def test_text_without_markdown_has_title_and_chapters() -> None:
    plain = TIDY.replace("#", "").replace("\n 附则\n", "\n")
    statute = parse_statute(plain)

    assert statute.title == "中华人民共和国示例法"
    assert statute.articles[3].chapter == "第一编　总则 / 第二章　举例 / 第一节　方法"
    assert statute.articles[3] == parse_statute(TIDY).articles[3]


def test_part_of_a_code_has_no_title() -> None:
    statute = parse_statute("# 第一编　总则\n\n### 第一章　基本规定\n\n**第一条**　为了保护权益，制定本法。\n")

    assert statute.title == ""
    assert statute.articles[0].chapter == "第一编　总则 / 第一章　基本规定"


def test_decision_without_articles_is_cut_into_points() -> None:
    statute = parse_statute("# 关于举例的决定\n\n为了举例，决定如下：\n\n一、可以举例。\n\n二、例子：\n\n（一）甲；\n")

    assert [(article.number, article.label) for article in statute.articles] == [("1", "一、"), ("2", "二、")]
    assert statute.articles[1].paragraphs == ("例子：\n（一）甲；",)
    assert statute.preamble_lines == ("为了举例，决定如下：",)


def test_articles_quoted_by_an_amendment_belong_to_it() -> None:
    text = """# 示例修正案
第五十一条　第三条修改为：“例子简短。”
第五十二条　增加一节，作为第七节；增加两条，分别作为第一百二十三条至第一百二十四条。内容如下:
第七节　新的一节
第一百二十三条　第一个新条。
第一百二十四条　第二个新条。
第七节相应改为第八节。
第五十三条　本修正案自公布之日起施行。
"""

    assert numbers(text) == ["51", "52", "53"]
    assert "第一百二十四条　第二个新条。" in parse_statute(text).articles[1].paragraphs


def test_article_within_an_open_quotation_is_not_an_article() -> None:
    assert numbers("# 甲\n第一条　第九条修改为：“\n第九条　改过的话。\n第十条　又一条。”\n第二条　完。") == ["1", "2"]


def test_gap_in_the_numbers_is_kept() -> None:
    assert numbers("# 节选\n第三条　甲。\n第七条　乙。") == ["3", "7"]


def test_numbers_that_start_again_stay_in_the_last_article() -> None:
    statute = parse_statute("# 甲\n第一条　一。\n第二条　二。\n第一条　附件里的一。")

    assert [article.number for article in statute.articles] == ["1", "2"]
    assert statute.articles[1].paragraphs == ("二。", "第一条　附件里的一。")


def test_sentence_that_begins_with_an_article_is_a_paragraph() -> None:
    statute = parse_statute("# 甲\n第一条　一。\n第三条规定的情形除外。")

    assert statute.articles[0].paragraphs == ("一。", "第三条规定的情形除外。")


def test_lines_of_an_annex_are_not_lost() -> None:
    assert parse_statute(TIDY + "\n## 附件一\n\n表格一行\n").loose_lines == ("表格一行",)


@pytest.mark.parametrize("text", ["", "\n\n", "---\n---\n", "没有条文的文件", "第十百条　怪"])
def test_text_without_articles_has_none(text: str) -> None:
    assert parse_statute(text).articles == ()


@given(st.lists(st.sampled_from(["正文。", "（一）项；", "“引文”。"]), min_size=1, max_size=5), st.integers(1, 300))
def test_every_article_of_a_run_is_found_with_all_its_lines(body: list[str], count: int) -> None:
    lines = [f"{article_label(str(number))}　甲。\n" + "\n".join(body) for number in range(1, count + 1)]

    statute = parse_statute("# 题\n" + "\n\n".join(lines))

    assert [article.number for article in statute.articles] == [str(number) for number in range(1, count + 1)]
    assert all("\n".join(article.paragraphs).split("\n") == ["甲。", *body] for article in statute.articles)


@given(st.text(st.sampled_from("第一二十百条之章、　 #\n（）“”:-*甲")))
def test_any_text_is_read_without_failing(text: str) -> None:
    found = numbers(text)

    assert len(found) == len(set(found))
