"""tests.incidents.test_seats_on_paper — whoever sits with pen and paper says nothing about the network."""

from flask import Flask

from exam_app.base.db import transaction
from exam_app.incidents.credit_queries import proposals
from exam_app.sittings import on_paper
from tests.conftest import NINE
from tests.incidents.factories import BACK, CHIEF, silent_room


def test_outage_of_a_quarter_of_the_screens_is_seen_beside_seats_on_paper(app: Flask) -> None:
    room, ids = silent_room(seats=13, silent=3)
    assert proposals(room.exam.id, BACK) == [], "fewer than a quarter are not the room"

    with transaction():
        for sitting_id in ids[9:]:
            on_paper.turn(sitting_id, "没有备用电脑", CHIEF, NINE)

    [proposal] = proposals(room.exam.id, BACK)
    assert [seat.sitting_id for seat in proposal.seats] == ids[:3]
