"""cli.rehearsal.browser — opens pages as a browser does: form token, files on a first visit, what those import."""

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from exam_app.cli.rehearsal.connection import Connection, Reply

CSRF = re.compile(r'name="csrf-token" content="([^"]+)"')
FILES = re.compile(r'(?:href|src)="(/static/[^"#]+\.(?:css|js)[^"#]*)"')
IMPORTS = re.compile(r'^import .*?from "\./([\w.-]+)";', re.MULTILINE)
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
JSON = {"Content-Type": "application/json"}


class Browser:
    """One browser over one connection; what it fetched once it keeps as the server allows."""

    def __init__(self, connection: Connection, has_files: bool = True) -> None:
        self.connection = connection
        self._has_files = has_files
        self._kept: dict[str, str] = {}
        self._csrf = ""

    async def page(self, path: str) -> Reply:
        """Open a page and its files."""
        reply = await self._send("page", "GET", path, b"", {"Accept": "text/html"})
        found = CSRF.search(reply.text)
        if found:
            self._csrf = found[1]
        wanted = [address.replace("&amp;", "&") for address in FILES.findall(reply.text)] if self._has_files else []
        seen: set[str] = set()
        while wanted:
            path = wanted.pop(0)
            if path not in seen:
                seen.add(path)
                wanted += await self._file(path)
        return reply

    async def fragment(self, path: str) -> Reply:
        """Ask whether a part of the page has changed: 204 while it has not."""
        return await self._send("poll", "GET", path, b"", {"X-Fragment": "1", "Accept": "text/html"})

    async def post(self, kind: str, path: str, fields: Mapping[str, str]) -> Reply:
        """Send a form of the page that was opened last."""
        return await self._send(kind, "POST", path, urlencode({"csrf_token": self._csrf, **fields}).encode(), FORM)

    async def ask(self, kind: str, path: str) -> Reply:
        """Send an empty JSON request with the page's token, as its script does."""
        return await self._send(kind, "POST", path, b"{}", {**JSON, "X-CSRFToken": self._csrf})

    async def _send(self, kind: str, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        line = self.connection
        # Over TLS a form is believed only where the browser says from which page of ours it comes.
        origin = f"{'https' if line.tls else 'http'}://{line.host}:{line.port}"
        reply = await line.request(kind, method, path, body, {**headers, "Referer": f"{origin}/"})
        line.remember(reply)
        return reply

    async def _file(self, path: str) -> list[str]:
        """Fetch a file that this browser may not take from its store; return what it imports."""
        plain = path.partition("?")[0]
        known = self._kept.get(path)
        if known is not None and "v=" in path:
            return []
        reply = await self.connection.request("file", "GET", path, headers={"If-None-Match": known} if known else {})
        if reply.status >= 400:
            return []
        self._kept[path] = reply.headers.get("etag", known or "")
        folder = plain.rpartition("/")[0]
        return [f"{folder}/{name}" for name in IMPORTS.findall(reply.text)] if plain.endswith(".js") else []
