"""tests.proceedings.test_races — PostgreSQL: of two records of one vote one stands; letters' numbers leave no gap."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments.errors import ItemCannot
from exam_app.appointments.models import Bill, Item, ItemEvent
from exam_app.appointments.states import DirectorsOutcome, Form, ItemState
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.queries import get_committee
from exam_app.committees.rules import LocalRules
from exam_app.meetings.models import Meeting
from exam_app.proceedings import agenda, ceremony, review, votes
from exam_app.proceedings.ceremony import EndOffice
from exam_app.proceedings.errors import VoteCorrected
from exam_app.proceedings.models import Letter, Vote, VotedItem
from exam_app.proceedings.review import ConcludeReview, DirectorsDecide
from exam_app.proceedings.votes import CorrectVote
from tests.appointments.factories import make_bill, make_item, make_office
from tests.conftest import NINE
from tests.proceedings.factories import TODAY, ballot, bring, clerk, directors_of, hold_meeting, vote_on
from tests.results.test_races import Track

pytestmark = pytest.mark.postgresql
RACES = 40
Act = Callable[[], Any]


@pytest.fixture
def track(postgres_app: Flask) -> Iterator[Track]:
    """A track with room for three."""
    with ThreadPoolExecutor(3) as pool:
        yield Track(postgres_app, pool)


@pytest.fixture
def meeting(track: Track) -> Meeting:
    """A meeting of 46 of 51 members, of a committee where the exam stops nobody."""
    with transaction():
        committee = make_office(LocalRules(gate="report_only"))
        make_bill(committee)
        return hold_meeting(committee.id)


def put_up(meeting: Meeting, count: int) -> list[int]:
    """Put so many items on the agenda."""
    committee_id = meeting.committee_id
    with transaction():
        bill = db.session.scalars(select(Bill)).one()
        ids = [make_item(bill, f"王{chr(0x4E00 + number)}", post=f"甲市第{number}局局长").id for number in range(count)]
        review.begin_review(bill.id, committee_id, ids, MACHINE, NINE)
        concluded = ConcludeReview(bill_id=bill.id, committee_id=committee_id, item_ids=ids, opinion="建议提请")
        review.conclude_review(concluded, MACHINE, NINE)
        decided = DirectorsDecide(
            committee_id=committee_id,
            meeting_id=directors_of(committee_id).id,
            item_ids=ids,
            outcome=DirectorsOutcome.SUBMIT,
        )
        review.decide(decided, clerk(committee_id), NINE)
        agenda.place(meeting.id, committee_id, ids, MACHINE, NINE)
    return ids


def announced(meeting: Meeting, count: int) -> list[int]:
    """Announce so many appointments."""
    ids = put_up(meeting, count)
    with transaction():
        vote_on(meeting, [db.session.get_one(Item, item_id) for item_id in ids])
        votes.announce(meeting.id, meeting.committee_id, ids, MACHINE, NINE)
    return ids


def acting(do: Callable[[], Any]) -> Act:
    """Return the act in a transaction of its own."""

    def act() -> Any:
        with transaction():
            return do()

    return act


def voting(meeting: Meeting, ids: list[int], yes: int) -> Act:
    """Return the act of recording a vote on items; it answers with the vote's id."""
    command = ballot(meeting, [], yes, item_ids=ids)
    return acting(lambda: votes.record_vote(command, MACHINE, NINE).id)


def issuing(meeting: Meeting, ids: list[int]) -> Act:
    """Return the act of issuing letters; it answers with their serials."""
    committee_id = meeting.committee_id

    def issue() -> list[int]:
        return [letter.serial for letter in ceremony.issue_letters(None, committee_id, ids, TODAY, MACHINE, NINE)]

    return acting(issue)


def won(outcomes: list[Any], refusal: type[DomainError] = ItemCannot) -> Any:
    """Return what the one winner was answered; all others must have been refused like this."""
    [winner] = [outcome for outcome in outcomes if not isinstance(outcome, DomainError)]
    assert {type(outcome) for outcome in outcomes if outcome is not winner} == {refusal}
    return winner


def test_of_two_records_of_one_vote_one_stands(track: Track, meeting: Meeting) -> None:
    for item_id in put_up(meeting, RACES):
        vote_id = won(track.race(voting(meeting, [item_id], 40), voting(meeting, [item_id], 20)))
        db.session.rollback()
        assert db.session.scalars(select(VotedItem.vote_id).where(VotedItem.item_id == item_id)).one() == vote_id
        passed = db.session.get_one(Vote, vote_id).passed
        item = db.session.get_one(Item, item_id)
        assert item.state is (ItemState.VOTED_PASSED if passed else ItemState.VOTED_FAILED)
    assert db.session.scalar(select(func.count(Vote.id))) == RACES


def test_votes_on_overlapping_items_are_recorded_whole_or_not_at_all(track: Track, meeting: Meeting) -> None:
    ids = put_up(meeting, 3 * RACES // 2)
    for first in range(0, len(ids), 3):
        one, both, other = ids[first : first + 3]
        vote_id = won(track.race(voting(meeting, [one, both], 40), voting(meeting, [other, both], 20)))
        db.session.rollback()
        voted = set(db.session.scalars(select(VotedItem.item_id).where(VotedItem.vote_id == vote_id)))
        assert voted in ({one, both}, {other, both})
        states = {item_id: db.session.get_one(Item, item_id).state for item_id in (one, both, other)}
        assert {item_id for item_id in states if states[item_id] is not ItemState.ON_AGENDA} == voted


def test_of_two_corrections_of_one_vote_one_stands(track: Track, meeting: Meeting) -> None:
    for item_id in put_up(meeting, RACES // 2):
        vote_id = voting(meeting, [item_id], 40)()

        def correcting(yes: int, vote_id: int = vote_id) -> Act:
            command = CorrectVote(
                vote_id=vote_id,
                committee_id=meeting.committee_id,
                yes=yes,
                no=46 - yes,
                abstain=0,
                not_pressed=0,
                reason="误记",
            )
            return acting(lambda: votes.correct_vote(command, MACHINE, NINE).id)

        newest = won(track.race(correcting(39), correcting(20)), VoteCorrected)
        db.session.rollback()
        assert db.session.scalars(select(Vote.id).where(Vote.corrects_id == vote_id)).one() == newest
        expected = ItemState.VOTED_PASSED if db.session.get_one(Vote, newest).passed else ItemState.VOTED_FAILED
        assert db.session.get_one(Item, item_id).state is expected


def test_letters_issued_at_once_are_numbered_without_a_gap(track: Track, meeting: Meeting) -> None:
    ids = announced(meeting, 3 * RACES)
    for first in range(0, len(ids), 3):
        one, two, three = ids[first : first + 3]
        serials = track.race(issuing(meeting, [one]), issuing(meeting, [two]), issuing(meeting, [three]))
        assert sorted(chain(*serials)) == [first + 1, first + 2, first + 3]
    db.session.rollback()
    numbered = db.session.scalars(select(Letter.serial).order_by(Letter.serial))
    assert list(numbered) == list(range(1, 3 * RACES + 1))


def test_of_two_who_issue_one_letter_one_does_and_no_number_is_lost(track: Track, meeting: Meeting) -> None:
    ids = announced(meeting, RACES)
    for number, item_id in enumerate(ids, start=1):
        assert won(track.race(issuing(meeting, [item_id]), issuing(meeting, [item_id]))) == [number]
    db.session.rollback()
    assert db.session.scalar(select(func.count(Letter.id))) == RACES


def test_office_that_ends_while_its_removal_is_announced_ends_once(track: Track, meeting: Meeting) -> None:
    committee_id = meeting.committee_id
    for item_id in announced(meeting, RACES // 2):
        with transaction():
            held = db.session.get_one(Item, item_id)
            bill = make_bill(get_committee(committee_id), f"甲政〔2026〕{item_id + 100}号")
            removal = make_item(bill, choice=str(held.person_id), form=Form.REMOVE, post=held.post)
            removal_id = bring(removal, ItemState.VOTED_PASSED, meeting).id
        died = EndOffice(item_id=item_id, committee_id=committee_id, ended_on=TODAY, because="去世")
        announcing, ending = track.race(
            acting(lambda ids=[removal_id]: votes.announce(meeting.id, committee_id, ids, MACHINE, NINE)),
            acting(lambda command=died: ceremony.end_office(command, MACHINE, NINE)),
        )
        db.session.rollback()
        assert not isinstance(announcing, DomainError)
        ended = db.session.get_one(Item, item_id)
        assert ended.ended_because == ("免职" if isinstance(ending, ItemCannot) else "去世")
        ends = select(func.count(ItemEvent.id)).where(ItemEvent.item_id == item_id, ItemEvent.verb == "item.end")
        assert db.session.scalar(ends) == 1
