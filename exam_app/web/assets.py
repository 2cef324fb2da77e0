"""web.assets — styles, scripts and icons out of memory, compressed once, under an address that changes with them.

The digest stands in the path and not behind a question mark, so that the modules which scripts import by relative
addresses lie below it too: a room of browsers asks for each file once and never again until the next release.
"""

import gzip
import mimetypes
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from exam_app.base.crypto import sha256

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Any], Iterable[bytes]]
FOLDER = Path(__file__).parent / "static"
ROUTE = re.compile(r"/static/([0-9a-f]{12})/(.+)")
FOR_GOOD = "public, max-age=31536000, immutable"
TEXT = ("text/", "application/json", "image/svg+xml")


@dataclass(frozen=True)
class Asset:
    """A file as it is sent, plain and compressed; what does not get shorter has no compressed form."""

    plain: bytes
    compressed: bytes | None
    media_type: str


@dataclass(frozen=True)
class Assets:
    """All files of this release by name, and the digest over them."""

    digest: str
    files: dict[str, Asset]


@lru_cache(maxsize=1)
def load_assets() -> Assets:
    """Read the files once for this process."""
    contents = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in sorted(FOLDER.rglob("*.*"))}
    marks = "".join(f"{name}:{sha256(content)}\n" for name, content in contents.items())
    return Assets(sha256(marks.encode())[:12], {name: _asset(name, content) for name, content in contents.items()})


def _asset(name: str, content: bytes) -> Asset:
    guessed = "text/javascript" if name.endswith(".js") else mimetypes.guess_type(name)[0] or "application/octet-stream"
    is_text = guessed.startswith(TEXT)
    compressed = gzip.compress(content, 9, mtime=0) if is_text else None
    media_type = f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed
    return Asset(content, compressed, media_type)


def address(name: str, root: str = "") -> str:
    """Return the address of a file of this release below the application's root."""
    assets = load_assets()
    if name not in assets.files:
        raise KeyError(name)
    return f"{root}/static/{assets.digest}/{name}"


class AssetDoor:
    """Answers requests for files of this release before the application."""

    def __init__(self, inner: Wsgi) -> None:
        self._inner, self._assets = inner, load_assets()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        """Send the file, or hand on what is none."""
        found = ROUTE.fullmatch(environ["PATH_INFO"])
        asset = self._assets.files.get(found[2]) if found else None
        if found is None or asset is None or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self._inner(environ, start_response)
        # A page of an older release that is still open gets what there is now, and keeps none of it.
        keeping = FOR_GOOD if found[1] == self._assets.digest else "no-store"
        headers = [
            ("Content-Type", asset.media_type),
            ("Cache-Control", keeping),
            ("X-Content-Type-Options", "nosniff"),
        ]
        body = asset.plain
        if asset.compressed is not None:
            headers.append(("Vary", "Accept-Encoding"))
            if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
                body = asset.compressed
                headers.append(("Content-Encoding", "gzip"))
        start_response("200 OK", [*headers, ("Content-Length", str(len(body)))])
        return [body] if environ["REQUEST_METHOD"] == "GET" else []
