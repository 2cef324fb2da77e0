"""tests.pages.demo — loads the demo into an instance folder, goes on from it, and lets browsers sign in to it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, BrowserContext

from exam_app.app import create_app
from exam_app.base.clock import SystemClock
from exam_app.base.config import Settings
from exam_app.base.db import db
from exam_app.cli.demo import cast
from tests.journeys.house import House, found_demo
from tests.pages import brought, convened, cut_off, filed, on_paper, stage
from tests.pages.addresses import Ids, read_codes, read_ids

CANDIDATES = {"published": stage.PUBLISHED, "ready": stage.READY, "sitting": stage.SITTING, "closed": stage.HANDED_IN}
CANDIDATES["new"] = stage.WAITING + 1
STRANGER = ""


@dataclass(frozen=True)
class Demo:
    """A demo that is being served: where, the ids of what is in it, and the codes of its candidates by seat."""

    address: str
    ids: Ids
    codes: list[tuple[str, str]]

    def enter(self, browser: Browser, visitor: str) -> BrowserContext:
        """Return a browser in which the visitor is signed in: an account, a candidate by state, or nobody."""
        context = browser.new_context(base_url=self.address, locale="zh-CN", timezone_id="Asia/Shanghai")
        if visitor in CANDIDATES:
            number, code = self.codes[CANDIDATES[visitor]]
            _fill(context, "/seat", {"admission_number": number, "code": code})
        elif visitor != STRANGER:
            _fill(context, "/sign-in", {"username": visitor, "password": cast.PASSWORD})
        return context


def _fill(context: BrowserContext, path: str, values: dict[str, str]) -> None:
    page = context.new_page()
    page.goto(path)
    for name, value in values.items():
        page.fill(f"[name={name}]", value)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(lambda url: path not in url)
    page.close()


def build(instance: Path, laws: Path | None = None) -> Flask:
    """Load the demo and set the stage; with real law texts where a folder of them is given."""
    instance.mkdir(exist_ok=True)
    found_demo(instance)
    app = create_app(Settings(instance=instance, demo=True))
    now = SystemClock().now()
    with app.app_context():
        stage.stock_bank(now)
        if laws:
            stage.load_laws(sorted(laws.glob("*@*.md")), now)
        else:
            stage.load_law(now)
        stage.set_up_drafts(now)
        stage.seat_people(now)
        cut_off.fall_silent(now)
        brought.bring_files(now)
        on_paper.go_on_with_pens(now)
        stage.print_once(now)
        convened.convene(now)
        filed.file_documents(now)
        filed.ask_for_corrections(now)
    return app


@contextmanager
def serve(app: Flask) -> Iterator[Demo]:
    """Serve what was built until the block ends."""
    with app.app_context():
        ids = read_ids()
        codes = read_codes(app)
        db.session.remove()
        db.engine.dispose()
    house = House(Path(app.instance_path))
    house.open()
    try:
        yield Demo(house.address, ids, codes)
    finally:
        house.kill()
        shutil.rmtree(house.instance, ignore_errors=True)
