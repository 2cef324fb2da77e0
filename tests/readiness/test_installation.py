"""tests.readiness.test_installation — each thing that is missing is found; nothing that is there is complained of."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from exam_app.audit.models import AuditEntry
from exam_app.base.clock import SystemClock
from exam_app.base.config import Settings
from exam_app.base.db import db, transaction
from exam_app.base.keys import keys
from exam_app.operations.service import take_lease
from exam_app.operations.stamps import BACKUP, stamp
from exam_app.operations.tls import make_certificates
from exam_app.readiness import installation
from exam_app.texts.readiness import FINDINGS, title_of, words_of
from tests.conftest import NINE
from tests.factories import make_committee

HOUR = timedelta(hours=1)


def wrong(now: datetime = NINE, *, is_serving: bool = False) -> dict[str, str]:
    """Return what has to be done, by check, in words."""
    findings = installation.examine(now, is_serving=is_serving)
    assert all(title_of(finding) and words_of(finding) for finding in findings)
    return {finding.check: words_of(finding) for finding in findings if not finding.is_fine}


def test_sound_installation_needs_nothing(app: Flask) -> None:
    assert wrong(SystemClock().now()) == {}


def test_server_without_a_scheduler_is_found(app: Flask) -> None:
    assert set(wrong(is_serving=True)) == {"scheduler"}
    with transaction():
        take_lease("sweep", "here", NINE)
    assert wrong(is_serving=True) == {}


def test_real_data_wants_a_backup_and_a_fresh_one(app: Flask) -> None:
    with transaction():
        make_committee()
    assert set(wrong()) == {"backup_missing"}
    stamp(Path(app.config["INSTANCE"]), BACKUP, NINE)
    assert wrong(NINE + 24 * HOUR) == {}
    assert "9 天前" in wrong(NINE + 9 * 24 * HOUR)["backup"]


def test_demo_wants_no_backup(app: Flask) -> None:
    with transaction():
        make_committee().is_demo = True
    assert wrong() == {}


def test_clock_that_was_set_back_is_found(app: Flask) -> None:
    with transaction():
        make_committee().is_demo = True
    assert "3600 秒" in wrong(NINE - HOUR)["clock"]


def test_key_that_is_gone_is_found(app: Flask) -> None:
    (keys().folder / "codes.key").unlink()
    assert set(wrong()) == {"keys_readable"}


def test_broken_record_is_looked_for_in_the_named_chains_alone(app: Flask) -> None:
    with transaction():
        mine, other = make_committee(), make_committee("乙县人大常委会")
        mine.is_demo = other.is_demo = True
    with transaction():
        db.session.execute(update(AuditEntry).where(AuditEntry.committee_id == other.id).values(actor_name="李四"))

    def sound(ids: list[int] | None) -> bool:
        found = installation.examine(NINE, is_serving=False, committee_ids=ids)
        return next(one.is_fine for one in found if one.check == "record")

    assert (sound([mine.id]), sound([other.id]), sound(None)) == (True, False, False)


@pytest.mark.parametrize(("days", "is_fine"), [(0, True), (795, False), (900, False)])
def test_certificate_that_runs_out_is_found(app: Flask, days: int, is_fine: bool) -> None:
    folder = Path(app.config["INSTANCE"])
    _authority, certificate, _key = make_certificates(folder / "tls", "exam.example.test", NINE)
    (folder / "serve.json").write_text(f'{{"host": "exam.example.test", "certificate": "{certificate}"}}')
    app.config["SETTINGS"] = Settings(instance=folder, public_url="https://exam.example.test:8443")

    assert ("certificate" not in wrong(NINE + timedelta(days=days))) == is_fine


def test_every_finding_has_words_for_both_ways_it_can_stand() -> None:
    only_fine = {"database", "certificate_none", "scheduler_rests", "backup_unneeded"}
    only_wrong = {"backup_missing", "exam_plans", "exam_unrehearsed"}
    for check, (title, fine, bad) in FINDINGS.items():
        assert title
        assert fine or check in only_wrong, check
        assert bad or check in only_fine, check
