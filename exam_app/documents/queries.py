"""documents.queries — reads issued documents, and how each stands against the record of its meeting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import defer

from exam_app.base.clock import local_date
from exam_app.base.db import db
from exam_app.documents.compose import COMPOSED, Composed, compose
from exam_app.documents.errors import NoSuchArchive, NoSuchDocument
from exam_app.documents.gather import MeetingRecord, meeting_record
from exam_app.documents.models import Archive, Document
from exam_app.documents.rules import WRONG, Difference, Standing, compared, with_number
from exam_app.documents.states import NAMES, DocumentKind, DocumentState
from exam_app.meetings.models import Meeting
from exam_app.printing.official.catalogue import CatalogueLine, archive_catalogue
from exam_app.printing.official.text import OfficialText, digest, from_content

TELL_PROBLEMS = frozenset({DocumentKind.REVIEW_REPORT, DocumentKind.ARCHIVE_CATALOGUE})
USED_UP = frozenset({DocumentKind.HOST_SCRIPT, DocumentKind.VOTE_SHEET})
Key = tuple[DocumentKind, str]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A document of a meeting: its words as of now, what was issued, and how that stands against them.

    `text` is None where what was issued is about nothing that the meeting still has.
    """

    kind: DocumentKind
    about: str
    title: str
    text: OfficialText | None
    digest: str
    issued: Document | None
    standing: Standing
    differences: Sequence[Difference] = ()

    @property
    def is_stale(self) -> bool:
        """Whether what was issued is wrong by now."""
        return self.standing in WRONG

    @property
    def key(self) -> str:
        """Return how pages name it."""
        return f"{self.kind.value}:{self.about}"


@dataclass(frozen=True, kw_only=True)
class Papers:
    """All documents of a meeting, and what other rooms have issued for it."""

    record: MeetingRecord
    drafts: Sequence[Draft]
    others: Sequence[Document]


def drafts(meeting_id: int, committee_id: int) -> Sequence[Draft]:
    """Return the documents of the committee's meeting, composed now and held against what was issued."""
    return papers(meeting_id, committee_id).drafts


def papers(meeting_id: int, committee_id: int, kind: DocumentKind | None = None) -> Papers:
    """Return all documents of the committee's meeting, or raise NoSuchMeeting.

    Whoever wants one kind alone is spared what other kinds need: theirs may then say less than they should.
    """
    query = select(Document).where(Document.meeting_id == meeting_id, Document.state == DocumentState.ISSUED)
    held = list(db.session.scalars(query.options(defer(Document.content)).order_by(Document.id)))
    issued = {(one.kind, one.about): one for one in held if one.kind in COMPOSED}
    is_reported = (DocumentKind.REVIEW_REPORT, "") in issued
    asks = kind is None or kind in TELL_PROBLEMS
    record = meeting_record(meeting_id, committee_id, is_reported=is_reported, asks=asks)
    found = _drafts(record, [(one, digest(one.text)) for one in _numbered(compose(record), issued)], issued)
    last = [(one, digest(one.text)) for one in _numbered(_catalogue(record, found), issued)]
    gone = [_gone(one) for key, one in issued.items() if key not in {(each.kind, each.about) for each in found}]
    gone = [one for one in gone if one.kind is not DocumentKind.ARCHIVE_CATALOGUE or not last]
    return Papers(
        record=record,
        drafts=[*found, *gone, *_drafts(record, last, issued)],
        others=[one for one in held if one.kind not in COMPOSED],
    )


def _numbered(composed: Iterable[Composed], issued: dict[Key, Document]) -> list[Composed]:
    """Set in the numbers that documents were issued with."""
    return [
        Composed(one.kind, one.about, with_number(one.text, issued[one.kind, one.about].number))
        if (one.kind, one.about) in issued
        else one
        for one in composed
    ]


def _drafts(
    record: MeetingRecord, composed: Sequence[tuple[Composed, str]], issued: dict[Key, Document]
) -> list[Draft]:
    pairs = [(one, live, issued.get((one.kind, one.about))) for one, live in composed]
    unequal = [held for one, live, held in pairs if held and held.digest != live and not _is_used_up(record, one.kind)]
    contents = _contents(unequal)
    return [_draft(one, live, held, contents) for one, live, held in pairs]


def _is_used_up(record: MeetingRecord, kind: DocumentKind) -> bool:
    """Whether the document has served: what came after it went to the meeting does not make it wrong."""
    return (record.is_closed and kind in USED_UP) or (record.is_held and kind is DocumentKind.REVIEW_REPORT)


def _contents(documents: Sequence[Document]) -> dict[int, OfficialText]:
    if not documents:
        return {}
    query = select(Document.id, Document.content).where(Document.id.in_([one.id for one in documents]))
    return {document_id: from_content(content) for document_id, content in db.session.execute(query)}


def _draft(one: Composed, live: str, held: Document | None, contents: dict[int, OfficialText]) -> Draft:
    standing = Standing.DRAFT if held is None else Standing.ISSUED
    found: Sequence[Difference] = ()
    if held is not None and held.id in contents:
        standing, found = compared(contents[held.id], one.text)
    return Draft(
        kind=one.kind,
        about=one.about,
        title=one.text.title,
        text=one.text,
        digest=live,
        issued=held,
        standing=standing,
        differences=found,
    )


def _gone(held: Document) -> Draft:
    return Draft(
        kind=held.kind,
        about=held.about,
        title=held.title,
        text=None,
        digest="",
        issued=held,
        standing=Standing.GONE,
    )


def _catalogue(record: MeetingRecord, found: Sequence[Draft]) -> list[Composed]:
    """Return the catalogue of what the meeting has; it does not list itself."""
    lines = [
        CatalogueLine(
            kind=NAMES[one.kind],
            title=one.issued.title if one.issued else one.title,
            number=one.issued.number if one.issued else "",
            issued_on=local_date(one.issued.issued_at) if one.issued else None,
            digest=one.issued.digest if one.issued else one.digest,
        )
        for one in found
    ]
    if not lines:
        return []
    text = archive_catalogue(record.meeting, lines, is_internal=record.is_confidential)
    return [Composed(DocumentKind.ARCHIVE_CATALOGUE, "", text)]


def find_draft(meeting_id: int, committee_id: int, kind: DocumentKind, about: str) -> tuple[Papers, Draft]:
    """Return one document of the meeting and all of them, or raise NoSuchDocument."""
    found = papers(meeting_id, committee_id, kind)
    for one in found.drafts:
        if (one.kind, one.about) == (kind, about):
            return found, one
    raise NoSuchDocument(meeting=meeting_id, kind=kind.value)


def get_document(document_id: int, committee_id: int) -> Document:
    """Return the committee's document, whether it holds or was replaced, or raise NoSuchDocument."""
    document = db.session.get(Document, document_id)
    if document is None or document.committee_id != committee_id:
        raise NoSuchDocument(document=document_id)
    return document


def text_of(document: Document) -> OfficialText:
    """Return the document as it was issued."""
    return from_content(document.content)


def list_versions(document: Document) -> list[Document]:
    """Return everything that was issued of this kind about the same thing, newest first; without the words."""
    query = select(Document).where(
        Document.committee_id == document.committee_id,
        Document.kind == document.kind,
        Document.about == document.about,
        Document.meeting_id.is_not_distinct_from(document.meeting_id),
    )
    return list(db.session.scalars(query.options(defer(Document.content)).order_by(Document.id.desc())))


def issued_for(meeting_id: int) -> list[Document]:
    """Return all that was ever issued for the meeting, with the words, in the order of issue."""
    query = select(Document).where(Document.meeting_id == meeting_id).order_by(Document.id)
    return list(db.session.scalars(query))


def archives_of(meeting_id: int) -> list[Archive]:
    """Return the archive packages of a meeting, newest first."""
    query = select(Archive).where(Archive.meeting_id == meeting_id).order_by(Archive.id.desc())
    return list(db.session.scalars(query))


def get_archive(archive_id: int, committee_id: int) -> Archive:
    """Return an archive package of the committee, or raise NoSuchArchive."""
    query = select(Archive).join(Meeting, Meeting.id == Archive.meeting_id)
    archive = db.session.scalar(query.where(Archive.id == archive_id, Meeting.committee_id == committee_id))
    if archive is None:
        raise NoSuchArchive(archive=archive_id)
    return archive
