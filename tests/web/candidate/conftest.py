"""tests.web.candidate.conftest — a real browser before the stand-in server of the exam page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browsers import browser_context_args, browser_type_launch_args
from tests.web.candidate.exam_browsing import open_exam
from tests.web.candidate.exam_stand_in import StandIn, serving

__all__ = ["browser_context_args", "browser_type_launch_args"]


@pytest.fixture
def office() -> Iterator[StandIn]:
    with serving(StandIn()) as running:
        yield running


@pytest.fixture
def exam(page: Page, office: StandIn) -> Page:
    return open_exam(page, office)
