"""tests.pages.looking — what is asked of every page: no barrier, no sideways scrolling, no error, no other host."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, ViewportSize

DESK, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)
ALL_RULES = {"resultTypes": ["violations"]}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}
STICKING_OUT = """[...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(0, 3).map(one => one.outerHTML.slice(0, 120))"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def watched(context: BrowserContext, host: str) -> Iterator[tuple[Page, list[str]]]:
    """Open a page and list what goes wrong in it: errors of scripts, and requests to other hosts."""
    page, faults = context.new_page(), []

    def note_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            faults.append(f"console: {message.text}")

    def note_request(request: Request) -> None:
        if not request.url.startswith((host, "data:", "blob:")):
            faults.append(f"request to {request.url}")

    page.on("console", note_console)
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("request", note_request)
    yield page, faults
    page.close()


def look(page: Page, faults: list[str], path: str) -> list[str]:
    """Go to a page and return what is wrong with it."""
    faults.clear()
    page.set_viewport_size(DESK)
    answer = page.goto(path)
    if answer is None or answer.status != 200 or answer.request.redirected_from is not None:
        return [f"{path}: {answer.status if answer else 'nothing came'} at {page.url}"]
    page.evaluate(AXE_SCRIPT)
    found = [*_barriers(page, "light", ALL_RULES), *_barriers(page, "dark", COLOURS)]
    page.set_viewport_size(PHONE)
    if page.evaluate(OVERFLOW) > 0:
        found.append(f"wider than a phone: {page.evaluate(STICKING_OUT)}")
    return [f"{path}: {fault}" for fault in [*found, *faults]]


def _barriers(page: Page, theme: str, options: dict[str, Any]) -> list[str]:
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
    report = page.evaluate(f"axe.run({json.dumps(options)})")
    return [
        f"{violation['id']} ({theme}): {[node['html'][:160] for node in violation['nodes'][:3]]}"
        for violation in report["violations"]
    ]
