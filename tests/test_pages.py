"""tests.test_pages — every page of the product, looked at in a real browser by whom it is for, on the staged demo."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.browsers import browser_context_args, browser_type_launch_args  # noqa: F401 - fixtures
from tests.pages import demo
from tests.pages.demo import Demo
from tests.pages.files import FILES, PARTS
from tests.pages.looking import look, watched
from tests.pages.statements import count_all
from tests.pages.walks import WALKS

MOST_STATEMENTS = 12
"""The demo's lists have ten rows and more: one statement a row would be seen."""
MOST_OF_A_CHECK = 25
"""The self-check looks into every room once."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, Demo]]:
    """The staged demo, served."""
    with ThreadPoolExecutor(1) as aside:  # signing runs a loop of its own, and the browser's has taken this thread
        app = aside.submit(demo.build, tmp_path_factory.mktemp("pages") / "instance").result()
    with demo.serve(app) as served:
        yield app, served


@pytest.mark.browser
@pytest.mark.parametrize("name", WALKS)
def test_pages_have_no_barrier_no_fault_and_fit_a_phone(house: tuple[Flask, Demo], browser: Browser, name: str) -> None:
    app, served = house
    walk = WALKS[name]
    context = served.enter(browser, walk.visitor)
    with watched(context, served.address) as (page, noted):
        faults = [fault for visit in walk.visits for fault in look(page, noted, visit.path(app, served.ids))]
    context.close()
    assert not faults, "\n".join(faults)


@pytest.mark.browser
@pytest.mark.parametrize("name", FILES)
def test_downloads_come_as_files(house: tuple[Flask, Demo], browser: Browser, name: str) -> None:
    app, served = house
    context = served.enter(browser, FILES[name].visitor)
    for visit in FILES[name].visits:
        answer = context.request.get(visit.path(app, served.ids))
        assert answer.status == 200, visit
        assert answer.body().startswith((b"%PDF-", b"PK")), visit
    context.close()


@pytest.mark.browser
def test_no_office_page_asks_the_database_row_by_row(house: tuple[Flask, Demo]) -> None:
    app, served = house
    counts = count_all(app, served.ids)
    most = {path: MOST_OF_A_CHECK if path.endswith("/check") else MOST_STATEMENTS for path in counts}
    assert not {path: count for path, count in counts.items() if count > most[path]}


def test_no_page_is_left_out(app: Flask) -> None:
    """A new GET endpoint goes into tests/pages/walks.py or tests/pages/files.py."""
    seen = {visit.endpoint for walk in (*WALKS.values(), *FILES.values()) for visit in walk.visits} | set(PARTS)
    there = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())} - {"static"}
    assert there - seen == set(), "looked at by nobody"
    assert seen - there == set(), "no longer there"
