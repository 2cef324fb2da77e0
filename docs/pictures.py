"""docs.pictures — takes the pictures that README.md shows, from the staged demo.

.venv/bin/python -m docs.pictures [folder with law texts]
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from exam_app.base.config import ROOT
from tests.browsers import FLAGS
from tests.pages import demo
from tests.pages.demo import Demo
from tests.pages.looking import DESK, PHONE
from tests.pages.walks import Visit

DOCS = ROOT / "docs"
MOST_BYTES = 200_000
OPEN_EXAM = {"exam_id": "open_exam"}


def main() -> None:
    """Build the demo, serve it, and take every picture."""
    DOCS.mkdir(exist_ok=True)
    laws = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    with tempfile.TemporaryDirectory() as folder:
        app = demo.build(Path(folder) / "instance", laws)
        with demo.serve(app) as served, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_chromium(), args=[*FLAGS, "--lang=zh-CN"])
            _take_all(app, served, browser)
    for path in sorted(DOCS.glob("*.png")):
        _shrink(path)
        print(f"{path.relative_to(ROOT)} {path.stat().st_size // 1000} kB")


def _chromium() -> str | None:
    return os.environ.get("EXAM_CHROMIUM") or shutil.which("chromium")


def _take_all(app: Flask, served: Demo, browser: Browser) -> None:
    with _page(served, browser, "sitting", DESK) as page:
        _sit_down(page)
        page.screenshot(path=DOCS / "exam.png")
    with _page(served, browser, "sitting", PHONE) as page:
        _sit_down(page)
        page.screenshot(path=DOCS / "phone.png")
    with _page(served, browser, "jiankao", DESK) as page:
        page.goto(Visit("examiner.board", OPEN_EXAM).path(app, served.ids))
        page.screenshot(path=DOCS / "board.png")
    with _page(served, browser, "mingti", DESK) as page:
        page.goto(Visit("examiner.question", {"question_id": "live_question"}).path(app, served.ids))
        page.screenshot(path=DOCS / "bank.png")
    with _page(served, browser, "zhuren", DESK) as page:
        page.goto(Visit("officer.item", {"item_id": "failed_item"}).path(app, served.ids))
        page.screenshot(path=DOCS / "item.png")
    with _page(served, browser, "kaowu", DESK) as page:
        path = Visit("officer.certificate_file", {"certificate_id": "certificate"}).path(app, served.ids)
        _draw_certificate(page.request.get(path).body())


@contextmanager
def _page(served: Demo, browser: Browser, visitor: str, size: ViewportSize) -> Iterator[Page]:
    context = served.enter(browser, visitor)
    page = context.new_page()
    page.set_viewport_size(size)
    yield page
    context.close()


def _sit_down(page: Page) -> None:
    """Resume the sitting, answer one more question and wait until that is saved."""
    page.goto("/my/sitting")
    page.locator("[data-part=desk]").wait_for()
    page.locator("[data-part=saved]", has_text="已保存").wait_for()


def _draw_certificate(pdf: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "certificate.pdf"
        source.write_bytes(pdf)
        target = DOCS / "certificate"
        subprocess.run(["pdftoppm", "-png", "-singlefile", "-scale-to", "1280", source, target], check=True)


def _shrink(path: Path) -> None:
    """Keep 256 colours; few pages have more, and the file is a third."""
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path.name} is larger than {MOST_BYTES} bytes")


if __name__ == "__main__":
    main()
