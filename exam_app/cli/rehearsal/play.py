"""cli.rehearsal.play — lets simulated candidates sit: sign in one after the other, start together, answer, hand in."""

import asyncio
import socket
import ssl
from collections.abc import Iterable
from dataclasses import dataclass, field

from exam_app.base import chance
from exam_app.base.clock import stopwatch
from exam_app.cli.rehearsal.candidate import Candidate, Refused
from exam_app.cli.rehearsal.connection import Unreachable

PAUSE = (5.0, 15.0)
CLOCK_EVERY = 15.0
HAND_IN_SPREAD = 10.0
OVERTIME = 60.0
LETTERS = "ABCD"
PEOPLE_AT_ONE_ADDRESS = 40
"""A seat is opened from everybody's own machine; one address for all would meet the limit against guessing."""


@dataclass(frozen=True)
class Plan:
    """When things happen, in seconds from the first sign-in: the bell, and when hands go down."""

    bell: float
    end: float


@dataclass
class Play:
    """Who sat, and what went wrong with whom."""

    candidates: list[Candidate]
    troubles: list[str] = field(default_factory=list)


def play(port: int, slips: Iterable[tuple[str, str]], plan: Plan, tls: ssl.SSLContext | None = None) -> Play:
    """Play the exam to its end."""
    sources = _Addresses()
    candidates = [
        Candidate("127.0.0.1", port, number, code, source=sources(index), tls=tls)
        for index, (number, code) in enumerate(slips)
    ]
    played = Play(candidates)
    asyncio.run(_all(played, plan))
    return played


async def _all(played: Play, plan: Plan) -> None:
    began = stopwatch()
    share = plan.bell * 0.7 / max(1, len(played.candidates))
    await asyncio.gather(
        *(_one(played, candidate, plan, began, number * share) for number, candidate in enumerate(played.candidates))
    )


async def _one(played: Play, candidate: Candidate, plan: Plan, began: float, comes_after: float) -> None:
    """Let one candidate sit; whatever stops them is a trouble of the rehearsal, and the others go on."""
    try:
        await asyncio.wait_for(_sit(candidate, plan, began, comes_after), plan.end + OVERTIME)
    except (Refused, Unreachable, TimeoutError) as trouble:
        played.troubles.append(str(trouble) or type(trouble).__name__)
    finally:
        candidate.close()


async def _sit(candidate: Candidate, plan: Plan, began: float, comes_after: float) -> None:
    rng = chance.rng(candidate.number)
    await asyncio.sleep(comes_after)
    await candidate.open_seat()
    await candidate.check_in()
    await candidate.wait_for_bell()
    await candidate.start()
    end = plan.end - rng.random() * min(HAND_IN_SPREAD, plan.end / 10)
    asked = stopwatch()
    await asyncio.sleep(rng.random() * PAUSE[0])
    while stopwatch() - began < end:
        await candidate.save(rng.choice(candidate.slots), rng.choice(LETTERS[:2]))
        if stopwatch() - asked > CLOCK_EVERY:
            asked = stopwatch()
            await candidate.clock()
        await asyncio.sleep(min(rng.uniform(*PAUSE), max(0.0, end - (stopwatch() - began))))
    await candidate.hand_in()


class _Addresses:
    """Gives each few candidates a loopback address of their own, where the machine has more than one."""

    def __init__(self) -> None:
        try:
            with socket.socket() as probe:
                probe.bind(("127.0.0.2", 0))
            self._has_many = True
        except OSError:
            self._has_many = False

    def __call__(self, index: int) -> str:
        number = index // PEOPLE_AT_ONE_ADDRESS + 2
        return f"127.0.{number // 250}.{number % 250 + 1}" if self._has_many else ""
