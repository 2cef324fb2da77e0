"""tests.journeys.house — the real server as a child process, over an instance folder of its own, that can be killed.

Stories act through pages alone. The database file is read where a story must know what no page shows (the right
answers, the journal), and written in one place only: to let time pass.
"""

import ctypes
import os
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from exam_app.base.clock import SystemClock
from exam_app.base.config import ROOT
from exam_app.cli.server import BACKLOG, SQLITE_THREADS
from exam_app.papers.rules import shown_letters

PR_SET_PDEATHSIG = 1
STARTING_SECONDS = 30
PROGRAMS = Path(sys.executable).parent


class House:
    """One installation; the port stays the same over all its restarts, so that browsers know it again."""

    def __init__(self, instance: Path, name: str = "127.0.0.1", tls: tuple[Path, Path] | None = None) -> None:
        self.instance = instance
        self.port = _free_port()
        self.address = f"{'https' if tls else 'http'}://{name}:{self.port}"
        self._tls = tls
        self._server: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Start the server as `flask serve` does, and wait until it is ready: database, scheduler and all."""
        options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "1", "--no-ws"]
        options += ["--blocking-threads", str(SQLITE_THREADS), "--backlog", str(BACKLOG), "--log-level", "warning"]
        if self._tls:
            options += ["--ssl-certificate", str(self._tls[0]), "--ssl-keyfile", str(self._tls[1])]
        log = (self.instance / "server.log").open("ab")
        self._server = subprocess.Popen(
            [PROGRAMS / "granian", *options, "--working-dir", ROOT, "wsgi:app"],
            env=environ_of(self.instance, EXAM_SCHEDULER="1", EXAM_PUBLIC_URL=self.address),
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
        self._wait_until_open()

    def kill(self) -> None:
        """Take the server away in the middle of whatever it does, with all its processes."""
        if self._server is not None:
            os.killpg(self._server.pid, signal.SIGKILL)
            self._server.wait()
            self._server = None

    def log(self) -> str:
        """Return what the server complained of."""
        return (self.instance / "server.log").read_text(errors="replace")

    def has_failed(self) -> bool:
        """Whether anything was raised that nobody had foreseen."""
        return any(sign in self.log() for sign in ("Traceback", '"raised"'))

    def read(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Read what no page shows."""
        file = f"file:{self.instance / 'exam.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(file, uri=True, timeout=30)) as database:
            return database.execute(statement, values).fetchall()

    def right_answers(self, sitting_id: int) -> dict[int, str]:
        """Return the right answer of each slot, in the letters that the candidate sees."""
        slots = self.read(
            "SELECT position, key, option_order FROM sitting JOIN paper_slot USING (paper_id)"
            " JOIN question_version ON question_version.id = version_id WHERE sitting.id = ? ORDER BY position",
            sitting_id,
        )
        return {slot: shown_letters(key, order) for slot, key, order in slots}

    def journal(self, sitting_id: int) -> list[tuple[Any, ...]]:
        """Return what the database keeps of the answers that were acknowledged, oldest first."""
        statement = "SELECT revision, slot, response, receipt FROM answer_event WHERE sitting_id = ? ORDER BY revision"
        return self.read(statement, sitting_id)

    def let_time_pass(self, sitting_id: int, seconds_left: int = 1, grace_seconds: int = 0) -> None:
        """Bring the end of a sitting near: durations count in minutes, and no test waits for those."""
        end = SystemClock().now().replace(tzinfo=None) + timedelta(seconds=seconds_left)
        instants = [at.isoformat(" ", "microseconds") for at in (end, end + timedelta(seconds=grace_seconds))]
        statement = "UPDATE sitting SET ends_at = ?, saves_close_at = ? WHERE id = ?"
        with closing(sqlite3.connect(self.instance / "exam.sqlite3", timeout=30)) as database, database:
            database.execute(statement, (*instants, sitting_id))

    def newest_sitting(self) -> int:
        """Return the sitting that was started last."""
        [[number]] = self.read("SELECT max(id) FROM sitting")
        return int(number)

    def _wait_until_open(self) -> None:
        assert self._server is not None
        scheme = self.address.partition(":")[0]
        trust = ssl.create_default_context(cafile=str(self._tls[0])) if self._tls else None
        if trust:
            trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE  # asked by its number, not by its name
        for _tenth in range(STARTING_SECONDS * 10):
            try:
                urlopen(f"{scheme}://127.0.0.1:{self.port}/readyz", timeout=STARTING_SECONDS, context=trust).close()
                return
            except OSError:  # refused, or reset while the workers start
                with suppress(subprocess.TimeoutExpired):  # a server that died ends the waiting at once
                    self._server.wait(0.1)
                    break
        raise AssertionError(f"the server does not answer: {self.log()}")


def found_demo(instance: Path) -> str:
    """Load the invented city into an instance folder; return what was printed, accounts and codes among it."""
    done = subprocess.run(
        [PROGRAMS / "flask", "--app", "wsgi", "demo"],
        env=environ_of(instance, EXAM_DEMO="1"),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def copy_of(demo: Path, instance: Path, name: str = "127.0.0.1", tls: tuple[Path, Path] | None = None) -> House:
    """Return a house over a copy of a demo that no server has touched."""
    shutil.copytree(demo, instance)
    return House(instance, name, tls)


def environ_of(instance: Path, **more: str) -> dict[str, str]:
    """Return the environment of a child: ours, without any setting of the product but the given ones."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("EXAM_", "DATABASE_URL"))}
    return {**ours, "EXAM_INSTANCE": str(instance), **more}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
