"""tests.test_migrations — revisions and models say the same on both databases, CHECKs included; up, down, up."""

import re
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import CheckConstraint, Enum, inspect

from exam_app.base.config import ROOT
from exam_app.base.db import db
from exam_app.tables import metadata


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated(request: pytest.FixtureRequest) -> Flask:
    """The application over a migrated database of either kind."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_app")
    if request.config.getoption("--database") != "sqlite":
        pytest.skip("SQLite is covered by the run without --database")
    return request.getfixturevalue("app")


def schema() -> dict[str, Any]:
    """Return what the database says of itself: columns, keys, indexes and checks of every table."""
    inspector = inspect(db.engine)
    return {
        table: {
            "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)],
            "primary": inspector.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted(
                str((f["constrained_columns"], f["referred_table"])) for f in inspector.get_foreign_keys(table)
            ),
            "unique": sorted(str(u["column_names"]) for u in inspector.get_unique_constraints(table)),
            "indexes": sorted(str((i["name"], i["unique"])) for i in inspector.get_indexes(table)),
            "checks": sorted((c["name"], c["sqltext"]) for c in inspector.get_check_constraints(table)),
        }
        for table in inspector.get_table_names()
    }


def checks_of_models() -> dict[str, set[str]]:
    """Return the names of the CHECK constraints that the models declare, by table."""
    return {
        table.name: {str(c.name) for c in table.constraints if isinstance(c, CheckConstraint)}
        for table in metadata.sorted_tables
    }


def test_revisions_equal_the_models(migrated: Flask) -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_revisions_hold_every_check_of_the_models(migrated: Flask) -> None:
    inspector = inspect(db.engine)
    for table, declared in checks_of_models().items():
        stored = {check["name"] for check in inspector.get_check_constraints(table)}
        assert stored == {f"ck_{table}_{name}" if not name.startswith("ck_") else name for name in declared}, table


def test_checks_of_enumerations_list_every_member(migrated: Flask) -> None:
    inspector = inspect(db.engine)
    for table in metadata.sorted_tables:
        stored = {check["name"]: check["sqltext"] for check in inspector.get_check_constraints(table.name)}
        for column in table.columns:
            if isinstance(column.type, Enum):
                text = stored[f"ck_{table.name}_{column.type.name}"]
                assert set(re.findall(r"'([a-z_]+)'", text)) == set(column.type.enums), f"{table.name}.{column.name}"


def test_down_and_up_again_gives_the_same_schema(migrated: Flask) -> None:
    before = schema()
    db.session.remove()
    downgrade(revision="base")
    assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}

    upgrade()
    assert schema() == before


def test_revisions_are_numbered_and_the_head_file_names_the_last() -> None:
    """Two revisions made side by side conflict in the head file, not in production."""
    names = sorted(path.name for path in (ROOT / "migrations" / "versions").glob("*.py"))
    assert [name[:4] for name in names] == [f"{number:04d}" for number in range(1, len(names) + 1)]
    assert (ROOT / "migrations" / "HEAD").read_text().strip() == names[-1][:4]


def test_revisions_do_not_import_the_application() -> None:
    for path in (ROOT / "migrations" / "versions").glob("*.py"):
        assert "exam_app" not in path.read_text(encoding="utf-8")
