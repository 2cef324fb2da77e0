"""benchmarks.failover.front — nginx with the operator's example (docs/nginx.conf), our addresses put in."""

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

from benchmarks.failover.network import Machine
from exam_app.base.config import ROOT
from tests.postgres import die_with_parent

EXAMPLE = ROOT / "docs" / "nginx.conf"
LOG_FORMAT = "log_format upstream '$upstream_addr $upstream_status $request_time';"


class NginxMissing(RuntimeError):
    """nginx is not installed."""


def find_nginx() -> str:
    """Return the path of nginx, or raise NginxMissing with what to do."""
    path = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if path is None:
        raise NginxMissing(
            "没有找到 nginx：请先安装（Debian/Ubuntu：apt-get install nginx-light），再运行 make failover。"
        )
    return path


def configuration(home: Path, port: int, nodes: list[tuple[str, int]]) -> str:
    """Return the example with our nodes, our port, no TLS and a log of which node answered."""
    text = EXAMPLE.read_text(encoding="utf-8")
    settings = re.search(r"server 10\.0\.0\.11:8000 (.*);", text)
    assert settings is not None
    servers = "\n".join(f"server {address}:{at} {settings[1]};" for address, at in nodes)
    changes = (
        (r"(?:        server 10\.0\.0\.\d+:8000 .*;\n)+", servers + "\n"),
        (r"        listen 443 ssl;\n(?:        ssl_.*\n)+", f"listen 127.0.0.1:{port} backlog=1024;\n"),
        (r"pid .*;", f"pid {home}/nginx.pid;\ndaemon off;"),
        (r"error_log .*;", f"error_log {home}/nginx-error.log warn;"),
        (r"worker_processes auto;", "worker_processes 2;"),
        (r"worker_rlimit_nofile .*;\n", ""),
        (r"worker_connections 16384;", "worker_connections 4096;"),
        (r"access_log off;", f"{LOG_FORMAT}\n    access_log {home}/nginx-access.log upstream;"),
    )
    for pattern, replacement in changes:
        text, count = re.subn(pattern, lambda _found, new=replacement: new, text)
        if count != 1:
            raise ValueError(f"docs/nginx.conf has changed: {pattern} stands there {count} times")
    paths = " ".join(
        f"{name}_temp_path {home}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return text.replace("http {", f"http {{\n    {paths}", 1)


class Front:
    """A running nginx."""

    def __init__(self, home: Path, port: int, nodes: list[tuple[Machine, int]]) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._home = home
        file = home / "nginx.conf"
        file.write_text(configuration(home, port, [(machine.address, at) for machine, at in nodes]))
        command = [find_nginx(), "-p", str(home), "-e", str(home / "nginx-error.log"), "-c", str(file)]
        self._process = subprocess.Popen(command, preexec_fn=die_with_parent)

    def served(self) -> Counter[str]:
        """Return how many replies each node gave."""
        counts: Counter[str] = Counter()
        for line in (self._home / "nginx-access.log").read_text().splitlines():
            *tried, _status, _seconds = line.replace(",", "").split(" ")
            counts.update(tried[(len(tried) + 1) // 2 - 1 : (len(tried) + 1) // 2])
        return counts

    def passed_over(self) -> int:
        """Return how many requests went to another node after the first had failed."""
        return sum(", " in line for line in (self._home / "nginx-access.log").read_text().splitlines())

    def close(self) -> None:
        """Stop it."""
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(20)
