"""tests.benchmarks.test_front — the operator's nginx example is the one that make failover runs."""

import shutil
import subprocess
from pathlib import Path

import pytest

from benchmarks.failover.front import EXAMPLE, configuration


def test_example_takes_other_addresses(tmp_path: Path) -> None:
    text = configuration(tmp_path, 18_080, [("127.0.0.2", 8000), ("127.0.0.3", 8001)])
    assert "server 127.0.0.2:8000 max_fails=0;" in text and "listen 127.0.0.1:18080" in text
    assert "server 10.0.0." not in text and "ssl_certificate" not in text


def test_only_what_may_be_repeated_is_repeated() -> None:
    directives = [line.split("#")[0].strip() for line in EXAMPLE.read_text().splitlines()]
    assert "proxy_next_upstream error timeout;" in directives
    assert not any("non_idempotent" in line or "ip_hash" in line or "sticky" in line for line in directives)


@pytest.mark.skipif(shutil.which("nginx", path="/usr/sbin:/usr/bin") is None, reason="no nginx here")
def test_nginx_understands_it(tmp_path: Path) -> None:
    (tmp_path / "nginx.conf").write_text(configuration(tmp_path, 18_080, [("127.0.0.2", 8000)]))
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    check = [nginx, "-t", "-p", tmp_path, "-e", tmp_path / "error.log", "-c", tmp_path / "nginx.conf"]
    done = subprocess.run(check, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
