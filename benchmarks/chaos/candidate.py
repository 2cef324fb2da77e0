"""benchmarks.chaos.candidate — one nominee: signs in, answers, is crashed, reloaded, moved, doubled, hands in."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from benchmarks.chaos.ledger import Ledger
from benchmarks.chaos.page import Requests, Tab
from benchmarks.chaos.sender import Journal
from benchmarks.chaos.wire import NO_REPLY, Line, Message
from exam_app.base.chance import Rng
from exam_app.base.clock import SystemClock

CSRF = re.compile(rb'name="csrf-token" content="([^"]+)"')
OVER = ("closed", "published", "voided", "too_late", "cancelled", "absent")
TOO_LATE = "结束，不能再进入"
DAY_MS = 86_400_000
THINK = 4.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NewCode = Callable[[int], Awaitable[str]]


@dataclass
class Computer:
    """A machine of the exam room: its place in the network, its browser's cookies, its journal, its clock."""

    line: Line
    skew_ms: float = 0.0
    journal: Journal = field(default_factory=Journal)


@dataclass(frozen=True)
class Place:
    """What the candidates share: the way to the server, who gives new codes, the ledger, how often trouble comes."""

    host: str
    ports: list[int]
    new_code: NewCode
    ledger: Ledger
    trouble: float = 1.0
    many_addresses: bool = False


class Candidate:
    """A person with an admission number, a code and a character drawn from the seed."""

    def __init__(self, number: int, seat: tuple[int, str, str], place: Place, rng: Rng) -> None:
        self.entry_id, self._admission, self._code = seat
        self._place, self._rng = place, rng
        self.computers = [self._computer(number)]
        self.here = self.computers[0]
        self.habit = rng.choices(("early", "at_zero", "never", "beyond"), (45, 35, 10, 10))[0]
        self.patience = rng.uniform(0.35, 0.95)
        self.tab: Tab | None = None
        self._strays: set[asyncio.Task[None]] = set()

    def _computer(self, number: int) -> Computer:
        ports = self._place.ports
        source = f"127.0.1.{number % 200 + 1}" if self._place.many_addresses else None
        return Computer(Line(self._place.host, ports[number % len(ports)], source=source))

    async def live(self, hold_off: float, give_up_at: float) -> None:
        """Sit the exam; give up when everything should long be over."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(hold_off)
        try:
            async with asyncio.timeout_at(give_up_at):
                await self._sit(loop)
        except TimeoutError:
            self._place.ledger.broken.append(f"{self._admission}: still could not go on a minute after the end")
        except Exception as failure:  # a fault of the simulation itself must be seen, not counted as peace
            self._place.ledger.broken.append(f"{self._admission}: {failure!r}")
        finally:
            if self.tab is not None:
                self.tab.kill()
            for stray in self._strays:
                stray.cancel()

    async def _sit(self, loop: asyncio.AbstractEventLoop) -> None:
        while (tab := await self._open()) is not None:
            leave_at = loop.time() + (tab.deadline - loop.time()) * self.patience
            if await self._work(tab, loop, leave_at):
                return
            await asyncio.sleep(self._rng.uniform(0.3, 3.0))

    async def _work(self, tab: Tab, loop: asyncio.AbstractEventLoop, leave_at: float) -> bool:
        """Answer until the tab ends or the person wants to go; return whether the exam is over for this person."""
        is_leaver = self.habit in ("early", "never")
        beyond = tab.grace + 6 if self.habit == "beyond" else 0.0
        while tab is self.tab and not tab.ended and loop.time() < tab.deadline + beyond:
            if is_leaver and loop.time() > leave_at:
                break
            await self._think(tab)
            if not tab.ended:
                self._answer(tab)
                await self._trouble(tab)
        if tab is self.tab and not tab.ended:
            await self._go(tab)
        return tab is self.tab and tab.ended in ("handed", "closed", "gone")

    async def _go(self, tab: Tab) -> None:
        """Hand in, some at the last moment; those who never do just switch the computer off."""
        if self.habit == "never":
            tab.kill("gone")
            return
        if self.habit == "at_zero":
            await asyncio.sleep(self._rng.random() * tab.grace * 0.6)
        await tab.hand_in()

    async def _think(self, tab: Tab) -> None:
        try:
            await asyncio.wait_for(tab.end.wait(), self._rng.expovariate(1 / THINK))
        except TimeoutError:
            return

    def _answer(self, tab: Tab) -> None:
        question = self._rng.choice(tab.questions)
        letters = "ABCDEFGH"[: len(question["options"])]
        count = self._rng.randint(0, len(letters)) if question["kind"] == "multiple" else 1
        response = "".join(sorted(self._rng.sample(letters, count)))
        tab.answer(question["slot"], response, round(SystemClock().now().timestamp() * 1000 + self.here.skew_ms))

    async def _trouble(self, tab: Tab) -> None:
        """Now and then something happens to this person."""
        acts = ((0.02, self._reload), (0.015, self._crash), (0.008, self._second_tab), (0.006, self._move),
                (0.02, self._jump_clock), (0.02, self._look_away))  # fmt: skip
        for chance, act in acts:
            if self._rng.random() < chance * self._place.trouble:
                self._place.ledger.counts[act.__name__.strip("_")] += 1
                await act(tab)
                return

    async def _reload(self, tab: Tab) -> None:
        await tab.leave()

    async def _crash(self, tab: Tab) -> None:
        tab.kill()
        self.here.line.cut()

    async def _second_tab(self, tab: Tab) -> None:
        """Open the exam twice: in the same browser the old tab gives way, in another it goes on by itself."""
        if self._rng.random() < 0.5:
            tab.kill()
            return
        other = Computer(self.here.line.another(with_cookies=True))
        self.computers.append(other)
        self.here = other
        self._go_on_alone(tab)

    async def _move(self, tab: Tab) -> None:
        """Sit down elsewhere with a new code; the old machine goes on trying."""
        self._code = await self._place.new_code(self.entry_id)
        self._go_on_alone(tab)
        if len(self.computers) > 1 and self._rng.random() < 0.4:
            self.here = self.computers[0]
        else:
            self.here = self._computer(self._rng.randrange(100))
            self.computers.append(self.here)

    async def _jump_clock(self, _tab: Tab) -> None:
        self.here.skew_ms = self._rng.choice((-400, -3, -0.1, 0.02, 2, 900)) * DAY_MS

    async def _look_away(self, tab: Tab) -> None:
        await tab.requests.tell(self._rng.choice(("focus_lost", "reconnected", "nonsense")))

    def _go_on_alone(self, tab: Tab) -> None:
        """Leave a tab behind that still answers by itself for a while."""

        async def go_on() -> None:
            for _more in range(self._rng.randint(2, 6)):
                await asyncio.sleep(self._rng.uniform(0.2, 4.0))
                if tab.ended:
                    return
                self._answer(tab)
            tab.kill()

        self.tab = None
        stray = asyncio.get_running_loop().create_task(go_on())
        self._strays.add(stray)
        stray.add_done_callback(self._strays.discard)

    async def _open(self) -> Tab | None:
        """Sign in if need be, start or resume; None when the sitting is over for this person."""
        for tries in range(1000):
            await asyncio.sleep(min(4.0, 0.5 * tries) * self._rng.uniform(0.6, 1.0))
            page = await self.here.line.ask("GET", "/my/sitting")
            if page.status == 200 and (token := CSRF.search(page.body)):
                reply = await self.here.line.post_json("/my/sitting/start", {}, {"X-CSRFToken": token[1].decode()})
                if reply.status == 200 and "token" in reply.json():
                    return self._tab(reply.json())
                if reply.status == 409 and reply.json().get("code") == "sitting_closed":
                    return None
            elif page.status == 302 and not await self._enter(page):
                return None
        return None

    def _tab(self, facts: dict[str, Any]) -> Tab:
        ledger = self._place.ledger
        ledger.counts["starts"] += 1
        requests = Requests(self.here.line, ledger, facts)
        self.tab = Tab(requests, self.here.journal, facts, ledger, self._rng)
        return self.tab

    async def _enter(self, page: Message) -> bool:
        """Open the seat and check in; False when there is nothing to sit any more."""
        if "/seat" in page.headers.get("location", [""])[0]:
            answer = await self._post("/seat", "/seat", {"admission_number": self._admission, "code": self._code})
            return TOO_LATE not in answer.body.decode(errors="replace")
        step = (await self.here.line.ask("GET", "/my/state")).json().get("step", "")
        if step == "check_in":
            await self._post("/my", "/my/check-in", {"agreed": "y"})
        return step not in OVER

    async def _post(self, path: str, action: str, values: dict[str, str]) -> Message:
        page = await self.here.line.ask("GET", path)
        if page.status == 200 and (token := CSRF.search(page.body)):
            body = urlencode({**values, "csrf_token": token[1].decode()}).encode()
            return await self.here.line.ask("POST", action, body, FORM)
        return NO_REPLY
