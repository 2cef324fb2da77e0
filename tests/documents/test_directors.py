"""tests.documents.test_directors — the papers of a directors' meeting: review report and minutes, from the record."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from exam_app.appointments.models import Item
from exam_app.appointments.states import DirectorsOutcome, Form, ItemState
from exam_app.audit.service import MACHINE
from exam_app.committees.models import Committee
from exam_app.documents import queries, service
from exam_app.documents.queries import Draft
from exam_app.documents.rules import Standing
from exam_app.documents.states import DocumentKind
from exam_app.meetings import service as meetings
from exam_app.meetings.models import Meeting
from exam_app.meetings.service import RecordMeeting
from exam_app.meetings.states import MeetingKind
from exam_app.printing.official.text import lines
from exam_app.proceedings import agenda, review
from exam_app.proceedings.review import DirectorsDecide
from tests.appointments.factories import make_bill, make_item, make_office
from tests.conftest import NINE
from tests.documents.factories import plan_meeting
from tests.proceedings.factories import TODAY, attend, bring, clerk, make_free_item


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee in its term, with a planned meeting of its own."""
    committee = make_office()
    meeting = plan_meeting(committee)
    meetings.add_topic(meeting.id, committee.id, "听取环境状况报告", MACHINE, NINE)
    return committee


@pytest.fixture
def directors(committee: Committee) -> Meeting:
    """A planned directors' meeting."""
    command = RecordMeeting(committee_id=committee.id, kind=MeetingKind.DIRECTORS, number=3, held_on=TODAY)
    return meetings.record(command, MACHINE, NINE)


@pytest.fixture
def items(committee: Committee, directors: Meeting) -> list[Item]:
    """Two reviewed items on the directors' agenda."""
    bill = make_bill(committee)
    found = [make_free_item(bill, "王强"), make_free_item(bill, "孙立", post="甲市教育局局长")]
    for item in found:
        bring(item, ItemState.EXAM_CLEARED, directors)
    agenda.place(directors.id, committee.id, [item.id for item in found], MACHINE, NINE)
    return found


def drafts(meeting: Meeting) -> dict[DocumentKind, Draft]:
    """Return the papers of the meeting by kind."""
    return {one.kind: one for one in queries.drafts(meeting.id, meeting.committee_id)}


def words(meeting: Meeting, kind: DocumentKind) -> str:
    """Return a paper as it is composed now."""
    text = drafts(meeting)[kind].text
    assert text is not None
    return "\n".join(lines(text)).replace("\u3000", "")


def decide(meeting: Meeting, item: Item, outcome: DirectorsOutcome, reason: str = "") -> None:
    """Let the meeting decide about an item."""
    command = DirectorsDecide(
        committee_id=meeting.committee_id, meeting_id=meeting.id, item_ids=[item.id], outcome=outcome, reason=reason
    )
    review.decide(command, clerk(meeting.committee_id), NINE)


def test_report_tells_opinion_exemption_and_what_is_missing(directors: Meeting, items: list[Item]) -> None:
    report = words(directors, DocumentKind.REVIEW_REPORT)
    assert "共收到任免案1件，涉及任免事项2项（2人）。" in report
    assert "符合任职条件，建议提请。" in report
    assert "免考2项" in report and "2026年3月2日" in report
    assert "尚缺材料：王强、孙立的" in report
    assert "职务表中没有这一职务" in report


def test_minutes_follow_the_decisions_and_prepare_the_agenda(directors: Meeting, items: list[Item]) -> None:
    assert "列入会议，尚未作出决定" in words(directors, DocumentKind.DIRECTORS_MINUTES)
    attend(directors, 7, 9)
    decide(directors, items[0], DirectorsOutcome.SUBMIT)
    decide(directors, items[1], DirectorsOutcome.HOLD, "补充考察材料")

    minutes = words(directors, DocumentKind.DIRECTORS_MINUTES)
    assert "一、同意将下列任免事项提请甲市第十六届人民代表大会常务委员会第二次会议审议\n决定任命王强" in minutes
    assert "二、下列任免事项暂缓提请\n1. 决定任命孙立为甲市教育局局长（补充考察材料）。" in minutes
    assert "尚未作出决定" not in minutes
    assert "一、听取环境状况报告\n二、审议和表决甲市人民政府关于提请任免王强等职务的议案" in minutes


def test_later_decision_takes_the_place_of_the_earlier(directors: Meeting, items: list[Item]) -> None:
    attend(directors, 7, 9)
    decide(directors, items[0], DirectorsOutcome.HOLD, "再核实")
    decide(directors, items[0], DirectorsOutcome.SUBMIT)
    assert "暂缓提请" not in words(directors, DocumentKind.DIRECTORS_MINUTES)


def test_decision_about_an_item_off_the_agenda_stands_in_the_minutes(
    committee: Committee, directors: Meeting, items: list[Item]
) -> None:
    attend(directors, 7, 9)
    other = bring(make_free_item(make_bill(committee, "甲政〔2026〕9号"), "钱进"), ItemState.EXAM_CLEARED, directors)
    decide(directors, other, DirectorsOutcome.SUBMIT)
    assert "决定任命钱进" in words(directors, DocumentKind.DIRECTORS_MINUTES)
    assert "3项（3人）" in words(directors, DocumentKind.REVIEW_REPORT)


def test_report_that_was_heard_is_not_made_wrong_by_what_follows(directors: Meeting, items: list[Item]) -> None:
    service.issue_all(directors.id, directors.committee_id, MACHINE, NINE)
    items[0].post = "甲市财政局党组书记"
    assert drafts(directors)[DocumentKind.REVIEW_REPORT].standing is Standing.CHANGED
    attend(directors, 7, 9)
    assert drafts(directors)[DocumentKind.REVIEW_REPORT].standing is Standing.ISSUED
    assert drafts(directors)[DocumentKind.DIRECTORS_MINUTES].standing is Standing.CHANGED


def test_statements_do_not_grow_with_the_items(
    committee: Committee, directors: Meeting, items: list[Item], count_statements: Callable[[], Any]
) -> None:
    def count() -> int:
        with count_statements() as heard:
            queries.drafts(directors.id, committee.id)
        return len(heard)

    few = count()
    bill = make_bill(committee, "甲政〔2026〕9号")
    more = [make_item(bill, f"钱{name}", post=f"甲市{name}局局长", form=Form.REMOVE) for name in "甲乙丙丁戊"]
    for item in more:
        bring(item, ItemState.EXAM_CLEARED, directors)
    agenda.place(directors.id, committee.id, [item.id for item in more], MACHINE, NINE)
    assert count() == few
