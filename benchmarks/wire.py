"""benchmarks.wire — one keep-alive connection: bytes out, status and body back, as cheap as asyncio allows."""

import asyncio
import resource
from typing import NamedTuple

PER_ADDRESS = 60
"""Simulated people behind one address: a room. Keeps ephemeral ports from running short and rate limits honest."""
AT_A_TIME = 200
"""Connections opened at once: more would measure the kernel's queue, not the server."""
MOST_FILES = 100_000


class Broken(Exception):
    """The connection ended, or what came back was no HTTP that has a length."""


class Reply(NamedTuple):
    """What came back."""

    status: int
    head: bytes
    body: bytes


class Wire(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[Reply] | None = None
        self._got = b""

    @property
    def is_up(self) -> bool:
        """Whether a request may be sent."""
        return self._transport is not None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport."""
        self._transport = transport  # type: ignore[assignment]

    def ask(self, request: bytes) -> "asyncio.Future[Reply]":
        """Send a request and return what will hold its reply."""
        if self._transport is None:
            raise Broken("not connected")
        self._got = b""
        self._waiting = self._loop.create_future()
        self._transport.write(request)
        return self._waiting

    def data_received(self, data: bytes) -> None:
        """Put what arrives together until the reply is whole."""
        if self._got:
            data = self._got + data
        end = data.find(b"\r\n\r\n")
        if end < 0 or len(data) < end + 4 + (length := _length(data[:end])):
            self._got = data
            return
        self._got = b""
        waiting, self._waiting = self._waiting, None
        if waiting is None or waiting.done():
            return
        if length < 0:
            waiting.set_exception(Broken("no length"))
            return
        waiting.set_result(Reply(int(data[9:12]), data[:end], data[end + 4 : end + 4 + length]))

    def connection_lost(self, _why: Exception | None) -> None:
        """Tell whoever waits."""
        self._transport = None
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(Broken("connection lost"))

    def close(self) -> None:
        """End the connection."""
        if self._transport is not None:
            self._transport.abort()


def _length(head: bytes) -> int:
    """Return the length of the body; -1 where the head does not say it."""
    at = head.find(b"content-length:")
    if at < 0:
        at = head.lower().find(b"\r\ncontent-length:")
        if at < 0:
            return 0 if head[9:12] in (b"204", b"304") else -1
        at += 2
    end = head.find(b"\r\n", at)
    return int(head[at + 15 : end if end > 0 else len(head)])


class Line:
    """A person's connection: opened when needed and again when the server has closed it, as browsers do."""

    def __init__(self, port: int, person: int) -> None:
        self.port = port
        self.address = address_of(person)
        self._wire: Wire | None = None

    async def open(self) -> None:
        """Connect, unless it is."""
        if self._wire is None or not self._wire.is_up:
            loop = asyncio.get_running_loop()
            _transport, self._wire = await loop.create_connection(
                Wire, "127.0.0.1", self.port, local_addr=(self.address, 0)
            )

    async def ask(self, request: bytes) -> Reply:
        """Send a request and wait for the reply; raise Broken or OSError."""
        if self._wire is None or not self._wire.is_up:
            await self.open()
        assert self._wire is not None
        return await self._wire.ask(request)

    def close(self) -> None:
        """Hang up."""
        if self._wire is not None:
            self._wire.close()


def address_of(person: int) -> str:
    """Return the loopback address that a simulated person comes from: one for each room."""
    room = person // PER_ADDRESS
    return f"127.1.{1 + room // 250 % 250}.{1 + room % 250}"


async def open_all(lines: list[Line]) -> None:
    """Connect them all, some at a time."""
    for first in range(0, len(lines), AT_A_TIME):
        await asyncio.gather(*(line.open() for line in lines[first : first + AT_A_TIME]))


def allow_files() -> int:
    """Let this process and its children hold as many connections as the machine permits; return how many."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for wanted in (max(hard, MOST_FILES), hard):
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, wanted))
        except (ValueError, OSError):
            continue
        return wanted
    return hard


def http_request(method: str, path: str, body: bytes, headers: str = "") -> bytes:
    """Return a request with a JSON body."""
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    )
    return f"{head}{headers}\r\n".encode() + body
