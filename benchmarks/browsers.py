"""benchmarks.browsers — what a browser asks for: signing in, the exam page and its scripts, saving, handing in."""

import gzip
import json
import posixpath
import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode, urlsplit

from benchmarks.load import Request
from benchmarks.room import SLOTS, token_of
from benchmarks.wire import Line, Reply, http_request

TOKEN = re.compile(rb'name="csrf-token" content="([^"]+)"')
COOKIE = re.compile(rb"set-cookie: session=([^;]*)", re.IGNORECASE)
LOCATION = re.compile(rb"\r\nlocation: ([^\r]+)", re.IGNORECASE)
ENCODED = re.compile(rb"\r\ncontent-encoding: gzip", re.IGNORECASE)
ASSETS = re.compile(rb'(?:src|href)="(/static/[^"#]+)')
IMPORTS = re.compile(rb'(?:from|import)\s+"(\.{1,2}/[^"]+)"')


def save_request(sitting: int, revision: int, slot: int) -> bytes:
    """Return the save of one answer as the exam page sends it."""
    body = b'{"response":"%c","revision":%d,"clientAt":1772413200000,"answered":%d}' % (
        b"ABCD"[revision % 4],
        revision,
        slot,
    )
    head = (
        f"PUT /sittings/{sitting}/answers/{slot} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
        f"X-Sitting-Token: {token_of(sitting)}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def saver(first: int, base: int) -> Request:
    """Return what makes a candidate's next save; revisions go on from the base, sittings from the first."""

    def save(candidate: int, turn: int) -> bytes:
        return save_request(first + candidate, base + turn, turn % SLOTS + 1)

    return save


def clock_request(sitting: int) -> bytes:
    """Return the question for the time that a page asks when no save has told it."""
    head = f"GET /sittings/{sitting}/clock HTTP/1.1\r\nHost: bench\r\nX-Sitting-Token: {token_of(sitting)}\r\n\r\n"
    return head.encode()


class Refused(Exception):
    """A page was not what a browser expects there."""


class Browser:
    """One person's browser: a connection, the session cookie and the form token of the page last seen."""

    def __init__(self, port: int, person: int, session: str = "") -> None:
        self.line = Line(port, person)
        self._session = session.encode()
        self._token = ""

    @property
    def cookie(self) -> str:
        """The session, as a header."""
        return f"Cookie: session={self._session.decode()}\r\n"

    async def get(self, path: str, headers: str = "") -> Reply:
        """Ask for a page."""
        head = f"GET {path} HTTP/1.1\r\nHost: bench\r\nAccept-Encoding: gzip\r\n{self.cookie}{headers}\r\n"
        return self._seen(await self.line.ask(head.encode()))

    async def submit(self, path: str, fields: dict[str, str]) -> Reply:
        """Send a form with the token of the page last seen."""
        body = urlencode({**fields, "csrf_token": self._token}).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        head += f"Content-Length: {len(body)}\r\n{self.cookie}\r\n"
        return self._seen(await self.line.ask(head.encode() + body))

    async def post(self, path: str, body: Any, headers: str = "") -> Reply:
        """Send JSON as the exam page does."""
        headers += f"{self.cookie}X-CSRFToken: {self._token}\r\nAccept-Encoding: gzip\r\n"
        return self._seen(await self.line.ask(http_request("POST", path, json.dumps(body).encode(), headers)))

    def _seen(self, reply: Reply) -> Reply:
        if found := COOKIE.search(reply.head):
            self._session = found[1]
        if b"text/html" in reply.head and (token := TOKEN.search(plain(reply))):
            self._token = unescape(token[1].decode())
        return reply

    async def open_seat(self, number: str, code: str) -> Reply:
        """Open a seat through the real page and go where it leads; return the last page."""
        return await self._enter("/seat", {"admission_number": number, "code": code})

    async def sign_in(self, username: str, password: str) -> Reply:
        """Sign an account in through the real page and go where it leads; return the last page."""
        return await self._enter("/sign-in", {"username": username, "password": password})

    async def _enter(self, path: str, fields: dict[str, str]) -> Reply:
        await self.get(path)
        reply = await self.submit(path, fields)
        found = LOCATION.search(reply.head)
        if reply.status != 302 or found is None:
            raise Refused(f"{path} {reply.status}")
        return await self.get(urlsplit(found[1].decode()).path)


def plain(reply: Reply) -> bytes:
    """Return the body as the browser reads it."""
    return gzip.decompress(reply.body) if ENCODED.search(reply.head) else reply.body


@dataclass(frozen=True)
class Visit:
    """The bytes that a first visit brings: as they were sent, and as a compressing proxy would send them."""

    sent: int
    compressed: int
    files: int


async def first_visit(browser: Browser, path: str) -> Visit:
    """Open a page for the first time: the page, its styles and scripts, and what these import."""
    asked, sent, compressed = [path], 0, 0
    for address in asked:
        reply = await browser.get(address)
        if reply.status != 200:
            raise Refused(f"{address} {reply.status}")
        text = plain(reply)
        sent += len(reply.body)
        compressed += len(gzip.compress(text, 6))
        for name in ASSETS.findall(text) if address == path else IMPORTS.findall(text):
            found = posixpath.normpath(posixpath.join(posixpath.dirname(urlsplit(address).path), name.decode()))
            if found not in {urlsplit(each).path for each in asked} and not urlsplit(address).path.endswith(".css"):
                asked.append(name.decode() if name.startswith(b"/") else found)
    return Visit(sent, compressed, len(asked))
