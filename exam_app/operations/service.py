"""operations.service — queueing jobs, taking the lease, beating the pulse, limiting rates, keeping files."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import undefer

from exam_app.base.crypto import sha256
from exam_app.base.db import changed, db, insert_new
from exam_app.base.states import move
from exam_app.operations.errors import NoSuchFile, NoSuchJob, TooOften
from exam_app.operations.models import Job, Lease, Pulse, RateWindow, StoredFile
from exam_app.operations.rules import UNNOTICED
from exam_app.operations.states import JOB_MOVES, JobState

LEASE_FOR = timedelta(seconds=6)
RENEW_BELOW = timedelta(seconds=4)
"""A lease with more left than this is not written again."""
LOST_AFTER = timedelta(minutes=30)
PULSES_KEPT = timedelta(days=30)


def take_lease(name: str, holder: str, now: datetime) -> int:
    """Take or keep the lease; return its fencing number, 0 while another holder's has not run out."""
    lease = _lease(name)
    if lease is None:
        if insert_new(Lease, name=name, holder=holder, expires_at=now + LEASE_FOR, fencing=1):
            return 1
        lease = _lease(name)
        assert lease is not None
    if lease.holder != holder:
        if lease.expires_at > now:
            return 0
        lease.holder, lease.fencing, lease.expires_at = holder, lease.fencing + 1, now + LEASE_FOR
    _renew(lease, now)
    return lease.fencing


def keep_lease(name: str, holder: str, fencing: int, now: datetime) -> bool:
    """Renew the lease inside an act; False if another has held it meanwhile. Nobody takes it before the act ends."""
    lease = _lease(name)
    if lease is None or (lease.holder, lease.fencing) != (holder, fencing):
        return False
    _renew(lease, now)
    return True


def keep_leases(holder: str, now: datetime) -> int:
    """Hold on to what this holder has, so that no long task is taken over half-way; return how many it has."""
    mine = update(Lease).where(Lease.holder == holder, Lease.expires_at > now)
    return changed(mine.values(expires_at=now + LEASE_FOR))


def _lease(name: str) -> Lease | None:
    query = select(Lease).where(Lease.name == name).with_for_update()
    return db.session.scalar(query.execution_options(populate_existing=True))


def _renew(lease: Lease, now: datetime) -> None:
    if lease.expires_at - now < RENEW_BELOW:
        lease.expires_at = now + LEASE_FOR


def beat(node: str, now: datetime) -> None:
    """Note that this process of the server is alive; after a silence it is a new life, in a row of its own."""
    lives = update(Pulse).where(Pulse.node.startswith(f"{node}:", autoescape=True), Pulse.beat_at >= now - UNNOTICED)
    if changed(lives.values(beat_at=now)):
        return
    insert_new(Pulse, node=f"{node}:{now.timestamp():.0f}", began_at=now, beat_at=now)
    db.session.execute(delete(Pulse).where(Pulse.beat_at < now - PULSES_KEPT))


def limit_rate(key: str, most: int, within: timedelta, now: datetime) -> None:
    """Count one try under the key; raise TooOften when there were more than `most` within the window."""
    if insert_new(RateWindow, key=key, began_at=now, tries=1):
        return
    window = db.session.scalars(select(RateWindow).where(RateWindow.key == key).with_for_update()).one()
    if now - window.began_at >= within:
        window.began_at, window.tries = now, 0
    window.tries += 1
    if window.tries > most:
        raise TooOften(seconds=int((window.began_at + within - now).total_seconds()))


def queue_job(
    committee_id: int, kind: str, payload: dict[str, Any], total: int, created_by: int | None, now: datetime
) -> Job:
    """Queue work for the clock; `total` is what its progress counts up to."""
    job = Job(
        committee_id=committee_id,
        kind=kind,
        payload=payload,
        total=total,
        created_by=created_by,
        created_at=now,
    )
    db.session.add(job)
    db.session.flush()  # the page that asked goes on to the job's page
    return job


def take_job(now: datetime) -> Job | None:
    """Take the oldest waiting job, so that nobody else does."""
    query = select(Job).where(Job.state == JobState.QUEUED).order_by(Job.id).limit(1)
    job = db.session.scalar(query.with_for_update(skip_locked=True))
    if job is not None:
        job.state = move(job.state, JobState.RUNNING, JOB_MOVES)
        job.started_at = now
    return job


def requeue_lost(now: datetime) -> None:
    """Let jobs wait again whose process died while it did them."""
    lost = select(Job).where(Job.state == JobState.RUNNING, Job.started_at <= now - LOST_AFTER)
    for job in db.session.scalars(lost.with_for_update(skip_locked=True)):
        job.state, job.started_at = move(job.state, JobState.QUEUED, JOB_MOVES), None


def advance_job(job_id: int, done: int) -> None:
    """Say how far a job has come."""
    _job(job_id).done = done


def finish_job(job_id: int, now: datetime) -> None:
    """Mark a job as done."""
    job = _job(job_id)
    job.state = move(job.state, JobState.DONE, JOB_MOVES)
    job.done, job.finished_at = job.total, now


def fail_job(job_id: int, failure: str, now: datetime) -> None:
    """Mark a job as failed, with what went wrong."""
    job = _job(job_id)
    job.state = move(job.state, JobState.FAILED, JOB_MOVES)
    job.failure, job.finished_at = failure[:500], now


def attach_file(job_id: int, file_id: int) -> None:
    """Name the file that a job made."""
    _job(job_id).file_id = file_id


def _job(job_id: int) -> Job:
    job = db.session.get(Job, job_id)
    if job is None:
        raise NoSuchJob(job=job_id)
    return job


def get_job(job_id: int, committee_id: int) -> Job:
    """Return the committee's job, or raise NoSuchJob."""
    job = _job(job_id)
    if job.committee_id != committee_id:
        raise NoSuchJob(job=job_id)
    return job


def keep_file(committee_id: int, name: str, media_type: str, content: bytes, now: datetime) -> StoredFile:
    """Keep bytes as they are, with their SHA-256."""
    stored = StoredFile(
        committee_id=committee_id,
        name=name,
        media_type=media_type,
        sha256=sha256(content),
        content=content,
        created_at=now,
    )
    db.session.add(stored)
    db.session.flush()  # its owner keeps the id
    return stored


def get_file(file_id: int, committee_id: int) -> StoredFile:
    """Return the committee's file with its bytes, or raise NoSuchFile."""
    stored = db.session.get(StoredFile, file_id, options=[undefer(StoredFile.content)])
    if stored is None or stored.committee_id != committee_id:
        raise NoSuchFile(file=file_id)
    return stored
