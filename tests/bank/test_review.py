"""tests.bank.test_review — every move of a version, and that another person decides."""

from collections.abc import Callable

import pytest
from flask import Flask

from exam_app.bank import errors, service
from exam_app.bank.models import QuestionVersion
from exam_app.bank.states import VersionState
from exam_app.base.db import db
from exam_app.base.states import IllegalMove
from exam_app.committees.models import Committee
from exam_app.people.models import Account
from tests.bank.factories import make_authors, make_item, make_version
from tests.conftest import NINE
from tests.factories import actor_of, make_committee

Act = Callable[[int, int, Account, Account], QuestionVersion]


def _submit(version: int, committee: int, author: Account, _reviewer: Account) -> QuestionVersion:
    return service.submit_for_review(version, committee, actor_of(author), NINE)


def _approve(version: int, committee: int, _author: Account, reviewer: Account) -> QuestionVersion:
    return service.approve(version, committee, actor_of(reviewer), NINE)


def _send_back(version: int, committee: int, _author: Account, reviewer: Account) -> QuestionVersion:
    return service.send_back(version, committee, "第二个选项也对", actor_of(reviewer), NINE)


def _retire(version: int, committee: int, author: Account, _reviewer: Account) -> QuestionVersion:
    return service.retire(version, committee, "法律已修改", actor_of(author), NINE)


ACTS: dict[str, Act] = {"submit": _submit, "approve": _approve, "send_back": _send_back, "retire": _retire}
LEADS = {
    ("submit", VersionState.DRAFT): VersionState.IN_REVIEW,
    ("approve", VersionState.IN_REVIEW): VersionState.LIVE,
    ("send_back", VersionState.IN_REVIEW): VersionState.DRAFT,
    ("retire", VersionState.DRAFT): VersionState.RETIRED,
    ("retire", VersionState.LIVE): VersionState.RETIRED,
}


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee."""
    return make_committee()


@pytest.fixture
def people(committee: Committee) -> tuple[Account, Account]:
    """Its author and its reviewer."""
    return make_authors(committee)


@pytest.mark.parametrize("state", VersionState)
@pytest.mark.parametrize("name", ACTS)
def test_act_leads_where_the_table_says(
    committee: Committee, people: tuple[Account, Account], name: str, state: VersionState
) -> None:
    version = make_version(committee, people[0], state=state)
    target = LEADS.get((name, state))
    if target is None:
        with pytest.raises(IllegalMove):
            ACTS[name](version.id, committee.id, *people)
        assert version.state is state
    else:
        assert ACTS[name](version.id, committee.id, *people).state is target


def test_approval_retires_the_version_that_was_live(committee: Committee, people: tuple[Account, Account]) -> None:
    author, reviewer = people
    old = make_version(committee, author, state=VersionState.LIVE)
    fresh = service.revise(old.question_id, committee.id, actor_of(author), NINE)
    service.submit_for_review(fresh.id, committee.id, actor_of(author), NINE)
    service.approve(fresh.id, committee.id, actor_of(reviewer), NINE)
    db.session.flush()
    assert (old.state, fresh.state) == (VersionState.RETIRED, VersionState.LIVE)
    assert (fresh.reviewer_id, fresh.decided_at) == (reviewer.id, NINE)


@pytest.mark.parametrize("name", ["approve", "send_back"])
def test_author_does_not_decide(committee: Committee, people: tuple[Account, Account], name: str) -> None:
    author, _reviewer = people
    version = make_version(committee, author, state=VersionState.IN_REVIEW)
    with pytest.raises(errors.ReviewedByAuthor):
        ACTS[name](version.id, committee.id, author, author)
    assert (version.state, version.reviewer_id) == (VersionState.IN_REVIEW, None)


@pytest.mark.parametrize("reason", ["", "  ", "长" * 501])
def test_sending_back_and_retiring_need_a_reason(
    committee: Committee, people: tuple[Account, Account], reason: str
) -> None:
    author, reviewer = people
    version = make_version(committee, author, state=VersionState.IN_REVIEW)
    with pytest.raises(errors.ReasonMissing):
        service.send_back(version.id, committee.id, reason, actor_of(reviewer), NINE)
    live = make_version(committee, author, make_item("T002"), state=VersionState.LIVE)
    with pytest.raises(errors.ReasonMissing):
        service.retire(live.id, committee.id, reason, actor_of(author), NINE)
    assert (version.state, live.state) == (VersionState.IN_REVIEW, VersionState.LIVE)


def test_incomplete_question_is_not_sent_to_review(committee: Committee, people: tuple[Account, Account]) -> None:
    version = make_version(committee, people[0], make_item(key=frozenset(), citations=()))
    with pytest.raises(errors.QuestionInvalid):
        _submit(version.id, committee.id, *people)
    assert version.state is VersionState.DRAFT


def test_incomplete_question_is_not_approved(committee: Committee, people: tuple[Account, Account]) -> None:
    version = make_version(committee, people[0], make_item(citations=()), state=VersionState.IN_REVIEW)
    with pytest.raises(errors.QuestionInvalid):
        _approve(version.id, committee.id, *people)
    assert version.state is VersionState.IN_REVIEW


def test_draft_without_author_gets_the_one_who_sends_it(committee: Committee, people: tuple[Account, Account]) -> None:
    author, _reviewer = people
    version = make_version(committee, author)
    version.author_id = None
    assert _submit(version.id, committee.id, *people).author_id == author.id


def test_note_of_the_reviewer_is_kept_for_the_author(committee: Committee, people: tuple[Account, Account]) -> None:
    version = make_version(committee, people[0], state=VersionState.IN_REVIEW)
    assert _send_back(version.id, committee.id, *people).review_note == "第二个选项也对"
