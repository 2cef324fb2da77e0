"""tests.incidents.conftest — a room in which somebody sits."""

import pytest
from flask import Flask

from exam_app.sittings.models import Sitting
from tests.sittings.factories import Room, answer, begin, make_room


@pytest.fixture
def room(app: Flask) -> Room:
    """A released exam for two people."""
    return make_room(2)


@pytest.fixture
def sitting(room: Room) -> Sitting:
    """A sitting with answers to the first and second question: revisions 1 and 2."""
    sitting = begin(room.entries[0])
    answer(sitting, 1, "A", 1)
    answer(sitting, 2, "B", 2)
    return sitting
