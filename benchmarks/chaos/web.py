"""benchmarks.chaos.web — starts the web server exactly as exam_app.cli.server does, for a given address and target.

`python -m benchmarks.chaos.web HOST PORT WORKERS TARGET`; the settings come from the environment.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from exam_app.app import create_app
from exam_app.base.config import read_settings
from exam_app.cli import server
from exam_app.cli.server import Address


def main(host: str, port: str, workers: str, target: str) -> None:
    """Replace this process by the server."""
    settings = read_settings()
    scheduler = os.environ.pop("EXAM_SCHEDULER", "0")  # not in this process, which only builds the command
    replace_process = os.execve

    def run_target(path: Path, arguments: Sequence[str], environ: Mapping[str, str]) -> None:
        replace_process(path, [*arguments[:-1], target], environ)

    os.execve = run_target  # type: ignore[assignment]
    with create_app(read_settings()).app_context():
        environ = {"EXAM_SCHEDULER": scheduler, "EXAM_INSTANCE": str(settings.instance)}
        server.run(Address(host, int(port)), environ, int(workers))


if __name__ == "__main__":
    main(*sys.argv[1:])
