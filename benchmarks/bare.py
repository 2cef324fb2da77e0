"""benchmarks.bare — the yardstick: a Flask route that parses a form and does one committed insert, nothing else."""

import os
import sqlite3
import threading
from typing import Any

import psycopg
from flask import Flask, request

app = Flask(__name__)
_kept = threading.local()
_writer = threading.Lock()
URL = os.environ["BENCH_DATABASE"]
IS_SQLITE = URL.startswith("sqlite")


def connection() -> Any:
    """Return this thread's own kept connection, as the fastest stack keeps one."""
    if not hasattr(_kept, "connection"):
        _kept.connection = _open()
    return _kept.connection


def _open() -> Any:
    if IS_SQLITE:
        opened = sqlite3.connect(URL.removeprefix("sqlite:///"), isolation_level=None, timeout=30)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            opened.execute(f"PRAGMA {pragma}")
        return opened
    return psycopg.connect(URL.replace("postgresql+psycopg://", "postgresql://"), autocommit=True, prepare_threshold=0)


@app.put("/bare/<int:candidate>")
def bare(candidate: int) -> tuple[str, int]:
    """Insert one answer and commit it."""
    body = request.get_json()
    mark = "?" if IS_SQLITE else "%s"
    statement = f"INSERT INTO bare_answer (candidate, turn, response) VALUES ({mark}, {mark}, {mark})"
    values = (candidate, body["revision"], body["response"])
    if IS_SQLITE:
        with _writer:
            connection().execute(statement, values)
    else:
        connection().execute(statement, values)
    return "", 201
