"""benchmarks.chaos.house — the installation under attack: web server, scheduler, database; each killed and restarted.

Whatever ends by itself is started again as a service manager would; how often is counted.
"""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest.mock import patch

from benchmarks.chaos.cluster import Cluster, children
from benchmarks.chaos.faults import Blow
from benchmarks.chaos.wire import Line
from exam_app.app import create_app
from exam_app.base.config import ROOT, read_settings
from exam_app.cli import server
from exam_app.cli.server import Address
from tests.postgres import die_with_parent

READY_WITHIN, CALM = 60.0, 4.0


@dataclass
class Service:
    """A program that should run; `is_wanted` is off while it is meant to be down."""

    command: list[str]
    environ: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    is_wanted: bool = False

    def start(self) -> None:
        """Start it in a process group of its own, which dies with us."""
        self.is_wanted = True
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env={**os.environ, **self.environ},
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    def kill(self, is_wanted: bool = False) -> None:
        """SIGKILL the whole group."""
        self.is_wanted = is_wanted
        if self.process is not None and self.process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)  # a worker that is just being started as well
            self.process.wait(20)

    @property
    def has_ended(self) -> bool:
        """Whether it should run and does not."""
        return self.is_wanted and (self.process is None or self.process.poll() is not None)


@dataclass
class House:
    """All services of one run. On SQLite the scheduler is a thread of the one web process."""

    instance: Path
    url: str
    port: int
    target: str = "wsgi:app"
    cluster: Cluster | None = None
    counts: Counter[str] = field(default_factory=Counter)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    web: Service = field(init=False)
    scheduler: Service | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        workers = "1" if self.cluster is None else "2"
        environ = {
            "EXAM_INSTANCE": str(self.instance),
            "DATABASE_URL": self.url,
            "EXAM_SCHEDULER": "1" if self.cluster is None else "0",
            "EXAM_PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            "FLASK_APP": "wsgi",
        }
        address = Address("127.0.0.1", self.port)
        self.web = Service(
            server_command(address, int(workers), environ, self.target), environ, self.instance / "web.log"
        )
        if self.cluster is not None:
            command = [sys.executable, "-m", "flask", "scheduler"]
            self.scheduler = Service(command, environ, self.instance / "scheduler.log")

    @property
    def services(self) -> list[Service]:
        """Everything that should run beside the database."""
        return [self.web, *([self.scheduler] if self.scheduler else [])]

    async def open(self) -> None:
        """Start what is not running, and wait until pages come."""
        for service in self.services:
            if service.process is None or service.process.poll() is not None:
                service.start()
            service.is_wanted = True
        await wait_for_port("127.0.0.1", self.port)

    async def look_after(self) -> None:
        """Start again what ended by itself, for ever."""
        while True:
            await asyncio.sleep(0.5)
            for service in self.services:
                if service.has_ended:
                    self.counts["restarted_by_service_manager"] += 1
                    service.start()

    async def strike(self, blow: Blow, seconds: float, last: float) -> None:
        """Do one blow to a machine, repair it after so long, and let the room breathe before the next one.

        A blow to something that is down already would be none; those that had to wait beyond `last` are left out.
        """
        async with self.turn:
            if asyncio.get_running_loop().time() > last:
                return
            self.counts[blow.value] += 1
            await self._strike(blow, seconds)
            await self.until_healthy()
            await asyncio.sleep(CALM)

    async def until_healthy(self) -> None:
        """Wait until the server and its database answer."""
        line = Line("127.0.0.1", self.port)
        for _try in range(int(READY_WITHIN)):
            if (await line.ask("GET", "/healthz")).status == 200:
                line.cut()
                return
            await asyncio.sleep(0.5)

    async def _strike(self, blow: Blow, seconds: float) -> None:
        if blow is Blow.WORKER:
            self._kill_worker()
        elif blow is Blow.SERVER:
            await self._kill_for(self.web, seconds)
        elif blow is Blow.SCHEDULER and self.scheduler is not None:
            await self._kill_for(self.scheduler, seconds)
        elif self.cluster is not None:
            await asyncio.to_thread(self.cluster.kill if blow is Blow.DATABASE else self.cluster.stop_at_once)
            await asyncio.sleep(seconds)
            await asyncio.to_thread(self.cluster.start)

    def _kill_worker(self) -> None:
        """SIGKILL one worker of the web server; the server itself must replace it."""
        if self.web.process is None or self.web.process.poll() is not None:
            return
        workers = [pid for pid in children(self.web.process.pid) if b"spawn_main" in _command_of(pid)]
        if workers:
            _kill(workers[self.counts[Blow.WORKER.value] % len(workers)])

    async def _kill_for(self, service: Service, seconds: float) -> None:
        await asyncio.to_thread(service.kill)
        await asyncio.sleep(seconds)
        service.start()

    def close(self) -> None:
        """End everything."""
        for service in self.services:
            service.kill()


def server_command(address: Address, workers: int, environ: Mapping[str, str], target: str = "wsgi:app") -> list[str]:
    """Return the command by which exam_app.cli.server replaces itself, over another target if one is given."""
    found: list[str] = []
    with patch("os.execve", lambda _path, arguments, _environ: found.extend(arguments)):
        app = create_app(replace(read_settings(environ), scheduler=False))
        with app.app_context():
            server.run(address, {}, workers)
    return [*found[:-1], target]


async def wait_for_port(host: str, port: int) -> None:
    """Wait until somebody listens there."""
    for _try in range(int(READY_WITHIN / 0.2)):
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((host, port)) == 0:
                return
        await asyncio.sleep(0.2)
    raise TimeoutError(f"nobody listens on {host}:{port}")


def free_port(host: str = "127.0.0.1") -> int:
    """Return a port that nobody uses now, below the range that outgoing connections take theirs from."""
    for port in range(18_000 + os.getpid() % 10_000, 32_000):
        with socket.socket() as probe:
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError("no free port")


def _command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
