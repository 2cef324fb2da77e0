"""The procedure, from the bill to the year. Tables are spelled out here: rooms change, revisions do not."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

FORMS = ("decide_appoint", "appoint", "approve_appoint", "decide_acting", "remove", "accept_resignation", "dismiss")
MORE_FORMS = ("adopt", "elect_acting", "approve_remove", "revoke")
STATES = ("submitted", "withdrawn", "announced")
MORE_STATES = (
    "under_review",
    "returned_for_correction",
    "exam_cleared",
    "director_meeting_approved",
    "director_meeting_held",
    "on_agenda",
    "reported",
    "vote_deferred",
    "voted_passed",
    "voted_failed",
    "letter_issued",
    "sworn",
    "in_office",
    "ended",
)
OUTCOMES = ("submit", "hold", "defer", "consent_to_withdraw", "override")
MEETING_STATES = ("planned", "open", "closed")
WITHIN = "present IS NULL OR present <= members_total"


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def _recheck(batch: Any, table: str, checks: dict[str, str]) -> None:
    """Put CHECKs in the place of those of the same names."""
    for name, sql in checks.items():
        batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_{name}"), sql)


def upgrade() -> None:
    """Go up."""
    _widen()
    _create()


def downgrade() -> None:
    """Go down. Items that have come further than the first house knew cannot go back: the CHECK refuses."""
    _drop()
    _narrow()


def _widen() -> None:
    forms = _one_of("form", (*FORMS, *MORE_FORMS))
    with op.batch_alter_table("bill") as bill:
        bill.add_column(sa.Column("nominator", sa.String(length=40), nullable=False, server_default=""))
    with op.batch_alter_table("committee") as committee:
        committee.add_column(sa.Column("code", sa.String(length=40), nullable=True))
        committee.create_unique_constraint(op.f("uq_committee_code"), ["code"])
    with op.batch_alter_table("directors_decision") as decision:
        decision.add_column(sa.Column("outcome", sa.String(length=40), nullable=False, server_default="override"))
        decision.create_check_constraint(op.f("ck_directors_decision_directorsoutcome"), _one_of("outcome", OUTCOMES))
        decision.create_index(op.f("ix_directors_decision_meeting_id"), ["meeting_id"], unique=False)
    with op.batch_alter_table("position") as position:
        _recheck(position, "position", {"form": forms})
    with op.batch_alter_table("item") as item:
        item.add_column(sa.Column("reason", sa.String(length=300), nullable=False, server_default=""))
        item.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        item.add_column(sa.Column("ended_because", sa.String(length=200), nullable=False, server_default=""))
        item.add_column(sa.Column("ends_item_id", sa.Integer(), nullable=True))
        item.create_foreign_key(op.f("fk_item_ends_item_id_item"), "item", ["ends_item_id"], ["id"])
        _recheck(item, "item", {"form": forms, "itemstate": _one_of("state", (*STATES, *MORE_STATES))})
    with op.batch_alter_table("meeting") as meeting:
        meeting.add_column(sa.Column("place", sa.String(length=80), nullable=False, server_default=""))
        meeting.add_column(sa.Column("chair", sa.String(length=60), nullable=False, server_default=""))
        meeting.add_column(sa.Column("state", sa.String(length=40), nullable=False, server_default="planned"))
        meeting.add_column(sa.Column("members_total", sa.Integer(), nullable=True))
        meeting.add_column(sa.Column("present", sa.Integer(), nullable=True))
        meeting.create_check_constraint(op.f("ck_meeting_meetingstate"), _one_of("state", MEETING_STATES))
        meeting.create_check_constraint(op.f("ck_meeting_present_within_total"), WITHIN)


def _narrow() -> None:
    forms = _one_of("form", FORMS)
    with op.batch_alter_table("meeting") as meeting:
        for name in ("meetingstate", "present_within_total"):
            meeting.drop_constraint(op.f(f"ck_meeting_{name}"), type_="check")
        for column in ("present", "members_total", "state", "chair", "place"):
            meeting.drop_column(column)
    with op.batch_alter_table("item") as item:
        _recheck(item, "item", {"form": forms, "itemstate": _one_of("state", STATES)})
        item.drop_constraint(op.f("fk_item_ends_item_id_item"), type_="foreignkey")
        for column in ("ends_item_id", "ended_because", "ended_on", "reason"):
            item.drop_column(column)
    with op.batch_alter_table("position") as position:
        _recheck(position, "position", {"form": forms})
    with op.batch_alter_table("directors_decision") as decision:
        decision.drop_index(op.f("ix_directors_decision_meeting_id"))
        decision.drop_constraint(op.f("ck_directors_decision_directorsoutcome"), type_="check")
        decision.drop_column("outcome")
    with op.batch_alter_table("committee") as committee:
        committee.drop_constraint(op.f("uq_committee_code"), type_="unique")
        committee.drop_column("code")
    with op.batch_alter_table("bill") as bill:
        bill.drop_column("nominator")


def _create() -> None:
    op.create_table(
        "hand_figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("sentence", sa.String(length=400), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_hand_figure_committee_id_committee")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_figure")),
        sa.UniqueConstraint("committee_id", "year", "key", name=op.f("uq_hand_figure_committee_id_year_key")),
    )
    with op.batch_alter_table("hand_figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hand_figure_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "correction_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=1000), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_correction_notice_bill_id_bill")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction_notice")),
    )
    with op.batch_alter_table("correction_notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_notice_bill_id"), ["bill_id"], unique=False)

    op.create_table(
        "membership",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "office",
            sa.Enum(
                "director",
                "deputy_director",
                "secretary_general",
                "member",
                name="memberoffice",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name=op.f("ck_membership_ends_after_it_began")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_membership_committee_id_committee")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")),
        sa.ForeignKeyConstraint(["term_id"], ["term.id"], name=op.f("fk_membership_term_id_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_membership_term_id"), ["term_id"], unique=False)

    op.create_table(
        "agenda_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_because", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_agenda_entry_item_id_item")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_entry_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_entry")),
        sa.UniqueConstraint("meeting_id", "item_id", name=op.f("uq_agenda_entry_meeting_id_item_id")),
    )
    with op.batch_alter_table("agenda_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_entry_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_entry_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "agenda_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_topic_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_topic")),
    )
    with op.batch_alter_table("agenda_topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_topic_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "archive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_archive_file_id_stored_file")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_archive_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive")),
    )
    with op.batch_alter_table("archive", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_archive_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "bill",
                "approval_form",
                "resume",
                "vetting_material",
                "reasons",
                "publicity",
                "new_body_approval",
                "resignation",
                "other",
                name="attachmentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("waived_because", sa.String(length=200), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bill_id"], ["bill.id"], name=op.f("fk_attachment_bill_id_bill")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_attachment_file_id_stored_file")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_attachment_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_bill_id"), ["bill_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_item_id"), ["item_id"], unique=False)

    op.create_table(
        "correction_item",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_correction_item_item_id_item")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["correction_notice.id"], name=op.f("fk_correction_item_notice_id_correction_notice")
        ),
        sa.PrimaryKeyConstraint("notice_id", "item_id", name=op.f("pk_correction_item")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "correction_notice",
                "suggest_withdrawal",
                "suggest_deferral",
                "review_report",
                "directors_minutes",
                "agenda",
                "host_script",
                "vote_sheet",
                "vote_result",
                "name_list",
                "announcement",
                "organ_notice",
                "letters",
                "oath_sheet",
                "filing_report",
                "archive_catalogue",
                "report_notice",
                "assessment_result",
                "feedback_letter",
                name="documentkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("about", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column(
            "state",
            sa.Enum("issued", "replaced", name="documentstate", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("issued_by", sa.Integer(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_document_committee_id_committee")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_document_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["document.id"], name=op.f("fk_document_replaced_by_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_letter_committee_id_committee")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_letter_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("committee_id", "year", "serial", name=op.f("uq_letter_committee_id_year_serial")),
        sa.UniqueConstraint("item_id", name=op.f("uq_letter_item_id")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_committee_id"), ["committee_id"], unique=False)

    op.create_table(
        "oath",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("sworn_on", sa.Date(), nullable=False),
        sa.Column(
            "organizer",
            sa.Enum(
                "standing_committee",
                "own_organ",
                name="oathorganizer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "form",
            sa.Enum("individual", "collective", name="oathform", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_oath_item_id_item")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_oath_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_oath")),
        sa.UniqueConstraint("item_id", name=op.f("uq_oath_item_id")),
    )
    with op.batch_alter_table("oath", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_oath_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "objection_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column(
            "objection",
            sa.Enum(
                "wrong_nominator",
                "wrong_form",
                "sitting_member",
                "rejected_twice",
                "rejected_lately",
                "not_in_post",
                "post_taken",
                "deputy_first",
                "unknown_position",
                name="objection",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_objection_answer_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_answer")),
        sa.UniqueConstraint("item_id", "objection", name=op.f("uq_objection_answer_item_id_objection")),
    )
    with op.batch_alter_table("objection_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_answer_item_id"), ["item_id"], unique=False)

    op.create_table(
        "report_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("oral", "written", name="dutymode", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "notified",
                "draft_received",
                "final_received",
                "reported",
                "assessed",
                "feedback_sent",
                "rectifying",
                "rectified",
                "closed",
                "dropped",
                name="dutystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reports_on", sa.Date(), nullable=True),
        sa.Column("draft_due_on", sa.Date(), nullable=True),
        sa.Column("final_due_on", sa.Date(), nullable=True),
        sa.Column("opinions", sa.String(length=2000), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_report_duty_committee_id_committee")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_report_duty_item_id_item")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_report_duty_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_duty")),
        sa.UniqueConstraint("item_id", "year", name=op.f("uq_report_duty_item_id_year")),
    )
    with op.batch_alter_table("report_duty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_duty_committee_id"), ["committee_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_duty_item_id"), ["item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_duty_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "review_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("opinion", sa.String(length=600), nullable=False),
        sa.Column("reported_by", sa.Integer(), nullable=True),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_review_report_item_id_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_report")),
    )
    with op.batch_alter_table("review_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_report_item_id"), ["item_id"], unique=False)

    op.create_table(
        "vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "panel", "ballot", "hands", name="votemethod", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("abstain", sa.Integer(), nullable=False),
        sa.Column("not_pressed", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("present <= total", name=op.f("ck_vote_present_within_total")),
        sa.CheckConstraint("yes + no + abstain + not_pressed = present", name=op.f("ck_vote_adds_up")),
        sa.ForeignKeyConstraint(["corrects_id"], ["vote.id"], name=op.f("fk_vote_corrects_id_vote")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_vote_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vote")),
    )
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_vote_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "work_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("oral", "written", name="reportmode", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_work_report_item_id_item")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_work_report_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_report")),
        sa.UniqueConstraint("item_id", name=op.f("uq_work_report_item_id")),
    )
    with op.batch_alter_table("work_report", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_work_report_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("scheme", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("abstain", sa.Integer(), nullable=False),
        sa.Column("invalid", sa.Integer(), nullable=False),
        sa.Column("members_total", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column(
            "base",
            sa.Enum(
                "all_members",
                "present",
                "valid_ballots",
                name="countbase",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("base_count", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("present <= members_total", name=op.f("ck_assessment_present_within_total")),
        sa.ForeignKeyConstraint(["duty_id"], ["report_duty.id"], name=op.f("fk_assessment_duty_id_report_duty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
        sa.UniqueConstraint("duty_id", "round", name=op.f("uq_assessment_duty_id_round")),
    )
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assessment_duty_id"), ["duty_id"], unique=False)

    op.create_table(
        "duty_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(length=40), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["duty_id"], ["report_duty.id"], name=op.f("fk_duty_event_duty_id_report_duty")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_event")),
    )
    with op.batch_alter_table("duty_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_duty_event_duty_id"), ["duty_id"], unique=False)

    op.create_table(
        "voted_item",
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_voted_item_item_id_item")),
        sa.ForeignKeyConstraint(["vote_id"], ["vote.id"], name=op.f("fk_voted_item_vote_id_vote")),
        sa.PrimaryKeyConstraint("vote_id", "item_id", name=op.f("pk_voted_item")),
    )
    with op.batch_alter_table("voted_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_voted_item_item_id"), ["item_id"], unique=False)

    op.create_table(
        "rectification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("plan_received_on", sa.Date(), nullable=True),
        sa.Column("report_received_on", sa.Date(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=op.f("fk_rectification_assessment_id_assessment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rectification")),
        sa.UniqueConstraint("assessment_id", name=op.f("uq_rectification_assessment_id")),
    )


def _drop() -> None:
    op.drop_table("rectification")
    with op.batch_alter_table("voted_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_voted_item_item_id"))

    op.drop_table("voted_item")
    with op.batch_alter_table("duty_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_duty_event_duty_id"))

    op.drop_table("duty_event")
    with op.batch_alter_table("assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assessment_duty_id"))

    op.drop_table("assessment")
    with op.batch_alter_table("work_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_work_report_meeting_id"))

    op.drop_table("work_report")
    with op.batch_alter_table("vote", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_vote_meeting_id"))

    op.drop_table("vote")
    with op.batch_alter_table("review_report", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_report_item_id"))

    op.drop_table("review_report")
    with op.batch_alter_table("report_duty", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_duty_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_report_duty_item_id"))
        batch_op.drop_index(batch_op.f("ix_report_duty_committee_id"))

    op.drop_table("report_duty")
    with op.batch_alter_table("objection_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_objection_answer_item_id"))

    op.drop_table("objection_answer")
    with op.batch_alter_table("oath", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_oath_meeting_id"))

    op.drop_table("oath")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_letter_committee_id"))

    op.drop_table("letter")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_document_committee_id"))

    op.drop_table("document")
    op.drop_table("correction_item")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_item_id"))
        batch_op.drop_index(batch_op.f("ix_attachment_bill_id"))

    op.drop_table("attachment")
    with op.batch_alter_table("archive", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_archive_meeting_id"))

    op.drop_table("archive")
    with op.batch_alter_table("agenda_topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_topic_meeting_id"))

    op.drop_table("agenda_topic")
    with op.batch_alter_table("agenda_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_entry_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_agenda_entry_item_id"))

    op.drop_table("agenda_entry")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_term_id"))
        batch_op.drop_index(batch_op.f("ix_membership_person_id"))
        batch_op.drop_index(batch_op.f("ix_membership_committee_id"))

    op.drop_table("membership")
    with op.batch_alter_table("correction_notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_notice_bill_id"))

    op.drop_table("correction_notice")
    with op.batch_alter_table("hand_figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hand_figure_committee_id"))

    op.drop_table("hand_figure")
