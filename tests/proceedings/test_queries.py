"""tests.proceedings.test_queries — the record of an item, the agenda of a meeting, and what waits for whom."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from exam_app.appointments import service as appointments
from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import DirectorsOutcome, ExamStep, Form, ItemState, Requirement
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees.queries import get_committee
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind
from exam_app.proceedings import agenda, queries, votes
from exam_app.proceedings.queries import AgendaRow
from exam_app.proceedings.states import ReportMode
from exam_app.proceedings.votes import CorrectVote, Report
from question_bank.kinds import OrganType
from tests.appointments.factories import RECEIVED, make_bill, make_foreign, make_item, make_office
from tests.certificates.factories import make_exam
from tests.conftest import NINE
from tests.meetings.factories import make_meeting
from tests.proceedings.agendas import fill
from tests.proceedings.factories import (
    TODAY,
    bring,
    decide,
    directors_of,
    hold_meeting,
    make_free_item,
    vote_on,
)

S = ItemState
MANY = 500


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill of a committee with the usual rules."""
    with transaction():
        return make_bill(make_office())


@pytest.fixture
def meeting(bill: Bill) -> Meeting:
    """A meeting of 46 of 51 members."""
    with transaction():
        return hold_meeting(bill.committee_id)


def brought(bill: Bill, state: ItemState, meeting: Meeting, name: str = "王强", **changes: Any) -> Item:
    """Return an item in the state, in a transaction of its own."""
    with transaction():
        return bring(make_free_item(bill, name, **changes), state, meeting)


def only(rows: list[AgendaRow]) -> AgendaRow:
    """Return the one row there is."""
    [row] = rows
    return row


def test_agenda_is_read_in_its_order(bill: Bill, meeting: Meeting) -> None:
    first = brought(bill, S.ON_AGENDA, meeting)
    second = brought(bill, S.ON_AGENDA, meeting, "李敏", post="甲市审计局局长")
    with transaction():
        agenda.reorder(meeting.id, bill.committee_id, [second.id, first.id], MACHINE, NINE)
    assert [row.item.id for row in queries.meeting_items(meeting.id)] == [second.id, first.id]


def test_item_that_left_is_told_apart(bill: Bill, meeting: Meeting) -> None:
    item, other = brought(bill, S.ON_AGENDA, meeting), brought(bill, S.ON_AGENDA, meeting, "李敏")
    with transaction():
        agenda.take_off(meeting.id, bill.committee_id, [item.id], "材料不全", MACHINE, NINE)
    assert only(queries.meeting_items(meeting.id)).item.id == other.id
    left = only(queries.meeting_items(meeting.id, has_left=True))
    assert left.entry is not None
    assert (left.item.id, left.entry.left_because) == (item.id, "材料不全")


def test_row_holds_what_every_step_left_behind(bill: Bill, meeting: Meeting) -> None:
    item = brought(bill, S.SWORN, meeting)
    row = only(queries.meeting_items(meeting.id))
    assert (row.item, row.person.name, row.bill) == (item, "王强", bill)
    assert row.entry is not None and row.review is not None and row.letter is not None and row.oath is not None
    assert row.decision is not None and row.decision.outcome is DirectorsOutcome.SUBMIT
    assert row.vote is not None and (row.vote.yes, row.vote.passed) == (40, True)
    assert row.requirement.outcome is Requirement.EXEMPT and row.result is not None
    assert (row.meeting, row.report, row.exam) == (meeting, None, None)
    assert (row.decided_on, row.voted_on, row.reported_on) == (TODAY, TODAY, None)


def test_newest_of_each_kind_holds(bill: Bill, meeting: Meeting) -> None:
    item = brought(bill, S.DIRECTOR_MEETING_HELD, meeting)
    with transaction():
        decide(item, bill.committee_id, DirectorsOutcome.SUBMIT)
        bring(item, S.ON_AGENDA, meeting)
        report = Report(
            meeting_id=meeting.id, committee_id=bill.committee_id, item_ids=[item.id], mode=ReportMode.WRITTEN
        )
        votes.report(report, MACHINE, NINE)
        wrong = vote_on(meeting, [item], 20)
        command = CorrectVote(
            vote_id=wrong.id,
            committee_id=bill.committee_id,
            yes=30,
            no=16,
            abstain=0,
            not_pressed=0,
            reason="漏计 10 票",
        )
        right = votes.correct_vote(command, MACHINE, NINE)
        appointments.decide_requirement(item, bill, MACHINE, NINE)
    row = queries.item_record(item.id, bill.committee_id)
    assert row.vote == right and row.decision is not None and row.decision.outcome is DirectorsOutcome.SUBMIT
    assert row.report is not None and (row.report.mode, row.reported_on) == (ReportMode.WRITTEN, TODAY)
    assert only(queries.meeting_items(meeting.id)).vote == right


def test_consent_does_not_hide_what_was_decided_on_submitting(bill: Bill, meeting: Meeting) -> None:
    item = brought(bill, S.ON_AGENDA, meeting)
    with transaction():
        decide(item, bill.committee_id, DirectorsOutcome.CONSENT_TO_WITHDRAW)
        directors = directors_of(bill.committee_id)
    row = queries.item_record(item.id, bill.committee_id)
    assert row.decision is not None and row.decision.outcome is DirectorsOutcome.SUBMIT
    assert queries.meeting_items(directors.id) == []


def test_directors_agenda_shows_what_that_meeting_decided(bill: Bill, meeting: Meeting) -> None:
    item = brought(bill, S.DIRECTOR_MEETING_HELD, meeting)
    with transaction():
        other = hold_meeting(bill.committee_id, 7, MeetingKind.DIRECTORS, present=7, total=9)
        for directors in (directors_of(bill.committee_id), other):
            agenda.place(directors.id, bill.committee_id, [item.id], MACHINE, NINE)
    decided = only(queries.meeting_items(directors_of(bill.committee_id).id)).decision
    assert decided is not None and decided.outcome is DirectorsOutcome.HOLD
    assert only(queries.meeting_items(other.id)).decision is None


def test_record_of_an_item_on_no_agenda(bill: Bill) -> None:
    with transaction():
        item = make_item(bill)
        exam = make_exam(get_committee(bill.committee_id), opens_at=NINE + timedelta(days=1))
        appointments.send_to_exam(exam.id, bill, [item.id], MACHINE, NINE)
    row = queries.item_record(item.id, bill.committee_id)
    assert (row.entry, row.meeting, row.vote, row.decision, row.review) == (None, None, None, None, None)
    assert (row.exam, row.requirement.outcome) == (exam, Requirement.REQUIRED)


def test_record_names_the_standing_committees_agenda_alone(bill: Bill, meeting: Meeting) -> None:
    item = brought(bill, S.EXAM_CLEARED, meeting)
    with transaction():
        agenda.place(directors_of(bill.committee_id).id, bill.committee_id, [item.id], MACHINE, NINE)
    assert queries.item_record(item.id, bill.committee_id).entry is None
    with transaction():
        bring(item, S.ON_AGENDA, meeting)
    assert queries.item_record(item.id, bill.committee_id).meeting == meeting
    with transaction():
        agenda.leave(item, "举报待查", NINE)
        item.state = S.VOTE_DEFERRED
        later = make_meeting(get_committee(bill.committee_id), number=4)
        agenda.place(later.id, bill.committee_id, [item.id], MACHINE, NINE)
    assert queries.item_record(item.id, bill.committee_id).meeting == later


def test_bill_is_read_in_the_order_of_its_numbers(bill: Bill, meeting: Meeting) -> None:
    items = [brought(bill, state, meeting, f"人选{state}") for state in (S.ON_AGENDA, S.SUBMITTED)]
    assert [row.item for row in queries.bill_records(bill.id)] == items


def test_candidates_are_what_the_meeting_may_take(bill: Bill, meeting: Meeting) -> None:
    items = {state: brought(bill, state, meeting, f"人选{state}") for state in S}
    with transaction():
        blocked = make_item(bill, "赵平")
        blocked.exam_step = ExamStep.BLOCKED
        make_foreign_items()
    found = [row.item for row in queries.candidates_for_agenda(bill.committee_id, MeetingKind.STANDING_COMMITTEE)]
    assert found == [items[S.DIRECTOR_MEETING_APPROVED], items[S.VOTE_DEFERRED]]
    heard = [row.item for row in queries.candidates_for_agenda(bill.committee_id, MeetingKind.DIRECTORS)]
    assert heard == [items[S.EXAM_CLEARED], items[S.DIRECTOR_MEETING_HELD], items[S.VOTE_DEFERRED], blocked]


def test_deferred_is_no_candidate_where_the_directors_decide_again(bill: Bill, meeting: Meeting) -> None:
    items = {state: brought(bill, state, meeting, f"人选{state}") for state in S}
    rows = queries.candidates_for_agenda(bill.committee_id, MeetingKind.STANDING_COMMITTEE, deferred=False)
    assert [row.item for row in rows] == [items[S.DIRECTOR_MEETING_APPROVED]]


def make_foreign_items() -> None:
    """Let another committee have items of the same kinds."""
    foreign = make_bill(make_foreign())
    for name, state in (("何远", S.DIRECTOR_MEETING_APPROVED), ("何近", S.EXAM_CLEARED)):
        make_item(foreign, name).state = state


def test_every_candidate_can_be_placed(bill: Bill, meeting: Meeting) -> None:
    for state in S:
        brought(bill, state, meeting, f"人选{state}")
    with transaction():
        directors = make_meeting(get_committee(bill.committee_id), kind=MeetingKind.DIRECTORS, number=8)
        for to in (meeting, directors):
            candidates = [row.item.id for row in queries.candidates_for_agenda(bill.committee_id, to.kind)]
            agenda.place(to.id, bill.committee_id, candidates, MACHINE, NINE)
    assert len(queries.meeting_items(directors.id)) == 2


def test_board_counts_what_waits(bill: Bill, meeting: Meeting) -> None:
    for state in S:
        brought(bill, state, meeting, f"人选{state}")
    brought(
        bill, S.LETTER_ISSUED, meeting, "陪审", post="甲市人民陪审员", form=Form.APPOINT, organ_type=OrganType.COURT
    )
    brought(bill, S.ANNOUNCED, meeting, "代理", form=Form.DECIDE_ACTING, post="市长")
    brought(bill, S.ANNOUNCED, meeting, "离开", form=Form.REMOVE, post="甲市审计局局长")
    with transaction():
        make_foreign_items()
    counts = vars(queries.board(bill.committee_id))
    assert counts == {
        "review": 2,
        "correction": 1,
        "directors": 1,
        "held": 1,
        "agenda": 1,
        "deferred": 1,
        "vote": 2,
        "announcement": 1,
        "letters": 1,
        "oaths": 1,
        "office": 3,
    }


READS: dict[str, Callable[[Bill, Meeting], Any]] = {
    "meeting_items": lambda _bill, meeting: queries.meeting_items(meeting.id),
    "bill_records": lambda bill, _meeting: queries.bill_records(bill.id),
    "candidates": lambda bill, meeting: queries.candidates_for_agenda(bill.committee_id, meeting.kind),
    "board": lambda bill, _meeting: queries.board(bill.committee_id),
}


@pytest.mark.parametrize("read", list(READS))
def test_reads_cost_the_same_for_five_hundred_items(
    bill: Bill, meeting: Meeting, count_statements: Callable[[], Any], read: str
) -> None:
    with transaction():
        fill(bill, meeting, MANY, S.DIRECTOR_MEETING_APPROVED if read == "candidates" else S.ON_AGENDA)
    db.session.expire_all()
    for known in (bill, meeting):
        db.session.refresh(known)
    with count_statements() as statements:
        found = READS[read](bill, meeting)
        words = [(row.person.name, row.item.post, row.requirement.rule) for row in found] if read != "board" else []
    assert len(statements) == 1
    assert read == "board" or (len(found) == MANY and words[0] == ("人选1", "审判员", "PASSED_THIS_TERM"))


def test_standing_tells_the_days(bill: Bill, meeting: Meeting) -> None:
    item = brought(bill, S.ENDED, meeting)
    told = queries.standing_of(queries.item_record(item.id, bill.committee_id))
    days = (told.reviewed_on, told.decided_on, told.meeting_on, told.voted_on, told.letter_on, told.sworn_on)
    assert days == (TODAY,) * 6
    assert (told.received_on, told.ended_on, told.reported_on, told.exam_on) == (RECEIVED, TODAY, None, None)
