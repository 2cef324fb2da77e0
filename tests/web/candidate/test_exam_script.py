"""tests.web.candidate.test_exam_script — answers in a real browser: saved, kept offline, found again."""

import gzip
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Dialog, Error, Page, Playwright, expect

from tests.web.candidate.exam_browsing import choose, hand_in, heading, notice, open_exam, part, saved
from tests.web.candidate.exam_stand_in import WEB, StandIn

pytestmark = pytest.mark.browser
NO_DATABASE = "Object.defineProperty(window, 'indexedDB', {value: undefined});"
FULL_DATABASE = "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };"
FULL_STORAGE = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"


def test_clicked_row_is_saved_and_says_when(exam: Page, office: StandIn) -> None:
    choose(exam, 2)
    exam.locator("label", has_text="五年").click()
    saved(exam, "^10:32:06 已保存$")
    assert office.answers == {2: "C"}
    expect(exam.locator(".sheet--current .sheet__state")).to_have_text("本题已保存")


def test_keyboard_alone_answers_the_paper_and_hands_it_in(exam: Page, office: StandIn) -> None:
    for key in ("a", "Enter", "3", "ArrowRight", "c", "1", "f", "PageDown", "b", "ArrowLeft", "Enter", "Enter"):
        exam.keyboard.press(key)
    saved(exam)
    expect(exam.locator("dialog[open]")).to_have_count(0)
    part(exam, "hand-in").focus()
    exam.keyboard.press("Enter")
    expect(exam.locator("dialog")).to_contain_text(["已作答", "按键"])
    exam.keyboard.press("Tab")
    exam.keyboard.press("Enter")
    heading(exam, "交卷成功")
    assert office.answers == {1: "A", 2: "C", 3: "AC", 4: "B"}


def test_side_arrow_on_a_radio_moves_and_does_not_answer(exam: Page, office: StandIn) -> None:
    choose(exam, 1, "a")
    saved(exam)
    exam.keyboard.press("ArrowRight")
    expect(exam.locator(".sheet--current")).to_have_id("question-2")
    assert office.answers == {1: "A"}


def test_whole_paper_on_one_page_is_remembered(exam: Page, office: StandIn) -> None:
    exam.get_by_role("button", name="整卷").click()
    exam.reload()
    expect(exam.locator(".sheet:visible")).to_have_count(4)
    exam.keyboard.press("PageDown")
    exam.keyboard.press("b")
    saved(exam)
    assert office.answers == {2: "B"}


def test_sitting_not_released_says_so_and_can_be_asked_again(page: Page, office: StandIn) -> None:
    office.state = "ready"
    page.goto(f"{office.address}/my/sitting")
    heading(page, "现在还不能作答")
    expect(part(page, "screen")).to_contain_text("尚未放行")
    office.state = "open"
    page.get_by_role("button", name="再试一次").click()
    expect(part(page, "desk")).to_be_visible()


def test_cleared_answer_is_sent_as_empty(exam: Page, office: StandIn) -> None:
    choose(exam, 1, "a")
    exam.get_by_role("button", name="清除本题作答").click()
    saved(exam)
    assert office.answers == {1: ""}
    expect(part(exam, "answered")).to_have_text("已答 0 / 4")


def test_unsaved_answers_wait_offline_and_only_the_newest_is_sent(exam: Page, office: StandIn) -> None:
    exam.context.set_offline(True)
    choose(exam, 1, "a", "b")
    saved(exam, "^网络中断，已存在本机，恢复后自动上传")
    choose(exam, 2, "d")
    choose(exam, 1, "c")
    assert office.saves == 0
    exam.context.set_offline(False)
    saved(exam)
    assert office.answers == {1: "C", 2: "D"}
    notice(exam, "网络已恢复")
    assert "reconnected" in office.told


@pytest.mark.parametrize("fault", ["down", "portal", "lost"])
def test_reply_without_a_receipt_is_asked_again(exam: Page, office: StandIn, fault: str) -> None:
    office.faults = [fault]
    choose(exam, 1, "b")
    saved(exam, "^网络中断")
    saved(exam)
    assert office.events == {1: (1, "B")} and office.saves == 2


def test_unsent_answers_and_flags_survive_a_reload(exam: Page, office: StandIn) -> None:
    office.is_down = True
    choose(exam, 3, "a", "d", "f")
    saved(exam, "^网络中断")
    exam.on("dialog", lambda dialog: dialog.accept())
    exam.reload()
    notice(exam, "已找回上次未上传的 1 题")
    office.is_down = False
    saved(exam)
    assert office.answers == {3: "AD"}
    expect(exam.locator(".sheet--current")).to_have_id("question-3")
    expect(exam.locator(".sheet--flagged")).to_have_id("question-3")


@pytest.mark.parametrize("storage", ["", NO_DATABASE, FULL_DATABASE])
def test_unsent_answers_survive_a_killed_browser(
    playwright: Playwright, office: StandIn, browser_type_launch_args: dict[str, Any], tmp_path: Path, storage: str
) -> None:
    def launch() -> BrowserContext:
        context = playwright.chromium.launch_persistent_context(tmp_path, **browser_type_launch_args)
        context.add_init_script(storage)
        return context

    context = launch()
    exam = open_exam(context.pages[0], office)
    office.is_down = True
    choose(exam, 1, "d")
    saved(exam, "^网络中断，已存在本机")
    exam.wait_for_timeout(6000 if storage else 0)  # localStorage reaches the disk some seconds later
    with suppress(Error):
        context.new_cdp_session(exam).send("Browser.crash")
    context.close()
    office.is_down = False
    context = launch()
    saved(open_exam(context.pages[0], office))
    context.close()
    assert office.answers == {1: "D"}


def test_nothing_can_be_stored_warns_and_still_saves(page: Page, office: StandIn) -> None:
    page.add_init_script(NO_DATABASE + FULL_STORAGE)
    exam = open_exam(page, office)
    notice(exam, "不能暂存答案")
    office.faults = ["down"]
    choose(exam, 1, "b")
    saved(exam, "^网络中断，答案只在本页")
    saved(exam)
    assert office.answers == {1: "B"}


def test_leaving_warns_only_while_something_is_unsent(exam: Page, office: StandIn) -> None:
    choose(exam, 1, "b")
    saved(exam)
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    exam.on("dialog", leave)
    exam.reload()
    assert asked == []
    expect(part(exam, "desk")).to_be_visible()
    office.is_down = True
    choose(exam, 1, "c")
    saved(exam, "^网络中断")
    exam.reload()
    assert asked == ["beforeunload"]


def test_taken_revision_is_left_alone_and_the_answer_takes_the_next(exam: Page, office: StandIn) -> None:
    office.events = {1: (4, "A"), 2: (4, "B")}
    choose(exam, 1, "b")
    saved(exam)
    assert office.events == {1: (4, "A"), 2: (4, "B"), 3: (1, "B")}


def test_later_answer_from_another_computer_stands_and_is_flagged(exam: Page, office: StandIn) -> None:
    office.is_down = True
    choose(exam, 1, "a")
    choose(exam, 2, "b")
    saved(exam, "^网络中断")
    office.events, office.is_down = {1: (1, "C")}, False
    exam.on("dialog", lambda dialog: dialog.accept())
    office.faults = ["down"] * 4  # what the old page still tries on its way out
    exam.reload()
    notice(exam, "第 1 题在另一台电脑上改过")
    saved(exam)
    assert office.answers == {1: "C", 2: "B"}
    expect(exam.locator(".sheet--flagged")).to_have_id("question-1")


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_axe_finds_nothing(page: Page, office: StandIn, theme: str) -> None:
    page.add_init_script(f"localStorage.setItem('exam.theme', '{theme}')")
    exam = open_exam(page, office)
    choose(exam, 3, "a", "f")
    saved(exam)
    problems = [Axe().run(exam)]
    office.is_down = True
    choose(exam, 3, "b")
    saved(exam, "^网络中断")
    part(exam, "hand-in").click()
    problems.append(Axe().run(exam))
    exam.keyboard.press("Escape")
    office.is_down = False
    hand_in(exam)
    heading(exam, "交卷成功")
    problems.append(Axe().run(exam))
    assert [found.generate_report() for found in problems if found.violations_count] == []


def test_page_is_small() -> None:
    def packed(pattern: str) -> int:
        return sum(len(gzip.compress(path.read_bytes())) for path in (WEB / "static").glob(pattern))

    assert packed("css/exam.css") < 5_000
    assert packed("js/exam/*.js") + packed("js/*.js") + packed("css/*.css") < 60_000
