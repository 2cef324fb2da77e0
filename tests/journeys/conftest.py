"""tests.journeys.conftest — the demo loaded once, a served copy of it for each story, and people at their browsers."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browsers import browser_context_args, browser_type_launch_args
from tests.journeys.house import House, copy_of, found_demo
from tests.journeys.staff import sign_in
from tests.journeys.witness import Witness

__all__ = ["browser_context_args", "browser_type_launch_args"]

PRINTED = re.compile(r"^  (\S+) +准考证号 (\d+)  考试码 (\S+)$", re.MULTILINE)
Seats = dict[str, tuple[str, str]]
"""Admission number and code by name."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Seats]:
    folder = tmp_path_factory.mktemp("demo") / "instance"
    printed = found_demo(folder)
    return folder, {name: (number, code) for name, number, code in PRINTED.findall(printed)}


@pytest.fixture(scope="module")
def house(demo: tuple[Path, Seats], tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    served = copy_of(demo[0], tmp_path_factory.mktemp("house") / "instance")
    served.open()
    yield served
    served.kill()
    assert not served.has_failed(), served.log()


@pytest.fixture
def seats(demo: tuple[Path, Seats]) -> Seats:
    return demo[1]


@pytest.fixture
def at_desk(house: House, new_context: Callable[[], BrowserContext]) -> Callable[[str], Page]:
    """Give a member of the staff a browser, signed in; the same one whenever they come back."""
    desks: dict[str, Page] = {}

    def desk(username: str) -> Page:
        if username not in desks:
            desks[username] = sign_in(new_context().new_page(), house.address, username)
        return desks[username]

    return desk


@pytest.fixture
def witness() -> Witness:
    return Witness()
