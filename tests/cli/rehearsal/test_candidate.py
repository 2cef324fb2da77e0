"""tests.cli.rehearsal.test_candidate — a simulated candidate keeps to the protocol of the pages, come what may."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from exam_app.cli.rehearsal import candidate as protocol
from exam_app.cli.rehearsal.candidate import Candidate, Refused
from tests.cli.rehearsal.conftest import Demo
from tests.journeys.house import House

Heard = list[tuple[str, dict[str, Any]]]
SAVED = (200, {"receipt": "r", "savedAt": "2026-03-02T09:00:00.000+08:00", "revision": 1})
CUT = (0, {})


@pytest.fixture(autouse=True)
def short_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody wait for whole seconds."""
    monkeypatch.setattr(protocol, "FIRST_REST", 0.01)


def facing(replies: list[tuple[int, dict[str, Any]]], act: Callable[[Candidate], Awaitable[Any]]) -> tuple[Any, Heard]:
    """Let a candidate act before a server that gives these replies in turn (0: cuts the line); return what it heard."""
    heard: Heard = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = next(int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length:"))
            heard.append((head.split(b" ")[1].decode(), json.loads(await reader.readexactly(length))))
            status, body = replies.pop(0)
            if not status:
                break
            content = json.dumps(body).encode()
            writer.write(b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s" % (status, len(content), content))
        writer.close()

    async def play() -> Any:
        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            someone = Candidate("127.0.0.1", server.sockets[0].getsockname()[1], "1", "A", sitting=7, token="t")
            try:
                return await asyncio.wait_for(act(someone), 10)
            finally:
                someone.close()

    return asyncio.run(play()), heard


def test_what_is_cut_off_is_sent_again_under_the_same_revision() -> None:
    kept, heard = facing([CUT, (502, {}), SAVED], lambda one: one.save(3, "AB"))

    assert (kept.slot, kept.response, kept.revision, kept.receipt) == (3, "AB", 1, "r")
    assert [(path, body["revision"]) for path, body in heard] == [("/sittings/7/answers/3", 1)] * 3


def test_answer_without_a_receipt_is_no_acknowledgement() -> None:
    kept, heard = facing([(200, {"page": "log in"}), SAVED], lambda one: one.save(1, "A"))

    assert kept.receipt == "r"
    assert len(heard) == 2


def test_taken_revision_makes_way_for_the_next_free_one() -> None:
    taken = (409, {"code": "revision_taken", "revision": 41})
    kept, heard = facing([taken, SAVED], lambda one: one.save(1, "A"))

    assert kept.revision == 42
    assert [body["revision"] for _path, body in heard] == [1, 42]


def test_replaced_device_gives_up_and_says_why() -> None:
    async def act(one: Candidate) -> tuple[object, str, int]:
        return await one.save(1, "A"), one.verdict, len(one.unsent)

    assert facing([(409, {"code": "device_replaced"})], act)[0] == (None, "device_replaced", 1)


def test_hand_in_brings_what_was_not_acknowledged_and_asks_until_it_is_taken() -> None:
    async def act(one: Candidate) -> Candidate:
        waiting = asyncio.create_task(one.save(2, "C"))
        while not one.timings:
            await asyncio.sleep(0)
        waiting.cancel()
        await one.hand_in()
        return one

    one, heard = facing([CUT, CUT, (503, {}), (200, {"code": "K7QM-3F9D"})], act)

    assert one.receipt_code == "K7QM-3F9D"
    assert [(each.slot, each.response) for each in one.acknowledged] == [(2, "C")]
    assert heard[-1][1]["answers"][0]["revision"] == 1


def test_refused_hand_in_is_told() -> None:
    with pytest.raises(Refused, match="too_early"):
        facing([(409, {"code": "too_early"})], lambda one: one.hand_in())


def test_candidate_plays_an_exam_before_the_real_server_and_survives_its_death(house: House, demo: Demo) -> None:
    number, code = demo[1][0]

    async def play() -> Candidate:
        one = Candidate("127.0.0.1", house.port, number, code)
        await one.open_seat()
        await one.check_in()
        await one.start()
        await one.save(1, "A")
        house.kill()
        answering = asyncio.create_task(one.save(2, "B"))
        await asyncio.sleep(0.1)
        house.open()
        await answering
        assert (await one.clock() or 0) > 0
        await one.start()  # a reload
        await one.save(1, "C")
        await one.hand_in()
        one.close()
        return one

    one = asyncio.run(play())
    kept = house.journal(one.sitting)
    assert [(each.revision, each.slot, each.response, each.receipt) for each in one.acknowledged] == kept
    assert [row[1:3] for row in kept] == [(1, "A"), (2, "B"), (1, "C")]
    assert len(one.slots) == 50
    assert {timing.kind for timing in one.timings} >= {"page", "file", "sign_in", "check_in", "start", "save", "clock"}


def test_wrong_code_is_refused(house: House, demo: Demo) -> None:
    async def play() -> None:
        await Candidate("127.0.0.1", house.port, demo[1][0][0], "AAAAAAAA").open_seat()

    with pytest.raises(Refused, match="sign_in"):
        asyncio.run(play())
