"""benchmarks.storms — six hundred people sign in through the real pages while six hundred others save."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import uvloop

from benchmarks.browsers import Browser, Refused, save_request
from benchmarks.load import Meter, ask, live, now, until
from benchmarks.room import CODE, SLOTS, Hall, Seats, fill_hall, seat_people
from benchmarks.servers import serve
from benchmarks.stage import NAMES, STAFF, Order, Stage
from benchmarks.wire import Broken, Line, open_all
from exam_app.base.chance import Rng, rng
from exam_app.cli.demo.cast import PASSWORD

PEOPLE = 600
MINUTE = 60.0
REVISION = 1_000
SHORT_SECONDS = 5.0
USUAL, FASTER = 15.0, 5.0
"""Seconds from one save of a candidate to the next."""


@dataclass(frozen=True)
class Weather:
    """One round of the storm: who comes in, for how long, and how often those inside save."""

    hall: Hall
    number: int
    seconds: float
    every: float


def measure(order: Order) -> dict[str, Any]:
    """Measure the saves of those who sit while the others come in; the slower database gives the figure."""
    found = {name: _storm(stage, order, USUAL) for name, stage in order.stages.items()}
    faster = {name: _storm(stage, order, FASTER) for name, stage in order.stages.items() if order.is_long}
    return {
        "sign_in_storm_save_p99_ms": max(each["save_p99_ms"] for each in found.values()),
        "sign_in_storm": found,
        "sign_in_storm_faster": faster,
    }


def _storm(stage: Stage, order: Order, every: float) -> dict[str, Any]:
    house = stage.fresh(f"storm_{every:g}")
    seats = seat_people(house, PEOPLE)
    seconds, plan = MINUTE if order.is_long else SHORT_SECONDS, order.plans[stage.name]
    runs = []
    with serve("wsgi:app", plan, house.environ | {"EXAM_SCHEDULER": "1"}) as server:
        for number in range(order.rounds_on(stage.name)):
            weather = Weather(fill_hall(house, PEOPLE), number, seconds, every)
            spent = server.cpu_seconds() + stage.database_seconds()
            meters = uvloop.run(_side_by_side(server.port, seats, weather))
            spent = server.cpu_seconds() + stage.database_seconds() - spent
            runs.append(_figures(stage.name, weather, meters, spent / seconds))
    middle = sorted(runs, key=lambda run: float(run["save_p99_ms"]))[len(runs) // 2]
    return middle | {"rounds": len(runs), "plan": str(plan)}


def _figures(database: str, weather: Weather, meters: Sequence[Meter], share: float) -> dict[str, Any]:
    saves, entries, staff = meters
    for name, meter in (("保存", saves), ("考生登录", entries), ("工作人员登录", staff)):
        meter.figures().refuse_failures(f"{NAMES[database]} 登录高峰·{name}")
    save, entry, clerk = saves.figures(), entries.figures(), staff.figures()
    found: dict[str, Any] = {"seconds": weather.seconds, "save_every_s": weather.every, "server_share": round(share, 2)}
    found |= {"saves": save.requests, "save_p50_ms": round(save.p50, 1), "save_p99_ms": round(save.p99, 1)}
    found |= {"sign_ins": entry.requests, "sign_in_p50_ms": round(entry.p50), "sign_in_p99_ms": round(entry.p99)}
    found |= {"staff_sign_ins": clerk.requests, "staff_sign_in_p99_ms": round(clerk.p99)}
    found["generator_share_of_a_core"] = round(save.generator_share, 2)
    print(
        f"{NAMES[database]} 登录高峰 {weather.seconds:g} 秒：考生登录 {entry.requests} 次 p99 {entry.p99:.0f} ms，"
        f"工作人员 {clerk.requests} 次 p99 {clerk.p99:.0f} ms；"
        f"同时 {PEOPLE} 人每 {weather.every:g} 秒保存，{save.requests} 次"
        f" p50 {save.p50:.1f} p99 {save.p99:.1f} ms | 服务器和数据库占 {found['server_share']:.2f} 核，"
        f"发生器占一核的 {save.generator_share:.0%}",
        flush=True,
    )
    return found


async def _side_by_side(port: int, seats: Seats, weather: Weather) -> tuple[Meter, Meter, Meter]:
    hall, seconds, every = weather.hall, weather.seconds, weather.every
    base, chance = REVISION * (weather.number + 1), rng(f"storm {weather.number}")
    lines = [Line(port, number) for number in range(seats.count)]
    await open_all(lines)
    start = now() + 1.0
    saves, entries, staff = (Meter(start, start + seconds) for _each in range(3))
    lives = [_saves(lines[n], (seats.first + n, base), chance, saves, every) for n in range(seats.count)]
    pace = PEOPLE / MINUTE
    for place in range(int(seconds * pace)):
        moment = start + (place + chance.random()) / pace
        lives.append(_enters(Browser(port, PEOPLE + place), ("seat", hall.numbers[place], CODE), moment, entries))
    for place in range(int(seconds * STAFF / MINUTE)):
        moment = start + (place + chance.random()) * MINUTE / STAFF
        who = ("account", f"bench-clerk-{place}", PASSWORD)
        lives.append(_enters(Browser(port, 2 * PEOPLE + place), who, moment, staff))
    await live(saves, lives)
    return saves, entries, staff


async def _saves(line: Line, whose: tuple[int, int], chance: Rng, meter: Meter, every: float) -> None:
    """Save an answer every so many seconds, a fifth more or less, at moments that no reply moves."""
    sitting, base = whose
    turn, moment = 0, meter.start - 1 + chance.random() * every
    while moment < meter.stop:
        await until(moment)
        turn += 1
        await ask(line, save_request(sitting, base + turn, turn % SLOTS + 1), moment, meter)
        moment += every * (0.8 + 0.4 * chance.random())


async def _enters(browser: Browser, who: tuple[str, str, str], moment: float, meter: Meter) -> None:
    """Come in at a moment; what counts is the time until the first page inside is there."""
    await until(moment)
    kind, name, secret = who
    try:
        page = await (browser.open_seat(name, secret) if kind == "seat" else browser.sign_in(name, secret))
    except (Broken, OSError, Refused) as why:
        meter.fail(moment, str(why))
    else:
        meter.note(moment, page.status)
    finally:
        browser.line.close()
