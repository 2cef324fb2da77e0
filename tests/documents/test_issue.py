"""tests.documents.test_issue — issuing freezes the words; a newer document replaces, and both stay readable."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db
from exam_app.base.errors import DomainError
from exam_app.documents import queries, service
from exam_app.documents.errors import DocumentChanged, DocumentNumberInvalid, NothingToIssue
from exam_app.documents.models import Document
from exam_app.documents.queries import text_of
from exam_app.documents.rules import Standing
from exam_app.documents.service import Choice, IssueDocument
from exam_app.documents.states import DocumentKind, DocumentState
from exam_app.meetings.errors import NoSuchMeeting
from exam_app.printing.official.text import OfficialText, Paragraph, digest, to_content
from tests.appointments.factories import make_foreign
from tests.conftest import NINE
from tests.documents.factories import Stage, make_stage

LETTER = OfficialText(title="反馈意见函", blocks=(Paragraph("请于三个月内整改。"),))


@pytest.fixture
def stage(app: Flask) -> Stage:
    """A meeting with four items on its agenda."""
    return make_stage()


def issued() -> int:
    """Return how many documents are stored."""
    return db.session.scalar(select(func.count(Document.id))) or 0


def test_issue_freezes_the_words_as_shown(stage: Stage) -> None:
    shown = stage.drafts()[DocumentKind.NAME_LIST]
    choice = Choice(kind=DocumentKind.NAME_LIST, about="", digest=shown.digest, number="甲人常〔2026〕5号")

    document = service.issue_one(stage.meeting.id, stage.committee.id, choice, MACHINE, NINE)

    assert (document.state, document.number, document.issued_at) == (DocumentState.ISSUED, "甲人常〔2026〕5号", NINE)
    assert text_of(document).blocks == shown.text.blocks  # type: ignore[union-attr]
    assert document.digest == digest(text_of(document))
    again = stage.drafts()[DocumentKind.NAME_LIST]
    assert (again.standing, again.issued) == (Standing.ISSUED, document)
    verbs = db.session.scalars(select(AuditEntry.verb)).all()
    assert verbs.count("document.issue") == 0  # written as the act ends


def test_issue_all_leaves_nothing_a_draft(stage: Stage) -> None:
    stage.issue_all()

    found = queries.drafts(stage.meeting.id, stage.committee.id)
    assert {one.standing for one in found} == {Standing.ISSUED}
    assert {DocumentKind.AGENDA, DocumentKind.HOST_SCRIPT, DocumentKind.LETTERS, DocumentKind.OATH_SHEET} <= {
        one.kind for one in found
    }
    assert [one.about for one in found if one.kind is DocumentKind.ORGAN_NOTICE] == ["甲市人民政府", "甲市中级人民法院"]
    before = issued()
    stage.issue_all()
    assert issued() == before


def test_newer_document_replaces_and_both_are_read(stage: Stage) -> None:
    command = IssueDocument(
        committee_id=stage.committee.id, kind=DocumentKind.FEEDBACK_LETTER, about="duty:1", text=LETTER
    )
    first = service.issue(command, MACHINE, NINE)
    other = OfficialText(title="反馈意见函", blocks=(Paragraph("请于六个月内整改。"),))
    second = service.issue(
        IssueDocument(committee_id=stage.committee.id, kind=command.kind, about=command.about, text=other),
        MACHINE,
        NINE,
    )

    assert (first.state, first.replaced_by_id) == (DocumentState.REPLACED, second.id)
    assert second.state is DocumentState.ISSUED
    assert to_content(text_of(first)) == to_content(LETTER)
    assert queries.list_versions(second) == [second, first]


def test_same_words_issued_again_stay_one_document(stage: Stage) -> None:
    command = IssueDocument(committee_id=stage.committee.id, kind=DocumentKind.FEEDBACK_LETTER, text=LETTER)
    assert service.issue(command, MACHINE, NINE) is service.issue(command, MACHINE, NINE)
    assert issued() == 1


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda stage: _issue(stage, number="号" * 61), DocumentNumberInvalid),
        (lambda stage: _issue(stage, digest="0" * 64), DocumentChanged),
        (lambda stage: _issue(stage, kind=DocumentKind.REVIEW_REPORT), NothingToIssue),
        (lambda stage: _issue(stage, about="别的机关", kind=DocumentKind.ORGAN_NOTICE), NothingToIssue),
        (lambda stage: _issue(stage, committee=make_foreign().id), NoSuchMeeting),
        (
            lambda stage: service.issue_all(stage.meeting.id, make_foreign().id, MACHINE, NINE),
            NoSuchMeeting,
        ),
    ],
)
def test_refusal_issues_nothing(stage: Stage, act: Callable[[Stage], object], refusal: type[DomainError]) -> None:
    with pytest.raises(refusal):
        act(stage)
    assert issued() == 0


def _issue(
    stage: Stage,
    kind: DocumentKind = DocumentKind.NAME_LIST,
    about: str = "",
    digest: str = "",
    number: str = "",
    committee: int = 0,
) -> Document:
    choice = Choice(kind=kind, about=about, digest=digest, number=number)
    return service.issue_one(stage.meeting.id, committee or stage.committee.id, choice, MACHINE, NINE)
