"""benchmarks.chaos.wire — HTTP/1.1 as bytes: one message read from a stream, and a browser's one connection."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

PATIENCE = 8.0  # as long as the exam page waits for a reply
BROKEN = (OSError, EOFError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError)


@dataclass(frozen=True)
class Message:
    """A request or a reply: its first line, its headers by lower-case name, and all its bytes as they came."""

    first: str
    headers: Mapping[str, list[str]]
    head: bytes
    body: bytes
    raw_body: bytes

    @property
    def raw(self) -> bytes:
        """The bytes to pass on unchanged."""
        return self.head + self.raw_body

    @property
    def status(self) -> int:
        """The status of a reply."""
        return int(self.first.split(" ", 2)[1])

    def json(self) -> dict[str, Any]:
        """Return the body if it is a JSON object, else nothing."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


NO_REPLY = Message("HTTP/1.1 0 none", {}, b"", b"", b"")


async def read_message(reader: asyncio.StreamReader) -> Message:
    """Read one whole message; raise one of BROKEN when the stream ends or talks nonsense."""
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").rstrip().split("\r\n")
    headers: dict[str, list[str]] = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers.setdefault(name.lower(), []).append(value.strip())
    if "chunked" in headers.get("transfer-encoding", [""])[0]:
        raw, body = await _chunks(reader)
    elif first.startswith("HTTP/") and first.split(" ", 2)[1] in ("204", "304"):
        raw = body = b""
    else:
        raw = body = await reader.readexactly(int(headers.get("content-length", ["0"])[0]))
    return Message(first, headers, head, body, raw)


async def _chunks(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    raw, body = b"", b""
    while True:
        line = await reader.readuntil(b"\r\n")
        chunk = await reader.readexactly(int(line.split(b";")[0], 16) + 2)
        raw, body = raw + line + chunk, body + chunk[:-2]
        if chunk == b"\r\n":
            return raw, body


def request_bytes(method: str, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """Return a request with its length."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


@dataclass
class Line:
    """A browser's connection to one address, kept alive; it opens again when it was cut. Cookies are the browser's."""

    host: str
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    source: str | None = None
    """The address that the browser's machine has, where there are many."""
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Message:
        """Send a request and return the reply; NO_REPLY when the network or the patience ends first."""
        async with self._turn:
            try:
                async with asyncio.timeout(PATIENCE):
                    return await self._ask(method, path, body, headers or {})
            except (TimeoutError, *BROKEN):
                self.cut()
                return NO_REPLY
            except asyncio.CancelledError:
                self.cut()
                raise

    async def post_json(self, path: str, body: object, headers: Mapping[str, str], method: str = "POST") -> Message:
        """Send a JSON body."""
        return await self.ask(method, path, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})

    async def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Message:
        if self._streams is None:
            local = (self.source, 0) if self.source else None
            self._streams = await asyncio.open_connection(self.host, self.port, limit=2**22, local_addr=local)
        reader, writer = self._streams
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        writer.write(request_bytes(method, path, body, {**headers, **({"Cookie": jar} if jar else {})}))
        reply = await read_message(reader)
        for cookie in reply.headers.get("set-cookie", []):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        if "close" in reply.headers.get("connection", [""])[0].lower():
            self.cut()
        return reply

    def another(self, *, with_cookies: bool = False) -> "Line":
        """Return another connection of the same machine, in the same browser or in a fresh one."""
        return Line(self.host, self.port, dict(self.cookies) if with_cookies else {}, self.source)

    def cut(self) -> None:
        """Drop the connection as a dying browser does; the next request opens another."""
        if self._streams is not None:
            cast(asyncio.WriteTransport, self._streams[1].transport).abort()
            self._streams = None
