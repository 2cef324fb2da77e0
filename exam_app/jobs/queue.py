"""jobs.queue — does the work that pages have queued, one job after the other."""

import logging
from collections.abc import Callable, Mapping

from exam_app.base.clock import Clock, stopwatch
from exam_app.base.crypto import canonical
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.jobs import certificates, documents
from exam_app.jobs.turns import Check, unguarded
from exam_app.operations import service as operations
from exam_app.operations.models import Job

log = logging.getLogger(__name__)
Work = Callable[[Job, Clock], None]
WORK: Mapping[str, Work] = {certificates.KIND: certificates.print_exam, documents.KIND: documents.package}


def run(clock: Clock, check: Check = unguarded) -> None:
    """Do every job that waits. A failing one is marked and does not stop the rest; a turn that is lost does."""
    with transaction():
        check()
        operations.requeue_lost(clock.now())
    while True:
        with transaction():
            check()
            job = operations.take_job(clock.now())
        if job is None:
            return
        number, kind, began = job.id, job.kind, stopwatch()
        try:
            WORK[kind](job, clock)
        except Exception as failure:
            _log(number, kind, "failed", began, failure)
            with transaction():
                operations.fail_job(number, _failure(failure), clock.now())
            continue
        with transaction():
            operations.finish_job(number, clock.now())
        _log(number, kind, "done", began)


def _log(number: int, kind: str, outcome: str, began: float, failure: Exception | None = None) -> None:
    """Write the job's one line; why it failed in words stands in its row, which may name people."""
    facts = {"job": number, "kind": kind, "outcome": outcome, "ms": round((stopwatch() - began) * 1000)}
    log.log(logging.ERROR if failure else logging.INFO, "job", exc_info=failure, extra={"facts": facts})


def _failure(failure: Exception) -> str:
    """Keep a refusal as code and facts, for the page to find words for; anything else by its name alone."""
    if isinstance(failure, DomainError):
        return canonical({"code": failure.code, "facts": failure.facts})
    return type(failure).__name__
