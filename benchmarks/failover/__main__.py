"""benchmarks.failover.__main__ — make failover: machines die under load; nothing is lost and nobody waits for long.

It shows fail-over, not speed: everything runs on one machine. The seed fixes who does what; the timing varies.
"""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks.chaos.candidate import Candidate, Place
from benchmarks.chaos.cluster import Cluster
from benchmarks.chaos.fill import Hall, fill, ring
from benchmarks.chaos.house import free_port
from benchmarks.chaos.judge import Verdict, judge
from benchmarks.chaos.ledger import Ledger
from benchmarks.chaos.office import Office
from benchmarks.chaos.reader import Database
from benchmarks.chaos.run import GRACE, PATIENT, swept
from benchmarks.failover import network
from benchmarks.failover.front import Front, find_nginx
from benchmarks.failover.nodes import PORT, Node, Schedulers
from exam_app.base.chance import rng
from exam_app.base.clock import SystemClock
from exam_app.base.config import ROOT, read_settings

RESULTS = ROOT / "benchmarks" / "results" / "failover.json"
TAKEN_OVER_WITHIN = 10.0
SECONDS = 90.0


@dataclass(frozen=True)
class Machinery:
    """The installation: three nodes behind nginx, two schedulers, one database."""

    nodes: list[Node]
    schedulers: Schedulers
    front: Front
    port: int
    url: str
    instance: Path


def main() -> None:
    """Run, print the table, keep the report; exit 1 unless everything held."""
    options = _options()
    find_nginx()
    if not options.loopback:
        network.step_inside(sys.argv[1:])
    home = Path(tempfile.mkdtemp(prefix="failover"))
    machines = network.machines(3)
    where = "三个网络命名空间" if network.is_inside() else "三个回环地址（没有网络命名空间：断网改为暂停进程）"
    print(f"{options.candidates} 名考生，{where}，nginx 在前，一个 PostgreSQL，两个调度进程 …", flush=True)
    cluster = Cluster(home / "postgresql", network.GATEWAY if network.is_inside() else "")
    try:
        cluster.start()
        hall = fill(home / "instance", cluster.url, options.candidates, rng(options.seed))
        url = f"postgresql://postgres@{network.GATEWAY}:5432/postgres" if network.is_inside() else cluster.url
        report = asyncio.run(_happen(options, hall, home, machines, url))
    finally:
        cluster.close()
        for machine in machines:
            network.remove(machine)
        shutil.rmtree(home, ignore_errors=True)
    _tell(report)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n")
    raise SystemExit(0 if report["holds"] else 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.failover", description=__doc__)
    parser.add_argument("--candidates", type=int, default=300)
    parser.add_argument("--seed", default="2026")
    parser.add_argument("--loopback", action="store_true", help="addresses of the loopback instead of namespaces")
    return parser.parse_args()


async def _happen(
    options: argparse.Namespace, hall: Hall, home: Path, machines: list[network.Machine], url: str
) -> dict[str, Any]:
    loop, ledger = asyncio.get_running_loop(), Ledger()
    house = await _open(home, machines, url)
    try:
        ring(house.instance, house.url, hall, SECONDS)
        ends_at = loop.time() + SECONDS
        office = Office("127.0.0.1", house.port, hall.exam_id)
        place = Place("127.0.0.1", [house.port], office.new_code, ledger, 0.5, many_addresses=True)
        people = []
        for number, seat in enumerate(hall.seats):
            chance = rng(f"{options.seed}:candidate:{number}")
            person = Candidate(number, seat, place, chance)
            people.append(loop.create_task(person.live(chance.uniform(0, 15), ends_at + GRACE + PATIENT)))
        take_overs = await _strike(house)
        await asyncio.gather(*people)
        await swept(Database(house.url))
        verdict = judge(Database(house.url), house.instance / "keys", ledger, SystemClock().now())
        return _report(options, house, ledger, verdict, take_overs)
    finally:
        house.front.close()
        house.schedulers.close()
        for node in house.nodes:
            node.service.kill()


async def _open(home: Path, machines: list[network.Machine], url: str) -> Machinery:
    instance, port = home / "instance", free_port()
    environ = {"EXAM_INSTANCE": str(instance), "DATABASE_URL": url, "EXAM_PROXIES": "1"}
    environ["EXAM_PUBLIC_URL"] = f"http://127.0.0.1:{port}"
    plain = read_settings({"DATABASE_URL": url}).database_url
    nodes = [Node(machine, environ, home / f"{machine.name}.log") for machine in machines]
    schedulers = Schedulers(environ, home, Database(plain))
    await asyncio.gather(*(node.open() for node in nodes), schedulers.open())
    front = Front(home / "nginx", port, [(machine, PORT) for machine in machines])
    return Machinery(nodes, schedulers, front, port, plain, instance)


async def _strike(house: Machinery) -> list[float]:
    """Let the machines die in turn while people answer; return how long each take-over of the lease took."""
    one, two, three = house.nodes
    take_overs = []
    await asyncio.sleep(12)
    await one.lose_power(6)
    await asyncio.sleep(3)
    await two.lose_cable(10)
    take_overs.append(await house.schedulers.kill_leader())
    await three.lose_power(6)
    await one.lose_cable(8)
    take_overs.append(await house.schedulers.kill_leader())
    await asyncio.gather(two.lose_power(5), three.lose_cable(5))
    return take_overs


def _report(
    options: argparse.Namespace, house: Machinery, ledger: Ledger, verdict: Verdict, take_overs: list[float]
) -> dict[str, Any]:
    served = {node.machine.name: house.front.served()[f"{node.machine.address}:{PORT}"] for node in house.nodes}
    slowest = max(take_overs)
    is_fast = slowest <= TAKEN_OVER_WITHIN
    return {
        "holds": verdict.is_clean and is_fast and all(served.values()) and not ledger.broken,
        "namespaces": network.is_inside(),
        "candidates": options.candidates,
        "seed": options.seed,
        "operations": sum(ledger.counts[name] for name in ("saves", "late", "starts", "hand_ins")),
        "acknowledged_lost": verdict.acknowledged_lost,
        "marks_differing": verdict.marks_differing,
        "sittings_stuck": verdict.sittings_stuck,
        "longest_wait_s": round(max(ledger.waits, default=0.0), 2),
        "wait_p99_s": round(quantiles(ledger.waits, n=100)[98], 2) if len(ledger.waits) > 1 else 0.0,
        "lease_taken_over_s": [round(seconds, 2) for seconds in take_overs],
        "served": served,
        "passed_over": house.front.passed_over(),
        "people": dict(sorted(ledger.counts.items())),
        "found": [*verdict.named, *ledger.broken],
    }


def _tell(report: dict[str, Any]) -> None:
    rows = (
        ("考生得到答复的操作", report["operations"]),
        ("已确认而丢失的答案", report["acknowledged_lost"]),
        ("与独立评分不同的得分", report["marks_differing"]),
        ("卡住的考试", report["sittings_stuck"]),
        ("等回执最久（秒）", report["longest_wait_s"]),
        ("等回执 p99（秒）", report["wait_p99_s"]),
        ("调度接替用时（秒）", "、".join(map(str, report["lease_taken_over_s"]))),
        ("各节点答复次数", "，".join(f"{name} {count}" for name, count in report["served"].items())),
        ("换到另一节点的请求", report["passed_over"]),
        ("结论", "成立" if report["holds"] else "不成立"),
    )
    for label, value in rows:
        print(f"  {label:<12}{value:>12}")
    for line in report["found"]:
        print(f"  ! {line}")


if __name__ == "__main__":
    main()
