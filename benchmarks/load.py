"""benchmarks.load — the load generator: closed loop, and open loop with latency counted from the intended moment.

In the closed loop a request follows the reply before it, which finds the most that a server can do. In the open loop
moments are fixed beforehand and nothing moves them: a server that stalls is charged for everybody who had to wait.
"""

import asyncio
import math
import time
from array import array
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field

import uvloop

from benchmarks.wire import Broken, Line, Reply, open_all

Request = Callable[[int, int], bytes]
"""Candidate and turn in, the bytes of one HTTP/1.1 request out."""
PATIENCE = 8.0
"""Seconds after which a browser gives a request up (exam/server.js); what takes longer has failed."""
GOOD = frozenset({200, 201})
now = time.perf_counter


@dataclass(frozen=True)
class Figures:
    """What a window of load came to; latencies in milliseconds, the generator's own cost beside them."""

    per_second: float
    p50: float
    p95: float
    p99: float
    failed: int
    generator_share: float
    requests: int = 0
    sent: int = 0
    generator_us: float = 0.0
    reasons: dict[str, int] = field(default_factory=dict)

    def refuse_failures(self, name: str) -> None:
        """End the command if anything failed: figures of a server that fails are not figures."""
        if self.failed or not self.requests:
            raise SystemExit(f"{name}：{self.failed} 个请求失败 {self.reasons}，共 {self.requests} 个；数字没有意义")


@dataclass
class Meter:
    """Collects what belongs to the window: requests that were meant to be sent inside it."""

    start: float
    stop: float
    good: Collection[int] = GOOD
    taken: "array[float]" = field(default_factory=lambda: array("d"))
    ended_inside: int = 0
    all_requests: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0

    def note(self, intended: float, status: int) -> None:
        """Note the reply to a request that was meant to be sent at `intended`; the moment of the reply is now."""
        ended = now()
        self.all_requests += 1
        if self.start <= ended < self.stop and status in self.good:
            self.ended_inside += 1
        if self.start <= intended < self.stop:
            self.taken.append(ended - intended)
            if status not in self.good:
                self.reasons[str(status)] += 1
            elif ended - intended > PATIENCE:
                self.reasons["patience"] += 1

    def fail(self, intended: float, why: str) -> None:
        """Note a request without a reply; it took as long as it was waited for."""
        self.all_requests += 1
        if self.start <= intended < self.stop:
            self.taken.append(max(now() - intended, 0.0))
            self.reasons[why] += 1

    def add(self, other: "Meter") -> None:
        """Put another process's part of the same window to this one."""
        self.taken.extend(other.taken)
        self.ended_inside += other.ended_inside
        self.all_requests += other.all_requests
        self.reasons.update(other.reasons)
        self.cpu_seconds += other.cpu_seconds
        self.wall_seconds = max(self.wall_seconds, other.wall_seconds)

    def figures(self) -> Figures:
        """Return what the window came to."""
        ordered = sorted(self.taken)
        p50, p95, p99 = (percentile(ordered, part) * 1000 for part in (0.5, 0.95, 0.99))
        return Figures(
            self.ended_inside / (self.stop - self.start),
            p50,
            p95,
            p99,
            failed=self.reasons.total(),
            generator_share=self.cpu_seconds / self.wall_seconds if self.wall_seconds else 0.0,
            requests=len(ordered),
            sent=self.all_requests,
            generator_us=self.cpu_seconds / self.all_requests * 1e6 if self.all_requests else 0.0,
            reasons=dict(self.reasons),
        )


def percentile(ordered: list[float], part: float) -> float:
    """Return the smallest value that at least this part of them do not exceed; 0 where there are none."""
    return ordered[max(math.ceil(len(ordered) * part) - 1, 0)] if ordered else 0.0


async def ask(line: Line, request: bytes, intended: float, meter: Meter) -> Reply | None:
    """Send one request and note what became of it; None if no reply came."""
    try:
        reply = await line.ask(request)
    except (Broken, OSError) as why:
        meter.fail(intended, type(why).__name__ if isinstance(why, OSError) else str(why))
        return None
    meter.note(intended, reply.status)
    return reply


async def until(moment: float) -> None:
    """Sleep until a moment of the stopwatch; return at once if it has passed.

    The loop's timer counts whole milliseconds: never early, and what it is late the server is charged with.
    """
    ahead = moment - now()
    if ahead > 0:
        await asyncio.sleep(math.ceil(ahead * 1000) / 1000)


async def live(meter: Meter, lives: Sequence[Awaitable[None]]) -> None:
    """Let them live side by side, and measure what this process spends on it.

    Who still waits when patience is over after the window is cut off; `ask` has counted nothing for them yet.
    """
    used, began = time.process_time(), now()
    tasks = [asyncio.ensure_future(one) for one in lives]
    _done, hanging = await asyncio.wait(tasks, timeout=max(meter.stop - now(), 0.0) + PATIENCE)
    meter.cpu_seconds += time.process_time() - used
    meter.wall_seconds = now() - began
    for task in hanging:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, asyncio.CancelledError):
            meter.fail(meter.start, "unanswered")
        elif isinstance(outcome, BaseException):
            raise outcome


def drive(port: int, candidates: int, in_flight: int, seconds: float, request: Request) -> Figures:
    """Let the candidates save in a closed loop, so many at a time, and measure after a short warm-up."""
    return uvloop.run(_closed(port, candidates, in_flight, seconds, request)).figures()


def drive_at(port: int, candidates: int, per_second: float, seconds: float, request: Request) -> Figures:
    """Let the candidates save at fixed moments, so many a second together, however long the replies take."""
    return uvloop.run(_open(port, candidates, per_second, seconds, request)).figures()


WARM_UP = 0.5


async def _closed(port: int, candidates: int, in_flight: int, seconds: float, request: Request) -> Meter:
    lines = [Line(port, number) for number in range(candidates)]
    await open_all(lines)
    start = now() + WARM_UP
    meter = Meter(start, start + seconds)

    async def lane(first: int) -> None:
        turn = 0
        while now() < meter.stop:
            turn += 1
            for number in range(first, candidates, in_flight):
                intended = now()
                if intended >= meter.stop:
                    return
                if await ask(lines[number], request(number, turn), intended, meter) is None:
                    await asyncio.sleep(0.01)  # a server that is gone must not be asked a million times

    await live(meter, [lane(first) for first in range(min(in_flight, candidates))])
    _close(lines)
    return meter


async def _open(port: int, candidates: int, per_second: float, seconds: float, request: Request) -> Meter:
    lines = [Line(port, number) for number in range(candidates)]
    await open_all(lines)
    begin = now() + 0.2
    meter = Meter(begin + WARM_UP, begin + WARM_UP + seconds)

    async def candidate(number: int) -> None:
        turn = 0
        while (intended := begin + (turn * candidates + number) / per_second) < meter.stop:
            await until(intended)
            turn += 1
            await ask(lines[number], request(number, turn), intended, meter)

    await live(meter, [candidate(number) for number in range(candidates)])
    _close(lines)
    return meter


def _close(lines: list[Line]) -> None:
    for line in lines:
        line.close()
