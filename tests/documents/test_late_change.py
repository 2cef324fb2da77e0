"""tests.documents.test_late_change — a late change reaches every draft, and issued documents are said to be wrong."""

import pytest
from flask import Flask

from exam_app.audit.service import MACHINE
from exam_app.documents import queries
from exam_app.documents.queries import Draft
from exam_app.documents.rules import Change, Standing
from exam_app.documents.states import DocumentKind
from exam_app.printing.official.text import lines
from exam_app.proceedings import agenda, review
from exam_app.proceedings.review import Withdraw
from exam_app.submissions.service import CorrectItem, correct_item
from tests.conftest import NINE
from tests.documents.factories import Stage, make_stage
from tests.proceedings.factories import attend, clerk, directors_of, vote_on

NAMING = (
    DocumentKind.HOST_SCRIPT,
    DocumentKind.VOTE_SHEET,
    DocumentKind.NAME_LIST,
    DocumentKind.ANNOUNCEMENT,
    DocumentKind.ORGAN_NOTICE,
    DocumentKind.LETTERS,
    DocumentKind.OATH_SHEET,
)


@pytest.fixture
def stage(app: Flask) -> Stage:
    """A meeting with four items on its agenda."""
    return make_stage()


def words(stage: Stage, kind: DocumentKind) -> str:
    """Return a document as it is composed now."""
    text = stage.drafts()[kind].text
    assert text is not None
    return "\n".join(lines(text)).replace("\u3000", "")


def take_off(stage: Stage, place: int) -> None:
    """Take an item off the agenda, as before a withdrawal."""
    ids = [stage.items[place].id]
    agenda.take_off(stage.meeting.id, stage.committee.id, ids, "提请机关撤回", MACHINE, NINE)


@pytest.mark.parametrize("kind", NAMING)
def test_item_that_leaves_is_in_no_draft(stage: Stage, kind: DocumentKind) -> None:
    assert "孙立" in words(stage, kind)
    take_off(stage, 2)
    assert "孙立" not in words(stage, kind)


@pytest.mark.parametrize("kind", NAMING)
def test_added_name_is_in_every_draft(stage: Stage, kind: DocumentKind) -> None:
    assert "钱进" not in words(stage, kind)
    stage.add("钱进", post="甲市审计局局长")
    assert "钱进" in words(stage, kind)


def correct(stage: Stage, post: str) -> None:
    """Correct the post that the third item is about."""
    item = stage.items[2]
    command = CorrectItem(
        item_id=item.id,
        committee_id=stage.committee.id,
        post=post,
        form=item.form,
        organ_type=item.organ_type,
        position_id=item.position_id,
    )
    correct_item(command, MACHINE, NINE)


@pytest.mark.parametrize("kind", NAMING)
def test_corrected_post_is_in_every_draft(stage: Stage, kind: DocumentKind) -> None:
    correct(stage, "甲市教育体育局局长")
    assert "甲市教育体育局局长" in words(stage, kind)


def test_withdrawal_with_consent_and_correction_make_issued_documents_wrong(stage: Stage) -> None:
    stage.issue_all()
    directors = directors_of(stage.committee.id)
    command = Withdraw(
        committee_id=stage.committee.id, item_id=stage.items[1].id, reason="另有任用", meeting_id=directors.id
    )
    review.withdraw(command, clerk(stage.committee.id), NINE)
    correct(stage, "甲市教育体育局局长")

    found = stage.drafts()
    assert {kind for kind in NAMING if not found[kind].is_stale} == set()
    said = {(one.change, one.words) for one in found[DocumentKind.NAME_LIST].differences}
    assert (Change.REMOVED, "决定任命王强为甲市财政局局长；") in said
    assert (Change.REMOVED, "决定任命孙立为甲市教育局局长。") in said
    assert (Change.ADDED, "决定任命孙立为甲市教育体育局局长。") in said


def test_issued_documents_with_the_item_are_wrong_and_say_how(stage: Stage) -> None:
    stage.issue_all()
    take_off(stage, 2)

    found = stage.drafts()
    stale = {kind for kind, one in found.items() if one.is_stale}
    assert set(NAMING) <= stale
    listed = found[DocumentKind.NAME_LIST]
    assert listed.standing is Standing.CHANGED
    assert {one.change for one in listed.differences if "孙立" in one.words} == {Change.REMOVED}


def test_document_of_an_organ_without_items_is_gone(stage: Stage) -> None:
    stage.issue_all()
    take_off(stage, 3)

    standings = {one.about: one.standing for one in _notices(stage)}
    assert standings == {"甲市人民政府": Standing.ISSUED, "甲市中级人民法院": Standing.GONE}


def _notices(stage: Stage) -> list[Draft]:
    found = queries.drafts(stage.meeting.id, stage.committee.id)
    return [one for one in found if one.kind is DocumentKind.ORGAN_NOTICE]


def test_nothing_is_wrong_while_nothing_changed(stage: Stage) -> None:
    stage.issue_all()
    assert not [kind for kind, one in stage.drafts().items() if one.is_stale]


def test_result_of_the_vote_fills_blanks_and_makes_no_list_wrong(stage: Stage) -> None:
    stage.issue_all()
    attend(stage.meeting)
    for item in stage.items:
        vote_on(stage.meeting, [item])

    found = stage.drafts()
    assert not found[DocumentKind.NAME_LIST].is_stale
    assert found[DocumentKind.VOTE_RESULT].standing is Standing.BEHIND


def test_item_that_is_voted_down_makes_the_lists_wrong(stage: Stage) -> None:
    stage.issue_all()
    attend(stage.meeting)
    vote_on(stage.meeting, [stage.items[0]])
    vote_on(stage.meeting, [stage.items[2]], yes=25)

    found = stage.drafts()
    assert {DocumentKind.NAME_LIST, DocumentKind.ANNOUNCEMENT, DocumentKind.LETTERS} <= {
        kind for kind, one in found.items() if one.is_stale
    }


def test_issued_anew_after_the_change_all_hold_again(stage: Stage) -> None:
    stage.issue_all()
    take_off(stage, 2)
    stage.issue_all()
    assert {one.standing for one in stage.drafts().values()} == {Standing.ISSUED}
