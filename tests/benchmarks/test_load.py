"""tests.benchmarks.test_load — a server with known delays and failures: the generator reports just those."""

import asyncio
import threading
import time
from array import array
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.load import Figures, Meter, drive, drive_at, percentile
from benchmarks.wire import http_request

Answer = Callable[[int], Awaitable[bytes]]
"""The number of a request, counted from 0, in; what is written back out."""


def reply(status: int = 200, body: bytes = b"{}") -> bytes:
    """Return an answer of the tiny server."""
    return b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)


@contextmanager
def tiny_server(answer: Answer, closes: bool = False) -> Iterator[int]:
    """Serve in a thread; yield the port. An empty answer, or `closes`, ends the connection."""
    loop = asyncio.new_event_loop()
    count = iter(range(10**9))

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]))
                written = await answer(next(count))
                writer.write(written)
                await writer.drain()
                if closes or not written:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = loop.run_until_complete(asyncio.start_server(serve, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        server.close()
        loop.close()


def request(candidate: int, turn: int) -> bytes:
    """Any request will do."""
    return http_request("PUT", f"/{candidate}/{turn}", b"{}")


def after(seconds: float, status: int = 200) -> Answer:
    """Answer each request after the same time."""

    async def answer(_number: int) -> bytes:
        await asyncio.sleep(seconds)
        return reply(status)

    return answer


def test_closed_loop_finds_the_rate_and_the_time_of_a_request() -> None:
    with tiny_server(after(0.02)) as port:
        figures = drive(port, candidates=12, in_flight=4, seconds=1.0, request=request)
    assert 110 < figures.per_second <= 4 / 0.02
    assert 20 <= figures.p50 < 60
    assert (figures.failed, figures.reasons) == (0, {})
    assert 0 < figures.generator_share < 1 and 0 < figures.generator_us < 2000


def test_percentiles_show_the_slow_ones() -> None:
    async def answer(number: int) -> bytes:
        await asyncio.sleep(0.25 if number % 20 == 0 else 0.001)
        return reply()

    with tiny_server(answer) as port:
        figures = drive(port, candidates=20, in_flight=10, seconds=1.0, request=request)
    assert figures.p50 < 100 <= 250 <= figures.p99 < 500


def test_failures_are_counted_by_what_they_were() -> None:
    async def answer(number: int) -> bytes:
        await asyncio.sleep(0.001)
        return (reply(), reply(503), b"")[number % 3]

    with tiny_server(answer) as port:
        figures = drive(port, candidates=3, in_flight=3, seconds=0.5, request=request)
    assert set(figures.reasons) == {"503", "connection lost"}
    assert figures.failed == sum(figures.reasons.values())
    assert abs(figures.failed - figures.requests * 2 / 3) <= 4
    assert figures.per_second <= figures.requests / 0.5 / 2, "what failed is no throughput"


def test_figures_with_failures_end_the_command() -> None:
    with tiny_server(after(0.001, status=500)) as port:
        figures = drive(port, candidates=2, in_flight=2, seconds=0.3, request=request)
    with pytest.raises(SystemExit) as ended:
        figures.refuse_failures("试验")
    assert "没有意义" in str(ended.value.code)  # a text as code: Python prints it and exits with 1


def test_nothing_at_all_is_no_figure_either() -> None:
    with pytest.raises(SystemExit):
        Figures(0.0, 0.0, 0.0, 0.0, 0, 0.0).refuse_failures("试验")


def test_open_loop_sends_what_it_was_told_to() -> None:
    with tiny_server(after(0.001)) as port:
        figures = drive_at(port, candidates=10, per_second=100, seconds=1.0, request=request)
    assert figures.requests == 100
    assert 90 <= figures.per_second <= 101


def test_open_loop_charges_a_stall_to_everybody_who_waited() -> None:
    """Coordinated omission: the server stands still for 0.6 s once; the closed loop hardly notices."""

    def stalling() -> Answer:
        began: list[float] = []

        async def answer(_number: int) -> bytes:
            began.append(time.perf_counter())
            since = time.perf_counter() - began[0]
            if 1.0 < since < 1.6:
                await asyncio.sleep(1.6 - since)
            return reply()

        return answer

    with tiny_server(stalling()) as port:
        fixed = drive_at(port, candidates=4, per_second=100, seconds=1.5, request=request)
    with tiny_server(stalling()) as port:
        chained = drive(port, candidates=1, in_flight=1, seconds=1.5, request=request)
    assert fixed.requests == 150
    assert fixed.p95 > 400 and fixed.p99 > 500, "a third of the moments lay in the stall, four lines or not"
    assert chained.p95 < 100


def test_a_reply_that_never_comes_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.load.PATIENCE", 0.3)

    async def answer(number: int) -> bytes:
        await asyncio.sleep(30 if number == 5 else 0.001)
        return reply()

    with tiny_server(answer) as port:
        figures = drive(port, candidates=2, in_flight=2, seconds=0.3, request=request)
    assert figures.reasons == {"unanswered": 1}


def test_a_connection_that_the_server_ended_is_opened_again() -> None:
    with tiny_server(after(0.001), closes=True) as port:
        figures = drive_at(port, candidates=2, per_second=40, seconds=0.5, request=request)
    assert figures.requests == 20
    assert set(figures.reasons) <= {"connection lost"}, "a race at the close may cost one, never more"
    assert figures.failed <= 1


def test_replies_in_pieces_are_put_together() -> None:
    body = b"x" * 300_000

    async def answer(_number: int) -> bytes:
        return reply(body=body)

    with tiny_server(answer) as port:
        figures = drive(port, candidates=1, in_flight=1, seconds=0.3, request=request)
    assert figures.requests > 3 and figures.failed == 0


def test_parts_of_two_processes_make_one_figure() -> None:
    left = Meter(0.0, 2.0, taken=array("d", [0.01] * 99), ended_inside=99, cpu_seconds=1.0, wall_seconds=2.0)
    right = Meter(0.0, 2.0, taken=array("d", [0.5]), ended_inside=1, cpu_seconds=1.0, wall_seconds=2.0)
    right.reasons["503"] = 1
    left.add(right)
    figures = left.figures()
    assert (figures.requests, figures.failed, figures.per_second) == (100, 1, 50.0)
    assert (figures.p50, figures.p99, figures.generator_share) == (10.0, 10.0, 1.0)


@given(st.lists(st.floats(0, 10), min_size=1), st.sampled_from((0.5, 0.95, 0.99)))
def test_a_percentile_is_a_value_that_so_many_do_not_exceed(taken: list[float], part: float) -> None:
    found = percentile(sorted(taken), part)
    assert found in taken
    assert sum(each <= found for each in taken) >= part * len(taken)
    assert sum(each < found for each in taken) < part * len(taken)
