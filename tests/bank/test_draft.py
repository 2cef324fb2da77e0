"""tests.bank.test_draft — writing and changing drafts."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.bank import errors, service
from exam_app.bank.models import Question, QuestionVersion
from exam_app.bank.queries import get_version, item_of
from exam_app.bank.states import VersionState
from exam_app.base.db import db
from exam_app.base.states import IllegalMove
from exam_app.committees.models import Committee
from exam_app.people.models import Account
from exam_app.people.states import Role
from question_bank.items import Item
from question_bank.kinds import Kind, OrganType, Part
from tests.bank.factories import CITATION, make_item, make_version
from tests.conftest import NINE
from tests.factories import actor_of, make_account, make_committee


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee."""
    return make_committee()


@pytest.fixture
def author(committee: Committee) -> Account:
    """An author of the committee."""
    return make_account(committee, Role.AUTHOR)


def test_draft_keeps_the_question_as_it_was_written(committee: Committee, author: Account) -> None:
    item = make_item(
        kind=Kind.MULTIPLE,
        part=Part.SPECIAL,
        organs=(OrganType.GOVERNMENT, OrganType.COURT),
        citations=(CITATION, replace(CITATION, article="67", paragraph=1, item=12)),
    )
    version = service.draft(committee.id, item, actor_of(author), NINE)
    assert item_of(version) == item
    assert (version.state, version.number, version.author_id) == (VersionState.DRAFT, 1, author.id)


@pytest.mark.parametrize(
    "item",
    [
        make_item(code=" "),
        make_item(code="X" * 31),
        make_item(stem="  "),
        make_item(difficulty=6),
        make_item(part=Part.SPECIAL),
        make_item(organs=(OrganType.COURT,)),
        make_item(key=frozenset("H")),
        make_item(citations=(replace(CITATION, evidence="权" * 201),)),
    ],
)
def test_impossible_draft_is_refused(committee: Committee, author: Account, item: Item) -> None:
    with pytest.raises(errors.QuestionInvalid) as refusal:
        service.draft(committee.id, item, actor_of(author), NINE)
    assert refusal.value.facts["problems"]
    assert db.session.scalar(select(func.count()).select_from(Question)) == 0


def test_incomplete_draft_may_wait(committee: Committee, author: Account) -> None:
    item = make_item(options=("人大常委会", ""), key=frozenset(), explanation="", citations=())
    assert service.draft(committee.id, item, actor_of(author), NINE).state is VersionState.DRAFT


def test_code_is_taken_once_in_a_committee(committee: Committee, author: Account) -> None:
    make_version(committee, author)
    with pytest.raises(errors.CodeTaken):
        service.draft(committee.id, make_item(), actor_of(author), NINE)
    assert db.session.scalar(select(func.count()).select_from(Question)) == 1
    other = make_committee("乙市人大常委会")
    assert service.draft(other.id, make_item(), actor_of(author), NINE).number == 1


def test_edit_changes_words_organs_and_citations(committee: Committee, author: Account) -> None:
    version = make_version(committee, author, make_item(part=Part.SPECIAL, organs=(OrganType.COURT,)))
    fresh = make_item(
        "T777",
        Kind.TRUE_FALSE,
        part=Part.SPECIAL,
        organs=(OrganType.COURT, OrganType.CONGRESS),
        citations=(replace(CITATION, article="3"), CITATION),
    )
    service.edit(version.id, committee.id, fresh, actor_of(author), NINE)
    db.session.flush()
    db.session.expire_all()
    stored = item_of(get_version(version.id, committee.id))
    assert set(stored.organs) == set(fresh.organs)
    assert replace(stored, organs=()) == replace(fresh, organs=())
    assert "t777" in version.search_text


def test_whoever_edits_becomes_the_author(committee: Committee, author: Account) -> None:
    version = make_version(committee, author)
    other = make_account(committee, Role.AUTHOR, username="other")
    service.edit(version.id, committee.id, make_item(), actor_of(other), NINE)
    assert version.author_id == other.id


def test_reviewer_who_sent_it_back_may_edit_it_as_author(committee: Committee, author: Account) -> None:
    both = make_account(committee, Role.AUTHOR, Role.REVIEWER)
    version = make_version(committee, author, state=VersionState.IN_REVIEW)
    service.send_back(version.id, committee.id, "请核对条文", actor_of(both), NINE)
    service.edit(version.id, committee.id, make_item(), actor_of(both), NINE)
    db.session.flush()
    assert (version.author_id, version.reviewer_id) == (both.id, None)


@pytest.mark.parametrize("state", [VersionState.IN_REVIEW, VersionState.LIVE, VersionState.RETIRED])
def test_only_drafts_change(committee: Committee, author: Account, state: VersionState) -> None:
    version = make_version(committee, author, state=state)
    with pytest.raises(IllegalMove):
        service.edit(version.id, committee.id, make_item(stem="换一个题干，仍然是完整的题干？"), actor_of(author), NINE)
    assert version.stem == make_item().stem


def test_question_of_another_committee_is_not_found(committee: Committee, author: Account) -> None:
    version = make_version(committee, author)
    other = make_committee("乙市人大常委会")
    with pytest.raises(errors.NoSuchQuestion):
        service.edit(version.id, other.id, make_item(stem="别人的题不能改，也不能看？"), actor_of(author), NINE)
    assert version.stem == make_item().stem


def test_new_version_begins_with_the_words_of_the_last(committee: Committee, author: Account) -> None:
    live = make_version(committee, author, state=VersionState.LIVE)
    fresh = service.revise(live.question_id, committee.id, actor_of(author), NINE)
    assert (fresh.number, fresh.state, live.state) == (2, VersionState.DRAFT, VersionState.LIVE)
    assert item_of(fresh) == item_of(live)


def test_question_has_one_open_version(committee: Committee, author: Account) -> None:
    version = make_version(committee, author)
    with pytest.raises(errors.OpenVersionExists):
        service.revise(version.question_id, committee.id, actor_of(author), NINE)
    assert db.session.scalar(select(func.count()).select_from(QuestionVersion)) == 1


def test_classification_is_fixed_after_the_first_version(committee: Committee, author: Account) -> None:
    live = make_version(committee, author, state=VersionState.LIVE)
    fresh = service.revise(live.question_id, committee.id, actor_of(author), NINE)
    with pytest.raises(errors.ClassificationFixed):
        service.edit(fresh.id, committee.id, make_item(kind=Kind.MULTIPLE), actor_of(author), NINE)
    assert live.question.kind is Kind.SINGLE
