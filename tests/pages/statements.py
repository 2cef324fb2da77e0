"""tests.pages.statements — how many SQL statements each office page needs on the staged demo."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from exam_app.base.db import db
from exam_app.cli.demo import cast
from tests.pages.addresses import Ids
from tests.pages.walks import WALKS

STAFF = frozenset(row[0] for row in cast.STAFF)


def count_all(app: Flask, ids: Ids) -> dict[str, int]:
    """Return the statements of each page that an account looks at, by its address."""
    app.config["WTF_CSRF_ENABLED"] = False
    counts: dict[str, int] = {}
    with _listening(app) as heard:
        for walk in WALKS.values():
            if walk.visitor not in STAFF:
                continue
            client = app.test_client()
            client.post("/sign-in", data={"username": walk.visitor, "password": cast.PASSWORD})
            for path in (visit.path(app, ids) for visit in walk.visits):
                heard.clear()
                client.get(path)
                counts[path] = len(heard)
    return counts


@contextmanager
def _listening(app: Flask) -> Iterator[list[str]]:
    heard: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")):
            heard.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", note)
