"""cli.rehearsal.house — the real server over the copy, what it costs the machine, and what its database kept."""

import os
import socket
import ssl
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import click
from sqlalchemy import select

from exam_app.base.clock import SystemClock, stopwatch
from exam_app.base.config import ROOT
from exam_app.base.db import db
from exam_app.base.i18n import gettext as _
from exam_app.cli.rehearsal.candidate import Candidate
from exam_app.cli.rehearsal.stage import Stage
from exam_app.cli.server import Address, command, counting
from exam_app.operations.tls import make_certificates
from exam_app.sittings.models import AnswerEvent

HOST = "127.0.0.1"
STARTING_SECONDS = 60
STOPPING_SECONDS = 20
FLUSHES, BLOCK = 20, b"x" * 4096


@dataclass(frozen=True)
class Server:
    """Where it listens, and how to trust it."""

    port: int
    tls: ssl.SSLContext | None


class Machine:
    """The processors' time that this process and its children take from now on."""

    def __init__(self) -> None:
        self._before = os.times()

    def used(self) -> tuple[float, float]:
        """Return the seconds of the children, once they have ended, and our own."""
        now, before = os.times(), self._before
        children = now.children_user + now.children_system - before.children_user - before.children_system
        return children, now.user + now.system - before.user - before.system


def measure_flush(folder: Path) -> tuple[float, float]:
    """Return how many milliseconds this disk takes to make a block durable: usually, and at worst."""
    taken = []
    file = folder / "flush"
    with file.open("wb", buffering=0) as stream:
        for _turn in range(FLUSHES):
            began = stopwatch()
            stream.write(BLOCK)
            os.fsync(stream.fileno())
            taken.append((stopwatch() - began) * 1000)
    file.unlink()
    taken.sort()
    return round(taken[FLUSHES // 2], 2), round(taken[-1], 2)


@contextmanager
def served(stage: Stage, workers: int, with_tls: bool) -> Iterator[Server]:
    """Serve the copy as flask serve does, on a free port of this machine alone."""
    address, tls = Address(HOST, _free_port()), None
    if with_tls:
        authority, certificate, key = make_certificates(stage.instance / "tls", HOST, SystemClock().now())
        tls = ssl.create_default_context(cafile=str(authority))
        address = Address(HOST, address.port, certificate, key)
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("EXAM_", "DATABASE_URL"))}
    environ |= {
        "EXAM_INSTANCE": str(stage.instance),
        "EXAM_SCHEDULER": "1",
        "EXAM_PUBLIC_URL": address.url,
        "DATABASE_URL": stage.url,
        **counting(stage.instance),
    }
    with (stage.instance / "server.log").open("wb") as log:
        process = subprocess.Popen(command(address, workers), cwd=ROOT, env=environ, stdout=log, stderr=log)  # noqa: S603 - our own server
        try:
            _wait(process, address, tls)
            yield Server(address.port, tls)
        finally:
            process.terminate()
            try:
                process.wait(STOPPING_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: "subprocess.Popen[bytes]", address: Address, tls: ssl.SSLContext | None) -> None:
    """Wait until the server is ready, or say that it does not come."""
    until = stopwatch() + STARTING_SECONDS
    while stopwatch() < until and process.poll() is None:
        connection = HTTPSConnection(HOST, address.port, context=tls) if tls else HTTPConnection(HOST, address.port)
        try:
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        try:
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            continue
    raise click.ClickException(_("演练用的服务器没有启动成功，请先运行 flask doctor 检查。"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def lost_of(stage: Stage, candidates: Sequence[Candidate]) -> int:
    """Return how many acknowledged answers the copy's database does not hold, receipt and all."""
    with stage.app.app_context():
        db.session.rollback()
        sittings = [candidate.sitting for candidate in candidates if candidate.sitting]
        columns = (AnswerEvent.sitting_id, AnswerEvent.revision, AnswerEvent.slot, AnswerEvent.response)
        rows = db.session.execute(
            select(*columns, AnswerEvent.receipt).where(AnswerEvent.sitting_id.in_(sittings))
        ).all()
    kept = {tuple(row) for row in rows} | {(*row[:4], "") for row in rows}  # what came with the hand-in has no receipt
    said = [(one.sitting, each) for one in candidates for each in one.acknowledged if not each.is_late]
    return sum((sitting, each.revision, each.slot, each.response, each.receipt) not in kept for sitting, each in said)
