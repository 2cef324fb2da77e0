"""documents.service — freezes a document when it is issued; a newer one replaces it, and both stay readable."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.db import db
from exam_app.base.states import move
from exam_app.committees.models import Committee
from exam_app.documents import queries
from exam_app.documents.archive import MEDIA_TYPE
from exam_app.documents.errors import DocumentChanged, DocumentNumberInvalid, NoSuchDocument, NothingToIssue
from exam_app.documents.models import Archive, Document
from exam_app.documents.queries import Draft
from exam_app.documents.rules import Standing
from exam_app.documents.states import DOCUMENT_MOVES, DocumentKind, DocumentState
from exam_app.meetings.queries import get_meeting
from exam_app.operations import service as operations
from exam_app.operations.models import StoredFile
from exam_app.printing.official.text import OfficialText, digest, to_content

NUMBER_LENGTH = 60


@dataclass(frozen=True, kw_only=True)
class IssueDocument:
    """What is issued; `about` tells several of a kind apart, `meeting_id` is None outside of meetings."""

    committee_id: int
    kind: DocumentKind
    text: OfficialText
    about: str = ""
    meeting_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One document of a meeting as it was shown: `digest` says with which words; `number` is set in if there is one."""

    kind: DocumentKind
    about: str
    digest: str = ""
    number: str = ""


def issue(command: IssueDocument, actor: Actor, now: datetime) -> Document:
    """Freeze the text; what was issued before of the same kind about the same thing is replaced.

    Issued again without any change, the document that holds stays as it is.
    """
    _queue_up(command.committee_id)
    held = _holding(command)
    frozen = digest(command.text)
    if held is not None and held.digest == frozen:
        return held
    document = Document(
        committee_id=command.committee_id,
        meeting_id=command.meeting_id,
        kind=command.kind,
        about=command.about,
        title=command.text.title,
        number=command.text.number,
        content=to_content(command.text),
        digest=frozen,
        issued_by=actor.account_id,
        issued_at=now,
    )
    db.session.add(document)
    db.session.flush()  # the one it replaces names it, and so does the audit
    if held is not None:
        held.state = move(held.state, DocumentState.REPLACED, DOCUMENT_MOVES)
        held.replaced_by_id = document.id
    _note(document, held, actor, now)
    return document


def issue_one(meeting_id: int, committee_id: int, choice: Choice, actor: Actor, now: datetime) -> Document:
    """Issue one document of a meeting in the words that were shown; refuse if the record says otherwise by now."""
    if len(choice.number) > NUMBER_LENGTH:
        raise DocumentNumberInvalid
    get_meeting(meeting_id, committee_id)
    _queue_up(committee_id)
    try:
        _papers, draft = queries.find_draft(meeting_id, committee_id, choice.kind, choice.about)
    except NoSuchDocument as missing:
        raise NothingToIssue(kind=choice.kind.value) from missing
    if draft.text is None:
        raise NothingToIssue(kind=choice.kind.value)
    if choice.digest and choice.digest != draft.digest:
        raise DocumentChanged(title=draft.title)
    text = replace(draft.text, number=choice.number) if choice.number else draft.text
    return issue(_command(meeting_id, committee_id, draft, text), actor, now)


def issue_all(meeting_id: int, committee_id: int, actor: Actor, now: datetime) -> list[Document]:
    """Issue every document of a meeting as the record has it; one about what the meeting has no more is withdrawn.

    The catalogue comes last, since it names the day on which the others were issued.
    """
    get_meeting(meeting_id, committee_id)
    _queue_up(committee_id)
    issued = []
    for is_last in (False, True):
        for draft in queries.drafts(meeting_id, committee_id):
            if draft.standing is Standing.ISSUED or is_last != (draft.kind is DocumentKind.ARCHIVE_CATALOGUE):
                continue
            if draft.text is not None:
                issued.append(issue(_command(meeting_id, committee_id, draft, draft.text), actor, now))
            elif draft.issued is not None:
                _withdraw(draft.issued, actor, now)
    return issued


def _command(meeting_id: int, committee_id: int, draft: Draft, text: OfficialText) -> IssueDocument:
    return IssueDocument(
        committee_id=committee_id, kind=draft.kind, about=draft.about, meeting_id=meeting_id, text=text
    )


def _withdraw(document: Document, actor: Actor, now: datetime) -> None:
    """Nothing comes in the place of a document about items that are gone."""
    document.state = move(document.state, DocumentState.REPLACED, DOCUMENT_MOVES)
    details = {"kind": document.kind.value, "title": document.title}
    about = f"document:{document.id}"
    audit.note(actor, "document.withdraw", about=about, now=now, committee_id=document.committee_id, details=details)


def keep_archive(
    meeting_id: int, committee_id: int, name: str, content: bytes, actor: Actor, now: datetime
) -> tuple[Archive, StoredFile]:
    """Keep an archive package of the committee's meeting."""
    get_meeting(meeting_id, committee_id)
    stored = operations.keep_file(committee_id, name, MEDIA_TYPE, content, now)
    archive = Archive(meeting_id=meeting_id, file_id=stored.id, digest=stored.sha256, made_at=now)
    db.session.add(archive)
    db.session.flush()  # the audit line needs the id
    about, details = f"meeting:{meeting_id}", {"archive": str(archive.id), "digest": stored.sha256}
    audit.note(actor, "document.archive", about=about, now=now, committee_id=committee_id, details=details)
    return archive, stored


def _queue_up(committee_id: int) -> None:
    """Let one issuer at a time look for what holds; rows that merely refer to the committee need not wait."""
    db.session.scalars(select(Committee.id).where(Committee.id == committee_id).with_for_update(key_share=True)).one()


def _holding(command: IssueDocument) -> Document | None:
    return db.session.scalar(
        select(Document).where(
            Document.committee_id == command.committee_id,
            Document.kind == command.kind,
            Document.about == command.about,
            Document.meeting_id.is_not_distinct_from(command.meeting_id),
            Document.state == DocumentState.ISSUED,
        )
    )


def _note(document: Document, replaced: Document | None, actor: Actor, now: datetime) -> None:
    details = {"kind": document.kind.value, "title": document.title, "digest": document.digest}
    if replaced is not None:
        details["replaces"] = str(replaced.id)
    audit.note(
        actor,
        "document.issue",
        about=f"document:{document.id}",
        now=now,
        committee_id=document.committee_id,
        details=details,
    )
