"""benchmarks.__main__ — make bench: every figure by one command, one table, one file; short or long."""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks import bell, certificates, growth, ladder, machine, report, saves, storms
from benchmarks.servers import ROOT, Plan
from benchmarks.stage import POSTGRESQL, SQLITE, Order, scratch, stages
from benchmarks.wire import allow_files
from exam_app.cli.server import SQLITE_THREADS, THREADS

Measure = Callable[[Order], dict[str, Any]]
FIGURES: Mapping[str, Measure] = {
    "saves": saves.measure,
    "slow": saves.measure_slow_flush,
    "storm": storms.measure,
    "bell": bell.measure,
    "ladder": ladder.measure,
    "growth": growth.measure,
    "certificates": certificates.measure,
}
OFFICE = ("pages", "intake", "documents")
"""The figures of the office's pages, commands of their own; part of the long form."""
SHORT, LONG = (3, 1.5), (5, 10.0)


def main() -> None:
    """Measure what was asked for; exit 1 where requests failed, for figures with failures mean nothing."""
    options = _options()
    allow_files()
    signal.signal(signal.SIGTERM, _interrupt)  # or servers and folders would be left behind
    home = Path(tempfile.mkdtemp(prefix="bench-", dir=scratch()))
    home.chmod(0o755)  # PostgreSQL of the tests may run as another user
    os.environ.setdefault("EXAM_PG_HOME", str(home))
    began = time.monotonic()
    try:
        figures, faults = _measure(options, home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    figures["seconds"] = round(time.monotonic() - began)
    figures["faults"] = faults
    report.keep(figures, faults)
    print(
        f"\n{report.table(figures, faults)}\n\n用时 {figures['seconds']} 秒，结果在 {report.RESULTS.relative_to(ROOT)}"
    )
    for name, fault in faults.items():
        print(f"失败：{name}：{fault}")
    late = [name for name in OFFICE if options.long and _office(name)]
    raise SystemExit(bool(faults or late))


def _interrupt(*_signal: object) -> None:
    raise KeyboardInterrupt


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--long", action="store_true", help="longer windows, more rounds, both databases everywhere")
    parser.add_argument("--only", default=",".join(FIGURES), help=f"of {', '.join(FIGURES)}; comma between")
    parser.add_argument("--on", default=f"{SQLITE},{POSTGRESQL}", help="databases; comma between")
    parser.add_argument("--rounds", type=int, help="rounds of which the median counts")
    parser.add_argument("--seconds", type=float, help="seconds of one round of saves")
    parser.add_argument("--sqlite", default=f"1x{SQLITE_THREADS}x64", help="processes x threads x requests in flight")
    parser.add_argument("--postgresql", default=f"2x{THREADS}x32", help="processes x threads x requests in flight")
    options = parser.parse_args()
    options.only = options.only.split(",")
    unknown = [name for name in options.only if name not in FIGURES]
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}")
    return options


def _measure(options: argparse.Namespace, home: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """Measure one figure after the other; one that fails is named and does not stop the rest."""
    rounds, seconds = LONG if options.long else SHORT
    plans = {SQLITE: Plan.read(options.sqlite), POSTGRESQL: Plan.read(options.postgresql)}
    figures: dict[str, Any] = {}
    faults: dict[str, str] = {}
    with stages(home, tuple(options.on.split(","))) as built:
        order = Order(built, plans, options.rounds or rounds, options.seconds or seconds, options.long)
        figures["machine"] = machine.facts(order, home)
        print(_facts(figures["machine"]), flush=True)
        for name in options.only:
            began = time.monotonic()
            print(f"\n── {name}", flush=True)
            try:
                figures |= FIGURES[name](order)
            except SystemExit as fault:
                faults[name] = str(fault)
                print(fault, flush=True)
            except Exception as fault:
                faults[name] = f"{type(fault).__name__}: {fault}"
                print(faults[name], flush=True)
            print(f"   （{time.monotonic() - began:.0f} 秒）", flush=True)
    return figures, faults


def _facts(known: Mapping[str, Any]) -> str:
    databases = "，".join(f"{name} {version}" for name, version in known["databases"].items())
    return (
        f"{known['cores']} 核 {known['cpu']}，{known['memory_mb']} MB，{known['system']}，Python {known['python']}，"
        f"{databases}；一次刷盘 {known['fdatasync_ms']} ms；每进程可开 {known['open_files']} 个连接；"
        f"开始前负载 {known['load_before']}（发生器与服务器同用这些核）"
    )


def _office(name: str) -> bool:
    """Run one of the office's benches; return whether it missed its bound."""
    print(f"\n── {name}", flush=True)
    return subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], cwd=ROOT, check=False).returncode != 0


if __name__ == "__main__":
    main()
