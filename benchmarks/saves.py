"""benchmarks.saves — make bench: saved answers per second through the real route, beside a bare Flask insert.

On each database the two servers are measured in turn, three rounds in one run, on the same machine with the same
driver and server program (granian); the load generator shares the processors and its share is printed. The median
ratio counts.
"""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.load import Figures, Request, drive, http_request
from benchmarks.room import fill_room, token_of
from tests import postgres

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "benchmarks" / "results" / "bench.json"
CANDIDATES, IN_FLIGHT = 200, 16


@contextmanager
def server(target: str, port: int, environ: dict[str, str], threads: int, workers: int) -> Iterator[None]:
    """Run granian over a WSGI target until the block ends."""
    command = [Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--port", str(port), "--no-ws"]
    command += ["--workers", str(workers), "--blocking-threads", str(threads), "--log-level", "error", target]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environ})
    try:
        for _try in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def saver(base: int) -> Request:
    """Return what makes a candidate's next save through the real route; revisions go on from the base."""

    def save(candidate: int, turn: int) -> bytes:
        body = {"response": "ABCD"[turn % 4], "revision": base + turn, "clientAt": 0, "answered": turn % 50}
        path = f"/sittings/{candidate + 1}/answers/{turn % 50 + 1}"
        return http_request("PUT", path, json.dumps(body).encode(), f"X-Sitting-Token: {token_of(candidate)}\r\n")

    return save


def insert(candidate: int, turn: int) -> bytes:
    """Return the same save for the bare route."""
    body = {"response": "ABCD"[turn % 4], "revision": turn}
    return http_request("PUT", f"/bare/{candidate}", json.dumps(body).encode())


def measure(name: str, url: str, instance: Path, rounds: int, seconds: float) -> dict[str, object]:
    """Measure both routes on one database in turn and print a line for each round."""
    threads, workers = (1, 1) if url.startswith("sqlite") else (4, 2)
    real = {"DATABASE_URL": url, "EXAM_INSTANCE": str(instance), "EXAM_SCHEDULER": "0"}
    ratios: list[float] = []
    ours: list[Figures] = []
    bares: list[Figures] = []
    for number in range(rounds):
        with server("benchmarks.bare:app", 8790, {"BENCH_DATABASE": url}, threads, workers):
            bare = drive(8790, CANDIDATES, IN_FLIGHT, seconds, insert)
        with server("wsgi:app", 8791, real, threads, workers):
            our = drive(8791, CANDIDATES, IN_FLIGHT, seconds, saver(number * 100_000))
        ratios.append(our.per_second / bare.per_second)
        ours.append(our)
        bares.append(bare)
        print(_line(name, our, bare), flush=True)
    if any(figures.failed for figures in [*ours, *bares]):
        raise SystemExit(f"{name}: some requests failed; the figures mean nothing")
    middle = sorted(ours, key=lambda figures: figures.per_second)[rounds // 2]
    return {
        "saves_per_second": round(middle.per_second),
        "bare_per_second": round(median(figures.per_second for figures in bares)),
        "ratio": round(median(ratios), 2),
        "p50_ms": round(middle.p50, 2),
        "p95_ms": round(middle.p95, 2),
        "p99_ms": round(middle.p99, 2),
        "generator_share_of_a_core": round(middle.generator_share, 2),
    }


def _line(name: str, our: Figures, bare: Figures) -> str:
    return (
        f"{name:<11} 保存 {our.per_second:7.0f}/s  p50 {our.p50:6.2f}  p95 {our.p95:6.2f}  p99 {our.p99:6.2f} ms"
        f" | 裸 INSERT {bare.per_second:7.0f}/s | 比值 {our.per_second / bare.per_second:.2f}"
        f" | 发生器占一核的 {our.generator_share:.0%}"
    )


def main() -> None:
    """Measure on SQLite and on PostgreSQL and write the table and the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=6.0)
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="bench"))
    print(
        f"{CANDIDATES} 名考生，同时在途 {IN_FLIGHT}；"
        f"{options.rounds} 轮，每轮 {options.seconds:g} 秒；{os.cpu_count()} 核"
    )
    try:
        found = {
            "sqlite": measure(
                "SQLite", fill_room(home / "sqlite", "", CANDIDATES), home / "sqlite", options.rounds, options.seconds
            )
        }
        with postgres.serve(durable=True) as address:
            url = fill_room(home / "postgresql", address, CANDIDATES)
            found["postgresql"] = measure("PostgreSQL", url, home / "postgresql", options.rounds, options.seconds)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    RESULTS.parent.mkdir(exist_ok=True)
    result = {"save_ratio": {name: figures["ratio"] for name, figures in found.items()}, "saves": found}
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps({**known, **result}, indent=2) + "\n")
    print(f"中位数：{json.dumps(result, ensure_ascii=False)}")


if __name__ == "__main__":
    main()
