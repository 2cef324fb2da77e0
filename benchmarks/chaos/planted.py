"""benchmarks.chaos.planted — a server with a planted fault: it acknowledges answers before they are committed.

It stands before the real application, replies to a save with a well-formed receipt at once, and passes the save on a
moment later in a thread, as a careless rewrite would. A kill in between loses what was acknowledged; so does every
fiftieth save, which never gets there. The judge must find it.
"""

import json
import re
import threading
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from exam_app.base.chance import rng
from exam_app.base.clock import SystemClock
from exam_app.base.config import read_settings
from exam_app.base.keys import load_keys
from exam_app.sittings.rules import Acknowledged, receipt
from wsgi import app as real_app

SAVE = re.compile(r"/sittings/(\d+)/answers/(\d+)$")
KEY = load_keys(read_settings().instance / "keys").receipts
LOSES_ONE_OF = 50
_chance = rng("planted")


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Acknowledge a save at once and keep it later; anything else goes through."""
    found = SAVE.match(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "PUT" else None
    if not found:
        return real_app(environ, start_response)
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    try:
        sent = json.loads(body)
        answer = Acknowledged(sent["revision"], int(found[2]), sent["response"], SystemClock().now())
    except (ValueError, KeyError):
        return real_app({**environ, "wsgi.input": BytesIO(body)}, start_response)
    threading.Thread(target=_keep_later, args=({**environ, "wsgi.input": BytesIO(body)},), daemon=True).start()
    reply = {"receipt": receipt(KEY, int(found[1]), answer), "revision": answer.revision, "savedAt": None}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(reply).encode()]


def _keep_later(environ: dict[str, Any]) -> None:
    time.sleep(_chance.uniform(0.1, 1.5))
    if _chance.randrange(LOSES_ONE_OF):
        for _part in real_app(environ, lambda *_arguments: None):
            pass
