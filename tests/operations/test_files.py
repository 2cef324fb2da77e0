"""tests.operations.test_files — bytes come back as they were given, to their committee alone."""

import hashlib

import pytest
from flask import Flask

from exam_app.base.db import db, transaction
from exam_app.operations import service as operations
from exam_app.operations.errors import NoSuchFile
from tests.conftest import NINE
from tests.factories import make_committee

CONTENT = bytes(range(256)) * 40


def keep() -> tuple[int, int]:
    """Keep a file; return its id and its committee's."""
    with transaction():
        committee = make_committee()
        return operations.keep_file(committee.id, "证书.pdf", "application/pdf", CONTENT, NINE).id, committee.id


def test_bytes_come_back_with_their_hash(app: Flask) -> None:
    file_id, committee_id = keep()
    db.session.expire_all()

    stored = operations.get_file(file_id, committee_id)
    assert stored.content == CONTENT
    assert stored.sha256 == hashlib.sha256(CONTENT).hexdigest()


@pytest.mark.parametrize(("other_file", "other_committee"), [(0, 1), (1, 0)])
def test_file_of_someone_else_is_not_found(app: Flask, other_file: int, other_committee: int) -> None:
    file_id, committee_id = keep()

    with pytest.raises(NoSuchFile):
        operations.get_file(file_id + other_file, committee_id + other_committee)
