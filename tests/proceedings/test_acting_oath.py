"""tests.proceedings.test_acting_oath — whether acting heads swear is for the local rules to say."""

import pytest
from flask import Flask

from exam_app.appointments.states import Form, ItemState
from exam_app.base.db import transaction
from exam_app.committees.rules import LocalRules
from exam_app.proceedings.errors import ActingSpared
from tests.appointments.factories import make_bill, make_office
from tests.proceedings.factories import hold_meeting
from tests.proceedings.test_ceremony import announced, swear, written

S = ItemState


def test_acting_head_does_not_swear_unless_the_local_rules_say_so(app: Flask) -> None:
    with transaction():
        bill = make_bill(make_office())
        meeting = hold_meeting(bill.committee_id)
    item = announced(bill, meeting)
    acting = announced(bill, meeting, "李敏", form=Form.DECIDE_ACTING, post="代理市长")
    before = written()
    with pytest.raises(ActingSpared) as refusal:
        swear([item, acting])
    assert refusal.value.facts["name"] == "李敏"
    assert ([item.state, acting.state], written()) == ([S.ANNOUNCED] * 2, before)


def test_acting_head_swears_where_the_local_rules_say_so(app: Flask) -> None:
    with transaction():
        bill = make_bill(make_office(LocalRules(acting_posts_swear=True)))
        meeting = hold_meeting(bill.committee_id)
    acting = announced(bill, meeting, form=Form.DECIDE_ACTING, post="代理市长")
    [sworn] = swear([acting])
    assert (sworn.item_id, acting.state) == (acting.id, S.SWORN)
