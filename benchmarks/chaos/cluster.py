"""benchmarks.chaos.cluster — a durable PostgreSQL that may be killed at any moment and comes back with its files."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from tests import postgres


class Cluster:
    """One server over one folder. What was committed must still be there after every kill."""

    def __init__(self, home: Path, listen: str = "") -> None:
        self._home = home
        home.mkdir(parents=True, exist_ok=True)
        settings = (*postgres.DURABLE, "restart_after_crash=on", *((f"listen_addresses={listen}",) if listen else ()))
        self._command = postgres.make_cluster(postgres.find_binaries(), home, settings)
        if listen:
            with (home / "data" / "pg_hba.conf").open("a") as rules:
                rules.write("host all all samenet trust\n")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of the database, by its socket."""
        return f"postgresql+psycopg://postgres@/postgres?host={self._home}"

    def start(self) -> None:
        """Start, or start again, and wait until it answers."""
        for _try in range(20):
            self._process = postgres.launch(self._command, self._home)
            if self._is_ready():
                return
            time.sleep(0.3)  # a process of the killed server is still letting go of its memory
        raise postgres.PostgresMissing((self._home / "log").read_text(errors="replace"))

    def _is_ready(self) -> bool:
        assert self._process is not None
        pid = self._home / "data" / "postmaster.pid"
        for _tenth in range(300):
            if self._process.poll() is not None:
                return False
            lines = pid.read_text().split() if pid.exists() else []
            if lines and lines[0] == str(self._process.pid) and "ready" in lines:
                return True
            time.sleep(0.05)
        return False

    def kill(self) -> None:
        """SIGKILL the server and every process of it at once, as a power cut would."""
        assert self._process is not None
        for pid in [self._process.pid, *children(self._process.pid)]:
            _signal(pid, signal.SIGKILL)
        self._process.wait(20)

    def stop_at_once(self) -> None:
        """Stop without finishing anything (PostgreSQL's immediate shutdown)."""
        assert self._process is not None
        _signal(self._process.pid, signal.SIGQUIT)
        self._process.wait(30)

    def close(self) -> None:
        """Stop for good and leave nothing behind."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)
        shutil.rmtree(self._home, ignore_errors=True)


def children(parent: int) -> list[int]:
    """Return the processes that a process of ours started."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rsplit(") ", 1)[1].split()
            except OSError:
                continue  # it ended while we looked
            if int(fields[1]) == parent:
                found.append(int(folder.name))
    return found


def _signal(pid: int, what: signal.Signals) -> None:
    try:
        os.kill(pid, what)
    except ProcessLookupError:
        return
