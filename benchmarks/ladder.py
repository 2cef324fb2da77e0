"""benchmarks.ladder — 200 to 20,000 candidates: saves, connections, clocks and boards as browsers make them.

Each candidate holds a keep-alive connection and saves every 15 s ± 20 %; a page asks for the time only when no save has
told it for 20 s; an invigilator for sixty seats asks for the board every 5 s, for outages every 15 s. The generator
runs in processes of its own, one for each ten thousand connections.
"""

import contextlib
import os
import time
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import uvloop

from benchmarks.browsers import Browser, clock_request, save_request
from benchmarks.load import Figures, Meter, ask, live, now, until
from benchmarks.room import SLOTS, Seats, seat_people
from benchmarks.servers import Server, serve
from benchmarks.stage import INVIGILATOR, NAMES, POSTGRESQL, Order, Stage
from benchmarks.wire import PER_ADDRESS, Line, allow_files, open_all
from exam_app.base.chance import Rng, rng
from exam_app.cli.demo.cast import PASSWORD

RUNGS = (200, 1_000, 5_000, 20_000)
LIMIT_MS = 250.0
EVERY, SPREAD = 15.0, 0.2
CLOCK_AFTER, BOARD_EVERY, OUTAGES_EVERY = 20.0, 5.0, 15.0
MEMORY_RUNG = 5_000
PER_PROCESS = 10_000
NEARLY_ALL = 0.85
WARM_UP, LINGER = 2.0, 1.0
SHORT_SECONDS, LONG_SECONDS = 16.0, 60.0
LOW_RUNG, LOW_SECONDS = 1_000, 4.0
"""So few cost the server so little that the short form need not watch them long."""


@dataclass(frozen=True)
class Share:
    """One generator process's part of the hall."""

    port: int
    first: int
    count: int
    exams: tuple[int, ...]
    offset: int
    base: int
    seconds: float


def measure(order: Order) -> dict[str, Any]:
    """Climb until a rung does not hold; the short form on PostgreSQL alone, where it is there."""
    names = list(order.stages) if order.is_long or POSTGRESQL not in order.stages else [POSTGRESQL]
    climbed = {name: _climb(order.stages[name], order) for name in names}
    main = climbed[POSTGRESQL if POSTGRESQL in climbed else names[0]]
    memory = [each["memory_mb"] for rungs in climbed.values() for each in rungs if each["candidates"] == MEMORY_RUNG]
    return {
        "ladder": main,
        "ladder_by_database": climbed,
        "memory_mb": max(memory) if memory else None,
    }


def _climb(stage: Stage, order: Order) -> list[dict[str, Any]]:
    house, found = stage.fresh("ladder"), []
    seats = seat_people(house, RUNGS[-1])
    seconds = LONG_SECONDS if order.is_long else SHORT_SECONDS
    with serve("wsgi:app", order.plans[stage.name], house.environ | {"EXAM_SCHEDULER": "1"}) as server:
        for number, people in enumerate(RUNGS, 1):
            shorter = min(seconds, LOW_SECONDS) if people <= LOW_RUNG and not order.is_long else seconds
            found.append(_rung(stage, server, seats, people, (number * 1_000, shorter)))
            print(_line(stage.name, found[-1]), flush=True)
            if not found[-1]["holds"]:
                break
    return found


def _rung(stage: Stage, server: Server, seats: Seats, people: int, load: tuple[int, float]) -> dict[str, Any]:
    base, seconds = load
    shares = [
        Share(
            server.port, seats.first + at, min(PER_PROCESS, people - at), _rooms(seats, at, people), at, base, seconds
        )
        for at in range(0, people, PER_PROCESS)
    ]
    saves, clocks, boards, spent = _play(shares, server, stage)
    save, board = saves.figures(), boards.figures()
    failed = save.failed + board.failed + clocks.figures().failed
    holds = failed == 0 and save.requests > 0 and save.p99 < LIMIT_MS
    return {
        "candidates": people,
        "holds": holds,
        "stopped_by": "" if holds else _why(save, spent),
        "seconds": seconds,
        "saves": save.requests,
        "saves_per_second": round(save.per_second),
        "p50_ms": round(save.p50, 1),
        "p95_ms": round(save.p95, 1),
        "p99_ms": round(save.p99, 1),
        "boards": board.requests,
        "board_p99_ms": round(board.p99, 1),
        "clocks": clocks.figures().requests,
        "failed": failed,
        "reasons": save.reasons | board.reasons,
        "generator_share_of_a_core": round(save.generator_share, 2),
        **spent,
    }


def _why(save: Figures, spent: dict[str, Any]) -> str:
    """Say what stopped a rung, as far as the figures tell."""
    busy = spent["server_cores"] + spent["database_cores"] + save.generator_share
    if busy > NEARLY_ALL * (os.cpu_count() or 1):
        return f"处理器用满（{busy:.2f} 核）"
    return f"失败 {save.reasons}" if save.reasons else f"p99 {save.p99:.0f} ms，处理器只用了 {busy:.2f} 核"


def _rooms(seats: Seats, at: int, people: int) -> tuple[int, ...]:
    return seats.exams[at // PER_ADDRESS : -(-min(at + PER_PROCESS, people) // PER_ADDRESS)]


def _play(shares: list[Share], server: Server, stage: Stage) -> tuple[Meter, Meter, Meter, dict[str, Any]]:
    """Let every share live in its process; measure the server meanwhile, its memory while all are connected."""
    context = get_context("spawn")
    pipes = [context.Pipe() for _share in shares]
    players = [
        context.Process(target=_player, args=(share, far)) for share, (_near, far) in zip(shares, pipes, strict=True)
    ]
    for player, (_near, far) in zip(players, pipes, strict=True):
        player.start()
        far.close()  # or the end of a player would never be noticed here
    try:
        for near, _far in pipes:
            near.recv()
        start = now() + WARM_UP
        for near, _far in pipes:
            near.send(start)
        time.sleep(WARM_UP)
        web, database = server.cpu_seconds(), stage.database_seconds()
        time.sleep(max(start + shares[0].seconds - now(), 0))
        spent = {
            "server_cores": round((server.cpu_seconds() - web) / shares[0].seconds, 2),
            "database_cores": round((stage.database_seconds() - database) / shares[0].seconds, 2),
            "memory_mb": round(server.memory_mb()),
        }
        meters = [near.recv() for near, _far in pipes]
    finally:
        for player in players:
            player.join(30)
            player.kill()
    for other in meters[1:]:
        for mine, its in zip(meters[0], other, strict=True):
            mine.add(its)
    return *meters[0], spent


def _player(share: Share, pipe: Connection) -> None:
    """Be one generator process."""
    allow_files()
    uvloop.run(_hall(share, pipe))


async def _hall(share: Share, pipe: Connection) -> None:
    lines = [Line(share.port, share.offset + number) for number in range(share.count)]
    await open_all(lines)
    watcher = Browser(share.port, share.offset)
    await watcher.sign_in(INVIGILATOR, PASSWORD)
    walls = [Line(share.port, share.offset + number * PER_ADDRESS) for number in range(len(share.exams))]
    await open_all(walls)
    pipe.send("ready")
    start = pipe.recv()
    saves, clocks, boards = (Meter(start, start + share.seconds) for _each in range(3))
    chance = rng(f"ladder {share.offset}")
    lives = [_sits(line, share, number, chance, (saves, clocks)) for number, line in enumerate(lines)]
    lives += [
        _watches(line, exam, watcher.cookie, chance, boards) for line, exam in zip(walls, share.exams, strict=True)
    ]
    await live(saves, lives)
    with contextlib.suppress(OSError):
        time.sleep(max(saves.stop + LINGER - now(), 0))  # the memory of the server is read with everybody connected
        pipe.send((saves, clocks, boards))
    os._exit(0)  # ending twenty thousand connections one by one takes longer than the rung


async def _sits(line: Line, share: Share, number: int, chance: Rng, meters: tuple[Meter, Meter]) -> None:
    """Save at moments that no reply moves; ask for the time when no save has told it."""
    saves, clocks = meters
    sitting, turn, told = share.first + number, 0, saves.start - WARM_UP
    moment = told + chance.random() * EVERY
    while moment < saves.stop:
        while moment - told > CLOCK_AFTER:
            told += CLOCK_AFTER
            await until(told)
            await ask(line, clock_request(sitting), told, clocks)
        await until(moment)
        turn += 1
        reply = await ask(line, save_request(sitting, share.base + turn, turn % SLOTS + 1), moment, saves)
        if reply is not None and reply.status == 200:
            told = now()
        moment += EVERY * (1 - SPREAD + 2 * SPREAD * chance.random())


async def _watches(line: Line, exam: int, cookie: str, chance: Rng, meter: Meter) -> None:
    board, outages = (
        f"GET /exams/{exam}/{page}?poll=1 HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: gzip\r\n{cookie}\r\n".encode()
        for page in ("board", "board/outages")
    )
    moment = meter.start - WARM_UP + chance.random() * BOARD_EVERY
    next_outages = moment
    while moment < meter.stop:
        await until(moment)
        await ask(line, board, moment, meter)
        if next_outages <= moment:
            await ask(line, outages, moment, meter)
            next_outages += OUTAGES_EVERY
        moment += BOARD_EVERY


def _line(name: str, rung: dict[str, Any]) -> str:
    return (
        f"{NAMES[name]} {rung['candidates']:>6} 人：保存 {rung['saves_per_second']:>5}/s"
        f"  p50 {rung['p50_ms']:.1f} p95 {rung['p95_ms']:.1f} p99 {rung['p99_ms']:.1f} ms，失败 {rung['failed']}"
        f"{' ' + str(rung['reasons']) if rung['reasons'] else ''}；看板 {rung['boards']} 次"
        f" p99 {rung['board_p99_ms']:.0f} ms"
        f" | 网站 {rung['server_cores']:.2f} 核，数据库 {rung['database_cores']:.2f} 核，"
        f"发生器 {rung['generator_share_of_a_core']:.2f} 核，内存 {rung['memory_mb']} MB"
        f" → {'撑住' if rung['holds'] else '撑不住：' + rung['stopped_by']}"
    )
