"""benchmarks.certificates — five hundred certificates issued, drawn, signed and stored by the job of the page."""

import threading
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import func, select

from benchmarks.stage import SQLITE, House, Order
from exam_app.audit.service import MACHINE
from exam_app.base.clock import SystemClock, stopwatch
from exam_app.base.db import db, transaction
from exam_app.certificates.models import Certificate
from exam_app.committees.models import Committee
from exam_app.jobs import queue
from exam_app.jobs.certificates import KIND
from exam_app.operations.models import Job
from exam_app.operations.service import get_file, queue_job
from exam_app.operations.states import JobState
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.factories import make_person

PEOPLE = 500
EVERY = 5.0


def measure(order: Order) -> dict[str, Any]:
    """Measure on SQLite where it is there; the short form once, for nothing in it hangs on chance."""
    stage = order.stages.get(SQLITE) or next(iter(order.stages.values()))
    runs = [_run(stage.fresh(f"certificates_{number}")) for number in range(order.rounds if order.is_long else 1)]
    seconds, seen = sorted(runs)[len(runs) // 2]
    return {"certificates_500_s": round(seconds, 1), "certificates": {"rounds": len(runs), "progress_seen": seen}}


def _run(house: House) -> tuple[float, list[int]]:
    """Queue the job, run the queue as the timetable does, and watch its progress from outside."""
    with house.open() as app:
        job_id = _order()
        ended = threading.Event()
        seen: list[int] = []
        watcher = threading.Thread(target=_watch, args=(app, job_id, ended, seen))
        watcher.start()
        began = stopwatch()
        queue.run(SystemClock())
        seconds = stopwatch() - began
        ended.set()
        watcher.join()
        job = db.session.get_one(Job, job_id)
        stored = db.session.scalar(select(func.count(Certificate.id)).where(Certificate.file_id.is_not(None)))
        if job.state is not JobState.DONE or stored != PEOPLE or job.file_id is None:
            raise SystemExit(f"合格证：{job.state.value} {job.failure}，存了 {stored} 份")
        size = len(get_file(job.file_id, job.committee_id).content)
    print(f"{PEOPLE} 份合格证签发、存档并合成打印文件（{size / 1e6:.1f} MB）：{seconds:.1f} 秒", flush=True)
    return seconds, seen


def _order() -> int:
    """Let five hundred people have passed, and ask for their certificates."""
    now = SystemClock().now()
    with transaction():
        committee = db.session.scalars(select(Committee)).one()
        exam = make_exam(committee, opens_at=now - timedelta(days=1))
        for _number in range(PEOPLE):
            make_result(make_entry(exam, make_person(committee, "王建国")))
        return queue_job(committee.id, KIND, {"exam": exam.id, "actor": MACHINE.name}, PEOPLE, None, now).id


def _watch(app: Flask, job_id: int, ended: threading.Event, seen: list[int]) -> None:
    """Read the job's progress as its page does."""
    with app.app_context():
        while not ended.wait(EVERY):
            seen.append(db.session.get_one(Job, job_id, populate_existing=True).done)
            db.session.rollback()
            print(f"    已完成 {seen[-1]}/{PEOPLE}", flush=True)
        db.session.remove()
