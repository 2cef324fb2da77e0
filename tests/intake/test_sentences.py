"""tests.intake.test_sentences — forms, headings and sentences of name lists are read as written, or asked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.appointments.states import APPOINTING_FORMS, Form
from exam_app.intake.sentences import (
    Said,
    form_named,
    heading,
    read_sentences,
    several_posts,
    side_named,
    write_sentence,
)

JUDGE = "市中级人民法院审判员"


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("决定任命", Form.DECIDE_APPOINT),
        ("任命", Form.APPOINT),
        ("批准任命", Form.APPROVE_APPOINT),
        ("免　职", Form.REMOVE),
        ("免去", Form.REMOVE),
        ("批准免去", Form.APPROVE_REMOVE),
        ("接受辞职", Form.ACCEPT_RESIGNATION),
        ("撤职", Form.DISMISS),
        ("撤销任命", Form.REVOKE),
        ("决定代理", Form.DECIDE_ACTING),
        ("推选", Form.ELECT_ACTING),
        ("任免", None),
        ("备注", None),
    ],
)
def test_form_is_named_by_exact_words_only(words: str, form: Form | None) -> None:
    assert form_named(words) is form


@pytest.mark.parametrize(
    ("words", "leaving"), [("拟任", False), ("任", False), ("拟免职", True), ("免", True), ("任免", None), ("男", None)]
)
def test_side_is_told_by_short_words(words: str, leaving: bool | None) -> None:
    assert side_named(words) is leaving


@pytest.mark.parametrize(
    ("line", "form", "leaving"),
    [
        ("二、免职", Form.REMOVE, True),
        ("（一）决定任命：", Form.DECIDE_APPOINT, False),
        ("提请免职人员名单", Form.REMOVE, True),
        ("接受辞职（2人）", Form.ACCEPT_RESIGNATION, True),
    ],
)
def test_heading_names_a_form(line: str, form: Form, leaving: bool) -> None:
    found = heading(line)
    assert found is not None and found[1:] == (form, leaving)


@pytest.mark.parametrize("line", ["关于提请任免王强等同志职务的议案", "王强、李敏", "甲政〔2026〕8号"])
def test_other_lines_are_no_headings(line: str) -> None:
    found = heading(line)
    assert found is None or found[1:] == (None, None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"任命张三、李四为{JUDGE}。", Said(Form.APPOINT, ("张三", "李四"), JUDGE)),
        (f"任命张　三为{JUDGE}", Said(Form.APPOINT, ("张三",), JUDGE)),
        (f"任命张三 李四为{JUDGE}", Said(Form.APPOINT, ("张三", "李四"), JUDGE)),
        (f"免去王强的{JUDGE}职务；", Said(Form.REMOVE, ("王强",), JUDGE, True)),
        ("决定任命王强为市财政局局长", Said(Form.DECIDE_APPOINT, ("王强",), "市财政局局长")),
        ("接受王强辞去副市长职务的请求", Said(Form.ACCEPT_RESIGNATION, ("王强",), "副市长", True)),
        ("决定王强代理市长职务", Said(Form.DECIDE_ACTING, ("王强",), "代理市长")),
        ("推选李敏为市人大常委会代理主任", Said(Form.ELECT_ACTING, ("李敏",), "市人大常委会代理主任")),
        (f"1．任命买买提·艾力为{JUDGE}", Said(Form.APPOINT, ("买买提·艾力",), JUDGE)),
    ],
)
def test_sentence_has_one_meaning(line: str, said: Said) -> None:
    assert read_sentences(line) == [[said]]


def test_sentence_without_a_verb_takes_that_of_the_heading() -> None:
    assert read_sentences(f"王强为{JUDGE}", Form.APPOINT, False) == [[Said(Form.APPOINT, ("王强",), JUDGE)]]
    assert read_sentences(f"王强为{JUDGE}") == []


def test_sentence_with_two_readings_gives_both() -> None:
    (meanings,) = read_sentences("任命张为为为民办事处主任")
    assert {(one.names, one.post) for one in meanings} == {(("张为",), "为民办事处主任"), (("张为为",), "民办事处主任")}


def test_and_others_is_nobody() -> None:
    assert read_sentences(f"任命张三等为{JUDGE}") == []


def test_several_posts_get_the_body_of_the_first() -> None:
    assert several_posts("市中级人民法院审判委员会委员、审判员") == (
        "市中级人民法院审判委员会委员",
        "市中级人民法院审判员",
    )
    assert several_posts("市卫生健康委员会主任") == ()


@given(
    form=st.sampled_from([Form.APPOINT, Form.DECIDE_APPOINT, Form.REMOVE, Form.ACCEPT_RESIGNATION, Form.DISMISS]),
    names=st.lists(st.sampled_from(["王强", "李敏", "赵建国", "古丽·买买提"]), min_size=1, max_size=3, unique=True),
    post=st.sampled_from([JUDGE, "市财政局局长", "市人民检察院检察员"]),
)
def test_written_sentence_reads_back(form: Form, names: list[str], post: str) -> None:
    said = Said(form, tuple(names), post, form not in APPOINTING_FORMS)
    assert [said] in read_sentences(write_sentence(said))
