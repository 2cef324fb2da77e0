"""benchmarks.failover.nodes — the web nodes and the two schedulers as services that are killed and come back."""

import asyncio
import os
import signal
import sys
from pathlib import Path

from benchmarks.chaos.cluster import children
from benchmarks.chaos.house import Service, server_command, wait_for_port
from benchmarks.chaos.reader import Database
from benchmarks.failover import network
from benchmarks.failover.network import Machine
from exam_app.cli.server import Address

PORT = 8790


class Node:
    """A web node on a machine of its own."""

    def __init__(self, machine: Machine, environ: dict[str, str], log: Path) -> None:
        self.machine = machine
        serve = server_command(Address(machine.address, PORT), 1, environ)
        self.service = Service([*machine.prefix, *serve], {**environ, "EXAM_SCHEDULER": "0"}, log)

    async def open(self) -> None:
        """Start, and wait until it listens."""
        self.service.start()
        await wait_for_port(self.machine.address, PORT)

    async def lose_power(self, seconds: float) -> None:
        """SIGKILL everything on the node; it comes back after so long."""
        await asyncio.to_thread(self.service.kill)
        await asyncio.sleep(seconds)
        self.service.start()

    async def lose_cable(self, seconds: float) -> None:
        """Take the node off the network without a farewell; without namespaces, let it stand still instead."""
        if self.machine.prefix:
            network.pull_cable(self.machine)
            await asyncio.sleep(seconds)
            network.plug_in(self.machine)
            return
        assert self.service.process is not None
        pids = [self.service.process.pid, *children(self.service.process.pid)]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        await asyncio.sleep(seconds)
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


class Schedulers:
    """Two schedulers and the lease that only one of them holds."""

    def __init__(self, environ: dict[str, str], home: Path, database: Database) -> None:
        self._database = database
        command = [sys.executable, "-m", "flask", "scheduler"]
        self.services = [
            Service(command, {**environ, "EXAM_SCHEDULER": "1", "FLASK_APP": "wsgi"}, home / f"scheduler{number}.log")
            for number in (1, 2)
        ]

    async def open(self) -> None:
        """Start both, and wait until one holds the lease of the sweep."""
        for service in self.services:
            service.start()
        for _tenth in range(300):
            if await self._leader() is not None:
                return
            await asyncio.sleep(0.1)
        raise TimeoutError("no scheduler took the lease")

    async def kill_leader(self) -> float:
        """SIGKILL the holder of the lease of the sweep; return after how many seconds the other one held it."""
        loop = asyncio.get_running_loop()
        leader = await self._leader()
        assert leader is not None
        killed = loop.time()
        leader.kill()
        for _tenth in range(400):
            successor = await self._leader()
            if successor is not None and successor is not leader:
                leader.start()
                return loop.time() - killed
            await asyncio.sleep(0.05)
        raise TimeoutError("nobody took over the lease")

    async def _leader(self) -> Service | None:
        rows = await asyncio.to_thread(self._database.rows, "SELECT holder FROM lease WHERE name = 'sweep'")
        pid = int(rows[0][0].rsplit(":", 2)[1]) if rows else 0  # host:pid:start
        return next((each for each in self.services if each.process is not None and each.process.pid == pid), None)

    def close(self) -> None:
        """End both."""
        for service in self.services:
            service.kill()
