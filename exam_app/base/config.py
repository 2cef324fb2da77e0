"""base.config — the settings of this installation, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from flask import current_app

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "2",
    "keepalives_count": "3",
    "tcp_user_timeout": "8000",
    "options": (
        "-c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3 "
        "-c idle_in_transaction_session_timeout=60s"
    ),
}
"""How the database server and we find out within seconds that the other's machine has died. Else the row locks of a
dead web node stand for hours, and whoever was saving just then cannot go on. What the address says itself stands.
"""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All that differs from one installation to the next; `proxies` is how many stand in front and name the browser."""

    instance: Path = ROOT / "instance"
    database_url: str = ""
    demo: bool = False
    public_url: str = "http://127.0.0.1:8000"
    scheduler: bool = False
    idle_minutes: int = 20
    proxies: int = 0
    fonts: Mapping[str, str] = field(default_factory=dict)
    language: str = "zh_CN"

    @property
    def effective_database_url(self) -> str:
        """The given database, or the SQLite file of the instance."""
        return self.database_url or f"sqlite:///{self.instance / 'exam.sqlite3'}"

    @property
    def secure(self) -> bool:
        """Whether people reach the pages over TLS."""
        return self.public_url.startswith("https://")

    @property
    def trustworthy(self) -> bool:
        """Whether browsers take the address for a secure context: TLS, or this very machine."""
        return self.public_url.startswith(("https://", "http://127.", "http://localhost", "http://[::1]"))


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings that the environment gives; DATABASE_URL and EXAM_* names."""
    env = os.environ if environ is None else environ
    fonts = {name: env[f"EXAM_FONT_{name}"] for name in ("FANGSONG", "XIAOBIAOSONG") if f"EXAM_FONT_{name}" in env}
    return Settings(
        instance=Path(env.get("EXAM_INSTANCE", ROOT / "instance")).resolve(),
        database_url=_with_driver(env.get("DATABASE_URL", "")),
        demo=env.get("EXAM_DEMO") == "1",
        public_url=env.get("EXAM_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
        scheduler=env.get("EXAM_SCHEDULER") == "1",
        idle_minutes=int(env.get("EXAM_IDLE_MINUTES", "20")),
        proxies=int(env.get("EXAM_PROXIES", "0")),
        fonts=fonts,
        language=env.get("EXAM_LANGUAGE", "zh_CN"),
    )


def settings() -> Settings:
    """Return the settings of the running application."""
    return cast(Settings, current_app.config["SETTINGS"])


def _with_driver(url: str) -> str:
    """Name the driver: operators write postgresql://, SQLAlchemy would look for psycopg2."""
    for prefix in ("postgresql://", "postgres://"):
        if url.startswith(prefix):
            return _with_patience("postgresql+psycopg://" + url.removeprefix(prefix))
    return _with_patience(url) if url.startswith("postgresql") else url


def _with_patience(url: str) -> str:
    """Add to the address how long to wait for a machine that says nothing."""
    parts = urlsplit(url)
    asked = {**PATIENCE, **dict(parse_qsl(parts.query))}
    return parts._replace(query=urlencode(asked, quote_via=quote)).geturl()
