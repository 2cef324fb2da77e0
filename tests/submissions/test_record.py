"""tests.submissions.test_record — objections out of the record: votes lost, posts held, seats taken, deputies first."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from exam_app.appointments.models import Bill
from exam_app.appointments.states import Form
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.committees.queries import get_committee
from exam_app.meetings import members
from exam_app.meetings.members import SeatMember
from exam_app.meetings.states import MemberOffice
from exam_app.submissions.queries import objections_among, objections_of
from exam_app.submissions.states import Objection
from question_bank.kinds import OrganType
from tests.appointments.factories import make_bill, make_foreign, make_office
from tests.conftest import NINE
from tests.factories import make_person
from tests.submissions.factories import TODAY, against, appoint, kinds, lose, make_placed

Why = Objection
ACTING = {"position": "代理市长", "form": Form.DECIDE_ACTING}


@pytest.fixture
def bill(app: Flask) -> Bill:
    """The mayor's bill."""
    with transaction():
        return make_bill(make_office())


def earlier(bill: Bill, number: str = "甲政〔2025〕1号") -> Bill:
    """Return a bill that came before."""
    return make_bill(get_committee(bill.committee_id), number)


def test_sound_item_has_no_objection(bill: Bill) -> None:
    with transaction():
        assert kinds(make_placed(bill)) == []


def test_votes_lost_for_the_same_post_count_however_it_is_written(bill: Bill) -> None:
    with transaction():
        for number, days in (("甲政〔2025〕1号", 300), ("甲政〔2025〕2号", 20)):
            lose(make_placed(earlier(bill, number), post="市财政局局长"), NINE - timedelta(days=days))
        again = make_placed(bill, post="甲市财政局局长")
        elsewhere = make_placed(bill, post="甲市审计局局长")
        assert kinds(again) == [Why.REJECTED_TWICE, Why.REJECTED_LATELY]
        assert kinds(elsewhere) == []
        assert against(again)[1].facts["day"] == date(2026, 2, 10)


def test_votes_of_an_earlier_term_do_not_count(bill: Bill) -> None:
    with transaction():
        lose(make_placed(earlier(bill)), NINE - timedelta(days=1500))
        lose(make_placed(earlier(bill, "甲政〔2025〕2号")), NINE - timedelta(days=1400))
        assert kinds(make_placed(bill)) == []


def test_post_of_one_holder_is_taken_until_its_holder_is_on_the_way_out(bill: Bill) -> None:
    with transaction():
        appoint(make_placed(earlier(bill), "秦正", post="市财政局局长"), TODAY)
        successor = make_placed(bill, post="甲市财政局局长")
        assert kinds(successor) == [Why.POST_TAKEN]
        assert against(successor)[0].facts["holders"] == "秦正"
        make_placed(bill, "秦正", form=Form.REMOVE, post="甲市财政局局长")
        assert kinds(successor) == []


def test_removal_of_somebody_else_than_the_holder_is_doubtful(bill: Bill) -> None:
    with transaction():
        appoint(make_placed(earlier(bill), "秦正"), TODAY)
        assert kinds(make_placed(bill, "秦正", form=Form.REMOVE)) == []
        assert kinds(make_placed(bill, form=Form.REMOVE)) == [Why.NOT_IN_POST]
        assert kinds(make_placed(bill, form=Form.REMOVE, post="甲市审计局局长")) == []


def test_sitting_member_may_not_take_a_post_of_the_other_organs(bill: Bill) -> None:
    with transaction():
        person = make_person(get_committee(bill.committee_id))
        seat = SeatMember(
            committee_id=bill.committee_id, person_id=person.id, office=MemberOffice.MEMBER, began_on=date(2024, 1, 9)
        )
        members.seat_member(seat, MACHINE, NINE)
        choice = {"choice": str(person.id)}
        assert kinds(make_placed(bill, **choice)) == [Why.SITTING_MEMBER]
        own = make_placed(bill, position="常委会研究室主任", post="甲市人大常委会研究室主任", **choice)
        assert Why.SITTING_MEMBER not in kinds(own)


def test_acting_mayor_is_a_deputy_first(bill: Bill) -> None:
    with transaction():
        assert Why.DEPUTY_FIRST in kinds(make_placed(bill, post="甲市代理市长", **ACTING))
        make_placed(bill, position="副市长", post="甲市副市长")
        assert Why.DEPUTY_FIRST not in kinds(make_placed(bill, post="代理市长", **ACTING))


def test_deputy_of_another_organ_is_none(bill: Bill) -> None:
    with transaction():
        make_placed(bill, position="副院长", post="甲市中级人民法院副院长", organ_type=OrganType.COURT)
        assert Why.DEPUTY_FIRST in kinds(make_placed(bill, post="甲市代理市长", **ACTING))


def test_what_other_committees_know_speaks_not(bill: Bill) -> None:
    with transaction():
        appoint(make_placed(make_bill(make_foreign()), "秦正"), TODAY)
        assert kinds(make_placed(bill)) == []


def test_items_of_several_bills_are_judged_by_their_own_bill(bill: Bill) -> None:
    with transaction():
        other = earlier(bill)
        other.nominator = "主任会议"
        items = [make_placed(bill), make_placed(other, post="甲市审计局局长")]
        found = objections_among(bill.committee_id, [item.id for item in items], TODAY)
        assert {item_id: [one.objection for one in ones] for item_id, ones in found.items()} == {
            items[1].id: [Why.WRONG_NOMINATOR]
        }


def test_statements_do_not_grow_with_the_bill(bill: Bill, count_statements: Callable[[], Any]) -> None:
    with transaction():
        make_placed(bill)
    bill_id = bill.id
    db.session.expunge_all()
    with count_statements() as few:
        objections_of(bill_id, TODAY)
    with transaction():
        bill = db.session.get_one(Bill, bill_id)
        for number in range(9):
            make_placed(bill, f"李{chr(0x5100 + number)}", post=f"甲市第{number}局局长")
    db.session.expunge_all()
    with count_statements() as many:
        objections_of(bill_id, TODAY)
    assert len(few) == len(many) <= 9
