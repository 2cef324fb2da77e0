"""submissions.papers — marks papers of a bill as received, waived or taken back, and keeps their files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from exam_app.appointments import queries as appointments
from exam_app.appointments.models import Bill, Item
from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.operations import service as operations
from exam_app.operations.models import StoredFile
from exam_app.submissions import queries
from exam_app.submissions.errors import AnswerMissing, FileNotTaken, NoSuchPaper, PaperDayWrong, PaperOfNothing
from exam_app.submissions.models import Attachment
from exam_app.submissions.states import AttachmentKind, offered

MOST_BYTES = 15 * 1024 * 1024
PDF, JPEG = "application/pdf", "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDINGS: Mapping[str, tuple[str, ...]] = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), DOCX: (".docx",)}
Papers = tuple[tuple[int | None, AttachmentKind], ...]


@dataclass(frozen=True, kw_only=True)
class MarkPapers:
    """Papers of one bill: each the id of its item (None: of the bill itself) and its kind."""

    committee_id: int
    bill_id: int
    papers: Papers


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """A file handed in for one paper."""

    committee_id: int
    bill_id: int
    item_id: int | None
    kind: AttachmentKind
    received_on: date
    name: str
    content: bytes


def receive(command: MarkPapers, received_on: date, actor: Actor, now: datetime) -> list[Attachment]:
    """Mark papers as received on a day."""
    if received_on > local_date(now):
        raise PaperDayWrong(day=received_on)
    rows = _rows(command, now)
    for row in rows:
        row.received_on, row.waived_because = received_on, ""
    _note(command, "paper.receive", {"day": received_on.isoformat()}, actor, now)
    return rows


def waive(command: MarkPapers, reason: str, actor: Actor, now: datetime) -> list[Attachment]:
    """Record that papers need not come, and why."""
    because = reason.strip()
    if not 1 <= len(because) <= 200:
        raise AnswerMissing
    rows = _rows(command, now)
    for row in rows:
        row.received_on, row.waived_because = None, because
    _note(command, "paper.waive", {"reason": because}, actor, now)
    return rows


def take_back(command: MarkPapers, actor: Actor, now: datetime) -> list[Attachment]:
    """Undo marks that were set by mistake; a file that was handed in stays."""
    rows = _rows(command, now)
    for row in rows:
        row.received_on, row.waived_because = None, ""
    _note(command, "paper.take_back", {}, actor, now)
    return rows


def hand_in(command: HandIn, actor: Actor, now: datetime) -> Attachment:
    """Keep a file as it came and mark its paper as received; an earlier file of the paper stays stored."""
    media_type = media_type_of(command.name, command.content)
    if not media_type:
        raise FileNotTaken(name=command.name, most=MOST_BYTES // (1024 * 1024))
    mark = MarkPapers(
        committee_id=command.committee_id, bill_id=command.bill_id, papers=((command.item_id, command.kind),)
    )
    (row,) = receive(mark, command.received_on, actor, now)
    stored = operations.keep_file(command.committee_id, command.name[-200:], media_type, command.content, now)
    row.file_id = stored.id
    _note(mark, "paper.hand_in", {"file": stored.id, "sha256": stored.sha256}, actor, now)
    return row


def media_type_of(name: str, content: bytes) -> str:
    """Return what a handed-in file is, by its first bytes and its ending together; empty for what is not taken."""
    if not 0 < len(content) <= MOST_BYTES:
        return ""
    starts = {PDF: b"%PDF-", JPEG: b"\xff\xd8\xff", DOCX: b"PK\x03\x04"}
    found = next((kind for kind, start in starts.items() if content.startswith(start)), "")
    if not name.lower().endswith(ENDINGS.get(found, ())):
        return ""
    return found if found != DOCX or b"word/document.xml" in content else ""


def file_of(attachment_id: int, committee_id: int) -> StoredFile:
    """Return the file that was handed in for a paper, or raise NoSuchPaper."""
    attachment, _bill = queries.get_attachment(attachment_id, committee_id)
    if attachment.file_id is None:
        raise NoSuchPaper(paper=attachment_id)
    return operations.get_file(attachment.file_id, committee_id)


def _rows(command: MarkPapers, now: datetime) -> list[Attachment]:
    """Return the papers as rows, new ones for what was never recorded, with the bill locked against a second clerk."""
    bill = appointments.get_bill(command.bill_id, command.committee_id)
    db.session.scalars(select(Bill.id).where(Bill.id == bill.id).with_for_update()).one()
    _refuse_strangers(bill, command.papers)
    query = select(Attachment).where(Attachment.bill_id == bill.id).execution_options(populate_existing=True)
    known = {(row.item_id, row.kind): row for row in db.session.scalars(query)}
    rows = []
    for item_id, kind in dict.fromkeys(command.papers):
        row = known.get((item_id, kind)) or Attachment(bill_id=bill.id, item_id=item_id, kind=kind)
        row.recorded_at = now
        db.session.add(row)
        rows.append(row)
    return rows


def _refuse_strangers(bill: Bill, papers: Papers) -> None:
    """Refuse items of other bills, and kinds that no such item has."""
    if not papers:
        raise PaperOfNothing
    wanted = {item_id for item_id, _kind in papers if item_id is not None}
    query = select(Item.id, Item.form).where(Item.bill_id == bill.id, Item.id.in_(wanted))
    forms = {row[0]: row[1] for row in db.session.execute(query)}
    if wanted - set(forms):
        raise NoSuchPaper(items=sorted(wanted - set(forms)))
    if any(kind not in offered(forms[item_id] if item_id else None) for item_id, kind in papers):
        raise PaperOfNothing


def _note(command: MarkPapers, verb: str, details: dict[str, object], actor: Actor, now: datetime) -> None:
    told = {**details, "papers": list(_named(command.papers))}
    about = f"bill:{command.bill_id}"
    audit.note(actor, verb, about=about, now=now, committee_id=command.committee_id, details=told)


def _named(papers: Papers) -> Iterable[str]:
    for item_id, kind in papers:
        yield f"item:{item_id} {kind.value}" if item_id else kind.value
