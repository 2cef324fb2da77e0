"""benchmarks.servers — the server under test as a child (granian), and what it spends: CPU, memory, flushes."""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
PORTS = range(8790, 8990)
"""Below the ephemeral range: a port from inside it may be taken by one of the generator's own connections."""
PR_SET_PDEATHSIG = 1
BACKLOG, CONNECTIONS = 4096, 40_000
"""granian's back-pressure counts open connections, idle ones too, so it must be above the number of browsers."""
FLUSH_SECONDS = 0.005


@dataclass(frozen=True)
class Plan:
    """How a server is run and loaded: the same for the real route and for the bare one."""

    workers: int
    threads: int
    in_flight: int

    @classmethod
    def read(cls, text: str) -> "Plan":
        """Read 2x4x16: processes, threads of each, requests in flight."""
        return cls(*(int(part) for part in text.lower().split("x")))

    def __str__(self) -> str:
        return f"{self.workers} 进程 × {self.threads} 线程，在途 {self.in_flight}"


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """Return what its processes have spent so far."""
        return cpu_seconds(self.pid)

    def memory_mb(self) -> float:
        """Return the memory of all its processes, shared pages counted once (PSS)."""
        return sum(_pss_kb(pid) for pid in tree(self.pid)) / 1024


@contextmanager
def serve(target: str, plan: Plan, environ: dict[str, str]) -> Iterator[Server]:
    """Run granian over a WSGI target until the block ends."""
    port = free_port()
    command: list[str | Path] = [
        Path(sys.executable).with_name("granian"),
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--no-ws",
    ]
    command += ["--workers", str(plan.workers), "--blocking-threads", str(plan.threads)]
    command += ["--backlog", str(BACKLOG), "--backpressure", str(CONNECTIONS), "--log-level", "error", target]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ}, preexec_fn=_end_with_parent)
    try:
        _wait_for(port, process, plan.workers)
        yield Server(port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            _end(process.pid)
            process.wait()


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def free_port() -> int:
    """Return a port that nothing listens on."""
    for port in PORTS:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise SystemExit(f"没有空闲端口（{PORTS.start}–{PORTS.stop}）")


def _wait_for(port: int, process: "subprocess.Popen[bytes]", workers: int) -> None:
    """Wait until the server answers and all its workers listen: connections go to those that are there."""
    for _try in range(300):
        if process.poll() is not None:
            raise SystemExit(f"服务器没有启动：退出码 {process.returncode}")
        if _answers(port) and sum(_listens(pid) for pid in tree(process.pid)[1:]) >= workers:
            time.sleep(0.2)
            return
        time.sleep(0.1)
    raise SystemExit("服务器 30 秒内没有应答")


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 5) as probe:
        probe.sendall(b"GET /healthz HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n")
        return probe.recv(12).startswith(b"HTTP/1.1")
    return False


def _listens(pid: int) -> bool:
    """Whether a worker has imported the application: from then on granian's runtime threads are there."""
    with contextlib.suppress(OSError):
        return any("tokio" in task.read_text() for task in Path(f"/proc/{pid}/task").glob("*/comm"))
    return False


def _end(pid: int) -> None:
    for each in reversed(tree(pid)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


def tree(pid: int) -> list[int]:
    """Return a process and all below it that live."""
    found = [pid]
    for each in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{each}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def cpu_seconds(pid: int) -> float:
    """Return the CPU time of a process, all below it, and those of its children that have ended."""
    spent = 0
    for each in tree(pid):
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            spent += sum(int(field) for field in fields[11:15])
    return spent / TICKS


def _pss_kb(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


@dataclass(frozen=True)
class Flushes:
    """The shim that makes every flush of a process slow, and what it has counted."""

    environ: dict[str, str]
    counted: Path

    def read(self) -> tuple[int, float]:
        """Return how many flushes there were and the seconds they took together."""
        count, nanoseconds = struct.unpack("<QQ", self.counted.read_bytes())
        return count, nanoseconds / 1e9


@contextmanager
def slow_flushes() -> Iterator[Flushes]:
    """Compile the shim into a folder that goes away; its environment makes a server's flushes slow."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise FileNotFoundError("没有 C 编译器（cc、gcc 或 clang），不能模拟慢磁盘；装上 gcc 后重跑")
    with tempfile.TemporaryDirectory(prefix="bench-flush") as folder:
        library, counted = Path(folder) / "slow_flush.so", Path(folder) / "counted"
        source = ROOT / "benchmarks" / "slow_flush.c"
        subprocess.run([compiler, "-O2", "-shared", "-fPIC", "-o", library, source, "-ldl"], check=True)
        counted.write_bytes(bytes(16))
        seconds = str(int(FLUSH_SECONDS * 1e6))
        environ = {"LD_PRELOAD": str(library), "SLOW_FLUSH_US": seconds, "SLOW_FLUSH_COUNTED": str(counted)}
        yield Flushes(environ, counted)
