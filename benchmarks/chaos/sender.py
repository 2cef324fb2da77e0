"""benchmarks.chaos.sender — the exam page's journal, resume and sender once more in Python, rule by rule."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from exam_app.base.chance import Rng

FIRST_REST, LONGEST_REST = 1.0, 15.0


@dataclass(frozen=True)
class Event:
    """An unsent answer; `base` is the newest revision known when it was given, `tried` the answers it replaced."""

    slot: int
    response: str
    revision: int
    client_at: float
    base: int
    tried: tuple[str, ...] = ()
    asked_at: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """One plain outcome of a request, as server.js names them."""

    name: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass
class Journal:
    """What one computer remembers of one sitting; shared by its tabs, outlives them."""

    kept: dict[int, Event] = field(default_factory=dict)

    def keep(self, event: Event) -> None:
        """Remember the newest answer to a question."""
        self.kept[event.slot] = event

    def acknowledge(self, event: Event) -> None:
        """Forget an event; one that was overtaken leaves the newer one in place."""
        if event.slot in self.kept and self.kept[event.slot].revision == event.revision:
            del self.kept[event.slot]

    def events(self) -> list[Event]:
        """Return what is unsent in order."""
        return sorted(self.kept.values(), key=lambda event: event.revision)


@dataclass
class Found:
    """What resuming came to."""

    responses: dict[int, str]
    revision: int
    unsent: list[Event] = field(default_factory=list)
    settled: list[Event] = field(default_factory=list)


def reconcile(facts: dict[str, Any], events: list[Event]) -> Found:
    """Join what the server holds with what this computer has not sent yet (resume.js)."""
    answers = {int(slot): answer for slot, answer in facts["answers"].items()}
    found = Found({slot: answer["response"] for slot, answer in answers.items()}, facts["revision"])
    for event in events:
        stored = answers.get(event.slot)
        is_newer = stored is not None and stored["revision"] > event.base
        if stored is not None and is_newer and stored["response"] not in set(event.tried) - {event.response}:
            found.settled.append(event)  # arrived, or disputed: an answer from another computer stands
            continue
        found.revision = max(event.revision, found.revision + 1)
        found.unsent.append(replace(event, revision=found.revision))
        found.responses[event.slot] = event.response
    return found


class Backend(Protocol):
    """The requests of the exam page that the sender makes."""

    async def save(self, event: Event, answered: int) -> Outcome:
        """PUT one answer."""

    async def hand_in(self, events: list[Event]) -> Outcome:
        """Hand in with what is unsent."""


class Sender:
    """One queue of answers to the server: in order, one at a time, until acknowledged (sender.js)."""

    def __init__(
        self,
        backend: Backend,
        journal: Journal,
        found: Found,
        rng: Rng,
        on_verdict: Callable[[Outcome], None],
    ) -> None:
        self._backend, self._journal, self._rng, self._on_verdict = backend, journal, rng, on_verdict
        self.acknowledged = self._revision = found.revision
        self.pending: dict[int, Event] = {}
        self.late = 0
        self._failures = 0
        self._held = False
        self._wake = asyncio.Event()
        self._pumping: asyncio.Task[None] | None = None
        for event in found.unsent:
            self._keep(event)
        self._pump()

    def answer(self, slot: int, response: str, client_at: float) -> None:
        """Take an answer of the person."""
        earlier = self.pending.get(slot)
        self._revision += 1
        base = earlier.base if earlier else self.acknowledged
        tried = tuple(dict.fromkeys([*earlier.tried, earlier.response])) if earlier else ()
        self._keep(Event(slot, response, self._revision, client_at, base, tried, asyncio.get_running_loop().time()))
        self._pump()

    def wake(self) -> None:
        """Stop resting: the network may be back."""
        self._wake.set()
        self._pump()

    def stop(self) -> None:
        """Send nothing more by oneself."""
        self._held = True
        self._wake.set()

    def in_order(self) -> list[Event]:
        """Return what is unsent by revision."""
        return sorted(self.pending.values(), key=lambda event: event.revision)

    async def hand_in(self, is_wanted: Callable[[], bool]) -> tuple[Outcome, list[Event]]:
        """Hand in with whatever is unsent; return also what travelled with the hand-in that was answered."""
        self.stop()
        failures = 0
        while True:
            events = self.in_order()
            outcome = await self._backend.hand_in(events)
            if outcome.name == "taken":
                self._renumber(outcome.facts["revision"])
            elif outcome.name == "unreachable":
                failures += 1
                await self._rest(failures)
                if not is_wanted():
                    return self._release(Outcome("dropped")), []
            elif outcome.name in ("early", "refused"):
                return self._release(outcome), []
            else:
                if outcome.name == "handed":
                    self.pending.clear()
                    self._journal.kept.clear()
                return outcome, events

    async def offer_rest(self) -> None:
        """After the end: offer each unsent answer once, so that the office can see that it exists."""
        self.stop()
        for event in self.in_order():
            outcome = await self._backend.save(event, 0)
            if outcome.name in ("saved", "late"):
                self._acknowledge(event, outcome)

    def _release(self, outcome: Outcome) -> Outcome:
        self._held = False
        self._pump()
        return outcome

    def _keep(self, event: Event) -> None:
        self.pending[event.slot] = event
        self._journal.keep(event)

    def _pump(self) -> None:
        if not self._held and self.pending and (self._pumping is None or self._pumping.done()):
            self._pumping = asyncio.ensure_future(self._send())

    async def _send(self) -> None:
        shunned: set[int] = set()
        while not self._held and self.pending:
            queue = self.in_order()
            event = next((waiting for waiting in queue if waiting.slot not in shunned), queue[0])
            outcome = await self._backend.save(event, len(self.pending))
            self._take(event, outcome)
            if outcome.name == "refused":
                shunned.add(event.slot)
            is_stuck = outcome.name == "unreachable" or all(waiting.slot in shunned for waiting in queue)
            if is_stuck and not self._held:
                shunned.clear()
                await self._rest(self._failures)

    def _take(self, event: Event, outcome: Outcome) -> None:
        if outcome.name in ("saved", "late"):
            self._acknowledge(event, outcome)
        elif outcome.name == "taken":
            self._renumber(outcome.facts["revision"])
        elif outcome.name in ("replaced", "closed"):
            self._held = True
        else:
            self._failures += 1
        if outcome.name in ("late", "replaced", "closed"):
            self._on_verdict(outcome)

    def _acknowledge(self, event: Event, outcome: Outcome) -> None:
        waiting = self.pending.get(event.slot)
        if waiting is not None and waiting.revision == event.revision:
            del self.pending[event.slot]
        self._journal.acknowledge(event)
        self.acknowledged = max(self.acknowledged, event.revision)
        self.late += outcome.name == "late"
        self._failures = 0

    def _renumber(self, taken: int) -> None:
        queue = self.in_order()
        taken = max(taken, queue[0].revision if queue else 0)
        self._revision = max(self._revision, taken)
        for event in queue:
            if event.revision <= taken:
                self._revision += 1
                self._keep(replace(event, revision=self._revision))

    async def _rest(self, failures: int) -> None:
        self._wake.clear()
        longest = min(LONGEST_REST, FIRST_REST * 2.0 ** (min(failures, 10) - 1))
        try:
            await asyncio.wait_for(self._wake.wait(), longest * self._rng.uniform(0.6, 1.0))
        except TimeoutError:
            return
