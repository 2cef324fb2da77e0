"""benchmarks.chaos.page — a running exam page: its requests (server.js), its clock and what it obeys (page.js)."""

import asyncio
from collections.abc import Callable
from typing import Any

from benchmarks.chaos.ledger import Acknowledged, Answer, HandedIn, Ledger
from benchmarks.chaos.sender import Event, Journal, Outcome, Sender, reconcile
from benchmarks.chaos.wire import Line, Message
from exam_app.base.chance import Rng

SYNC = 15.0
CONFLICTS = {
    "revision_taken": "taken",
    "device_replaced": "replaced",
    "sitting_closed": "closed",
    "too_early": "early",
}


class Requests:
    """The exam's requests with the token of one tab; saves have a connection of their own, as in a browser."""

    def __init__(self, line: Line, ledger: Ledger, facts: dict[str, Any]) -> None:
        self.sitting: int = facts["sitting"]
        self._base = f"/sittings/{self.sitting}"
        self._token = {"X-Sitting-Token": facts["token"]}
        self._saves, self._others = line.another(), line.another()
        self._ledger = ledger

    async def save(self, event: Event, answered: int) -> Outcome:
        """PUT one answer; only a receipt is an acknowledgement."""
        reply = await self._put(self._saves, event, answered)
        receipt = reply.json().get("receipt")
        if reply.status not in (200, 202) or not receipt:
            return _refusal(reply)
        self._ledger.waits.append(asyncio.get_running_loop().time() - event.asked_at)
        is_late = reply.status == 202
        self._ledger.held.append(Acknowledged(self._answer(event), receipt, is_late))
        self._ledger.counts["late" if is_late else "saves"] += 1
        return Outcome("late" if is_late else "saved")

    async def say_last_words(self, events: list[Event]) -> None:
        """Send the same events once more while the page goes away; nobody reads the replies."""
        await asyncio.gather(*(self._put(self._saves.another(), event, 0) for event in events[:6]))

    async def clock(self) -> Outcome:
        """Ask how long is left."""
        reply = await self._others.ask("GET", self._base + "/clock", b"", self._token)
        known = reply.json()
        return Outcome("time", known) if reply.status == 200 and "remainingMs" in known else _refusal(reply)

    async def hand_in(self, events: list[Event]) -> Outcome:
        """Hand in with what is unsent."""
        answers = [_body(event) for event in events]
        reply = await self._others.post_json(self._base + "/hand-in", {"answers": answers}, self._token)
        known = reply.json()
        return Outcome("handed", known) if reply.status == 200 and known.get("code") else _refusal(reply)

    async def tell(self, kind: str) -> None:
        """Report an event of the browser."""
        await self._others.post_json(self._base + "/events", {"kind": kind}, self._token)

    def cut(self) -> None:
        """Drop both connections at once."""
        self._saves.cut()
        self._others.cut()

    def answers(self, events: list[Event]) -> tuple[Answer, ...]:
        """Return events as the ledger names them."""
        return tuple(self._answer(event) for event in events)

    async def _put(self, line: Line, event: Event, answered: int) -> Message:
        body = {**_body(event), "answered": answered}
        return await line.post_json(f"{self._base}/answers/{event.slot}", body, self._token, "PUT")

    def _answer(self, event: Event) -> Answer:
        return Answer(self.sitting, event.slot, event.response, event.revision)


def _body(event: Event) -> dict[str, Any]:
    return {
        "slot": event.slot,
        "response": event.response,
        "revision": event.revision,
        "clientAt": event.client_at,
    }


def _refusal(reply: Message) -> Outcome:
    known = reply.json()
    name = CONFLICTS.get(known.get("code", "")) if reply.status == 409 else None
    if name and (name != "taken" or isinstance(known.get("revision"), int)):
        return Outcome(name, known)
    is_passing = reply.status in (0, 429) or reply.status >= 500 or reply.status < 300
    return Outcome("unreachable" if is_passing else "refused", known)


class Tab:
    """The page from start to its end: responses, sender, clock. `ended` says how it ended: empty while it runs."""

    def __init__(self, requests: Requests, journal: Journal, facts: dict[str, Any], ledger: Ledger, rng: Rng) -> None:
        loop = asyncio.get_running_loop()
        self._ledger, self._rng, self._loop = ledger, rng, loop
        self.requests = requests
        self.questions: list[dict[str, Any]] = facts["questions"]
        self.deadline = loop.time() + facts["remainingMs"] / 1000
        self.grace: float = facts["graceMs"] / 1000
        found = reconcile(facts, journal.events())
        for event in found.settled:
            journal.kept.pop(event.slot, None)
        self.responses = found.responses
        self.sender = Sender(requests, journal, found, rng, self._obey)
        self.ended = ""
        self.end = asyncio.Event()
        self._ticking = loop.create_task(self._tick())

    def answer(self, slot: int, response: str, client_at: float) -> None:
        """Choose an answer."""
        self.responses[slot] = response
        self.sender.answer(slot, response, client_at)

    async def hand_in(self, is_wanted: Callable[[], bool] = lambda: True) -> str:
        """Hand in and return the outcome's name."""
        outcome, events = await self.sender.hand_in(lambda: not self.ended and is_wanted())
        if outcome.name == "handed":
            self._ledger.counts["hand_ins"] += 1
            sent, shown = self.requests.answers(events), {slot: text for slot, text in self.responses.items() if text}
            is_calm = not self.sender.late and not self.ended
            self._ledger.handed.append(HandedIn(self.requests.sitting, outcome.facts["code"], sent, shown, is_calm))
            self._finish("handed")
        elif not self.ended:
            self._obey(outcome)
        return outcome.name

    def kill(self, how: str = "killed") -> None:
        """End without a word: the browser crashed or lost its power."""
        self._finish(how)
        self.requests.cut()

    async def leave(self) -> None:
        """End by a reload, with last words."""
        words = self.sender.in_order()
        self._finish("left")
        await self.requests.say_last_words(words)

    def _finish(self, how: str) -> None:
        self.ended = self.ended or how
        self._ticking.cancel()
        self.sender.stop()
        self.end.set()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(SYNC * self._rng.uniform(0.7, 1.0))
            outcome = await self.requests.clock()
            if outcome.name == "time" and outcome.facts.get("state") == "open":
                self.deadline = self._loop.time() + outcome.facts["remainingMs"] / 1000
                self.sender.wake()
            self._obey(outcome)

    def _obey(self, outcome: Outcome) -> None:
        """Do what the server says about the whole sitting."""
        is_over = outcome.name == "time" and outcome.facts.get("state") != "open"
        if self.ended or not (is_over or outcome.name in ("closed", "replaced")):
            return
        self._finish("replaced" if outcome.name == "replaced" else "closed")
        rest = self._loop.create_task(self.sender.offer_rest())
        rest.add_done_callback(lambda task: task.cancelled() or task.exception())
