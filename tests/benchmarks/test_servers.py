"""tests.benchmarks.test_servers — the slow disk is slow, its flushes are counted, and without a compiler it says so."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.servers import FLUSH_SECONDS, Plan, cpu_seconds, free_port, slow_flushes, tree

FLUSHING = """
import os, tempfile
with tempfile.TemporaryFile() as file:
    for _time in range(10):
        file.write(b"x"); file.flush(); os.fsync(file.fileno()); os.fdatasync(file.fileno())
"""
COMMITTING = """
import sqlite3, sys
base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.execute("PRAGMA journal_mode=WAL"); base.execute("PRAGMA synchronous=FULL"); base.execute("CREATE TABLE t (x)")
for _time in range(10):
    base.execute("INSERT INTO t VALUES (1)")
"""


def test_every_flush_is_slow_and_counted() -> None:
    with slow_flushes() as shim:
        subprocess.run([sys.executable, "-c", FLUSHING], env={**os.environ, **shim.environ}, check=True)
        count, seconds = shim.read()
    assert count == 20
    assert seconds >= 20 * FLUSH_SECONDS


def test_a_durable_commit_of_sqlite_passes_the_shim(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite3"
    with slow_flushes() as shim:
        subprocess.run([sys.executable, "-c", COMMITTING, path], env={**os.environ, **shim.environ}, check=True)
        count, _seconds = shim.read()
    assert count >= 10


def test_without_a_compiler_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.servers.shutil.which", lambda _name: None)
    with pytest.raises(FileNotFoundError, match="没有 C 编译器"), slow_flushes():
        pass


def test_the_cpu_of_a_child_is_counted_with_its_parent() -> None:
    busy = "import time\nbegan = time.process_time()\nwhile time.process_time() - began < 0.3: pass\ntime.sleep(30)"
    before = cpu_seconds(os.getpid())
    child = subprocess.Popen([sys.executable, "-c", busy])
    try:
        for _tenth in range(100):
            if cpu_seconds(child.pid) >= 0.3:
                break
            time.sleep(0.1)
        assert child.pid in tree(os.getpid())
        assert cpu_seconds(os.getpid()) - before >= 0.29
    finally:
        child.kill()
        child.wait()


def test_a_plan_is_read_as_it_is_written() -> None:
    assert Plan.read("2x4x16") == Plan(2, 4, 16)
    assert free_port() < 32768
