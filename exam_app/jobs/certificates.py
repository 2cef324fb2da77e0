"""jobs.certificates — issues and prints the certificates of an exam; children draw, this process alone writes.

A child for each core draws and signs; a bounded window of work is in flight. Run again after a crash, it goes on where
it stopped: what is issued stays, what lacks its file is drawn.
"""

import os
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

from exam_app.audit.service import Actor
from exam_app.base.clock import Clock
from exam_app.base.config import settings
from exam_app.base.db import transaction
from exam_app.certificates import queries, service
from exam_app.certificates.drawing import draw_for_printer, draw_signed
from exam_app.certificates.errors import CertificatesUnprinted
from exam_app.operations import service as operations
from exam_app.operations.models import Job
from exam_app.printing.errors import MissingGlyph

KIND = "print_certificates"
MOST_CHILDREN = 8
"""Each child holds the fonts, some 60 MB; this process writes what they draw and keeps no more than these busy."""
AHEAD = 2
"""Pieces of work for each child: one in hand and one waiting, so that no child is idle while this process writes."""


@dataclass(frozen=True)
class Piece:
    """A certificate on its way; no file is expected where one is stored already."""

    certificate_id: int
    number: str
    facts: Mapping[str, Any]
    pdf: Future[bytes] | None


@dataclass
class Progress:
    """How far the job has come: what can be printed, in order of seats, and what cannot."""

    job_id: int
    done: int = 0
    drawn: list[Mapping[str, Any]] = field(default_factory=list)
    unprinted: list[str] = field(default_factory=list)


def print_exam(job: Job, clock: Clock) -> None:
    """Issue, draw, sign and store each certificate of the exam, then make one file for the printer."""
    committee_id, exam_id = job.committee_id, int(job.payload["exam"])
    actor, progress = Actor(job.created_by, job.payload["actor"]), Progress(job.id)
    results = queries.results_to_certify(exam_id)
    with ProcessPoolExecutor(max_workers=_children_for(results), mp_context=get_context("spawn")) as children:
        _draw_each(results, actor, progress, children, clock)
        printed = children.submit(draw_for_printer, progress.drawn, dict(settings().fonts)).result()
    with transaction():
        stored = operations.keep_file(committee_id, "合格证（供打印）.pdf", "application/pdf", printed, clock.now())
        operations.attach_file(progress.job_id, stored.id)
    if progress.unprinted:
        raise CertificatesUnprinted(numbers="、".join(progress.unprinted))


def _children_for(results: Sequence[int]) -> int:
    return max(1, min(os.cpu_count() or 1, MOST_CHILDREN, len(results)))


def _draw_each(
    results: Sequence[int], actor: Actor, progress: Progress, children: ProcessPoolExecutor, clock: Clock
) -> None:
    """Keep every child busy and store what they bring, in order of seats."""
    waiting: deque[Piece] = deque()
    for result_id in results:
        waiting.append(_issue(result_id, actor, children, clock))
        if len(waiting) >= AHEAD * _children_for(results):
            _store(waiting.popleft(), progress, clock)
    while waiting:
        _store(waiting.popleft(), progress, clock)


def _issue(result_id: int, actor: Actor, children: ProcessPoolExecutor, clock: Clock) -> Piece:
    """Issue in a short transaction; the drawing happens outside any."""
    with transaction():
        certificate = service.issue(result_id, actor, clock.now())
        known, is_stored = (certificate.id, certificate.number, certificate.facts), certificate.file_id is not None
        order = service.work_order(certificate, clock.now())
    return Piece(*known, None if is_stored else children.submit(draw_signed, order))


def _store(piece: Piece, progress: Progress, clock: Clock) -> None:
    """Wait for the file and keep it; a name that cannot be printed stops nobody else."""
    try:
        pdf = piece.pdf.result() if piece.pdf is not None else None
        progress.drawn.append(piece.facts)
    except MissingGlyph:
        pdf = None
        progress.unprinted.append(piece.number)
    progress.done += 1
    with transaction():
        if pdf is not None:
            service.keep_signed(piece.certificate_id, pdf, clock.now())
        operations.advance_job(progress.job_id, progress.done)
