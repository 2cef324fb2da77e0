"""tests.web.candidate.exam_browsing — what a nominee does and sees on the exam page, in words of its tests."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.web.candidate.exam_stand_in import StandIn


def open_exam(page: Page, office: StandIn) -> Page:
    page.goto(f"{office.address}/my/sitting")
    expect(part(page, "desk")).to_be_visible()
    return page


def part(page: Page, name: str) -> Locator:
    return page.locator(f"[data-part={name}]")


def choose(page: Page, slot: int, *letters: str) -> None:
    page.locator(f".map .cell[aria-label^='第 {slot} 题']").click()
    for letter in letters:
        page.keyboard.press(letter)


def saved(page: Page, sentence: str = r"^\d\d:\d\d:\d\d 已保存$") -> None:
    expect(part(page, "saved")).to_have_text(re.compile(sentence), timeout=20_000)


def wake(page: Page) -> None:
    page.evaluate("dispatchEvent(new Event('focus'))")


def notice(page: Page, sentence: str) -> None:
    expect(page.locator(".exam-notice", has_text=sentence)).to_be_visible()


def heading(page: Page, sentence: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(sentence)


def hand_in(page: Page) -> None:
    part(page, "hand-in").click()
    page.get_by_role("button", name="确定交卷").click()
