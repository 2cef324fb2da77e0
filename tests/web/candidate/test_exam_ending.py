"""tests.web.candidate.test_exam_ending — how a sitting ends in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.candidate.exam_browsing import choose, hand_in, heading, notice, open_exam, part, saved, wake
from tests.web.candidate.exam_stand_in import StandIn

pytestmark = pytest.mark.browser
LEFT_BEHIND = """() => new Promise((resolve) => {
  const request = indexedDB.open('exam-journal', 1);
  request.onsuccess = () => {
    const all = request.result.transaction('entries').objectStore('entries').getAll();
    all.onsuccess = () => resolve(all.result.length);
  };
})"""


def test_replaced_device_says_so_and_keeps_still(exam: Page, office: StandIn) -> None:
    office.token += 1
    choose(exam, 1, "a")
    heading(exam, "本场考试已在另一台电脑继续")
    exam.keyboard.press("b")
    assert office.answers == {} and part(exam, "desk").is_hidden()


def test_second_window_asks_before_it_takes_over(exam: Page, office: StandIn) -> None:
    second = exam.context.new_page()
    second.goto(f"{office.address}/my/sitting")
    heading(second, "考试已在另一个窗口打开，在此继续？")
    assert office.token == 1
    second.get_by_role("button", name="在此继续").click()
    expect(part(second, "desk")).to_be_visible()
    heading(exam, "考试已在另一个窗口继续")


@pytest.mark.parametrize(("state", "title"), [("expired", "考试时间到"), ("voided", "已由考务人员终止")])
def test_sitting_closed_by_the_server_ends_the_page(exam: Page, office: StandIn, state: str, title: str) -> None:
    office.state = state
    wake(exam)
    heading(exam, re.compile(title))
    expect(part(exam, "screen")).to_contain_text("成绩发布后")


def test_answers_after_closing_are_offered_and_reported(exam: Page, office: StandIn) -> None:
    office.faults = ["down", "down", "late"]
    choose(exam, 1, "a")
    saved(exam, "^网络中断")
    office.state = "expired"
    wake(exam)
    expect(part(exam, "screen")).to_contain_text("有 1 题在收卷之后才送达")
    expect(exam.locator(".exam-notice")).to_have_count(0)
    assert exam.evaluate(LEFT_BEHIND) == 0


def test_hand_in_names_what_is_open_and_takes_nobody_by_surprise(exam: Page, office: StandIn) -> None:
    choose(exam, 2, "a", "f")
    saved(exam)
    part(exam, "hand-in").click()
    dialog = exam.get_by_role("dialog")
    expect(dialog).to_contain_text("未作答 3 题")
    expect(dialog).to_contain_text("待检查 1 题")
    exam.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    part(exam, "hand-in").click()
    dialog.get_by_role("button", name="去第 4 题").click()
    expect(exam.locator(".sheet--current")).to_have_id("question-4")
    assert office.handed_in is None


def test_hand_in_sends_what_is_unsent_and_leaves_nothing_behind(exam: Page, office: StandIn) -> None:
    office.faults = ["down"] * 9
    choose(exam, 1, "b")
    choose(exam, 2, "c")
    saved(exam, "^网络中断")
    hand_in(exam)
    heading(exam, "交卷成功")
    expect(part(exam, "screen")).to_contain_text("K7QM-3F9D")
    expect(part(exam, "screen")).to_contain_text("已作答 2 题")
    assert office.handed_in is not None and [answer["response"] for answer in office.handed_in] == ["B", "C"]
    assert exam.evaluate(LEFT_BEHIND) == 0
    exam.get_by_role("link", name="返回首页").click()
    exam.wait_for_url("**/my")


def test_hand_in_without_network_waits_and_can_be_dropped(exam: Page, office: StandIn) -> None:
    office.is_down = True
    hand_in(exam)
    expect(exam.get_by_role("dialog")).to_contain_text("恢复后会自动交卷")
    exam.get_by_role("button", name="返回继续答题").click()
    expect(exam.get_by_role("dialog")).to_be_hidden()
    office.is_down = False
    choose(exam, 1, "a")
    saved(exam)
    assert office.handed_in is None


def test_hand_in_too_early_says_how_long_to_wait(page: Page, office: StandIn) -> None:
    office.early_ms = 1_800_000
    exam = open_exam(page, office)
    part(exam, "hand-in").click()
    notice(exam, "还需 30 分钟才可以交卷")
    assert office.handed_in is None


def test_extra_time_and_last_minutes_are_said(exam: Page, office: StandIn) -> None:
    expect(part(exam, "time")).to_have_text(re.compile("^01:(30|29)$"))
    office.set_remaining(6_020_000)
    wake(exam)
    notice(exam, "考试时间已延长 10 分钟")
    expect(part(exam, "time")).to_have_text("01:40")
    office.set_remaining(301_000)
    wake(exam)
    notice(exam, "离考试结束还有 5 分钟")
    expect(part(exam, "time")).to_have_text(re.compile("^04:5"))
    expect(part(exam, "clock")).to_have_class(re.compile("clock--last"))


def test_time_up_hands_in_by_itself_with_the_unsent_answer(page: Page, office: StandIn) -> None:
    office.set_remaining(4000)
    exam = open_exam(page, office)
    office.faults = ["down"] * 9
    choose(exam, 1, "d")
    heading(exam, "交卷成功")
    assert office.answers == {1: "D"}


def test_time_given_at_the_last_moment_unlocks_the_paper(page: Page, office: StandIn) -> None:
    office.grace_ms = 600_000
    office.set_remaining(1500)
    exam = open_exam(page, office)
    notice(exam, "时间到，正在自动交卷")
    expect(exam.locator("input:enabled")).to_have_count(0)
    office.set_remaining(300_000)
    wake(exam)
    choose(exam, 1, "a")
    saved(exam)
    assert office.handed_in is None


def test_rehearsal_is_the_same_page_and_ends_kindly(page: Page, office: StandIn) -> None:
    page.goto(f"{office.address}/my/rehearsal")
    expect(part(page, "time")).to_have_text(re.compile("^0[12]:"))
    choose(page, 1, "c")
    saved(page)
    hand_in(page)
    heading(page, "您已会用")
    assert office.token == office.saves == 0
