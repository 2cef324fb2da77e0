"""benchmarks.growth — what a save, a sweep and a board cost with 1,000, 10,000 and 100,000 sittings.

Past exams lie in rooms of sixty, as closed sittings; a twentieth of them has a journal of fifty answers in the short
form, all of them in the long one. The houses of all sizes run side by side and are measured in turn.
"""

import time
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from statistics import median
from typing import Any

import uvloop

from benchmarks.browsers import Browser, saver
from benchmarks.load import Figures, drive
from benchmarks.room import SLOTS, Seats, add_history, seat_people
from benchmarks.servers import Server, serve
from benchmarks.stage import INVIGILATOR, NAMES, House, Order, Stage, settle
from exam_app.base.clock import SystemClock
from exam_app.cli.demo.cast import PASSWORD
from exam_app.jobs import sweep

SIZES = (1_000, 10_000, 100_000)
CANDIDATES = 60
JOURNALS_IN_SHORT = 0.02
SHORT_SECONDS = 1.0
TIMES = 5
_bases = count(1_000, 1_000)


@dataclass
class Size:
    """A house with so many sittings, its server, and what was measured there."""

    sittings: int
    events: int
    house: House
    seats: Seats
    server: Server
    saves: list[Figures]


def measure(order: Order) -> dict[str, Any]:
    """Measure on each database; the figure is how much longer a save takes at 100,000 than at 1,000, the worse one."""
    found = {name: _grow(stage, order) for name, stage in order.stages.items()}
    last = str(SIZES[-1])
    return {
        "growth_100k": max(each["ratio"] for each in found.values()),
        "sweep_ms": {name: each[last]["sweep_ms"] for name, each in found.items()},
        "board_ms": {name: each[last]["board_ms"] for name, each in found.items()},
        "growth": found,
    }


def _grow(stage: Stage, order: Order) -> dict[str, Any]:
    plan = order.plans[stage.name]
    part, seconds = (1.0, order.seconds) if order.is_long else (JOURNALS_IN_SHORT, min(order.seconds, SHORT_SECONDS))
    with ExitStack() as stack:
        sizes = [_fill(stage, sittings, part, stack, order) for sittings in SIZES]
        for _round in range(order.rounds):
            for size in sizes:
                seats, lanes = size.seats, min(plan.in_flight, CANDIDATES)
                figures = drive(size.server.port, CANDIDATES, lanes, seconds, saver(seats.first, next(_bases)))
                figures.refuse_failures(f"{NAMES[stage.name]} {size.sittings} 场次")
                size.saves.append(figures)
        found: dict[str, Any] = {str(size.sittings): _figures(size) for size in sizes}
    pairs = zip(sizes[0].saves, sizes[-1].saves, strict=True)
    found["ratio"] = round(median(few.per_second / many.per_second for few, many in pairs), 2)
    for sittings in SIZES:
        print(_line(stage.name, sittings, found[str(sittings)]), flush=True)
    print(f"    {NAMES[stage.name]} 十万与一千之比：{found['ratio']:.2f}", flush=True)
    return found


def _fill(stage: Stage, sittings: int, part: float, stack: ExitStack, order: Order) -> Size:
    house = stage.fresh(f"growth_{sittings}")
    journals = int(sittings * part)
    add_history(house, sittings - CANDIDATES, journals)
    seats = seat_people(house, CANDIDATES)
    settle(house)
    server = stack.enter_context(serve("wsgi:app", order.plans[stage.name], house.environ))
    return Size(sittings, journals * SLOTS, house, seats, server, [])


def _figures(size: Size) -> dict[str, Any]:
    return {
        "events": size.events,
        "saves_per_second": round(median(figures.per_second for figures in size.saves)),
        "save_p50_ms": round(median(figures.p50 for figures in size.saves), 2),
        "sweep_ms": _sweep_ms(size.house),
        "board_ms": uvloop.run(_board_ms(size.server, size.seats.exams[0])),
    }


def _sweep_ms(house: House) -> float:
    """Return what a sweep takes that finds nothing due, which is every one but a few."""
    taken = []
    with house.open():
        for _time in range(TIMES + 1):
            began = time.perf_counter()
            sweep.run(SystemClock())
            taken.append((time.perf_counter() - began) * 1000)
    return round(median(taken[1:]), 2)


async def _board_ms(server: Server, exam: int) -> float:
    """Return what the board of one room takes, asked for as its page does."""
    browser = Browser(server.port, 0)
    await browser.sign_in(INVIGILATOR, PASSWORD)
    taken = []
    for _time in range(2 * TIMES + 1):
        began = time.perf_counter()
        reply = await browser.get(f"/exams/{exam}/board?poll=1")
        taken.append((time.perf_counter() - began) * 1000)
        if reply.status != 200:
            raise SystemExit(f"看板：{reply.status}")
    browser.line.close()
    return round(median(taken[1:]), 2)


def _line(name: str, sittings: int, found: dict[str, Any]) -> str:
    return (
        f"{NAMES[name]} {sittings:>7} 场次（{found['events']} 条作答）：保存 {found['saves_per_second']:>5}/s"
        f"  p50 {found['save_p50_ms']:.2f} ms；清扫 {found['sweep_ms']:.2f} ms；看板 {found['board_ms']:.2f} ms"
    )
