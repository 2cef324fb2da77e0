"""tests.printing.conftest — the fonts, unpacked once."""

from pathlib import Path

import pytest

from exam_app.printing.typefaces import Fonts, open_fonts


@pytest.fixture(scope="session")
def font_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fonts")


@pytest.fixture(scope="session")
def fonts(font_cache: Path) -> Fonts:
    return open_fonts(font_cache)
