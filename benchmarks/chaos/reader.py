"""benchmarks.chaos.reader — reads what is in the database by plain SQL, without any code of the application."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import make_url

Row = tuple[Any, ...]


class Sitting(NamedTuple):
    """A sitting and its exam's frozen rules."""

    id: int
    paper: int
    state: str
    saves_close_at: datetime
    seal: str
    rules: dict[str, Any]


class Kept(NamedTuple):
    """An answer as it stands in the database."""

    sitting: int
    revision: int
    slot: int
    response: str
    server_at: datetime
    receipt: str


class Slot(NamedTuple):
    """One question of a paper, with its key."""

    paper: int
    slot: int
    kind: str
    worth: str
    order: str
    key: str


class Result(NamedTuple):
    """A result's head."""

    id: int
    sitting: int
    state: str
    score: str
    passed: bool


class Mark(NamedTuple):
    """What one slot earned."""

    result: int
    slot: int
    response: str
    fraction: str
    marks: str


class Database:
    """Plain SELECTs on either database."""

    def __init__(self, url: str) -> None:
        self._url = url

    def rows(self, query: str) -> list[Row]:
        """Return the rows of a query."""
        if self._url.startswith("sqlite"):
            with closing(sqlite3.connect(str(make_url(self._url).database))) as file:
                return file.execute(query).fetchall()
        with psycopg.connect(self._url.replace("+psycopg", "")) as connection:
            return connection.execute(query.encode()).fetchall()

    def sittings(self) -> list[Sitting]:
        """Return every sitting."""
        query = """SELECT s.id, s.paper_id, s.state, s.saves_close_at, s.seal, e.rules FROM sitting s
                   JOIN roster_entry r ON r.id = s.roster_entry_id JOIN exam e ON e.id = r.exam_id"""
        return [
            Sitting(*row[:3], instant(row[3]), row[4], row[5] if isinstance(row[5], dict) else json.loads(row[5]))
            for row in self.rows(query)
        ]

    def kept(self, table: str) -> list[Kept]:
        """Return the answers in answer_event or late_event, by revision."""
        columns = "sitting_id, revision, slot, response, server_at, receipt"
        found = self.rows(f"SELECT {columns} FROM {table} ORDER BY sitting_id, revision")
        return [Kept(*row[:4], instant(row[4]), row[5]) for row in found]

    def slots(self) -> list[Slot]:
        """Return every question of every opened paper with its key."""
        query = """SELECT p.paper_id, p.position, p.kind, p.marks, p.option_order, v.key FROM paper_slot p
                   JOIN question_version v ON v.id = p.version_id"""
        return [Slot(*row[:3], str(row[3]), *row[4:]) for row in self.rows(query)]

    def results(self) -> list[Result]:
        """Return every result."""
        query = "SELECT id, sitting_id, state, score, passed FROM result"
        return [Result(*row[:3], str(row[3]), bool(row[4])) for row in self.rows(query)]

    def marks(self) -> list[Mark]:
        """Return every mark."""
        query = "SELECT result_id, slot, response, fraction, marks FROM mark"
        return [Mark(*row[:3], str(row[3]), str(row[4])) for row in self.rows(query)]


def instant(stored: object) -> datetime:
    """Return a stored instant in UTC; SQLite keeps it as text without offset."""
    if isinstance(stored, datetime):
        return stored.astimezone(UTC)
    return datetime.fromisoformat(str(stored)).replace(tzinfo=UTC)
