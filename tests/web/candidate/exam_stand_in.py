"""tests.web.candidate.exam_stand_in — a small server that speaks the contract of the exam page."""

import json
import mimetypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from exam_app.base.i18n import gettext

WEB = Path(__file__).parents[3] / "exam_app" / "web"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'"
)
START = datetime(2026, 11, 23, 2, 32, 5, tzinfo=UTC)
QUESTIONS = [
    {"kind": "single", "stem": "国家的一切权力属于谁？", "options": ["人民", "政府", "法院", "检察院"]},
    {"kind": "single", "stem": "地方各级人民代表大会每届任期几年？", "options": ["三年", "四年", "五年", "六年"]},
    {"kind": "multiple", "stem": "常务委员会可以听取下列哪些报告？", "options": ["甲", "乙", "丙", "丁"]},
    {"kind": "true_false", "stem": "宪法具有最高的法律效力。", "options": ["正确", "错误"]},
]
SECTIONS = [
    {"title": "一、单选题", "note": "每题25分，共2题。每题只有一个正确答案。", "first": 1, "last": 2},
    {"title": "二、多选题", "note": "每题25分，共1题。多选、少选不得分。", "first": 3, "last": 3},
    {"title": "三、判断题", "note": "每题25分，共1题。", "first": 4, "last": 4},
]
EMERGENCY_KEY = bytes(range(32))
Reply = tuple[int, dict[str, Any]]


class StandIn:
    """One sitting, in memory; the public fields are what a test sets or reads."""

    def __init__(self) -> None:
        self.questions = [{"slot": slot, **question} for slot, question in enumerate(QUESTIONS, start=1)]
        self.sections = SECTIONS
        self.address = ""
        self.remaining_ms, self.grace_ms, self.early_ms = 5_400_000, 200, 0
        self.state = "open"
        self.token = 0
        self.events: dict[int, tuple[int, str]] = {}  # revision -> slot, response
        self._saved_at: dict[int, str] = {}
        self.handed_in: list[dict[str, Any]] | None = None
        self.told: list[str] = []
        self.refused: list[tuple[int, str]] = []  # answers of a replaced device
        self.client_times: list[int] = []
        self.saves = 0
        self.faults: list[str] = []  # for the next saves: down, portal, lost, late, replaced, closed
        self.is_down = False
        self._set_at = time.monotonic()
        self._guard = threading.Lock()

    @property
    def answers(self) -> dict[int, str]:
        return {slot: response for _, (slot, response) in sorted(self.events.items())}

    def set_remaining(self, milliseconds: int) -> None:
        self.remaining_ms, self._set_at = milliseconds, time.monotonic()

    def restore(self, revision: int) -> None:
        """Go back to a backup that was made when this revision was the newest."""
        self.events = {number: event for number, event in self.events.items() if number <= revision}
        self._saved_at = {number: at for number, at in self._saved_at.items() if number <= revision}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        request = Request(environ)
        with self._guard:
            return self._answer(request)(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.path.startswith("/static/"):
            return _static(request.path)
        if request.path in ("/my/sitting", "/my/rehearsal"):
            return _page("exam.html" if request.path == "/my/sitting" else "rehearsal.html")
        if request.path == "/my":
            return Response("home", mimetype="text/html")
        return self._api(request)

    def _api(self, request: Request) -> Response:
        if request.path == "/my/sitting/start":
            return _json(self._start(request))
        if self.is_down:
            return Response("unavailable", 503)
        body = request.get_json(silent=True) or {}
        if request.headers["X-Sitting-Token"] != str(self.token):
            return self._replaced(request.path, body)
        if request.path.endswith("/clock"):
            return _json((200, {"remainingMs": self._left_ms(), "state": self.state, "serverTime": self._now()}))
        if request.path.endswith("/events"):
            self.told.append(body["kind"])
            return _json((200, {}))
        if request.path.endswith("/hand-in"):
            return _json(self._hand_in(body))
        return self._save(int(request.path.rsplit("/", 1)[1]), body)

    def _replaced(self, path: str, body: dict[str, Any]) -> Response:
        # As the real server does: an answer is kept apart, everything else is refused.
        if "/answers/" not in path:
            return _json((409, {"code": "device_replaced", "message": "已在另一台电脑继续"}))
        self.refused.append((int(path.rsplit("/", 1)[1]), body["response"]))
        return _json((202, {"late": True, "receipt": "L", "message": "考试已在另一台电脑继续。"}))

    def _start(self, request: Request) -> Reply:
        if self.state != "open":
            return 409, {"code": "sitting_closed", "message": "本场考试尚未放行，请稍候。"}
        assert request.headers["X-CSRFToken"] == "csrf"
        self.token += 1
        answers = {
            slot: {"response": response, "revision": revision}
            for revision, (slot, response) in sorted(self.events.items())
        }
        return 200, {
            "sitting": 12, "token": str(self.token), "remainingMs": self._left_ms(), "graceMs": self.grace_ms,
            "serverTime": self._now(), "title": "任前法律知识考试", "bookMode": "闭卷", "fullMarks": "100",
            "candidate": {"name": "张 三", "admissionNumber": "20261123003", "seat": "03"},
            "sections": self.sections, "questions": self.questions, "answers": answers,
            "revision": max(self.events, default=0), "lastSavedAt": self._now() if self.events else None,
            "earlyHandInMs": self.early_ms, "emergencyKey": EMERGENCY_KEY.hex(),
        }  # fmt: skip

    def _save(self, slot: int, body: dict[str, Any]) -> Response:
        self.saves += 1
        self.client_times.append(body["clientAt"])
        fault = self.faults.pop(0) if self.faults else ""
        if fault in ("down", "portal"):
            return Response("<html>请登录</html>", 503 if fault == "down" else 200)
        if fault == "late":
            return _json((202, {"late": True, "receipt": "L", "message": "此答案在收卷之后送达。"}))
        if fault in ("replaced", "closed"):
            code = {"replaced": "device_replaced", "closed": "sitting_closed"}[fault]
            return _json((409, {"code": code, "message": "考试已由监考人员收卷。"}))
        reply = self._keep(slot, body)
        return Response("", 502) if fault == "lost" else _json(reply)

    def _keep(self, slot: int, body: dict[str, Any]) -> Reply:
        event = (slot, body["response"])
        if self.events.setdefault(body["revision"], event) != event:
            return 409, {"code": "revision_taken", "revision": max(self.events)}
        saved_at = self._saved_at.setdefault(body["revision"], self._now())
        return 200, {"receipt": "R", "savedAt": saved_at, "revision": body["revision"], "remainingMs": self._left_ms()}

    def _hand_in(self, body: dict[str, Any]) -> Reply:
        if self._left_ms() and self.early_ms:
            return 409, {"code": "too_early", "message": "还不能交卷"}
        for answer in body["answers"]:
            status, refusal = self._keep(answer["slot"], answer)
            if status != 200:
                return status, refusal
        self.state, self.handed_in = "submitted", body["answers"]
        return 200, {"code": "K7QM-3F9D", "next": "/my"}

    def _left_ms(self) -> int:
        return max(0, self.remaining_ms - int((time.monotonic() - self._set_at) * 1000))

    def _now(self) -> str:
        return (START + timedelta(seconds=len(self.events))).isoformat()


@contextmanager
def serving(office: StandIn) -> Iterator[StandIn]:
    server = make_server("127.0.0.1", 0, office, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    office.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield office
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _json(reply: Reply) -> Response:
    return Response(json.dumps(reply[1]), reply[0], mimetype="application/json")


def _static(path: str) -> Response:
    file = WEB / path.lstrip("/")
    kind = mimetypes.guess_type(file.name)[0]
    return Response(file.read_bytes(), mimetype=kind) if file.is_file() else Response("", 404)


def _page(name: str) -> Response:
    folders = [WEB / "templates", WEB / "candidate" / "templates"]
    pages = Environment(loader=FileSystemLoader(folders), undefined=StrictUndefined, autoescape=True)
    pages.globals.update(
        _=gettext,
        asset=lambda path: f"/static/{path}",
        csrf_token=lambda: "csrf",
        get_flashed_messages=lambda **_: [],
        request=SimpleNamespace(script_root=""),
        is_demo=False,
        user=None,
        committee=None,
    )
    html = pages.get_template(f"candidate/{name}").render()
    return Response(html, mimetype="text/html", headers={"Content-Security-Policy": CSP, "Cache-Control": "no-store"})
