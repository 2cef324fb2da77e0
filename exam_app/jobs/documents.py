"""jobs.documents — draws every document of a meeting in every form and packs them; children draw, this process writes.

Run again after a crash, it draws all of it again: equal records give the same package.
"""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context

from exam_app.audit.service import Actor
from exam_app.base.clock import Clock
from exam_app.base.config import settings
from exam_app.base.db import db, transaction
from exam_app.documents import archive, queries, service
from exam_app.operations import service as operations
from exam_app.operations.models import Job
from exam_app.printing.official.files import DrawFile, draw

KIND = "package_documents"
CHILDREN = 2


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What goes into a package: files to draw, files as they are, its name and its day."""

    drawn: Sequence[DrawFile]
    written: Mapping[str, bytes]
    name: str
    day: date


def plan(meeting_id: int, committee_id: int) -> Plan:
    """Read what the package of a meeting is made from."""
    papers = queries.papers(meeting_id, committee_id)
    issued = queries.issued_for(meeting_id)
    return Plan(
        drawn=archive.orders(papers, {one.id: one.content for one in issued}),
        written={
            archive.RECORD: archive.written_record(papers),
            archive.DOCUMENTS: archive.written_documents(issued),
        },
        name=f"{papers.record.meeting.title}文件归档包.zip",
        day=papers.record.meeting.day,
    )


def package(job: Job, clock: Clock) -> None:
    """Draw, pack and keep the package of the meeting that the job names."""
    job_id, committee_id, meeting_id = job.id, job.committee_id, int(job.payload["meeting"])
    actor = Actor(job.created_by, job.payload["actor"])
    what = plan(meeting_id, committee_id)
    db.session.rollback()  # nothing is read while children draw
    files = _drawn(job_id, what.drawn)
    content = archive.pack({**what.written, **files}, what.day)
    with transaction():
        _archive, stored = service.keep_archive(meeting_id, committee_id, what.name, content, actor, clock.now())
        operations.attach_file(job_id, stored.id)


def _drawn(job_id: int, orders: Sequence[DrawFile]) -> dict[str, bytes]:
    """Draw the files, the longest first, and say after each how far it is."""
    longest_first = sorted(orders, key=lambda order: -len(order.content["blocks"]))
    files: dict[str, bytes] = {}
    workers = min(CHILDREN, os.cpu_count() or 1)
    with ProcessPoolExecutor(max_workers=workers, mp_context=get_context("spawn")) as children:
        waiting = {children.submit(draw, order, dict(settings().fonts)): order.name for order in longest_first}
        for drawn in as_completed(waiting):
            files[waiting[drawn]] = drawn.result()
            with transaction():
                operations.advance_job(job_id, len(files))
    return files
