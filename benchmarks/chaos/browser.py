"""benchmarks.chaos.browser — a real Chromium with a real nominee's hands, through the same bad network.

What its page was told is noted by the proxy, so that it needs no ledger of its own.
"""

import os
import shutil
import threading
from collections import Counter
from contextlib import suppress

from playwright.sync_api import Browser, Error, Page, sync_playwright

from exam_app.base.chance import Rng
from exam_app.base.clock import stopwatch

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
NAMES = ("chromium", "chromium-browser", "google-chrome")
SOON = 4_000


class BrowserMissing(RuntimeError):
    """No Chromium here."""


def find_chromium() -> str:
    """Return the path of a Chromium, or raise BrowserMissing."""
    path = next(filter(None, map(shutil.which, (os.environ.get("EXAM_CHROMIUM", ""), *NAMES))), None)
    if path is None:
        raise BrowserMissing("no Chromium: `make .venv/.browser` installs one; or run with --browsers 0")
    return path


class Nominee(threading.Thread):
    """One browser in a thread of its own, until its exam is over or the time is."""

    def __init__(self, address: str, seat: tuple[int, str, str], seconds: float, rng: Rng) -> None:
        super().__init__(daemon=True)
        self._address, self._seat, self._rng = address, seat, rng
        self._stop_at = stopwatch() + seconds
        self.counts: Counter[str] = Counter()
        self.failure = ""

    def run(self) -> None:
        """Sit the exam."""
        try:
            with sync_playwright() as driver:
                browser = driver.chromium.launch(executable_path=find_chromium(), args=FLAGS)
                self._sit(browser)
                browser.close()
        except Exception as failure:
            self.failure = f"browser: {failure!r}"

    def _sit(self, browser: Browser) -> None:
        page = browser.new_context(locale="zh-CN").new_page()
        page.set_default_timeout(SOON)
        page.on("dialog", lambda dialog: dialog.accept())
        while stopwatch() < self._stop_at:
            with suppress(Error):
                self._open(page)
                if self._work(page):
                    return

    def _open(self, page: Page) -> None:
        """Find the way to the paper from wherever the page is."""
        page.goto(f"{self._address}/my/sitting")
        if page.url.endswith("/my"):
            page.get_by_label("我已阅读并遵守考场纪律").check()
            page.get_by_role("button", name="签到").click()
        elif "/seat" in page.url:
            page.get_by_label("准考证号").fill(self._seat[1])
            page.get_by_label("考试码").fill(self._seat[2])
            page.get_by_role("button", name="进入考试").click()
        page.goto(f"{self._address}/my/sitting")
        page.locator("[data-part=desk]").wait_for()
        self.counts["browser_starts"] += 1

    def _work(self, page: Page) -> bool:
        """Answer by the keyboard until the time is nearly up, reloading now and then; return whether it is over."""
        cells = page.locator(".map .cell")
        while stopwatch() < self._stop_at:
            cells.nth(self._rng.randrange(cells.count())).click()
            page.keyboard.press(self._rng.choice("ab"))
            self.counts["browser_answers"] += 1
            page.wait_for_timeout(self._rng.uniform(300, 2_500))
            if self._rng.random() < 0.04:
                self.counts["browser_reloads"] += 1
                return False
            if page.locator("[data-part=screen]").is_visible():
                return "回执" in page.inner_text("body")
        page.locator("[data-part=hand-in]").click()
        page.get_by_role("button", name="确定交卷").click()
        page.get_by_text("回执").first.wait_for(timeout=20_000)
        self.counts["browser_hand_ins"] += 1
        return True
