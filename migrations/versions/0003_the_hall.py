"""The hall: sealed journals, papers ready before the bell, outages, emergency files, answers on paper."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ROLES = (
    "author",
    "reviewer",
    "examiner",
    "invigilator",
    "marker",
    "officer",
    "director",
    "system_administrator",
    "security_administrator",
    "audit_administrator",
)
LATE_REASONS = ("after_grace", "after_close", "replaced_device")
ROOM_EVENTS = (
    "started",
    "resumed",
    "moved",
    "extra_time",
    "focus_lost",
    "reconnected",
    "handed_in",
    "expired",
    "voided",
)
MORE_ROLES = ("chief_invigilator",)
MORE_REASONS = ("emergency_file", "on_paper")
MORE_EVENTS = ("emergency_loaded", "put_on_paper", "paper_settled", "late_decided")
AT = sa.DateTime(timezone=True)
SITTING_COLUMNS = ("silent_from", "silent_until", "on_paper_at")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def _recheck(table: str, name: str, sql: str) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_{name}"), sql)


def _fill(table: str, percent: int) -> None:
    """Leave room in the pages of a table whose rows are touched at every save, so that they stay where they are."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE {table} SET (fillfactor = {percent})")


ANSWER_COLUMNS = "sitting_id, revision, slot, response, client_at, server_at, receipt"


def _answers(*more: Any, **options: Any) -> None:
    op.create_table(
        "answer_event",
        _number("sitting_id"),
        _number("revision"),
        _number("slot"),
        sa.Column("response", sa.String(length=8), nullable=False),
        sa.Column("client_at", AT, nullable=True),
        sa.Column("server_at", AT, nullable=False),
        sa.Column("receipt", sa.String(length=128), nullable=False),
        _foreign("answer_event", "sitting_id", "sitting"),
        *more,
        **options,
    )


def _answers_by_revision() -> None:
    _answers(_key("answer_event", "sitting_id", "revision"), sqlite_with_rowid=False)


def _answers_by_number() -> None:
    once = sa.UniqueConstraint("sitting_id", "revision", name=op.f("uq_answer_event_sitting_id_revision"))
    _answers(_number(), _key("answer_event"), once)


def _copy_answers(create: Any) -> None:
    """Put the answers into a table of the new shape, under the same name."""
    op.execute(f"CREATE TABLE answers_aside AS SELECT {ANSWER_COLUMNS} FROM answer_event")
    op.drop_table("answer_event")
    create()
    order = "ORDER BY server_at, sitting_id, revision"
    op.execute(f"INSERT INTO answer_event ({ANSWER_COLUMNS}) SELECT {ANSWER_COLUMNS} FROM answers_aside {order}")
    op.drop_table("answers_aside")


def upgrade() -> None:
    """Go up."""
    _recheck("role_grant", "role", _one_of("role", (*ROLES, *MORE_ROLES)))
    _recheck("late_event", "latereason", _one_of("reason", (*LATE_REASONS, *MORE_REASONS)))
    _recheck("room_event", "roomeventkind", _one_of("kind", (*ROOM_EVENTS, *MORE_EVENTS)))
    for column in SITTING_COLUMNS:
        op.add_column("sitting", sa.Column(column, AT, nullable=True))
    op.add_column("paper", sa.Column("sealed_page", sa.LargeBinary(), nullable=True))
    _fill("sitting", 70)
    _copy_answers(_answers_by_revision)
    _create_below_results()
    _create_incidents()


def downgrade() -> None:
    """Go down. What only this revision can say (a chief invigilator, an answer on paper) cannot go back."""
    for table in (
        *("paper_entry", "paper_turn", "emergency_file", "time_credit_seat", "time_credit", "silence"),
        *("late_decision", "pulse", "ready_paper", "journal_seal"),
    ):
        op.drop_table(table)
    _copy_answers(_answers_by_number)
    _fill("sitting", 100)
    with op.batch_alter_table("paper") as paper:
        paper.drop_column("sealed_page")
    with op.batch_alter_table("sitting") as sitting:
        for column in reversed(SITTING_COLUMNS):
            sitting.drop_column(column)
    _recheck("room_event", "roomeventkind", _one_of("kind", ROOM_EVENTS))
    _recheck("late_event", "latereason", _one_of("reason", LATE_REASONS))
    _recheck("role_grant", "role", _one_of("role", ROLES))


def _foreign(table: str, column: str, referred: str, referred_column: str = "id") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{referred}")
    return sa.ForeignKeyConstraint([column], [f"{referred}.{referred_column}"], name=name)


def _key(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*(columns or ("id",)), name=op.f(f"pk_{table}"))


def _number(name: str = "id", nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _create_below_results() -> None:
    op.create_table(
        "journal_seal",
        _number("sitting_id"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        _foreign("journal_seal", "sitting_id", "sitting"),
        _key("journal_seal", "sitting_id"),
    )
    op.create_table(
        "ready_paper",
        _number("roster_entry_id"),
        _number("paper_id"),
        _foreign("ready_paper", "roster_entry_id", "roster_entry"),
        _foreign("ready_paper", "paper_id", "paper"),
        _key("ready_paper", "roster_entry_id"),
        sa.UniqueConstraint("paper_id", name=op.f("uq_ready_paper_paper_id")),
    )
    op.create_table(
        "pulse",
        sa.Column("node", sa.String(length=120), nullable=False),
        sa.Column("began_at", AT, nullable=False),
        sa.Column("beat_at", AT, nullable=False),
        _key("pulse", "node"),
    )
    op.create_index(op.f("ix_pulse_beat_at"), "pulse", ["beat_at"])
    op.create_table(
        "late_decision",
        _number(),
        _number("late_event_id"),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        _number("decided_by", nullable=True),
        sa.Column("decided_at", AT, nullable=False),
        _foreign("late_decision", "late_event_id", "late_event"),
        _key("late_decision"),
    )
    op.create_index(op.f("ix_late_decision_late_event_id"), "late_decision", ["late_event_id"])


def _create_incidents() -> None:
    op.create_table(
        "silence",
        _number(),
        _number("sitting_id"),
        sa.Column("began_at", AT, nullable=False),
        sa.Column("ended_at", AT, nullable=False),
        sa.CheckConstraint("ended_at > began_at", name=op.f("ck_silence_ends_after_it_began")),
        _foreign("silence", "sitting_id", "sitting"),
        _key("silence"),
        sa.UniqueConstraint("sitting_id", "began_at", name=op.f("uq_silence_sitting_id_began_at")),
    )
    op.create_table(
        "time_credit",
        _number(),
        _number("exam_id"),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("began_at", AT, nullable=False),
        sa.Column("ended_at", AT, nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        _number("decided_by", nullable=True),
        sa.Column("decided_at", AT, nullable=False),
        sa.CheckConstraint("ended_at > began_at", name=op.f("ck_time_credit_ends_after_it_began")),
        sa.CheckConstraint(_one_of("cause", ("server", "room")), name=op.f("ck_time_credit_creditcause")),
        sa.CheckConstraint(
            _one_of("decision", ("confirmed", "declined")), name=op.f("ck_time_credit_creditdecision")
        ),
        _foreign("time_credit", "exam_id", "exam"),
        _key("time_credit"),
    )
    op.create_index(op.f("ix_time_credit_exam_id"), "time_credit", ["exam_id"])
    op.create_table(
        "time_credit_seat",
        _number("credit_id"),
        _number("sitting_id"),
        _number("minutes"),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_time_credit_seat_minutes_not_negative")),
        _foreign("time_credit_seat", "credit_id", "time_credit"),
        _foreign("time_credit_seat", "sitting_id", "sitting"),
        _key("time_credit_seat", "credit_id", "sitting_id"),
    )
    op.create_table(
        "emergency_file",
        _number(),
        _number("exam_id"),
        _number("sitting_id", nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        _number("loaded_by", nullable=True),
        sa.Column("loaded_at", AT, nullable=False),
        sa.CheckConstraint(
            _one_of("outcome", ("loaded", "foreign", "altered", "replayed")),
            name=op.f("ck_emergency_file_fileoutcome"),
        ),
        _foreign("emergency_file", "exam_id", "exam"),
        _foreign("emergency_file", "sitting_id", "sitting"),
        _key("emergency_file"),
    )
    for column in ("digest", "exam_id", "sitting_id"):
        op.create_index(op.f(f"ix_emergency_file_{column}"), "emergency_file", [column])
    op.create_table(
        "paper_turn",
        _number("sitting_id"),
        sa.Column("reason", sa.String(length=200), nullable=False),
        _number("printed_by", nullable=True),
        sa.Column("printed_at", AT, nullable=False),
        sa.Column("printed_answers", sa.JSON(), nullable=False),
        _number("settled_by", nullable=True),
        sa.Column("settled_at", AT, nullable=True),
        sa.Column("settled_answers", sa.JSON(), nullable=True),
        _foreign("paper_turn", "sitting_id", "sitting"),
        _key("paper_turn", "sitting_id"),
    )
    op.create_table(
        "paper_entry",
        _number(),
        _number("sitting_id"),
        _number("entered_by"),
        sa.Column("entered_at", AT, nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        _foreign("paper_entry", "sitting_id", "paper_turn", "sitting_id"),
        _key("paper_entry"),
        sa.UniqueConstraint("sitting_id", "entered_by", name=op.f("uq_paper_entry_sitting_id_entered_by")),
    )
