"""tests.web.examiner.test_outages — outages on the board in words; the chief decides, others watch."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.incidents.models import TimeCredit
from exam_app.incidents.states import CreditDecision
from exam_app.people.states import Role
from exam_app.results import service as results
from exam_app.sittings.models import Sitting
from exam_app.web.examiner.outages import spell, stamp
from tests.conftest import NINE
from tests.factories import browser_of, make_account, make_committee
from tests.incidents.factories import BACK, CUT, ends, proposal_of, server_away, silent_room
from tests.sittings.factories import MINUTES, Room, begin, make_room

HOUR, MINUTE, SECOND = timedelta(minutes=MINUTES), timedelta(minutes=1), timedelta(seconds=1)


@pytest.fixture
def hall(app: Flask, clock: FixedClock) -> tuple[Room, list[int]]:
    """A room of eight in which four seats were cut off."""
    found = silent_room(8, 4)
    clock.at = BACK
    return found


@pytest.fixture
def chief(app: Flask, hall: tuple[Room, list[int]]) -> FlaskClient:
    """The chief invigilator's browser."""
    return enter(app, hall[0], Role.CHIEF_INVIGILATOR)


def enter(app: Flask, room: Room, role: Role) -> FlaskClient:
    """Return the browser of somebody with that role in the room's committee."""
    with transaction():
        account = make_account(room.committee, role)
    return browser_of(app, account)


def board(room: Room) -> str:
    return f"/exams/{room.exam.id}/board"


def form(room: Room, *sitting_ids: int, decision: str = "confirmed", reason: str = "交换机断电") -> dict[str, object]:
    """Return what the card's form holds."""
    proposal = proposal_of(room)
    return {
        "began": stamp(proposal.outage.span.began_at),
        "ended": stamp(proposal.outage.span.ended_at),
        "sitting": list(sitting_ids) or [seat.sitting_id for seat in proposal.seats],
        "decision": decision,
        "reason": reason,
    }


def minutes_more() -> list[int]:
    """Return how many minutes each sitting was given."""
    db.session.rollback()
    return [(ends(one) - HOUR) // MINUTE for one in db.session.scalars(select(Sitting).order_by(Sitting.id))]


def test_board_proposes_the_outage_in_words(chief: FlaskClient, hall: tuple[Room, list[int]]) -> None:
    page = chief.get(board(hall[0])).text

    for words in ("建议补时", "09:02:10–09:05:40", "考场断线（3 分 30 秒）", "影响 4 个座位"):
        assert words in page
    for button in ("为全部座位补时", "逐个选择", "不补"):
        assert button in page


def test_gap_of_the_server_is_called_so(app: Flask, clock: FixedClock) -> None:
    room, _ids = silent_room(8, 2)
    server_away(CUT + SECOND, BACK - SECOND)
    clock.at = BACK

    assert "服务器中断（3 分 28 秒），影响 2 个座位" in enter(app, room, Role.INVIGILATOR).get(board(room)).text


def test_invigilator_sees_and_does_not_decide(app: Flask, hall: tuple[Room, list[int]]) -> None:
    client = enter(app, hall[0], Role.INVIGILATOR)
    page = client.get(board(hall[0])).text

    assert "等待主监考决定" in page and "为全部座位补时" not in page
    assert client.post(board(hall[0]) + "/outages", data=form(hall[0])).status_code == 404
    assert minutes_more() == [0] * 8


def test_chief_gives_the_room_its_time_back(chief: FlaskClient, hall: tuple[Room, list[int]]) -> None:
    answer = chief.post(board(hall[0]) + "/outages", data=form(hall[0]), follow_redirects=True)

    assert "已为 4 个座位补时" in answer.text and "建议补时" not in answer.text
    assert minutes_more() == [4] * 4 + [0] * 4
    page = chief.get(board(hall[0]) + "/outages").text
    assert "没有待决定的补时" in page and "交换机断电" in page and "4 / 4" in page


def test_second_click_says_that_it_is_done(chief: FlaskClient, hall: tuple[Room, list[int]]) -> None:
    data = form(hall[0])
    chief.post(board(hall[0]) + "/outages", data=data)
    again = chief.post(board(hall[0]) + "/outages", data=data, follow_redirects=True)

    assert "已经处理过，没有重复补时" in again.text
    assert minutes_more() == [4] * 4 + [0] * 4


def test_single_seats_are_chosen_on_the_page_of_seats(chief: FlaskClient, hall: tuple[Room, list[int]]) -> None:
    room, ids = hall
    page = chief.get(board(room) + "/outages").text
    assert page.count('name="sitting"') == 4 and "3 分 30 秒" in page and "为所选座位补时" in page

    chief.post(board(room) + "/outages", data=form(room, ids[2]))
    assert minutes_more() == [0, 0, 4, 0, 0, 0, 0, 0]
    assert "影响 3 个座位" in chief.get(board(room)).text


def test_declined_outage_is_put_away(chief: FlaskClient, hall: tuple[Room, list[int]]) -> None:
    answer = chief.post(board(hall[0]) + "/outages", data=form(hall[0], decision="declined"), follow_redirects=True)

    assert "已记录不补时，涉及 4 个座位" in answer.text and "建议补时" not in answer.text
    assert db.session.scalars(select(TimeCredit.decision)).all() == [CreditDecision.DECLINED]
    assert minutes_more() == [0] * 8


def test_closed_seat_is_named(chief: FlaskClient, hall: tuple[Room, list[int]]) -> None:
    room, ids = hall
    with transaction():
        results.finish(ids[0], BACK)
    assert "已收卷" in chief.get(board(room) + "/outages").text
    answer = chief.post(board(room) + "/outages", data=form(room), follow_redirects=True)

    assert "已为 3 个座位补时" in answer.text and "已收卷，未补时：01" in answer.text


@pytest.mark.parametrize(
    "changes",
    [{"decision": "maybe"}, {"began": "yesterday"}, {"ended": ""}, {"sitting": ["x"]}, {"began": "9" * 18}],
)
def test_unreadable_form_changes_nothing(
    chief: FlaskClient, hall: tuple[Room, list[int]], changes: dict[str, object]
) -> None:
    assert chief.post(board(hall[0]) + "/outages", data={**form(hall[0]), **changes}).status_code == 422
    assert minutes_more() == [0] * 8


@pytest.mark.parametrize(("changes", "words"), [({"reason": ""}, "请写明原因"), ({"sitting": []}, "没有选择座位")])
def test_refusal_is_said_on_the_board(
    chief: FlaskClient, hall: tuple[Room, list[int]], changes: dict[str, object], words: str
) -> None:
    answer = chief.post(board(hall[0]) + "/outages", data={**form(hall[0]), **changes}, follow_redirects=True)

    assert words in answer.text
    assert minutes_more() == [0] * 8


def test_another_committees_outage_is_not_found(app: Flask, hall: tuple[Room, list[int]]) -> None:
    with transaction():
        account = make_account(make_committee("乙市人大常委会"), Role.CHIEF_INVIGILATOR)
    client = browser_of(app, account)

    assert client.get(board(hall[0]) + "/outages").status_code == 404
    assert client.post(board(hall[0]) + "/outages", data=form(hall[0])).status_code == 404
    assert minutes_more() == [0] * 8


def test_card_is_sent_again_only_when_it_says_something_else(
    chief: FlaskClient, hall: tuple[Room, list[int]], clock: FixedClock
) -> None:
    page = chief.get(board(hall[0])).text
    again = page[page.index('id="outages"') :].partition('data-poll="')[2].partition('"')[0].replace("&amp;", "&")
    clock.advance(5 * SECOND)
    assert chief.get(again).status_code == 204

    data = form(hall[0])
    chief.post(board(hall[0]) + "/outages", data=data)
    fresh = chief.get(again)
    assert fresh.status_code == 200 and fresh.text.lstrip().startswith('<div class="stack" id="outages"')


def test_seat_page_tells_of_a_lone_silence_and_why_it_is_not_proposed(app: Flask, clock: FixedClock) -> None:
    room, _ids = silent_room(8, 1)
    clock.at = BACK
    client = enter(app, room, Role.INVIGILATOR)
    page = client.get(f"{board(room)}/seats/{room.entries[0].id}").text

    assert "09:02:10–09:05:40" in page and "只有一个座位断线时，系统不会建议补时" in page and "延长时间" in page
    assert "断线记录" not in client.get(f"{board(room)}/seats/{room.entries[1].id}").text
    assert "建议补时" not in client.get(board(room)).text


def test_today_lists_the_outage_for_the_chief_alone(app: Flask, hall: tuple[Room, list[int]]) -> None:
    room = hall[0]
    page = enter(app, room, Role.CHIEF_INVIGILATOR).get("/today").text
    assert "有 1 次中断待决定是否补时" in page and f"{board(room)}/outages" in page
    assert "中断待决定" not in enter(app, room, Role.INVIGILATOR).get("/today").text


def test_today_says_nothing_where_nothing_happened(app: Flask) -> None:
    room = make_room()
    begin(room.entries[0])

    assert "中断待决定" not in enter(app, room, Role.CHIEF_INVIGILATOR).get("/today").text


def test_lengths_are_written_as_people_say_them() -> None:
    assert [spell(seconds * SECOND) for seconds in (45, 60, 210)] == ["45 秒", "1 分钟", "3 分 30 秒"]
    assert stamp(NINE) == int(NINE.timestamp()) * 1_000_000
