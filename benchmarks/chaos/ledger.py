"""benchmarks.chaos.ledger — what the candidates and the wire hold against the server: every acknowledgement."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.chaos.wire import Message

SAVE = re.compile(r"PUT /sittings/(\d+)/answers/(\d+) ")


class Answer(NamedTuple):
    """An answer as it was sent."""

    sitting: int
    slot: int
    response: str
    revision: int


class Acknowledged(NamedTuple):
    """An answer and the receipt that came back; `late` when the reply was 202."""

    answer: Answer
    receipt: str
    late: bool


@dataclass(frozen=True)
class HandedIn:
    """A hand-in that was answered with a code: what travelled with it, and what the page showed at that moment."""

    sitting: int
    code: str
    unsent: tuple[Answer, ...]
    shown: dict[int, str]
    is_calm: bool
    """Whether nothing on this device was ever late, so that what it showed is what must count."""


@dataclass
class Ledger:
    """Everything that must still be true at the end."""

    held: list[Acknowledged] = field(default_factory=list)
    seen: set[Acknowledged] = field(default_factory=set)
    handed: list[HandedIn] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    """Seconds from each answer to its receipt, whatever lay between."""
    broken: list[str] = field(default_factory=list)

    def note_wire(self, request: Message, reply: Message) -> None:
        """Note an acknowledgement that passed the proxy, whether or not it reached a candidate."""
        found = SAVE.match(request.first)
        receipt = reply.json().get("receipt") if found and reply.status in (200, 202) else None
        if found and isinstance(receipt, str):
            sent = request.json()
            answer = Answer(int(found[1]), int(found[2]), sent["response"], sent["revision"])
            self.seen.add(Acknowledged(answer, receipt, reply.status == 202))

    def acknowledgements(self) -> set[Acknowledged]:
        """Return every acknowledgement, the candidates' and the wire's."""
        return {*self.held, *self.seen}
