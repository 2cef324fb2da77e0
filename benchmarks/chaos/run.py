"""benchmarks.chaos.run — one exam on one database from set-up to verdict."""

import asyncio
import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.chaos import packets
from benchmarks.chaos.browser import Nominee
from benchmarks.chaos.candidate import Candidate, Place
from benchmarks.chaos.cluster import Cluster
from benchmarks.chaos.faults import Blow, Strike, Weather, schedule
from benchmarks.chaos.fill import Hall, fill, ring
from benchmarks.chaos.house import House, free_port
from benchmarks.chaos.judge import Verdict, judge, unfinished
from benchmarks.chaos.ledger import Ledger
from benchmarks.chaos.office import Office
from benchmarks.chaos.proxy import FaultProxy
from benchmarks.chaos.reader import Database
from exam_app.base.chance import rng
from exam_app.base.clock import SystemClock

ROOMS = 6
GRACE, SWEPT_WITHIN, PATIENT = 10.0, 40.0, 60.0


@dataclass(frozen=True)
class Order:
    """What to run: on which database, with how many people, from which seed, for how many seconds of exam."""

    database: str
    candidates: int
    browsers: int
    seed: str
    seconds: float
    target: str = "wsgi:app"


@dataclass(frozen=True)
class Outcome:
    """What came of it."""

    verdict: Verdict
    ledger: Ledger
    faults: Counter[str]
    requests: int

    @property
    def operations(self) -> int:
        """How many operations a candidate holds an answer to: saves, late answers, starts, hand-ins."""
        return sum(self.ledger.counts[name] for name in ("saves", "late", "starts", "hand_ins"))

    def to_document(self) -> dict[str, Any]:
        """Return the report of this database."""
        return {
            "operations": self.operations,
            "requests": self.requests,
            "acknowledgements_checked": len(self.ledger.acknowledgements()),
            "acknowledged_lost": self.verdict.acknowledged_lost,
            "marks_differing": self.verdict.marks_differing,
            "sittings_stuck": self.verdict.sittings_stuck,
            "receipts_false": self.verdict.receipts_false,
            "seals_differing": self.verdict.seals_differing,
            "shown_differing": self.verdict.shown_differing,
            "people": dict(sorted(self.ledger.counts.items())),
            "faults": dict(sorted(self.faults.items())),
        }


def run(order: Order) -> Outcome:
    """Set the exam up in a temporary folder, let everything happen, judge, and leave nothing behind."""
    home = Path(tempfile.mkdtemp(prefix="chaos"))
    cluster = None
    try:
        if order.database == "postgresql":
            cluster = Cluster(home / "postgresql")
            cluster.start()
        instance = home / "instance"
        people = order.candidates + order.browsers
        url = cluster.url if cluster else f"sqlite:///{instance / 'exam.sqlite3'}"
        hall = fill(instance, cluster.url if cluster else "", people, rng(order.seed))
        house = House(instance, url, free_port(), order.target, cluster)
        return asyncio.run(_happen(order, hall, house))
    finally:
        if cluster is not None:
            cluster.close()
        shutil.rmtree(home, ignore_errors=True)


async def _happen(order: Order, hall: Hall, house: House) -> Outcome:
    loop = asyncio.get_running_loop()
    ledger, weather = Ledger(), Weather(rng(f"{order.seed}:weather"))
    proxy = FaultProxy(("127.0.0.1", house.port), weather, ledger.note_wire)
    caretaker: asyncio.Task[None] | None = None
    try:
        await house.open()
        await proxy.open(ROOMS)
        ring(house.instance, house.url, hall, order.seconds)
        ends_at = loop.time() + order.seconds
        caretaker = loop.create_task(house.look_after())
        lasts = ends_at - loop.time() + GRACE
        strikes = schedule(rng(f"{order.seed}:strikes"), lasts, house.cluster is None, ROOMS, packets.can_lose())
        blows = [loop.create_task(_strike(strike, house, proxy, ends_at + GRACE)) for strike in strikes]
        nominees = _browsers(order, hall, proxy, ends_at - loop.time())
        people = _people(order, hall, house, proxy, ledger, ends_at)
        await asyncio.sleep(ends_at + GRACE - loop.time())
        weather.is_bad = False
        await asyncio.gather(*people, *blows)
        await house.open()
        await house.until_healthy()
        for nominee in nominees:
            await asyncio.to_thread(nominee.join, 30.0)
            ledger.counts.update(nominee.counts)
            ledger.broken += [nominee.failure] if nominee.failure else []
        await swept(Database(house.url))
        verdict = judge(Database(house.url), house.instance / "keys", ledger, SystemClock().now())
        return Outcome(verdict, ledger, weather.counts + house.counts, proxy.requests)
    finally:
        if caretaker is not None:
            caretaker.cancel()
        await proxy.close()
        house.close()


def _people(
    order: Order, hall: Hall, house: House, proxy: FaultProxy, ledger: Ledger, ends_at: float
) -> list[asyncio.Task[None]]:
    loop = asyncio.get_running_loop()
    office = Office("127.0.0.1", house.port, hall.exam_id)
    place = Place("127.0.0.1", proxy.ports, office.new_code, ledger)
    entering = min(30.0, (ends_at - loop.time()) / 5)
    people = []
    for number, seat in enumerate(hall.seats[: order.candidates]):
        chance = rng(f"{order.seed}:candidate:{number}")
        person = Candidate(number, seat, place, chance)
        people.append(loop.create_task(person.live(chance.uniform(0, entering), ends_at + GRACE + PATIENT)))
    return people


def _browsers(order: Order, hall: Hall, proxy: FaultProxy, seconds: float) -> list[Nominee]:
    nominees = []
    for number, seat in enumerate(hall.seats[order.candidates :]):
        address = f"http://127.0.0.1:{proxy.ports[number % ROOMS]}"
        nominees.append(Nominee(address, seat, seconds - 8, rng(f"{order.seed}:browser:{number}")))
        nominees[-1].start()
    return nominees


async def _strike(strike: Strike, house: House, proxy: FaultProxy, last: float) -> None:
    await asyncio.sleep(strike.at)
    if strike.blow is Blow.NETWORK:
        house.counts[strike.blow.value] += 1
        await proxy.cut_off(strike.room, strike.seconds)
    elif strike.blow is Blow.PACKETS:
        house.counts[strike.blow.value] += 1
        await packets.lose(strike.seconds)
    else:
        await house.strike(strike.blow, strike.seconds, last)


async def swept(database: Database) -> None:
    """Wait until nobody sits and everything is marked, as long as the sweep may take at most."""
    for _second in range(int(SWEPT_WITHIN)):
        with suppress(Exception):  # the database may just be starting again; the judge reads it without this
            if not await asyncio.to_thread(unfinished, database):
                return
        await asyncio.sleep(1)
