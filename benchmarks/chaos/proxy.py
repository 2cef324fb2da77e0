"""benchmarks.chaos.proxy — the network between the candidates and the server: HTTP-aware, and unreliable on purpose.

Each room of candidates has a port of its own here, so that one room can be cut off, and reaches the server from an
address of its own. What the server acknowledged is noted even where the reply never reaches anyone.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import cast

from benchmarks.chaos.faults import Mishap, Weather
from benchmarks.chaos.wire import BROKEN, Message, read_message

Note = Callable[[Message, Message], None]
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
SUFFERING = ("/sittings/", "/my/sitting/start", "/my/check-in", "/seat")
PORTAL = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 36\r\n\r\n<h1>Please sign in to the Wi-Fi</h1>"
GATEWAY = b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nbad"
STRANGE = {Mishap.PORTAL: PORTAL, Mishap.BAD_GATEWAY: GATEWAY}
LIMIT = 2**22


class FaultProxy:
    """Listens for each room and passes requests on, or not, as the weather says."""

    def __init__(self, upstream: tuple[str, int], weather: Weather, note: Note) -> None:
        self._upstream, self._weather, self._note = upstream, weather, note
        self.ports: list[int] = []
        self.requests = 0
        self._servers: list[asyncio.Server] = []
        self._dark: dict[int, int] = {}
        self._open: dict[int, set[asyncio.StreamWriter]] = {}
        self._strays: set[asyncio.Task[object]] = set()

    async def open(self, rooms: int) -> None:
        """Listen on a port for each room."""
        for room in range(rooms):
            self._open[room] = set()

            async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, room: int = room) -> None:
                await self._serve(room, reader, writer)

            server = await asyncio.start_server(serve, "127.0.0.1", 0, limit=LIMIT, backlog=1024)
            self._servers.append(server)
            self.ports.append(server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Stop listening and forget what was still under way."""
        for server in self._servers:
            server.close()
        for stray in list(self._strays):
            stray.cancel()
        for writers in self._open.values():
            for writer in list(writers):
                _abort(writer)

    async def cut_off(self, room: int, seconds: float) -> None:
        """Take the network from a room for so long."""
        self._dark[room] = self._dark.get(room, 0) + 1
        for writer in list(self._open[room]):
            _abort(writer)
        try:
            await asyncio.sleep(seconds)
        finally:
            self._dark[room] -= 1

    async def _serve(self, room: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open[room].add(writer)
        link = _Link(self, room)
        try:
            while not self._dark.get(room):
                request = await read_message(reader)
                if self._dark.get(room) or not await self._carry(link, request, writer):
                    break
        except (asyncio.CancelledError, *BROKEN):
            pass  # the candidate has gone, or this run is over
        finally:
            self._open[room].discard(writer)
            link.close()
            _abort(writer)

    async def _carry(self, link: "_Link", request: Message, writer: asyncio.StreamWriter) -> bool:
        """Carry one request and its reply; False when the connection of the candidate ends with it."""
        self.requests += 1
        suffers = any(part in request.first for part in SUFFERING)
        mishap = self._weather.next() if suffers else Mishap.NONE
        if mishap in STRANGE:
            writer.write(STRANGE[mishap])
            return True
        if mishap is Mishap.CUT_REQUEST:
            await link.send_half(request)
        if mishap in (Mishap.DROP_REQUEST, Mishap.CUT_REQUEST):
            return False
        await self._dawdle(mishap)
        self._copy(mishap, request, link.room)
        reply = await link.ask(request)
        if reply is None or mishap is Mishap.DROP_REPLY:
            return False
        whole = mishap is not Mishap.CUT_REPLY
        writer.write(reply.raw if whole else reply.raw[: max(1, len(reply.raw) // 2)])
        await writer.drain()
        return whole

    def _copy(self, mishap: Mishap, request: Message, room: int) -> None:
        """Send the request a second time, at the same moment or much later."""
        if mishap is Mishap.STALE:
            self._later(request, room, self._weather.rng.uniform(0.5, 40.0))
        elif mishap is Mishap.REPEAT:
            self._later(request, room, self._weather.rng.choice((0.0, 0.0, 0.05)))

    async def _dawdle(self, mishap: Mishap) -> None:
        """Let time pass before the request goes on; what is held goes on even when nobody waits any more."""
        rng = self._weather.rng
        if mishap is Mishap.DELAY:
            await asyncio.sleep(rng.uniform(0.05, 3.0))
        elif mishap is Mishap.HOLD:
            await asyncio.sleep(rng.uniform(8.5, 25.0))
        elif mishap is Mishap.REORDER:
            until, began = self.requests + rng.randint(1, 6), asyncio.get_running_loop().time()
            while self.requests < until and asyncio.get_running_loop().time() - began < 2:
                await asyncio.sleep(0.01)

    def _later(self, request: Message, room: int, seconds: float) -> None:
        """Deliver a copy of the request on another connection after a while; its reply reaches nobody."""

        async def deliver() -> None:
            await asyncio.sleep(seconds)
            link = _Link(self, room)
            try:
                await link.ask(request)
            finally:
                link.close()

        task: asyncio.Task[object] = asyncio.get_running_loop().create_task(deliver())
        self._strays.add(task)
        task.add_done_callback(self._strays.discard)

    async def connect(self, room: int) -> Streams:
        """Open a connection to the server from the room's own address."""
        address = (f"127.0.1.{room + 1}", 0)
        return await asyncio.open_connection(*self._upstream, limit=LIMIT, local_addr=address)

    def noted(self, request: Message, reply: Message) -> Message:
        """Note what passed."""
        self._note(request, reply)
        return reply


class _Link:
    """The proxy's connection to the server for one connection of a candidate."""

    def __init__(self, proxy: FaultProxy, room: int) -> None:
        self._proxy, self.room = proxy, room
        self._streams: Streams | None = None

    async def ask(self, request: Message) -> Message | None:
        """Pass the request on and return the reply; None when the server is away. A kept connection may be stale."""
        try:
            if self._streams is None or self._streams[0].at_eof():
                self.close()
                self._streams = await self._proxy.connect(self.room)
            self._streams[1].write(request.raw)
            async with asyncio.timeout(60):
                return self._proxy.noted(request, await read_message(self._streams[0]))
        except (TimeoutError, *BROKEN):
            self.close()
            return None

    async def send_half(self, request: Message) -> None:
        """Send a part of the request, then hang up."""
        with suppress(*BROKEN):
            _reader, writer = await self._proxy.connect(self.room)
            writer.write(request.raw[: len(request.head) + len(request.body) // 2])
            await writer.drain()
            _abort(writer)

    def close(self) -> None:
        """Hang up."""
        if self._streams is not None:
            _abort(self._streams[1])
            self._streams = None


def _abort(writer: asyncio.StreamWriter) -> None:
    cast(asyncio.WriteTransport, writer.transport).abort()
