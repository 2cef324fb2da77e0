"""tests.web.test_proxies — whose address the office writes down: the browser's, where a proxy in front may name it."""

from pathlib import Path

import pytest
from flask import Flask, request

from exam_app.app import create_app
from exam_app.base.clock import FixedClock
from exam_app.base.config import Settings
from tests.conftest import NINE


def address_seen(app: Flask) -> str:
    app.add_url_rule("/whose-address", view_func=lambda: request.remote_addr or "")
    app.before_request_funcs.clear()
    return app.test_client().get("/whose-address", headers={"X-Forwarded-For": "10.1.2.3"}).text


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "10.1.2.3")])
def test_address_of_the_browser(tmp_path: Path, proxies: int, seen: str) -> None:
    assert address_seen(create_app(Settings(instance=tmp_path, proxies=proxies), FixedClock(NINE))) == seen
