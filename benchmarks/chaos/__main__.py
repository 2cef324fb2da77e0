"""benchmarks.chaos.__main__ — make chaos: runs the exam on each database and exits 1 unless nothing was lost.

The seed fixes who does what and which blow falls when; how the pieces interleave still depends on the machine.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from benchmarks.chaos.browser import find_chromium
from benchmarks.chaos.packets import enter_own_network
from benchmarks.chaos.run import Order, Outcome, run
from exam_app.base.clock import stopwatch
from exam_app.base.config import ROOT

RESULTS = ROOT / "benchmarks" / "results" / "chaos.json"
SETTING_UP = 50.0
"""Seconds of each database's share that go into setting up, the grace, the sweep and judging."""
LEAST_SECONDS = 12.0
SUMS = ("operations", "acknowledged_lost", "marks_differing", "sittings_stuck")
ROWS = (
    ("operations", "考生得到答复的操作"),
    ("requests", "经过故障代理的请求"),
    ("acknowledgements_checked", "核对的保存回执"),
    ("acknowledged_lost", "已确认而丢失的答案"),
    ("marks_differing", "与独立评分不同的得分"),
    ("sittings_stuck", "卡住的考试"),
    ("receipts_false", "验不过的回执"),
    ("seals_differing", "对不上的封存号"),
    ("shown_differing", "与考生屏幕不同的答卷"),
)


def main() -> None:
    """Run, print the table, keep the report."""
    options = _options()
    enter_own_network()
    names = ("sqlite", "postgresql") if options.database == "both" else (options.database,)
    seconds = max(LEAST_SECONDS, options.minutes * 60 / len(names) - SETTING_UP)
    target = "benchmarks.chaos.planted:app" if options.planted else "wsgi:app"
    if options.browsers:
        find_chromium()
    found: dict[str, Outcome] = {}
    for name in names:
        began = stopwatch()
        print(f"{name}：{options.candidates} 名考生，考试 {seconds:.0f} 秒，种子 {options.seed} …", flush=True)
        order = Order(name, options.candidates, options.browsers, options.seed, seconds, target)
        found[name] = run(order)
        _tell(name, found[name], stopwatch() - began)
    _keep(options, {name: outcome.to_document() for name, outcome in found.items()})
    broken = [line for outcome in found.values() for line in outcome.ledger.broken]
    raise SystemExit(1 if broken or not all(outcome.verdict.is_clean for outcome in found.values()) else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=4.0, help="for everything together, set-up included")
    parser.add_argument("--candidates", type=int, default=300)
    parser.add_argument("--browsers", type=int, default=1)
    parser.add_argument("--seed", default="2026")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--planted", action="store_true", help="a server that acknowledges before it commits")
    parser.add_argument("--report", type=Path, default=RESULTS)
    return parser.parse_args()


def _tell(name: str, outcome: Outcome, seconds: float) -> None:
    document = outcome.to_document()
    print(f"\n{name}（{seconds:.0f} 秒）")
    for key, label in ROWS:
        print(f"  {label:<14}{document[key]:>10}")
    print("  故障：" + "，".join(f"{kind} {count}" for kind, count in document["faults"].items()))
    print("  考生：" + "，".join(f"{kind} {count}" for kind, count in document["people"].items()))
    for line in [*outcome.verdict.named, *outcome.ledger.broken]:
        print(f"  ! {line}")
    print(flush=True)


def _keep(options: argparse.Namespace, found: dict[str, dict[str, Any]]) -> None:
    """Write the report; a planted fault is no result of the product and goes nowhere by itself."""
    if options.planted and options.report == RESULTS:
        return
    report: dict[str, Any] = {key: sum(document[key] for document in found.values()) for key in SUMS}
    report |= {"seed": options.seed, "minutes": options.minutes, "candidates": options.candidates}
    report |= {"browsers": options.browsers, "databases": found}
    options.report.parent.mkdir(exist_ok=True, parents=True)
    options.report.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
