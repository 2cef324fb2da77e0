"""tests.web.public.test_health — what machines are told: alive, ready, and the figures, to whom they are meant for."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from exam_app.base.db import db, transaction
from exam_app.base.keys import keys
from exam_app.operations import health
from exam_app.operations.service import take_lease
from exam_app.web.public import health as pages
from tests.conftest import NINE


@pytest.fixture
def leased(app: Flask) -> None:
    """Somebody is the scheduler."""
    with transaction():
        take_lease("sweep", "here", NINE)


def figure(client: FlaskClient, name: str) -> float:
    """Return one figure as a monitor reads it, 0 where it was never counted."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", client.get("/metrics").text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_process_that_lives_says_so_without_its_database(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.session, "execute", lambda *_a, **_k: pytest.fail("asked the database"))
    assert client.get("/healthz").get_json() == {"status": "ok"}


def test_sound_installation_with_a_scheduler_is_ready(client: FlaskClient, leased: None) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()["status"]) == (200, "ready")
    assert answer.get_json()["checks"] == dict.fromkeys(["database", "schema", "scheduler", "keys", "disk"], True)


def missing(client: FlaskClient) -> set[str]:
    """Return which checks stand against serving."""
    answer = client.get("/readyz")
    assert answer.status_code == 503
    return {name for name, passed in answer.get_json()["checks"].items() if not passed}


def test_no_scheduler_is_not_ready(client: FlaskClient) -> None:
    assert missing(client) == {"scheduler"}


def test_schema_of_another_release_is_not_ready(client: FlaskClient, leased: None) -> None:
    with transaction():
        db.session.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert missing(client) == {"schema", "scheduler"}


def test_database_that_hangs_is_given_up_after_a_second(
    client: FlaskClient, leased: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.0)
    assert missing(client) == {"database", "schema", "scheduler"}


def test_key_that_is_gone_is_not_ready(app: Flask, client: FlaskClient, leased: None) -> None:
    (keys().folder / "receipts.key").unlink()
    assert missing(client) == {"keys"}


def test_full_disk_is_not_ready(client: FlaskClient, leased: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LEAST_DISK_BYTES", 2**70)
    assert missing(client) == {"disk"}


def test_figures_are_for_this_machine_and_for_whoever_knows_the_token(client: FlaskClient) -> None:
    token = (keys().folder / "metrics.token").read_text().strip()
    far: dict[str, Any] = {"environ_base": {"REMOTE_ADDR": "10.0.0.9"}}
    knowing = {"Authorization": f"Bearer {token}"}

    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", **far).status_code == 404
    assert client.get("/metrics", headers=knowing, **far).status_code == 200
    assert client.get("/metrics", headers={"Authorization": f"Bearer {token}x"}, **far).status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer 张三"}, **far).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "10.0.0.9"}).status_code == 404
    assert (keys().folder / "metrics.token").stat().st_mode & 0o077 == 0


def test_standing_figures_come_from_one_statement(client: FlaskClient, leased: None, count_statements: Any) -> None:
    with count_statements() as statements:
        said = client.get("/metrics").text
    assert len(statements) == 1
    for name in ("sittings_open", "sittings_overdue", "jobs_queued", "jobs_failed", "lease_age_seconds"):
        assert f"exam_{name} 0.0" in said


def test_requests_are_counted_by_kind_and_status(client: FlaskClient) -> None:
    pages_before = figure(client, 'exam_responses_total{kind="page",status="404"}')
    hot_before = figure(client, 'exam_request_seconds_count{kind="hot"}')
    client.get("/nowhere")
    client.get("/sittings/1/clock")

    assert figure(client, 'exam_responses_total{kind="page",status="404"}') == pages_before + 1
    assert figure(client, 'exam_request_seconds_count{kind="hot"}') == hot_before + 1


def test_figures_name_nobody(client: FlaskClient, app: Flask) -> None:
    client.get("/people/王强?phone=13800000000")
    said = client.get("/metrics").text
    assert "王强" not in said and "13800000000" not in said
    assert not list(Path(app.config["INSTANCE"]).glob("metrics/*"))
