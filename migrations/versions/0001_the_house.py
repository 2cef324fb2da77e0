"""The house as first built. Tables are spelled out here: rooms change, revisions do not."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Go up."""
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor_name", sa.String(length=100), nullable=False),
        sa.Column("verb", sa.String(length=60), nullable=False),
        sa.Column("about", sa.String(length=80), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("committee_id", "sequence", name=op.f("uq_audit_entry_committee_id_sequence")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_about"), ["about"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_verb"), ["verb"], unique=False)

    op.create_table(
        "audit_head",
        sa.Column("committee_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("committee_id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "committee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("short_name", sa.String(length=40), nullable=False),
        sa.Column(
            "level",
            sa.Enum("province", "city", "county", name="level", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["committee.id"], name=op.f("fk_committee_parent_id_committee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee")),
        sa.UniqueConstraint("name", name=op.f("uq_committee_name")),
    )
    op.create_table(
        "law",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("short_title", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_law")),
        sa.UniqueConstraint("slug", name=op.f("uq_law_slug")),
        sa.UniqueConstraint("title", name=op.f("uq_law_title")),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fencing", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lease")),
    )
    op.create_table(
        "login_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "accepted",
                "wrong",
                "locked",
                "disabled",
                "throttled",
                name="signin",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_login_attempt_username"), ["username"], unique=False)

    op.create_table(
        "rate_window",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rate_window")),
    )
    op.create_table(
        "bill",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("submitting_organ", sa.String(length=80), nullable=False),
        sa.Column("document_number", sa.String(length=60), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_bill_committee_id_committee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bill")),
        sa.UniqueConstraint("committee_id", "document_number", name=op.f("uq_bill_committee_id_document_number")),
    )
    with op.batch_alter_table("bill", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bill_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("law_id", sa.Integer(), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("repealed_on", sa.Date(), nullable=True),
        sa.Column("article_count", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["law_id"], ["law.id"], name=op.f("fk_edition_law_id_law")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("law_id", "adopted_on", name=op.f("uq_edition_law_id_adopted_on")),
    )
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_edition_law_id"), ["law_id"], unique=False)

    op.create_table(
        "local_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_local_rules_committee_id_committee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_rules")),
        sa.UniqueConstraint("committee_id", "valid_from", name=op.f("uq_local_rules_committee_id_valid_from")),
    )
    with op.batch_alter_table("local_rules", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_local_rules_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("unit", sa.String(length=120), nullable=False),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.String(length=64), nullable=True),
        sa.Column("id_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id_number_index", sa.String(length=64), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_person_committee_id_committee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index("ix_person_committee_id_name", ["committee_id", "name"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_id_number_index"), ["id_number_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_phone_index"), ["phone_index"], unique=False)

    op.create_table(
        "position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column(
            "organ_type",
            sa.Enum(
                "congress",
                "government",
                "supervision",
                "court",
                "procuratorate",
                name="organtype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "decide_appoint",
                "appoint",
                "approve_appoint",
                "decide_acting",
                "remove",
                "accept_resignation",
                "dismiss",
                name="form",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("nominator", sa.String(length=40), nullable=False),
        sa.Column("legal_basis", sa.String(length=120), nullable=False),
        sa.Column("in_scope", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_position_committee_id_committee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
        sa.UniqueConstraint(
            "committee_id", "organ_type", "name", name=op.f("uq_position_committee_id_organ_type_name")
        ),
    )
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_position_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "single",
                "multiple",
                "true_false",
                "fill_in",
                "short_answer",
                "essay",
                "case",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "part",
            sa.Enum("common", "special", name="part", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "use",
            sa.Enum("formal", "practice", name="use", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_question_committee_id_committee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("committee_id", "code", name=op.f("uq_question_committee_id_code")),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_stored_file_committee_id_committee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ended_on IS NULL OR ended_on > began_on", name=op.f("ck_term_ends_after_it_began")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_term_committee_id_committee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("committee_id", "number", name=op.f("uq_term_committee_id_number")),
    )
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_term_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("display_name", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum("active", "disabled", name="accountstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("password_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_account_committee_id_committee")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=12), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("chapter", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name=op.f("fk_article_edition_id_edition")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("edition_id", "number", name=op.f("uq_article_edition_id_number")),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_edition_id"), ["edition_id"], unique=False)

    op.create_table(
        "item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column(
            "organ_type",
            sa.Enum(
                "congress",
                "government",
                "supervision",
                "court",
                "procuratorate",
                name="organtype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("post", sa.String(length=120), nullable=False),
        sa.Column(
            "form",
            sa.Enum(
                "decide_appoint",
                "appoint",
                "approve_appoint",
                "decide_acting",
                "remove",
                "accept_resignation",
                "dismiss",
                name="form",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("continues_in_post", sa.Boolean(), nullable=False),
        sa.Column("lateral_move", sa.Boolean(), nullable=False),
        sa.Column("legally_qualified", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "withdrawn",
                "announced",
                name="itemstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "exam_step",
            sa.Enum(
                "open",
                "cleared",
                "blocked",
                "overridden",
                name="examstep",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_item_bill_id_bill")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_item_person_id_person")),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name=op.f("fk_item_position_id_position")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("bill_id", "number", name=op.f("uq_item_bill_id_number")),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_bill_id"), ["bill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_person_id"), ["person_id"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "running",
                "done",
                "failed",
                name="jobstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=500), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_job_committee_id_committee")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_job_file_id_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index("ix_job_state_id", ["state", "id"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "standing_committee",
                "directors",
                name="meetingkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_meeting_committee_id_committee")),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_meeting_term_id_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("term_id", "kind", "number", name=op.f("uq_meeting_term_id_kind_number")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "question_organ",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column(
            "organ_type",
            sa.Enum(
                "congress",
                "government",
                "supervision",
                "court",
                "procuratorate",
                name="organtype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_question_organ_question_id_question")),
        sa.PrimaryKeyConstraint("question_id", "organ_type", name=op.f("pk_question_organ")),
    )
    op.create_table(
        "blueprint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "organ_type",
            sa.Enum(
                "congress",
                "government",
                "supervision",
                "court",
                "procuratorate",
                name="organtype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("full_marks", sa.Numeric(precision=7, scale=2), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft", "ready", "retired", name="blueprintstate", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_blueprint_committee_id_committee")),
        sa.ForeignKeyConstraint(["created_by"], ["account.id"], name=op.f("fk_blueprint_created_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blueprint")),
        sa.UniqueConstraint("committee_id", "name", name=op.f("uq_blueprint_committee_id_name")),
    )
    with op.batch_alter_table("blueprint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_blueprint_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "directors_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_directors_decision_item_id_item")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_directors_decision_meeting_id_meeting")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_directors_decision_recorded_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directors_decision")),
    )
    with op.batch_alter_table("directors_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_directors_decision_item_id"), ["item_id"], unique=False)

    op.create_table(
        "exam",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "announced",
                "cancelled",
                name="examstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("makeup_of_id", sa.Integer(), nullable=True),
        sa.Column("set_by", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_exam_closes_after_it_opens")),
        sa.CheckConstraint("duration_minutes > 0", name=op.f("ck_exam_duration_positive")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_exam_committee_id_committee")),
        sa.ForeignKeyConstraint(["makeup_of_id"], ["exam.id"], name=op.f("fk_exam_makeup_of_id_exam")),
        sa.ForeignKeyConstraint(["set_by"], ["account.id"], name=op.f("fk_exam_set_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam")),
    )
    with op.batch_alter_table("exam", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exam_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "past_password",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_past_password_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_password")),
    )
    with op.batch_alter_table("past_password", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_past_password_account_id"), ["account_id"], unique=False)

    op.create_table(
        "question_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "in_review",
                "live",
                "retired",
                name="versionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("key", sa.String(length=8), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("difficulty", sa.Integer(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("reviewer_id", sa.Integer(), nullable=True),
        sa.Column("review_note", sa.String(length=500), nullable=False),
        sa.Column("source_file_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("difficulty BETWEEN 1 AND 5", name=op.f("ck_question_version_difficulty_in_range")),
        sa.CheckConstraint(
            "reviewer_id IS NULL OR reviewer_id <> author_id", name=op.f("ck_question_version_reviewed_by_another")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name=op.f("fk_question_version_author_id_account")),
        sa.ForeignKeyConstraint(
            ["question_id"], ["question.id"], name=op.f("fk_question_version_question_id_question")
        ),
        sa.ForeignKeyConstraint(["reviewer_id"], ["account.id"], name=op.f("fk_question_version_reviewer_id_account")),
        sa.ForeignKeyConstraint(
            ["source_file_id"], ["stored_file.id"], name=op.f("fk_question_version_source_file_id_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_version")),
        sa.UniqueConstraint("question_id", "number", name=op.f("uq_question_version_question_id_number")),
    )
    with op.batch_alter_table("question_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_question_version_question_id"), ["question_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_version_source_file_id"), ["source_file_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_question_version_state"), ["state"], unique=False)
        batch_op.create_index(
            "uq_question_version_live",
            ["question_id"],
            unique=True,
            sqlite_where=sa.text("state = 'live'"),
            postgresql_where=sa.text("state = 'live'"),
        )

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
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
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_role_grant_account_id_account")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_role_grant_committee_id_committee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(
            "uq_role_grant_standing",
            ["account_id", "committee_id", "role"],
            unique=True,
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )

    op.create_table(
        "blueprint_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("blueprint_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "single",
                "multiple",
                "true_false",
                "fill_in",
                "short_answer",
                "essay",
                "case",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("marks_each", sa.Numeric(precision=7, scale=2), nullable=False),
        sa.CheckConstraint("marks_each > 0", name=op.f("ck_blueprint_section_marks_positive")),
        sa.ForeignKeyConstraint(
            ["blueprint_id"], ["blueprint.id"], name=op.f("fk_blueprint_section_blueprint_id_blueprint")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blueprint_section")),
        sa.UniqueConstraint("blueprint_id", "position", name=op.f("uq_blueprint_section_blueprint_id_position")),
    )
    with op.batch_alter_table("blueprint_section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_blueprint_section_blueprint_id"), ["blueprint_id"], unique=False)

    op.create_table(
        "citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("law_slug", sa.String(length=80), nullable=False),
        sa.Column("edition", sa.Date(), nullable=False),
        sa.Column("article", sa.String(length=12), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=True),
        sa.Column("item", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["question_version.id"], name=op.f("fk_citation_version_id_question_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq_citation_version_id_position")),
    )
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.create_index("ix_citation_law_slug_edition_article", ["law_slug", "edition", "article"], unique=False)
        batch_op.create_index(batch_op.f("ix_citation_version_id"), ["version_id"], unique=False)

    op.create_table(
        "exam_blueprint",
        sa.Column("exam_id", sa.Integer(), nullable=False),
        sa.Column(
            "organ_type",
            sa.Enum(
                "congress",
                "government",
                "supervision",
                "court",
                "procuratorate",
                name="organtype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("blueprint_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["blueprint_id"], ["blueprint.id"], name=op.f("fk_exam_blueprint_blueprint_id_blueprint")
        ),
        sa.ForeignKeyConstraint(["exam_id"], ["exam.id"], name=op.f("fk_exam_blueprint_exam_id_exam")),
        sa.PrimaryKeyConstraint("exam_id", "organ_type", name=op.f("pk_exam_blueprint")),
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("blueprint_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("sealed_blob", sa.LargeBinary(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["blueprint_id"], ["blueprint.id"], name=op.f("fk_paper_blueprint_id_blueprint")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_paper_committee_id_committee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_blueprint_id"), ["blueprint_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "roster_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("exam_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "organ_type",
            sa.Enum(
                "congress",
                "government",
                "supervision",
                "court",
                "procuratorate",
                name="organtype",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("nominated_post", sa.String(length=120), nullable=False),
        sa.Column("admission_number", sa.String(length=20), nullable=False),
        sa.Column("seat", sa.String(length=10), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("code_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("code_epoch", sa.Integer(), nullable=False),
        sa.Column("wrong_codes", sa.Integer(), nullable=False),
        sa.Column("extra_minutes", sa.Integer(), nullable=False),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "absence",
            sa.Enum(
                "none", "excused", "unexcused", name="absence", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("absence_reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint("extra_minutes >= 0", name=op.f("ck_roster_entry_extra_time_not_negative")),
        sa.ForeignKeyConstraint(["exam_id"], ["exam.id"], name=op.f("fk_roster_entry_exam_id_exam")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_roster_entry_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_entry")),
        sa.UniqueConstraint("admission_number", name=op.f("uq_roster_entry_admission_number")),
        sa.UniqueConstraint("exam_id", "person_id", name=op.f("uq_roster_entry_exam_id_person_id")),
        sa.UniqueConstraint("exam_id", "seat", name=op.f("uq_roster_entry_exam_id_seat")),
    )
    with op.batch_alter_table("roster_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_roster_entry_exam_id"), ["exam_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_roster_entry_person_id"), ["person_id"], unique=False)

    op.create_table(
        "blueprint_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum("common", "special", name="part", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("law_slug", sa.String(length=80), nullable=False),
        sa.Column("difficulty_from", sa.Integer(), nullable=False),
        sa.Column("difficulty_to", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_blueprint_cell_count_positive")),
        sa.CheckConstraint("difficulty_from <= difficulty_to", name=op.f("ck_blueprint_cell_difficulty_ordered")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["blueprint_section.id"], name=op.f("fk_blueprint_cell_section_id_blueprint_section")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blueprint_cell")),
        sa.UniqueConstraint("section_id", "position", name=op.f("uq_blueprint_cell_section_id_position")),
    )
    with op.batch_alter_table("blueprint_cell", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_blueprint_cell_section_id"), ["section_id"], unique=False)

    op.create_table(
        "paper_slot",
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "single",
                "multiple",
                "true_false",
                "fill_in",
                "short_answer",
                "essay",
                "case",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("marks", sa.Numeric(precision=7, scale=2), nullable=False),
        sa.Column("option_order", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_paper_slot_paper_id_paper")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["question_version.id"], name=op.f("fk_paper_slot_version_id_question_version")
        ),
        sa.PrimaryKeyConstraint("paper_id", "position", name=op.f("pk_paper_slot")),
    )
    with op.batch_alter_table("paper_slot", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_slot_version_id"), ["version_id"], unique=False)

    op.create_table(
        "sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("roster_entry_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "submitted",
                "expired",
                "voided",
                name="sittingstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saves_close_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("device_token_hash", sa.String(length=64), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("last_saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.CheckConstraint("ends_at > started_at", name=op.f("ck_sitting_ends_after_it_started")),
        sa.CheckConstraint("saves_close_at >= ends_at", name=op.f("ck_sitting_grace_not_negative")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_sitting_paper_id_paper")),
        sa.ForeignKeyConstraint(
            ["roster_entry_id"], ["roster_entry.id"], name=op.f("fk_sitting_roster_entry_id_roster_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitting")),
        sa.UniqueConstraint("paper_id", name=op.f("uq_sitting_paper_id")),
        sa.UniqueConstraint("roster_entry_id", name=op.f("uq_sitting_roster_entry_id")),
    )
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.create_index("ix_sitting_state_saves_close_at", ["state", "saves_close_at"], unique=False)

    op.create_table(
        "answer_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("response", sa.String(length=8), nullable=False),
        sa.Column("client_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("server_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_answer_event_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_event")),
        sa.UniqueConstraint("sitting_id", "revision", name=op.f("uq_answer_event_sitting_id_revision")),
    )
    op.create_table(
        "late_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("response", sa.String(length=8), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "after_grace",
                "after_close",
                "replaced_device",
                name="latereason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("client_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("server_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("receipt", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_late_event_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_late_event")),
        sa.UniqueConstraint(
            "sitting_id", "revision", "slot", "response", name=op.f("uq_late_event_sitting_id_revision_slot_response")
        ),
    )
    op.create_table(
        "result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("exam_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "marked",
                "published",
                "voided",
                name="resultstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("score", sa.Numeric(precision=7, scale=2), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("band", sa.String(length=20), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'voided') OR score IS NOT NULL", name=op.f("ck_result_marked_has_score")
        ),
        sa.ForeignKeyConstraint(["exam_id"], ["exam.id"], name=op.f("fk_result_exam_id_exam")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_result_person_id_person")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_result_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result")),
        sa.UniqueConstraint("sitting_id", name=op.f("uq_result_sitting_id")),
    )
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_result_exam_id"), ["exam_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_result_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_result_state"), ["state"], unique=False)

    op.create_table(
        "room_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "started",
                "resumed",
                "moved",
                "extra_time",
                "focus_lost",
                "reconnected",
                "handed_in",
                "expired",
                "voided",
                name="roomeventkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_room_event_sitting_id_sitting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_event")),
    )
    with op.batch_alter_table("room_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_event_sitting_id"), ["sitting_id"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("valid", "revoked", name="certificatestate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_by", sa.Integer(), nullable=True),
        sa.Column("revocation_reason", sa.String(length=300), nullable=False),
        sa.CheckConstraint("serial > 0", name=op.f("ck_certificate_serial_positive")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_certificate_committee_id_committee")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_certificate_file_id_stored_file")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_certificate_person_id_person")),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name=op.f("fk_certificate_result_id_result")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("committee_id", "number", name=op.f("uq_certificate_committee_id_number")),
        sa.UniqueConstraint("committee_id", "year", "serial", name=op.f("uq_certificate_committee_id_year_serial")),
        sa.UniqueConstraint("result_id", name=op.f("uq_certificate_result_id")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_person_id"), ["person_id"], unique=False)

    op.create_table(
        "exam_requirement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "required",
                "common_part_only",
                "special_part_exempt",
                "exempt",
                "not_applicable",
                name="requirement",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("evidence", sa.String(length=200), nullable=False),
        sa.Column("local_rules_id", sa.Integer(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("roster_entry_id", sa.Integer(), nullable=True),
        sa.Column("result_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_exam_requirement_approved_by_account")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_exam_requirement_item_id_item")),
        sa.ForeignKeyConstraint(
            ["local_rules_id"], ["local_rules.id"], name=op.f("fk_exam_requirement_local_rules_id_local_rules")
        ),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name=op.f("fk_exam_requirement_result_id_result")),
        sa.ForeignKeyConstraint(
            ["roster_entry_id"], ["roster_entry.id"], name=op.f("fk_exam_requirement_roster_entry_id_roster_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exam_requirement")),
    )
    with op.batch_alter_table("exam_requirement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exam_requirement_item_id"), ["item_id"], unique=False)

    op.create_table(
        "item_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("result_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_event_item_id_item")),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name=op.f("fk_item_event_result_id_result")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_event")),
    )
    with op.batch_alter_table("item_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_event_item_id"), ["item_id"], unique=False)

    op.create_table(
        "mark",
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("response", sa.String(length=8), nullable=False),
        sa.Column("fraction", sa.Numeric(precision=5, scale=4), nullable=False),
        sa.Column("marks", sa.Numeric(precision=7, scale=2), nullable=False),
        sa.Column(
            "marked_by",
            sa.Enum("machine", "marker", name="markedby", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.CheckConstraint("fraction BETWEEN 0 AND 1", name=op.f("ck_mark_fraction_in_range")),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name=op.f("fk_mark_result_id_result")),
        sa.PrimaryKeyConstraint("result_id", "slot", name=op.f("pk_mark")),
    )
    op.create_table(
        "marking_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("result_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Numeric(precision=7, scale=2), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["result_id"], ["result.id"], name=op.f("fk_marking_event_result_id_result")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marking_event")),
    )
    with op.batch_alter_table("marking_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_marking_event_result_id"), ["result_id"], unique=False)


def downgrade() -> None:
    """Go down."""
    with op.batch_alter_table("marking_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_marking_event_result_id"))

    op.drop_table("marking_event")
    op.drop_table("mark")
    with op.batch_alter_table("item_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_event_item_id"))

    op.drop_table("item_event")
    with op.batch_alter_table("exam_requirement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exam_requirement_item_id"))

    op.drop_table("exam_requirement")
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_person_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_number"))

    op.drop_table("certificate")
    with op.batch_alter_table("room_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_room_event_sitting_id"))

    op.drop_table("room_event")
    with op.batch_alter_table("result", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_result_state"))
        batch_op.drop_index(batch_op.f("ix_result_person_id"))
        batch_op.drop_index(batch_op.f("ix_result_exam_id"))

    op.drop_table("result")
    op.drop_table("late_event")
    op.drop_table("answer_event")
    with op.batch_alter_table("sitting", schema=None) as batch_op:
        batch_op.drop_index("ix_sitting_state_saves_close_at")

    op.drop_table("sitting")
    with op.batch_alter_table("paper_slot", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_slot_version_id"))

    op.drop_table("paper_slot")
    with op.batch_alter_table("blueprint_cell", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_blueprint_cell_section_id"))

    op.drop_table("blueprint_cell")
    with op.batch_alter_table("roster_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_roster_entry_person_id"))
        batch_op.drop_index(batch_op.f("ix_roster_entry_exam_id"))

    op.drop_table("roster_entry")
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_committee_id"))
        batch_op.drop_index(batch_op.f("ix_paper_blueprint_id"))

    op.drop_table("paper")
    op.drop_table("exam_blueprint")
    with op.batch_alter_table("citation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_citation_version_id"))
        batch_op.drop_index("ix_citation_law_slug_edition_article")

    op.drop_table("citation")
    with op.batch_alter_table("blueprint_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_blueprint_section_blueprint_id"))

    op.drop_table("blueprint_section")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_role_grant_standing",
            sqlite_where=sa.text("revoked_at IS NULL"),
            postgresql_where=sa.text("revoked_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_role_grant_committee_id"))

    op.drop_table("role_grant")
    with op.batch_alter_table("question_version", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_question_version_live",
            sqlite_where=sa.text("state = 'live'"),
            postgresql_where=sa.text("state = 'live'"),
        )
        batch_op.drop_index(batch_op.f("ix_question_version_state"))
        batch_op.drop_index(batch_op.f("ix_question_version_source_file_id"))
        batch_op.drop_index(batch_op.f("ix_question_version_question_id"))

    op.drop_table("question_version")
    with op.batch_alter_table("past_password", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_past_password_account_id"))

    op.drop_table("past_password")
    with op.batch_alter_table("exam", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exam_committee_id"))

    op.drop_table("exam")
    with op.batch_alter_table("directors_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_directors_decision_item_id"))

    op.drop_table("directors_decision")
    with op.batch_alter_table("blueprint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_blueprint_committee_id"))

    op.drop_table("blueprint")
    op.drop_table("question_organ")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_committee_id"))

    op.drop_table("meeting")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_state_id")

    op.drop_table("job")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_person_id"))
        batch_op.drop_index(batch_op.f("ix_item_bill_id"))

    op.drop_table("item")
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_article_edition_id"))

    op.drop_table("article")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_committee_id"))

    op.drop_table("account")
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_term_committee_id"))

    op.drop_table("term")
    op.drop_table("stored_file")
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_question_committee_id"))

    op.drop_table("question")
    with op.batch_alter_table("position", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_position_committee_id"))

    op.drop_table("position")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_phone_index"))
        batch_op.drop_index(batch_op.f("ix_person_id_number_index"))
        batch_op.drop_index("ix_person_committee_id_name")

    op.drop_table("person")
    with op.batch_alter_table("local_rules", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_local_rules_committee_id"))

    op.drop_table("local_rules")
    with op.batch_alter_table("edition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_edition_law_id"))

    op.drop_table("edition")
    with op.batch_alter_table("bill", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bill_committee_id"))

    op.drop_table("bill")
    op.drop_table("rate_window")
    with op.batch_alter_table("login_attempt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_login_attempt_username"))

    op.drop_table("login_attempt")
    op.drop_table("lease")
    op.drop_table("law")
    op.drop_table("committee")
    op.drop_table("audit_head")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_verb"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_about"))

    op.drop_table("audit_entry")
