"""cli.rehearsal.candidate — a candidate as the server sees one: the requests of the real pages in their order.

The pages' own protocol is kept: cookies and form tokens, files on a first visit, the device's token in a header, one
queue of answers sent in order until acknowledged, rests that grow, new revisions where one is taken. What a server
acknowledged stays in `acknowledged`, to be compared with what the database holds.
"""

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from exam_app.base import chance
from exam_app.base.clock import SystemClock
from exam_app.cli.rehearsal.browser import Browser
from exam_app.cli.rehearsal.connection import PATIENCE_SECONDS, Connection, Reply, Timing, Unreachable

FIRST_REST, LONGEST_REST, POLL_EVERY = 1.0, 15.0, 3.0
JSON = {"Content-Type": "application/json"}
OK, LATE, FOUND, CONFLICT, TOO_OFTEN, BROKEN = 200, 202, 302, 409, 429, 500


class Refused(RuntimeError):
    """The server said no to something that the candidate cannot go on without; `reply` is what it said."""

    def __init__(self, step: str, reply: Reply) -> None:
        self.step, self.reply = step, reply
        super().__init__(f"{step}: {reply.status} {reply.json().get('code', '')}")


@dataclass(frozen=True)
class Event:
    """One answer on its way: as the page keeps it until it is acknowledged."""

    slot: int
    response: str
    revision: int
    sent_at: datetime


@dataclass(frozen=True)
class Acknowledged:
    """One answer that the server said it has; `receipt` is empty where it came with the hand-in."""

    slot: int
    response: str
    revision: int
    receipt: str
    sent_at: datetime
    acknowledged_at: datetime
    saved_at: str
    is_late: bool = False


@dataclass
class Candidate:
    """One simulated candidate; `number` and `code` are what stands on the admission slip."""

    host: str
    port: int
    number: str
    code: str
    source: str = ""
    tls: ssl.SSLContext | None = None
    has_files: bool = True
    patience: float = PATIENCE_SECONDS
    sitting: int = 0
    token: str = ""
    paper: Mapping[str, Any] = field(default_factory=dict)
    remaining_ms: int = 0
    receipt_code: str = ""
    verdict: str = ""
    """Why the page would send nothing more: device_replaced, sitting_closed; empty while it may."""
    acknowledged: list[Acknowledged] = field(default_factory=list)
    timings: list[Timing] = field(default_factory=list)
    _pending: dict[int, Event] = field(default_factory=dict)
    _answers: dict[int, str] = field(default_factory=dict)
    _revision: int = 0
    _sending: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        connection = Connection(
            self.host, self.port, self.source, self.tls, self.timings.append, patience=self.patience
        )
        self._browser = Browser(connection, self.has_files)
        self._rng = chance.rng(self.number)

    @property
    def unsent(self) -> list[Event]:
        """What the server has not acknowledged yet, in order."""
        return sorted(self._pending.values(), key=lambda event: event.revision)

    @property
    def slots(self) -> list[int]:
        """The numbers of the questions, once the paper is here."""
        return [question["slot"] for question in self.paper.get("questions", ())]

    async def open_seat(self) -> None:
        """Open the page of the seat with its files, type number and code, and arrive at the candidate's own page."""
        await self._again(lambda: self._browser.page("/seat"))
        fields = {"admission_number": self.number, "code": self.code}
        reply = await self._again(lambda: self._browser.post("sign_in", "/seat", fields))
        if reply.status != FOUND:
            raise Refused("sign_in", reply)
        await self._again(lambda: self._browser.page("/my"))

    async def check_in(self) -> None:
        """Confirm the discipline."""
        reply = await self._again(lambda: self._browser.post("check_in", "/my/check-in", {"agreed": "y"}))
        if reply.status != FOUND:
            raise Refused("check_in", reply)
        await self._again(lambda: self._browser.page("/my"))

    async def wait_for_bell(self, every: float = POLL_EVERY) -> None:
        """Wait as the candidate's own page does: it asks every few seconds, and hears nothing until it may begin."""
        while (await self._again(lambda: self._browser.fragment("/my?watch=waiting"))).status != OK:
            await asyncio.sleep(every)

    async def start(self) -> None:
        """Open the exam page and start, or resume; an unreachable server is asked again, as the page does."""
        await self._again(lambda: self._browser.page("/my/sitting"))
        reply = await self._again(lambda: self._browser.ask("start", "/my/sitting/start"))
        facts = reply.json()
        if reply.status != OK or "token" not in facts:
            raise Refused("start", reply)
        self.sitting, self.token, self.paper = facts["sitting"], facts["token"], facts
        self.remaining_ms, self.verdict = facts["remainingMs"], ""
        self._join(facts)

    async def save(self, slot: int, response: str) -> Acknowledged | None:
        """Choose an answer and send whatever is unsent until it is acknowledged; None where the page must give up."""
        self._revision += 1
        event = Event(slot, response, self._revision, SystemClock().now())
        self._pending[slot] = event
        self._answers[slot] = response
        await self.send()
        return next(
            (one for one in reversed(self.acknowledged) if one.slot == slot and one.sent_at == event.sent_at), None
        )

    async def send(self) -> None:
        """Send the queue in order, one at a time; rest and try again while the server cannot be reached."""
        async with self._sending:
            failures = 0
            while self._pending and not self.verdict:
                if await self._offer(self.unsent[0]):
                    failures = 0
                else:
                    failures += 1
                    await self._rest(failures)

    async def clock(self) -> int | None:
        """Ask how long is left, in milliseconds; None when no answer came. The page asks every 15 s."""
        try:
            reply = await self._device("clock", "GET", "/clock")
        except Unreachable:
            return None
        if reply.status == OK:
            self.remaining_ms = int(reply.json().get("remainingMs", 0))
            return self.remaining_ms
        self._heed(reply)
        return None

    async def hand_in(self) -> str:
        """Hand in with whatever is unsent, again and again until it is taken; return the code of the receipt."""
        async with self._sending:
            failures = 0
            while not self.receipt_code:
                events = self.unsent
                body = json.dumps({"answers": [_body(event) for event in events]}).encode()
                reply = await self._try("hand_in", "POST", "/hand-in", body)
                if reply is not None and reply.status == OK:
                    self._handed(events, reply)
                elif reply is None or not self._renumbered(reply):
                    if reply is not None and not _is_passing(reply):
                        raise Refused("hand_in", reply)
                    failures += 1
                    await self._rest(failures)
        return self.receipt_code

    def close(self) -> None:
        """Close the browser."""
        self._browser.connection.close()

    def _handed(self, events: list[Event], reply: Reply) -> None:
        self.receipt_code = str(reply.json().get("code", ""))
        for event in events:
            self._note(event, {}, is_late=False)

    async def _offer(self, event: Event) -> bool:
        """Offer one answer; whether the queue may go on at once."""
        body = json.dumps({**_body(event), "answered": sum(map(bool, self._answers.values()))}).encode()
        reply = await self._try("save", "PUT", f"/answers/{event.slot}", body)
        if reply is None:
            return False
        said = reply.json()
        if reply.status in (OK, LATE) and said.get("receipt"):
            self._note(event, said, is_late=reply.status == LATE)
            return True
        return self._renumbered(reply) or self._heed(reply)

    def _note(self, event: Event, said: Mapping[str, Any], *, is_late: bool) -> None:
        now, receipt, saved_at = SystemClock().now(), str(said.get("receipt", "")), str(said.get("savedAt", ""))
        self.acknowledged.append(
            Acknowledged(event.slot, event.response, event.revision, receipt, event.sent_at, now, saved_at, is_late)
        )
        if self._pending.get(event.slot) == event:
            del self._pending[event.slot]

    def _heed(self, reply: Reply) -> bool:
        """Note a verdict about the whole sitting; False: nothing of the kind, try later."""
        code = str(reply.json().get("code", ""))
        if reply.status == CONFLICT and code in ("device_replaced", "sitting_closed"):
            self.verdict = code
        return bool(self.verdict)

    def _renumbered(self, reply: Reply) -> bool:
        """Give new revisions, in the old order, to whatever stands below one that another answer owns."""
        said = reply.json()
        if (
            reply.status != CONFLICT
            or said.get("code") != "revision_taken"
            or not isinstance(said.get("revision"), int)
        ):
            return False
        self._raise_above(max(said["revision"], self.unsent[0].revision if self._pending else 0))
        return True

    def _raise_above(self, taken: int) -> None:
        self._revision = max(self._revision, taken)
        for event in [event for event in self.unsent if event.revision <= taken]:
            self._revision += 1
            self._pending[event.slot] = Event(event.slot, event.response, self._revision, event.sent_at)

    def _join(self, facts: Mapping[str, Any]) -> None:
        """Join what the server holds with what was not acknowledged; what arrived without a reply is not sent twice."""
        answers: Mapping[str, Any] = facts["answers"]
        for event in self.unsent:
            stored = answers.get(str(event.slot))
            if stored and stored["revision"] >= event.revision and stored["response"] == event.response:
                del self._pending[event.slot]
        newest = {one.slot: one for one in self.acknowledged if not one.is_late}
        for one in newest.values():  # a server restored from a backup is brought what it lacks
            stored = answers.get(str(one.slot))
            if one.slot not in self._pending and (not stored or stored["revision"] < one.revision):
                self._pending[one.slot] = Event(one.slot, one.response, one.revision, one.sent_at)
        for slot, answer in answers.items():
            self._answers.setdefault(int(slot), answer["response"])
        self._raise_above(int(facts["revision"]))

    async def _device(self, kind: str, method: str, path: str, body: bytes = b"") -> Reply:
        headers = {**(JSON if body else {}), "X-Sitting-Token": self.token}
        return await self._browser.connection.request(kind, method, f"/sittings/{self.sitting}{path}", body, headers)

    async def _try(self, kind: str, method: str, path: str, body: bytes) -> Reply | None:
        try:
            return await self._device(kind, method, path, body)
        except Unreachable:
            return None

    async def _again(self, ask: Callable[[], Awaitable[Reply]]) -> Reply:
        """Ask until something comes that is no sign of trouble."""
        failures = 0
        while True:
            try:
                reply = await ask()
                if not _is_passing(reply):
                    return reply
            except Unreachable:
                pass
            failures += 1
            await self._rest(failures)

    async def _rest(self, failures: int) -> None:
        """Rest like the page: longer each time, and never all candidates at once."""
        longest = min(LONGEST_REST, FIRST_REST * 2 ** min(failures - 1, 8))
        await asyncio.sleep(longest * (0.6 + self._rng.random() * 0.4))


def _is_passing(reply: Reply) -> bool:
    """Whether the trouble may pass by itself."""
    return reply.status == TOO_OFTEN or reply.status >= BROKEN


def _body(event: Event) -> dict[str, Any]:
    client_at = int(event.sent_at.timestamp() * 1000)
    return {"slot": event.slot, "response": event.response, "revision": event.revision, "clientAt": client_at}
