"""tests.sheets.conftest — a room, and a sheet that was collected and waits to be read."""

from collections.abc import Callable

import pytest
from flask import Flask

from exam_app.base.errors import DomainError
from exam_app.sittings.models import Sitting
from tests.sheets.factories import collect, picture, put
from tests.sittings.factories import Room, answer, begin, make_room

Refused = Callable[[type[DomainError], Callable[[], object]], DomainError]


@pytest.fixture
def room(app: Flask) -> Room:
    """A released exam for three people."""
    return make_room(3)


@pytest.fixture
def sitting(room: Room) -> Sitting:
    """A sitting at a screen with answers to the first two questions."""
    sitting = begin(room.entries[0])
    answer(sitting, 1, "A", 1)
    answer(sitting, 2, "B", 2)
    return sitting


@pytest.fixture
def sheet(room: Room, sitting: Sitting) -> Sitting:
    """The same sitting on paper, collected."""
    put(room)
    collect(room, sitting)
    return sitting


@pytest.fixture
def refused() -> Refused:
    """Expect a refusal of an act that leaves everything as it was."""

    def expect(refusal: type[DomainError], act: Callable[[], object]) -> DomainError:
        before = picture()
        with pytest.raises(refusal) as raised:
            act()
        assert picture() == before
        return raised.value

    return expect
