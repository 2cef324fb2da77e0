"""benchmarks.saves — saved answers per second through the real route, beside a bare Flask route doing one insert.

On each database both servers run side by side and are loaded in turn, on the same machine, with the same driver,
server program, processes, threads and requests in flight; the load generator shares the processors and its part is
printed. The median of the rounds' ratios counts.
"""

import json
from contextlib import ExitStack
from itertools import count
from statistics import median
from typing import Any

from benchmarks.browsers import saver
from benchmarks.load import Figures, drive, drive_at
from benchmarks.room import seat_people
from benchmarks.servers import Plan, Server, serve, slow_flushes
from benchmarks.stage import NAMES, SQLITE, House, Order, Stage
from benchmarks.wire import http_request

CANDIDATES = 200
OF_SATURATION = 0.8
PAIRS = 5
"""On PostgreSQL, where the bound is near: a ratio of two figures that both move needs more rounds than one figure."""
SLOW_IN_FLIGHT = 64
_bases = count(1_000, 1_000)
"""Revisions of one load go on above those of the load before it."""


def insert(candidate: int, turn: int) -> bytes:
    """Return the same save for the bare route."""
    body = {"response": "ABCD"[turn % 4], "revision": turn}
    return http_request("PUT", f"/bare/{candidate}", json.dumps(body).encode())


def measure(order: Order) -> dict[str, Any]:
    """Measure the ratio and the 99th percentile at 80 % of saturation on each database."""
    found = {name: _both(stage, order) for name, stage in order.stages.items()}
    return {
        "save_ratio": {name: figures["ratio"] for name, figures in found.items()},
        "save_p99_ms": {name: figures["p99_at_80_percent_ms"] for name, figures in found.items()},
        "saves": found,
    }


def _both(stage: Stage, order: Order) -> dict[str, Any]:
    plan, house = order.plans[stage.name], stage.fresh("saves")
    seats = seat_people(house, CANDIDATES)
    ours: list[Figures] = []
    bares: list[Figures] = []
    spent: list[float] = []
    pairs = max(order.rounds, PAIRS if stage.address else 0)
    print(f"{NAMES[stage.name]}：{plan}，{CANDIDATES} 名考生，{pairs} 轮 × {order.seconds:g} 秒", flush=True)
    with ExitStack() as stack:
        bare = stack.enter_context(serve("benchmarks.bare:app", plan, {"BENCH_DATABASE": house.url}))
        real = stack.enter_context(serve("wsgi:app", plan, house.environ))
        for _pair in range(pairs):
            bares.append(drive(bare.port, CANDIDATES, plan.in_flight, order.seconds, insert))
            began = real.cpu_seconds() + stage.database_seconds()
            ours.append(drive(real.port, CANDIDATES, plan.in_flight, order.seconds, saver(seats.first, next(_bases))))
            spent.append((real.cpu_seconds() + stage.database_seconds() - began) / ours[-1].sent * 1e6)
            ours[-1].refuse_failures(f"{NAMES[stage.name]} 保存")
            bares[-1].refuse_failures(f"{NAMES[stage.name]} 裸 INSERT")
            print(_line(stage.name, ours[-1], bares[-1], spent[-1]), flush=True)
        saturation = median(figures.per_second for figures in ours)
        fixed = [_at(real, seats.first, saturation * OF_SATURATION, order) for _round in range(order.rounds)]
    return _medians(ours, bares, fixed) | {"plan": str(plan), "server_us_per_save": round(median(spent))}


def _at(server: Server, first: int, per_second: float, order: Order) -> Figures:
    figures = drive_at(server.port, CANDIDATES, per_second, order.seconds, saver(first, next(_bases)))
    figures.refuse_failures("定速保存")
    print(
        f"    定速 {per_second:5.0f}/s（饱和的 80%）  p50 {figures.p50:6.2f}  p95 {figures.p95:6.2f}"
        f"  p99 {figures.p99:6.2f} ms | 发生器占一核的 {figures.generator_share:.0%}",
        flush=True,
    )
    return figures


def _medians(ours: list[Figures], bares: list[Figures], fixed: list[Figures]) -> dict[str, Any]:
    middle = sorted(ours, key=lambda figures: figures.per_second)[len(ours) // 2]
    ratio = median(our.per_second / bare.per_second for our, bare in zip(ours, bares, strict=True))
    return {
        "saves_per_second": round(middle.per_second),
        "bare_per_second": round(median(figures.per_second for figures in bares)),
        "ratio": round(ratio, 2),
        "p50_ms": round(middle.p50, 2),
        "p95_ms": round(middle.p95, 2),
        "p99_ms": round(middle.p99, 2),
        "p99_at_80_percent_ms": round(median(figures.p99 for figures in fixed), 2),
        "generator_share_of_a_core": round(middle.generator_share, 2),
        "generator_us_per_request": round(middle.generator_us, 1),
    }


def _line(name: str, our: Figures, bare: Figures, spent: float) -> str:
    return (
        f"    {NAMES[name]:<10} 保存 {our.per_second:6.0f}/s  p50 {our.p50:6.2f}  p99 {our.p99:6.2f} ms"
        f"  服务器和数据库 {spent:4.0f} µs/次 | 裸 INSERT {bare.per_second:6.0f}/s"
        f" | 比值 {our.per_second / bare.per_second:.2f}"
        f" | 发生器占一核的 {our.generator_share:.0%}（{our.generator_us:.0f} µs/次）"
    )


def measure_slow_flush(order: Order) -> dict[str, Any]:
    """Measure SQLite where every flush takes 5 ms, as on an office disk; say so where it cannot be simulated."""
    if SQLITE not in order.stages:
        return {}
    plan = order.plans[SQLITE]
    plan = Plan(plan.workers, plan.threads, SLOW_IN_FLIGHT)
    house = order.stages[SQLITE].fresh("slow")
    seats = seat_people(house, CANDIDATES)
    try:
        return {"slow_flush_saves_per_second": None} | _slow(house, seats.first, plan, order)
    except FileNotFoundError as missing:
        print(missing, flush=True)
        return {"slow_flush_saves_per_second": None, "slow_flush": {"skipped": str(missing)}}


def _slow(house: House, first: int, plan: Plan, order: Order) -> dict[str, Any]:
    runs: list[Figures] = []
    with slow_flushes() as shim, serve("wsgi:app", plan, house.environ | shim.environ) as server:
        for _round in range(order.rounds):
            runs.append(drive(server.port, CANDIDATES, plan.in_flight, order.seconds, saver(first, next(_bases))))
            runs[-1].refuse_failures("慢磁盘保存")
        flushes, seconds = shim.read()
    if not flushes:
        raise SystemExit("慢磁盘：服务器一次刷盘也没有经过垫片，数字没有意义")
    each = seconds / flushes * 1000
    per_flush = sum(run.sent for run in runs) / flushes
    per_second = round(median(run.per_second for run in runs))
    print(
        f"SQLite，每次刷盘慢到 5 ms：{plan}；保存 {per_second}/s；"
        f"实测刷盘 {flushes} 次，每次 {each:.1f} ms，每次带 {per_flush:.1f} 个答案",
        flush=True,
    )
    shown: dict[str, Any] = {"flushes": flushes, "flush_ms": round(each, 2), "saves_per_flush": round(per_flush, 1)}
    shown |= {"plan": str(plan), "p99_ms": round(median(run.p99 for run in runs), 1)}
    return {"slow_flush_saves_per_second": per_second, "slow_flush": shown}
