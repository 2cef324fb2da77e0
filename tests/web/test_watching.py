"""tests.web.test_watching — requests are numbered, failures logged in one line, and no line names anybody."""

import json
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from exam_app.base.db import db
from exam_app.web import watching
from exam_app.web.watching import SAVED, counted_save
from exam_app.web.who import allow_public

NUMBER = re.compile(r"[0-9a-f]{8}")
PERSONAL = ("王小强", "13800138000", "110101199003078888", "K7QM3F9D", "secret-token", "260000200011")


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """Return what was logged, line by line."""
    return [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]


@pytest.fixture
def failing(app: Flask) -> Iterator[FlaskClient]:
    """A browser before an application in which one address fails on what it was sent."""
    view = allow_public(lambda name: db.session.execute(text("SELECT :a FROM nowhere"), {"a": name}))
    app.add_url_rule("/fails/<name>", "fails", view, methods=["GET", "POST"])
    yield app.test_client()


def test_number_comes_back_made_or_as_given(client: FlaskClient) -> None:
    assert NUMBER.fullmatch(client.get("/healthz").headers["X-Request-ID"])
    given = {"X-Request-ID": "proxy-0123-abcd"}
    assert client.get("/healthz", headers=given).headers["X-Request-ID"] == "proxy-0123-abcd"


@pytest.mark.parametrize("given", ["short", "x" * 65, "with blank in it", "semi;colon;semi", "王小强王小强王小强"])
def test_number_of_another_form_is_replaced(client: FlaskClient, given: str) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": given.encode().decode("latin-1")})
    assert NUMBER.fullmatch(answer.headers["X-Request-ID"])


def test_failure_is_one_line_and_its_number_is_shown(failing: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    answer = failing.get("/fails/x", headers={"Accept": "text/html"})
    [line] = lines(capsys)

    assert answer.status_code == 500
    assert (line["event"], line["route"], line["status"], line["level"]) == ("request", "/fails/<name>", 500, "error")
    assert f"编号 {line['id']}，报修时请报此编号" in answer.text
    assert line["id"] == answer.headers["X-Request-ID"]
    assert "sqlalchemy.exc.OperationalError" in line["raised"] or "sqlalchemy.exc.ProgrammingError" in line["raised"]
    assert any("test_watching.py" in step for step in line["way"])  # type: ignore[attr-defined]


def test_failure_tells_its_number_to_scripts_too(failing: FlaskClient) -> None:
    answer = failing.get("/fails/x", headers={"Accept": "application/json"})
    assert answer.get_json()["request"] == answer.headers["X-Request-ID"]


def test_refusal_shows_no_number_and_logs_nothing(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    assert "编号" not in client.get("/nowhere").text
    assert lines(capsys) == []


def test_no_line_names_anybody(failing: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    name, phone, identity, code, token, number = PERSONAL
    failing.set_cookie("session", token)
    failing.post(
        f"/fails/{name}?phone={phone}",
        data={"identity": identity, "code": code, "number": number},
        headers={"X-Sitting-Token": token, "Authorization": f"Bearer {token}", "User-Agent": name.encode().hex()},
    )
    failing.post("/fails/" + number, json={"name": name, "phone": phone})
    failing.open(f"/{name}/{phone}", method="王".encode().decode("latin-1"))
    said = capsys.readouterr().err

    assert said.count('"event": "request"') == 2
    assert not [word for word in PERSONAL if word in said or json.dumps(word)[1:-1] in said]


def test_slow_request_is_logged(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watching, "SLOW_SECONDS", 0.0)
    client.get("/healthz?name=x")
    [line] = lines(capsys)
    assert (line["route"], line["status"], line["level"]) == ("/healthz", 200, "warning")


@pytest.mark.parametrize(
    ("outcome", "name"),
    [
        (SAVED, "exam_saves_total"),
        ("after_grace", 'exam_saves_refused_total{reason="after_grace"}'),
        ("device_replaced", 'exam_saves_refused_total{reason="replaced_device"}'),
        ("answer_invalid", 'exam_saves_refused_total{reason="invalid"}'),
        ("a_new_reason", 'exam_saves_refused_total{reason="other"}'),
    ],
)
def test_saves_are_counted_by_outcome(client: FlaskClient, outcome: str, name: str) -> None:
    def read() -> tuple[float, float]:
        said = client.get("/metrics").text
        found = re.search(rf"^{re.escape(name)} (\S+)$", said, re.MULTILINE)
        timed = re.search(r"^exam_save_seconds_count (\S+)$", said, re.MULTILINE)
        assert found and timed
        return float(found[1]), float(timed[1])

    before = read()
    counted_save(outcome, 0.004)
    assert read() == (before[0] + 1, before[1] + 1)
