"""benchmarks.pages — make bench: server time of every office page on the staged demo, without network and browser.

Each page is asked for five times after a warm-up; the median counts. A page over the limit fails the command.
"""

import shutil
import tempfile
from pathlib import Path
from statistics import median

from flask import Flask
from flask.testing import FlaskClient

from benchmarks.report import keep
from exam_app.base.clock import stopwatch
from exam_app.cli.demo import cast
from tests.pages import demo
from tests.pages.addresses import Ids, read_ids
from tests.pages.walks import WALKS, Walk

LIMIT_MS, TIMES = 100.0, 5
STAFF = frozenset(row[0] for row in cast.STAFF)


def main() -> None:
    """Measure, print the table, write the JSON; exit 1 if a page is over the limit."""
    home = Path(tempfile.mkdtemp(prefix="bench-pages"))
    try:
        measured = measure(demo.build(home / "instance"))
    finally:
        shutil.rmtree(home, ignore_errors=True)
    for endpoint, taken in sorted(measured.items(), key=lambda one: -one[1]):
        print(f"{endpoint:<34}{taken:7.1f} ms{'  超过上限' if taken > LIMIT_MS else ''}")
    keep({"pages_ms": measured})
    slowest = max(measured.values())
    print(f"{len(measured)} 个页面，最慢 {slowest:.1f} ms，上限 {LIMIT_MS:g} ms")
    raise SystemExit(slowest > LIMIT_MS)


def measure(app: Flask) -> dict[str, float]:
    """Return the milliseconds of each endpoint; of one with several addresses, the slowest."""
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        ids = read_ids()
    measured: dict[str, float] = {}
    for walk in WALKS.values():
        if walk.visitor in STAFF:
            for endpoint, taken in _walk(app, walk, ids):
                measured[endpoint] = max(taken, measured.get(endpoint, 0.0))
    return measured


def _walk(app: Flask, walk: Walk, ids: Ids) -> list[tuple[str, float]]:
    client = app.test_client()
    client.post("/sign-in", data={"username": walk.visitor, "password": cast.PASSWORD})
    return [(visit.endpoint, _milliseconds(client, visit.path(app, ids))) for visit in walk.visits]


def _milliseconds(client: FlaskClient, path: str) -> float:
    taken = []
    for _time in range(TIMES + 1):
        began = stopwatch()
        answer = client.get(path)
        taken.append((stopwatch() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    return round(median(taken[1:]), 1)


if __name__ == "__main__":
    main()
