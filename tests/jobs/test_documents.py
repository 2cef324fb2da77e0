"""tests.jobs.test_documents — the package of a meeting is drawn by children, kept with its hash, and is whole."""

from io import BytesIO
from zipfile import ZipFile

from flask import Flask
from sqlalchemy import select

from exam_app.base.clock import FixedClock
from exam_app.base.crypto import sha256
from exam_app.base.db import db, transaction
from exam_app.documents.archive import DOCUMENTS, HASHES, RECORD, verify
from exam_app.documents.models import Archive
from exam_app.jobs import queue
from exam_app.jobs.documents import KIND, plan
from exam_app.operations.service import get_file, queue_job
from exam_app.operations.states import JobState
from tests.conftest import NINE
from tests.documents.factories import make_stage


def test_job_packs_every_document_in_every_form(app: Flask, clock: FixedClock) -> None:
    with transaction():
        stage = make_stage()
        stage.issue_all()
        meeting_id, committee_id = stage.meeting.id, stage.committee.id
        total = len(plan(meeting_id, committee_id).drawn)
        job = queue_job(committee_id, KIND, {"meeting": meeting_id, "actor": "李文"}, total, None, NINE)

    queue.run(clock)

    assert (job.state, job.done, job.failure) == (JobState.DONE, total, "")
    stored = get_file(job.file_id or 0, committee_id)
    assert verify(stored.content).is_whole
    with ZipFile(BytesIO(stored.content)) as package:
        names = package.namelist()
        heads = {name: package.read(name)[:4] for name in names}
    assert {RECORD, DOCUMENTS, HASHES} <= set(names)
    assert len(names) == total + 3
    assert all(head == b"%PDF" for name, head in heads.items() if name.endswith(".pdf"))
    assert all(head == b"PK\x03\x04" for name, head in heads.items() if name.endswith((".docx", ".xlsx")))
    kept = db.session.scalars(select(Archive)).one()
    assert (kept.digest, kept.meeting_id) == (sha256(stored.content), meeting_id)


def test_job_about_a_meeting_that_is_gone_fails_in_words(app: Flask, clock: FixedClock) -> None:
    with transaction():
        stage = make_stage()
        job = queue_job(stage.committee.id, KIND, {"meeting": 999, "actor": "李文"}, 1, None, NINE)

    queue.run(clock)

    assert job.state is JobState.FAILED
    assert "no_such_meeting" in job.failure
    assert db.session.scalars(select(Archive)).all() == []
