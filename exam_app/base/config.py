"""base.config — the settings of this installation, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from flask import current_app

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All that differs from one installation to the next."""

    instance: Path = ROOT / "instance"
    database_url: str = ""
    demo: bool = False
    public_url: str = "http://127.0.0.1:8000"
    scheduler: bool = False
    idle_minutes: int = 20
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
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
