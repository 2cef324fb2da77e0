"""tests.proceedings.test_ceremony — letters and their numbers, oaths and their words, taking office and leaving it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.appointments.errors import ItemCannot, NoSuchItem, NothingChosen
from exam_app.appointments.models import Bill, Item, ItemEvent
from exam_app.appointments.states import Form, ItemState
from exam_app.audit.models import AuditEntry
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.errors import DomainError
from exam_app.committees.queries import get_committee
from exam_app.committees.rules import LocalRules
from exam_app.meetings.errors import NoSuchMeeting
from exam_app.meetings.models import Meeting
from exam_app.proceedings import ceremony
from exam_app.proceedings.ceremony import EndOffice
from exam_app.proceedings.errors import (
    DayOutOfOrder,
    EndingUnexplained,
    LeadTakerUnclear,
    LetterNumberTooLong,
    NoLetterDue,
    NotAnAppointment,
    NotAStandingMeeting,
    OathElsewhere,
)
from exam_app.proceedings.models import Letter, Oath
from exam_app.proceedings.states import OathForm, OathOrganizer, VoteMethod
from question_bank.kinds import OrganType
from tests.appointments.factories import make_bill, make_foreign, make_item, make_office
from tests.conftest import NINE
from tests.proceedings.factories import TODAY, bring, directors_of, hold_meeting, make_free_item, oath, vote_on

S = ItemState
NEXT_YEAR = NINE + timedelta(days=400)


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


@pytest.fixture
def item(bill: Bill, meeting: Meeting) -> Item:
    """An appointment that was announced."""
    return announced(bill, meeting)


def announced(bill: Bill, meeting: Meeting, name: str = "王强", **changes: Any) -> Item:
    """Bring one more item to its announcement."""
    with transaction():
        item = bring(make_free_item(bill, name, **changes), S.ON_AGENDA, meeting)
        vote_on(meeting, [item], method=VoteMethod.BALLOT)
        return bring(item, S.ANNOUNCED, meeting)


def issue(items: Sequence[Item], day: date = TODAY, now: datetime = NINE, **changes: Any) -> list[Letter]:
    """Issue letters, outside a meeting unless one is given."""
    committee_id = changes.get("committee_id") or db.session.get_one(Bill, items[0].bill_id).committee_id
    ids = [item.id for item in items]
    with transaction():
        return ceremony.issue_letters(changes.get("meeting_id"), committee_id, ids, day, MACHINE, now)


def swear(items: Sequence[Item], now: datetime = NINE, **changes: Any) -> list[Oath]:
    """Record oaths."""
    with transaction():
        return ceremony.record_oaths(oath(items, **changes), MACHINE, now)


def leave(item: Item, day: date = TODAY, because: str = "去世", committee_id: int = 0) -> Item:
    """Record that an office ended."""
    committee_id = committee_id or db.session.get_one(Bill, item.bill_id).committee_id
    command = EndOffice(item_id=item.id, committee_id=committee_id, ended_on=day, because=because)
    with transaction():
        return ceremony.end_office(command, MACHINE, NINE)


def written() -> list[int]:
    """Count the rows that letters and oaths would add to."""
    tables = (Letter, Oath, ItemEvent, AuditEntry)
    return [db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def test_letters_are_numbered_on_within_the_year(bill: Bill, meeting: Meeting, item: Item) -> None:
    second = announced(bill, meeting, "李敏", post="甲市审计局局长")
    third = announced(bill, meeting, "赵敏", post="甲市教育局局长")
    letters = issue([second, item], meeting_id=meeting.id)
    assert [(letter.item_id, letter.number) for letter in letters] == [
        (item.id, "甲市任〔2026〕1号"),
        (second.id, "甲市任〔2026〕2号"),
    ]
    [later] = issue([third])
    assert (later.year, later.serial, later.issued_on) == (2026, 3, TODAY)
    assert {one.state for one in (item, second, third)} == {S.LETTER_ISSUED}
    event = db.session.scalars(select(ItemEvent).where(ItemEvent.item_id == third.id).order_by(ItemEvent.id.desc()))
    assert event.first().details == {"number": "甲市任〔2026〕3号", "issued_on": "2026-03-02"}  # type: ignore[union-attr]


def test_numbers_begin_anew_each_year_and_in_each_committee(bill: Bill, meeting: Meeting, item: Item) -> None:
    second = announced(bill, meeting, "李敏", post="甲市审计局局长")
    issue([item])
    [next_year] = issue([second], date(2027, 1, 4), NEXT_YEAR)
    assert next_year.number == "甲市任〔2027〕1号"
    with transaction():
        foreign = make_foreign()
        theirs = Letter(
            committee_id=foreign.id, item_id=item.id, year=2026, serial=1, number="1", issued_on=TODAY, recorded_at=NINE
        )
        theirs.item_id = bring(make_free_item(bill, "赵敏", post="甲市教育局局长"), S.ANNOUNCED, meeting).id
        db.session.add(theirs)
    fourth = announced(bill, meeting, "孙立", post="甲市民政局局长")
    [letter] = issue([fourth])
    assert letter.serial == 2


def test_number_follows_the_local_rules(app: Flask) -> None:
    with transaction():
        bill = make_bill(make_office(LocalRules(letter_number="{short}人常任字〔{year}〕第{serial}号")))
        meeting = hold_meeting(bill.committee_id)
    [letter] = issue([announced(bill, meeting)])
    assert letter.number == "甲市人常任字〔2026〕第1号"


def test_number_that_does_not_fit_is_refused(app: Flask) -> None:
    with transaction():
        bill = make_bill(make_office(LocalRules(letter_number="任" * 56 + "{year}{serial}")))
        meeting = hold_meeting(bill.committee_id)
    item = announced(bill, meeting)
    before = written()
    with pytest.raises(LetterNumberTooLong):
        issue([item])
    assert (item.state, written()) == (S.ANNOUNCED, before)


@pytest.mark.parametrize("form", sorted(set(Form) - {Form.DECIDE_APPOINT, Form.APPOINT}))
def test_acting_posts_approved_appointments_and_removals_get_no_letter(
    bill: Bill, meeting: Meeting, item: Item, form: Form
) -> None:
    without = announced(bill, meeting, "李敏", form=form, post="甲市甲区人民检察院检察长")
    before = written()
    with pytest.raises(NoLetterDue) as refusal:
        issue([item, without])
    assert refusal.value.facts["name"] == "李敏"
    assert ([item.state, without.state], written()) == ([S.ANNOUNCED] * 2, before)


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=1)])
def test_nothing_is_done_before_the_announcement_or_in_the_future(item: Item, day: date) -> None:
    before = written()
    acts = (lambda: issue([item], day), lambda: swear([item], sworn_on=day), lambda: leave(item, day))
    for act in acts:
        with pytest.raises(DayOutOfOrder) as refusal:
            act()
        assert refusal.value.facts == {"name": "王强", "day": day, "earliest": TODAY}
    assert (item.state, item.ended_on, written()) == (S.ANNOUNCED, None, before)


def test_letters_and_oaths_need_their_own_meeting_and_items(bill: Bill, meeting: Meeting, item: Item) -> None:
    with transaction():
        directors = directors_of(bill.committee_id)
        foreign = make_foreign()
    before = written()
    cases: list[tuple[type[DomainError], dict[str, Any]]] = [
        (NotAStandingMeeting, {"meeting_id": directors.id}),
        (NoSuchMeeting, {"meeting_id": 999}),
        (NoSuchItem, {"committee_id": foreign.id}),
    ]
    for refusal, changes in cases:
        with pytest.raises(refusal):
            issue([item], **changes)
        with pytest.raises(refusal):
            swear([item], **changes)
    with pytest.raises(NothingChosen):
        issue([], committee_id=bill.committee_id)
    assert (item.state, written()) == (S.ANNOUNCED, before)


def test_group_swears_after_its_lead_taker(bill: Bill, meeting: Meeting, item: Item) -> None:
    second = announced(bill, meeting, "李敏", post="甲市审计局局长")
    issue([item])
    oaths = swear([item, second], form=OathForm.COLLECTIVE, lead_item_id=second.id, meeting_id=meeting.id)
    assert [(one.item_id, one.is_lead, one.edition, one.meeting_id) for one in oaths] == [
        (item.id, False, 2018, meeting.id),
        (second.id, True, 2018, meeting.id),
    ]
    assert {one.organizer for one in oaths} == {OathOrganizer.STANDING_COMMITTEE}
    assert [item.state, second.state] == [S.SWORN] * 2
    event = db.session.scalars(select(ItemEvent).order_by(ItemEvent.id.desc()).limit(1)).one()
    assert event.details == {
        "sworn_on": "2026-03-02",
        "organizer": "standing_committee",
        "edition": 2018,
        "meeting": meeting.id,
    }


@pytest.mark.parametrize(
    ("form", "lead"), [(OathForm.COLLECTIVE, None), (OathForm.COLLECTIVE, 999), (OathForm.INDIVIDUAL, 1)]
)
def test_lead_taker_is_one_of_those_who_swear_together(item: Item, form: OathForm, lead: int | None) -> None:
    before = written()
    with pytest.raises(LeadTakerUnclear):
        swear([item], form=form, lead_item_id=lead)
    assert (item.state, written()) == (S.ANNOUNCED, before)


def test_who_was_away_swears_on_another_day(bill: Bill, meeting: Meeting, item: Item) -> None:
    second = announced(bill, meeting, "李敏", post="甲市审计局局长")
    swear([item], meeting_id=meeting.id)
    later = NINE + timedelta(days=9)
    [late] = swear([second], later, sworn_on=later.date(), organizer=OathOrganizer.OWN_ORGAN)
    assert (late.meeting_id, late.sworn_on, late.organizer) == (None, later.date(), OathOrganizer.OWN_ORGAN)
    assert [item.state, second.state] == [S.SWORN] * 2


@pytest.mark.parametrize(("day", "edition"), [(date(2018, 3, 11), 2015), (date(2018, 3, 12), 2018)])
def test_oath_has_the_words_in_force_that_day(item: Item, day: date, edition: int) -> None:
    with transaction():
        item.announced_on = date(2018, 2, 28)
    [sworn] = swear([item], sworn_on=day)
    assert sworn.edition == edition


def test_assessors_swear_before_their_court(bill: Bill, meeting: Meeting, item: Item) -> None:
    assessor = announced(bill, meeting, "李敏", organ_type=OrganType.COURT, form=Form.APPOINT, post="人民陪审员")
    before = written()
    with pytest.raises(OathElsewhere) as refusal:
        swear([item, assessor])
    assert refusal.value.facts["name"] == "李敏"
    assert ([item.state, assessor.state], written()) == ([S.ANNOUNCED] * 2, before)


def test_nobody_swears_or_takes_office_upon_a_removal(bill: Bill, meeting: Meeting) -> None:
    removal = announced(bill, meeting, form=Form.REMOVE)
    before = written()
    acts = (
        lambda: swear([removal]),
        lambda: ceremony.take_office(bill.committee_id, [removal.id], MACHINE, NINE),
        lambda: leave(removal),
    )
    for act in acts:
        with pytest.raises(NotAnAppointment):
            act()
    assert (removal.state, written()) == (S.ANNOUNCED, before)


@pytest.mark.parametrize("state", [S.ANNOUNCED, S.LETTER_ISSUED, S.SWORN])
def test_office_is_taken_and_left(bill: Bill, meeting: Meeting, item: Item, state: ItemState) -> None:
    with transaction():
        bring(item, state, meeting)
        ceremony.take_office(bill.committee_id, [item.id], MACHINE, NINE)
    assert item.state is S.IN_OFFICE
    leave(item, because=" 机构撤销 ")
    assert (item.state, item.ended_on, item.ended_because) == (S.ENDED, TODAY, "机构撤销")
    with pytest.raises(ItemCannot):
        leave(item)


@pytest.mark.parametrize("because", [" ", "因" * 201])
def test_ending_is_explained(item: Item, because: str) -> None:
    with pytest.raises(EndingUnexplained):
        leave(item, because=because)
    assert (item.state, item.ended_on) == (S.ANNOUNCED, None)


def test_foreign_office_is_not_found(item: Item) -> None:
    with transaction():
        foreign = make_foreign()
        theirs = make_item(make_bill(foreign, "乙政〔2026〕1号"), "赵敏", unit="乙市财政局")
    with pytest.raises(NoSuchItem):
        leave(item, committee_id=foreign.id)
    with pytest.raises(NoSuchItem), transaction():
        ceremony.take_office(get_committee(foreign.id).id, [theirs.id, item.id], MACHINE, NINE)
    assert [item.state, theirs.state] == [S.ANNOUNCED, S.SUBMITTED]
