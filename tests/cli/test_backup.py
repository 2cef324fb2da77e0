"""tests.cli.test_backup — one file holds the installation; altered, mismatched or unasked-for, it is not restored."""

import hashlib
import shutil
import sqlite3
import stat
import tarfile
from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from exam_app.app import create_app
from exam_app.audit.queries import verify
from exam_app.audit.service import MACHINE
from exam_app.base.clock import FixedClock
from exam_app.base.config import Settings
from exam_app.base.db import db, transaction
from exam_app.committees.models import Committee
from exam_app.people.service import RegisterPerson, get_person, phone_of, register
from tests.conftest import NINE
from tests.factories import make_committee
from tests.postgres import find_binaries

PASSPHRASE = "correct horse battery"
PHONE = "13800000000"


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the passphrase as an unattended backup does."""
    monkeypatch.setenv("EXAM_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def office(app: Flask) -> Flask:
    """An installation with a committee and a person whose phone number is sealed."""
    with transaction():
        committee = make_committee()
        register(RegisterPerson(committee_id=committee.id, name="王强", phone=PHONE), MACHINE, NINE)
    return app


@pytest.fixture
def saved(office: Flask, tmp_path: Path) -> Path:
    """A backup of the office."""
    file = tmp_path / "office.tar"
    done = run(office, "backup", file)
    assert done.exit_code == 0, done.output
    return file


@pytest.fixture
def fresh(tmp_path: Path) -> Callable[[], Flask]:
    """Build the application over an empty folder, as on another machine."""

    def build() -> Flask:
        return create_app(Settings(instance=tmp_path / "fresh"), FixedClock(NINE))

    return build


def run(app: Flask, *arguments: object) -> Result:
    """Run a command of the application."""
    return app.test_cli_runner().invoke(args=[str(one) for one in arguments])


def is_empty(app: Flask) -> bool:
    """Whether nothing was restored."""
    instance = Path(app.config["INSTANCE"])
    with closing(sqlite3.connect(instance / "exam.sqlite3")) as plain:
        tables = plain.execute("SELECT name FROM sqlite_master").fetchall()
    return not tables and not (instance / "audit-heads.log").exists()


def rewrite(file: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change one member of the archive and leave the rest."""
    with tarfile.open(file) as archive:
        members = {one.name: archive.extractfile(one).read() for one in archive}  # type: ignore[union-attr]
    members[name] = change(members[name])
    with tarfile.open(file, "w") as archive:
        for one, content in members.items():
            info = tarfile.TarInfo(one)
            info.size = len(content)
            archive.addfile(info, BytesIO(content))


def flip(content: bytes) -> bytes:
    """Change the last byte."""
    return content[:-1] + bytes([content[-1] ^ 1])


def test_everything_comes_back_with_the_keys_that_open_it(saved: Path, fresh: Callable[[], Flask]) -> None:
    app = fresh()
    with app.app_context():
        done = run(app, "restore", saved)
        assert done.exit_code == 0, done.output
        committee = db.session.scalars(select(Committee)).one()
        assert phone_of(get_person(1, committee.id)) == PHONE
        assert verify() == (2, [])
        db.session.remove()
        db.engine.dispose()


def test_file_is_for_its_owner_alone_and_holds_no_bare_key(saved: Path, office: Flask) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    content = saved.read_bytes()
    keys = list((Path(office.config["INSTANCE"]) / "keys").glob("*.key"))
    assert keys
    assert not [path.name for path in keys if path.read_bytes() in content]


def test_office_may_go_on_writing_meanwhile(saved: Path, office: Flask, fresh: Callable[[], Flask]) -> None:
    with transaction():
        make_committee("乙县人大常委会")

    app = fresh()
    with app.app_context():
        assert run(app, "restore", saved).exit_code == 0
        assert len(db.session.scalars(select(Committee)).all()) == 1
        db.session.remove()
        db.engine.dispose()


def test_wrong_passphrase_restores_nothing(
    saved: Path, fresh: Callable[[], Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXAM_PASSPHRASE", "another passphrase")
    app = fresh()
    with app.app_context():
        done = run(app, "restore", saved)

    assert done.exit_code == 1
    assert "口令不对" in done.output
    assert is_empty(app)


@pytest.mark.parametrize("name", ["database", "about.json", "audit-heads.log", "keys.sealed"])
def test_altered_member_is_found(saved: Path, fresh: Callable[[], Flask], name: str) -> None:
    rewrite(saved, name, flip)
    app = fresh()
    with app.app_context():
        done = run(app, "restore", saved)

    assert done.exit_code == 1
    assert name in done.output
    assert is_empty(app)


def test_mended_checksum_does_not_hide_an_altered_member(saved: Path, fresh: Callable[[], Flask]) -> None:
    with tarfile.open(saved) as archive:
        heads = archive.extractfile("audit-heads.log").read()  # type: ignore[union-attr]
    old, new = (hashlib.sha256(one).hexdigest().encode() for one in (heads, flip(heads)))
    rewrite(saved, "audit-heads.log", flip)
    rewrite(saved, "SHA256SUMS", lambda sums: sums.replace(old, new))
    app = fresh()
    with app.app_context():
        done = run(app, "restore", saved)

    assert done.exit_code == 1
    assert "不配套" in done.output
    assert is_empty(app)


@pytest.mark.parametrize("content", [b"", b"not a tar at all", b"\0" * 10240])
def test_file_of_another_kind_is_refused(tmp_path: Path, fresh: Callable[[], Flask], content: bytes) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(content)
    app = fresh()
    with app.app_context():
        done = run(app, "restore", file)

    assert done.exit_code == 1
    assert "photo.jpg" in done.output
    assert is_empty(app)


def test_name_that_leads_out_of_the_folder_is_refused(tmp_path: Path, fresh: Callable[[], Flask]) -> None:
    file = tmp_path / "evil.tar"
    with tarfile.open(file, "w") as archive:
        info = tarfile.TarInfo("../escaped")
        info.size = 1
        archive.addfile(info, BytesIO(b"x"))
    app = fresh()
    with app.app_context():
        assert run(app, "restore", file).exit_code == 1

    assert not list(tmp_path.rglob("escaped"))


def test_installation_in_use_is_not_overwritten(saved: Path, office: Flask) -> None:
    with transaction():
        make_committee("乙县人大常委会")
    done = run(office, "restore", saved)

    assert done.exit_code == 1
    assert "已有数据" in done.output
    assert len(db.session.scalars(select(Committee)).all()) == 2


def test_backup_does_not_overwrite_a_file(saved: Path, office: Flask) -> None:
    before = saved.read_bytes()
    done = run(office, "backup", saved)

    assert done.exit_code == 1
    assert saved.read_bytes() == before


def test_short_passphrase_makes_no_backup(office: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAM_PASSPHRASE", "short")
    done = run(office, "backup", tmp_path / "office.tar")

    assert done.exit_code == 1
    assert "12" in done.output
    assert not list(tmp_path.glob("office.tar*"))


def test_folder_that_is_not_there_is_named(office: Flask, tmp_path: Path) -> None:
    done = run(office, "backup", tmp_path / "missing" / "office.tar")

    assert done.exit_code == 2
    assert "missing" in done.output


@pytest.mark.postgresql
def test_postgresql_comes_back_too(
    postgres_app: Flask,
    make_app: Callable[[str], Flask],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = find_binaries()
    assert (folder / "pg_dump").exists(), "backup needs pg_dump beside the server"
    monkeypatch.setenv("EXAM_PG_BIN", str(folder))
    with transaction():
        make_committee()
    file = tmp_path / "office.tar"
    done = run(postgres_app, "backup", file)
    assert done.exit_code == 0, done.output
    with transaction():
        db.session.execute(Committee.__table__.delete())  # type: ignore[attr-defined]
    instance = Path(postgres_app.config["INSTANCE"])
    (instance / "audit-heads.log").unlink()
    shutil.rmtree(instance / "keys")
    (instance / "keys").mkdir()

    done = run(postgres_app, "restore", file)

    assert done.exit_code == 0, done.output
    assert len(db.session.scalars(select(Committee)).all()) == 1
    assert verify() == (1, [])
