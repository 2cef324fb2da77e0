"""benchmarks.machine — the facts of the machine without which a figure says nothing."""

import os
import platform
import tempfile
import time
from importlib.metadata import version as version_of
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.stage import Order, version
from benchmarks.wire import allow_files

FLUSHES, BLOCK = 100, 4096


def facts(order: Order, home: Path) -> dict[str, Any]:
    """Return cores, processor, memory, versions, and what one durable flush costs where the databases lie."""
    packages = ("flask", "sqlalchemy", "psycopg", "granian", "uvloop")
    return {
        "cores": os.cpu_count(),
        "cpu": _field("/proc/cpuinfo", "model name"),
        "memory_mb": int((_field("/proc/meminfo", "MemTotal") or "0").split()[0]) // 1024,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "packages": {name: version_of(name) for name in packages},
        "databases": {name: version(stage) for name, stage in order.stages.items()},
        "fdatasync_ms": flush_ms(home),
        "open_files": allow_files(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def flush_ms(home: Path) -> float:
    """Return the median time of writing a block and making it durable."""
    taken = []
    with tempfile.TemporaryFile(dir=home, buffering=0) as file:
        for _time in range(FLUSHES):
            file.write(os.urandom(BLOCK))
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            taken.append((time.perf_counter() - began) * 1000)
    return round(median(taken), 3)


def _field(path: str, name: str) -> str:
    """Return a field of a file of the kernel; empty where it has none."""
    for line in Path(path).read_text().splitlines():
        key, _colon, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""
