"""tests.journeys.staff — what people of the office do with every page: sign in, confirm, read what it says."""

import re

from playwright.sync_api import Locator, Page, expect

from exam_app.cli.demo.cast import PASSWORD
from tests.printing.reading import lines

GROUPED_CODE = re.compile(r"\b([0-9A-Z]{4}-[0-9A-Z]{4})\b")
SLIP = re.compile(r"准考证号\n(\d{12})\n(?:.*\n)*?([0-9A-Z]{4}-[0-9A-Z]{4})$", re.MULTILINE)


def sign_in(page: Page, address: str, username: str) -> Page:
    """Sign in with an account of the demo."""
    page.set_default_timeout(10_000)
    page.goto(f"{address}/sign-in")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{address}/today")
    return page


def go_to(page: Page, place: str) -> None:
    """Go to one of the places of the navigation."""
    link = page.get_by_label("主导航").get_by_role("link", name=place, exact=True)
    link.click()
    expect(link).to_have_attribute("aria-current", "page")


def press(page: Page, name: str, confirm: bool = False) -> None:
    """Press a button of the page, and where it asks first, say yes."""
    page.locator("#main").get_by_role("button", name=name, exact=True).click()
    if confirm:
        page.locator("dialog[open] button[type=submit]").click()


def told(page: Page, words: str | re.Pattern[str]) -> Locator:
    """Wait until the page says the words, and return where."""
    place = page.locator(".notice", has_text=words).first
    expect(place).to_be_visible()
    return place


def print_slips(page: Page) -> list[tuple[str, str]]:
    """Print the admission slips from an exam's page; return number and code as they stand on the paper, by seat."""
    with page.expect_download() as printed:
        press(page, "打印准考证")
    words = "\n".join(lines(printed.value.path().read_bytes()))
    return SLIP.findall(words)
