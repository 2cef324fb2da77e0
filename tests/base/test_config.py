"""tests.base.test_config — what the environment says becomes settings; a database's address gets our patience."""

from sqlalchemy import make_url

from exam_app.base.config import read_settings


def test_postgresql_is_asked_for_by_its_driver_and_with_patience() -> None:
    url = make_url(read_settings({"DATABASE_URL": "postgresql://exam@10.0.0.5/exam"}).database_url)

    assert (url.drivername, url.host, url.database) == ("postgresql+psycopg", "10.0.0.5", "exam")
    assert url.query["connect_timeout"] == "5"
    assert "idle_in_transaction_session_timeout=60s" in str(url.query["options"])


def test_what_the_address_says_itself_stands() -> None:
    url = make_url(
        read_settings({"DATABASE_URL": "postgresql://exam@/exam?host=/run/pg&connect_timeout=30"}).database_url
    )

    assert (url.query["host"], url.query["connect_timeout"]) == ("/run/pg", "30")


def test_other_addresses_stay_as_they_are() -> None:
    assert read_settings({"DATABASE_URL": "sqlite:////srv/exam.sqlite3"}).database_url == "sqlite:////srv/exam.sqlite3"
    assert read_settings({}).database_url == ""


def test_nobody_in_front_is_believed_unless_it_is_said() -> None:
    assert read_settings({}).proxies == 0
    assert read_settings({"EXAM_PROXIES": "1"}).proxies == 1
