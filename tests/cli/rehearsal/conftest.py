"""tests.cli.rehearsal.conftest — the demo loaded once, and a served copy of it for each test."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.house import House, copy_of, found_demo

PRINTED = re.compile(r"^  (\S+) +准考证号 (\d+)  考试码 (\S+)$", re.MULTILINE)
Demo = tuple[Path, list[tuple[str, str]]]
"""The instance folder, and number and code of each seat of the exam that runs."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("demo") / "instance"
    printed = found_demo(folder)
    return folder, [(number, code) for _name, number, code in PRINTED.findall(printed)]


@pytest.fixture
def house(demo: Demo, tmp_path: Path) -> Iterator[House]:
    served = copy_of(demo[0], tmp_path / "instance")
    served.open()
    yield served
    served.kill()
    assert not served.has_failed(), served.log()
