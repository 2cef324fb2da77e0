"""cli.rehearsal.connection — one kept-alive HTTP/1.1 connection of a simulated browser, with cookies and timings."""

import asyncio
import json
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from exam_app.base.clock import stopwatch

PATIENCE_SECONDS = 8.0  # as long as the exam page waits for a reply
LONGEST_HEAD = 64 * 1024
BODILESS = frozenset({204, 304})


class Unreachable(ConnectionError):
    """No whole reply came: refused, cut, reset, or too slow."""


@dataclass(frozen=True)
class Reply:
    """One answer of the server; header names in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode(errors="replace")

    def json(self) -> dict[str, Any]:
        """Return the body as a JSON object; an empty one where it is none (a proxy's page, say)."""
        try:
            document = json.loads(self.body)
        except ValueError:
            return {}
        return document if isinstance(document, dict) else {}


@dataclass(frozen=True)
class Timing:
    """How long one request took; `status` 0: no reply came."""

    kind: str
    seconds: float
    status: int


@dataclass
class Connection:
    """Where to connect, from which address of this machine, and what the server gave this browser to remember."""

    host: str
    port: int
    source: str = ""
    tls: ssl.SSLContext | None = None
    on_timing: Callable[[Timing], None] = lambda _timing: None
    patience: float = PATIENCE_SECONDS
    cookies: dict[str, str] = field(default_factory=dict)
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def request(
        self, kind: str, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send one request and return the whole reply, or raise Unreachable; requests take turns."""
        async with self._turn:
            began = stopwatch()
            status = 0
            try:
                reply = await asyncio.wait_for(self._exchange(method, path, body, headers or {}), self.patience)
                status = reply.status
                return reply
            except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as failure:
                self.close()
                raise Unreachable(f"{method} {path.partition('?')[0]}: {type(failure).__name__}") from failure
            except BaseException:
                self.close()  # cancelled half-way: what comes next on this connection belongs to nobody
                raise
            finally:
                self.on_timing(Timing(kind, stopwatch() - began, status))

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _exchange(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        is_kept = self._writer is not None
        message = self._message(method, path, body, headers)
        try:
            return await self._send(message)
        except (ConnectionError, asyncio.IncompleteReadError) as failure:
            # The server may close an idle connection at any moment. Browsers ask once more on a fresh one, but only
            # while not a byte of a reply has come.
            self.close()
            is_cut = isinstance(failure, asyncio.IncompleteReadError) and bool(failure.partial)
            if is_cut or not is_kept:
                raise
            return await self._send(message)

    async def _send(self, message: bytes) -> Reply:
        if self._reader is None or self._writer is None:
            local = (self.source, 0) if self.source else None
            self._reader, self._writer = await asyncio.open_connection(
                self.host, self.port, limit=LONGEST_HEAD, ssl=self.tls, local_addr=local
            )
        self._writer.write(message)
        await self._writer.drain()
        reply = await _read(self._reader)
        if reply.headers.get("connection", "").lower() == "close":
            self.close()
        return reply

    def _message(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        lines = {"Host": f"{self.host}:{self.port}", "Accept": "*/*", **headers}
        if self.cookies:
            lines["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body or method not in ("GET", "HEAD"):
            lines["Content-Length"] = str(len(body))
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body

    def remember(self, reply: Reply) -> None:
        """Keep the cookies of a reply as a browser does; the connection knows one site only."""
        for line in filter(None, reply.headers.get("set-cookie", "").split("\n")):
            name, _, rest = line.partition("=")
            self.cookies[name.strip()] = rest.partition(";")[0]


async def _read(reader: asyncio.StreamReader) -> Reply:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = int(head[0].split(" ", 2)[1])
    headers: dict[str, str] = {}
    for line in filter(None, head[1:]):
        name, _, value = line.partition(":")
        key = name.strip().lower()
        # Several cookies come in several lines, and a comma is no border between them.
        headers[key] = f"{headers[key]}\n{value.strip()}" if key in headers else value.strip()
    return Reply(status, headers, await _body(reader, status, headers))


async def _body(reader: asyncio.StreamReader, status: int, headers: Mapping[str, str]) -> bytes:
    if status in BODILESS:
        return b""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        return b"".join([chunk async for chunk in _chunks(reader)])
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    return await reader.read()


async def _chunks(reader: asyncio.StreamReader) -> Any:
    while size := int((await reader.readline()).split(b";")[0], 16):
        yield (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
