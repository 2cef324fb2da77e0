"""benchmarks.chaos.faults — what goes wrong when, drawn from the seed: strikes on machines, weather in the network."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from exam_app.base.chance import Rng


class Mishap(StrEnum):
    """What the network does to one request."""

    NONE = "none"
    DROP_REQUEST = "request_dropped"
    DROP_REPLY = "reply_dropped"
    DELAY = "delayed"
    HOLD = "held_past_patience"
    REPEAT = "repeated"
    STALE = "stale_copy_later"
    REORDER = "overtaken"
    CUT_REQUEST = "cut_in_request"
    CUT_REPLY = "cut_in_reply"
    PORTAL = "strange_page"
    BAD_GATEWAY = "bad_gateway"


CHANCES: tuple[tuple[Mishap, float], ...] = (
    (Mishap.DROP_REQUEST, 0.03),
    (Mishap.DROP_REPLY, 0.04),
    (Mishap.DELAY, 0.05),
    (Mishap.HOLD, 0.008),
    (Mishap.REPEAT, 0.04),
    (Mishap.STALE, 0.03),
    (Mishap.REORDER, 0.03),
    (Mishap.CUT_REQUEST, 0.01),
    (Mishap.CUT_REPLY, 0.02),
    (Mishap.PORTAL, 0.008),
    (Mishap.BAD_GATEWAY, 0.008),
)


class Blow(StrEnum):
    """What is done to a machine or to the cable of a room."""

    WORKER = "web_worker_killed"
    SERVER = "server_killed"
    SCHEDULER = "scheduler_killed"
    DATABASE = "postgresql_killed"
    DATABASE_STOP = "postgresql_stopped_at_once"
    NETWORK = "room_cut_off"
    PACKETS = "packets_lost"


@dataclass(frozen=True)
class Strike:
    """One blow: when, for how long, and for a cable which room's."""

    at: float
    blow: Blow
    seconds: float
    room: int = 0


class Weather:
    """Draws a mishap for each request while it is bad; calm at the end."""

    def __init__(self, rng: Rng) -> None:
        self.rng = rng
        self.is_bad = True
        self.counts: Counter[str] = Counter()

    def next(self) -> Mishap:
        """Return what happens to this request."""
        draw = self.rng.random()
        for mishap, chance in CHANCES if self.is_bad else ():
            draw -= chance
            if draw < 0:
                self.counts[mishap.value] += 1
                return mishap
        return Mishap.NONE


def schedule(rng: Rng, seconds: float, is_sqlite: bool, rooms: int, loses_packets: bool = False) -> list[Strike]:
    """Return the blows of a run in order; the first comes early, so that a short run has them too."""
    strikes = _on_machines(rng, seconds, is_sqlite) + _on_rooms(rng, seconds, rooms)
    if loses_packets:
        strikes += _on_packets(rng, seconds)
    return sorted(strikes, key=lambda strike: strike.at)


def _on_machines(rng: Rng, seconds: float, is_sqlite: bool) -> list[Strike]:
    machines = [Blow.WORKER, Blow.SERVER]
    if not is_sqlite:
        machines = [Blow.WORKER, Blow.WORKER, Blow.SERVER, Blow.SCHEDULER, Blow.DATABASE, Blow.DATABASE_STOP]
    strikes: list[Strike] = []
    at, turn = 5.0, 0
    while at < seconds:
        blow = machines[turn] if turn < len(machines) else rng.choice(machines)
        strikes.append(Strike(at, blow, rng.uniform(0.3, 4.0)))
        at, turn = at + rng.uniform(5.0, 11.0), turn + 1
    return strikes


def _on_rooms(rng: Rng, seconds: float, rooms: int) -> list[Strike]:
    strikes: list[Strike] = []
    at = 0.2 * seconds
    while at < seconds:
        longest = min(max(8.0, seconds / 5), 150.0)
        strikes.append(Strike(at, Blow.NETWORK, min(rng.uniform(3.0, longest), seconds - at), rng.randrange(rooms)))
        at += rng.uniform(8.0, 20.0)
    return strikes


def _on_packets(rng: Rng, seconds: float) -> list[Strike]:
    """Never two at once: each ends before the next may begin."""
    strikes: list[Strike] = []
    at = 0.3 * seconds
    while at < seconds:
        strikes.append(Strike(at, Blow.PACKETS, rng.uniform(3.0, 8.0)))
        at += rng.uniform(12.0, 25.0)
    return strikes
