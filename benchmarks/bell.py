"""benchmarks.bell — five hundred people start in one second and hand in within ten, on really drawn papers."""

import asyncio
import json
import time
from dataclasses import dataclass
from statistics import median
from typing import Any

import uvloop
from sqlalchemy import func, select

from benchmarks.browsers import Browser, Refused, Visit, first_visit
from benchmarks.load import Figures, Meter, live, now, until
from benchmarks.room import CODE, Hall, answer_all, fill_hall, ring_the_bell, sessions_of
from benchmarks.servers import Server, serve
from benchmarks.stage import NAMES, House, Order, Stage
from benchmarks.wire import Broken, open_all
from exam_app.base.chance import rng
from exam_app.base.db import db
from exam_app.results.models import Result
from exam_app.results.states import ResultState

PEOPLE = 500
SECOND, SPREAD = 1.0, 0.3
"""The page waits up to so long before it asks for the paper; the wait itself is not charged to the server."""
HAND_IN_SECONDS = 10.0
ENTERING = 64
MARKED_WITHIN = 30.0


@dataclass
class Seat:
    """A candidate's browser, and what the start gave it."""

    browser: Browser
    sitting: int = 0
    token: str = ""
    paper_bytes: int = 0


@dataclass(frozen=True)
class Run:
    """One round: a bell and an end."""

    start: Figures
    start_cores: float
    hand_in: Figures
    marked_seconds: float
    paper_bytes: int
    questions: int
    visit: Visit


def measure(order: Order) -> dict[str, Any]:
    """Measure starts and hand-ins; of several rounds the median counts, of the databases the slower one."""
    found = {name: _medians(_rounds(stage, order)) for name, stage in order.stages.items()}
    worst = {key: max(each[key] for each in found.values()) for key in ("start_p99_ms", "hand_in_p99_ms", "marked_s")}
    return {
        "start_500_p99_ms": worst["start_p99_ms"],
        "hand_in_500_p99_ms": worst["hand_in_p99_ms"],
        "hand_in_500_marked_s": worst["marked_s"],
        "first_visit_gzip_bytes": max(each["first_visit_bytes"] for each in found.values()),
        "bell": found,
    }


def _rounds(stage: Stage, order: Order) -> list[Run]:
    house, runs = stage.fresh("bell"), []
    with serve("wsgi:app", order.plans[stage.name], house.environ | {"EXAM_SCHEDULER": "1"}) as server:
        for number in range(order.rounds_on(stage.name)):
            runs.append(uvloop.run(_round(server, stage, house, number)))
            _print(stage, runs[-1])
    return runs


async def _round(server: Server, stage: Stage, house: House, number: int) -> Run:
    chance, hall = rng(f"bell {number}"), fill_hall(house, PEOPLE)
    sessions = sessions_of(house, hall)
    seats = [Seat(Browser(server.port, place, session)) for place, session in enumerate(sessions)]
    await open_all([seat.browser.line for seat in seats])
    await _enter(seats[:ENTERING], hall)
    ring_the_bell(house, hall)
    start = now() + 0.5
    starts = Meter(start, start + SECOND)
    clicks = [start + chance.random() * (SECOND - SPREAD) for _seat in seats]
    spent, began = server.cpu_seconds() + stage.database_seconds(), now()
    await live(
        starts, [_start(seat, at, chance.random() * SPREAD, starts) for seat, at in zip(seats, clicks, strict=True)]
    )
    cores = (server.cpu_seconds() + stage.database_seconds() - spent) / (now() - began)
    starts.figures().refuse_failures("开考")
    visit = await first_visit(seats[0].browser, "/my/sitting")
    questions = answer_all(house, hall)
    begin = now() + 0.5
    ends = Meter(begin, begin + HAND_IN_SECONDS)
    await live(ends, [_hand_in(seat, begin + chance.random() * HAND_IN_SECONDS, questions, ends) for seat in seats])
    last = now()
    ends.figures().refuse_failures("交卷")
    marked = await asyncio.to_thread(_until_marked, house, hall.exam, last)
    for seat in seats:
        seat.browser.line.close()
    papers = [seat.paper_bytes for seat in seats]
    return Run(starts.figures(), cores, ends.figures(), marked, round(median(papers)), questions, visit)


async def _enter(seats: list[Seat], hall: Hall) -> None:
    """Let some open their seat through the real pages, all at once, so that no server meets the bell cold."""
    opening = (seat.browser.open_seat(number, CODE) for seat, number in zip(seats, hall.numbers, strict=False))
    for page in await asyncio.gather(*opening):
        if page.status != 200:
            raise SystemExit(f"登录：{page.status}")


async def _start(seat: Seat, click: float, wait: float, meter: Meter) -> None:
    """Open the exam page, wait as the page does, ask for the paper; from the click to the paper, without that wait."""
    await until(click)
    try:
        page = await seat.browser.get("/my/sitting")
        if page.status != 200:
            raise Refused(f"exam page {page.status}")
        await asyncio.sleep(wait)
        reply = await seat.browser.post("/my/sitting/start", {})
    except (Broken, OSError, Refused) as why:
        meter.fail(click, str(why))
        return
    meter.note(click + wait, reply.status)
    if reply.status == 200:
        facts = json.loads(reply.body)
        seat.sitting, seat.token, seat.paper_bytes = facts["sitting"], facts["token"], len(reply.body)
        if not all(len(question["options"]) >= 2 for question in facts["questions"]) or not facts["questions"]:
            meter.reasons["no whole paper"] += 1


async def _hand_in(seat: Seat, moment: float, questions: int, meter: Meter) -> None:
    """Hand in with one answer that had not been sent yet."""
    await until(moment)
    unsent = [{"slot": 1, "response": "A", "revision": questions + 1, "clientAt": 1772413200000}]
    token = f"X-Sitting-Token: {seat.token}\r\n"
    try:
        reply = await seat.browser.post(f"/sittings/{seat.sitting}/hand-in", {"answers": unsent}, token)
    except (Broken, OSError) as why:
        meter.fail(moment, str(why))
        return
    meter.note(moment, reply.status if b'"code"' in reply.body else 0)


def _until_marked(house: House, exam: int, last: float) -> float:
    """Return the seconds after the last hand-in until every result is marked."""
    done = select(func.count()).where(Result.exam_id == exam, Result.state != ResultState.WAITING)
    with house.open():
        while (marked := db.session.scalar(done) or 0) < PEOPLE:
            db.session.rollback()
            if now() - last > MARKED_WITHIN:
                raise SystemExit(f"{MARKED_WITHIN:g} 秒后只判了 {marked} 份")
            time.sleep(0.05)
    return now() - last


def _print(stage: Stage, run: Run) -> None:
    print(
        f"{NAMES[stage.name]} 1 秒内 {PEOPLE} 人开考：p50 {run.start.p50:.0f} p99 {run.start.p99:.0f} ms"
        f"（从点击到整卷，{run.questions} 题，{run.paper_bytes / 1000:.1f} kB）；10 秒内交卷："
        f"p50 {run.hand_in.p50:.0f} p99 {run.hand_in.p99:.0f} ms，最后一份后 {run.marked_seconds:.1f} 秒全部判完；"
        f"首次打开考试页 {run.visit.files} 个文件 {run.visit.sent / 1000:.0f} kB"
        f"（若压缩 {run.visit.compressed / 1000:.0f} kB）"
        f" | 开考时网站和数据库占 {run.start_cores:.2f} 核，发生器占一核的 {run.start.generator_share:.0%}",
        flush=True,
    )


def _medians(runs: list[Run]) -> dict[str, Any]:
    return {
        "rounds": len(runs),
        "start_p50_ms": round(median(run.start.p50 for run in runs)),
        "start_server_cores": round(median(run.start_cores for run in runs), 2),
        "start_p99_ms": round(median(run.start.p99 for run in runs)),
        "hand_in_p50_ms": round(median(run.hand_in.p50 for run in runs)),
        "hand_in_p99_ms": round(median(run.hand_in.p99 for run in runs)),
        "marked_s": round(median(run.marked_seconds for run in runs), 2),
        "paper_bytes": runs[0].paper_bytes,
        "first_visit_bytes": runs[0].visit.sent,
        "first_visit_if_compressed_bytes": runs[0].visit.compressed,
        "generator_share_of_a_core": round(median(run.start.generator_share for run in runs), 2),
    }
