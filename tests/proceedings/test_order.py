"""tests.proceedings.test_order — the usual order of an agenda, for every list of items there can be."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from exam_app.appointments.models import Item
from exam_app.appointments.states import APPOINTING_FORMS, REMOVING_FORMS, Form
from exam_app.proceedings.agenda import late_removal, ordered, removals_first, usual_order
from question_bank.kinds import OrganType

POSTS = ("市财政局局长", "市审计局局长", "市教育局局长")


@dataclass
class Line:
    """What an agenda has a line about."""

    item: Item


def make(number: int, form: Form, organ: OrganType = OrganType.GOVERNMENT, post: str = POSTS[0], bill: int = 1) -> Item:
    """Return an item that no database knows."""
    return Item(number=number, form=form, organ_type=organ, post=post, bill_id=bill, person_id=number)


@st.composite
def agendas(draw: st.DrawFn) -> list[Item]:
    """Return any list of items: few posts, so that many meet."""
    drawn = draw(st.lists(st.tuples(st.sampled_from(Form), st.sampled_from(OrganType), st.sampled_from(POSTS))))
    return [make(number, form, organ, post) for number, (form, organ, post) in enumerate(drawn)]


@given(agendas())
def test_usual_order_keeps_every_item_and_removals_first(items: list[Item]) -> None:
    order = usual_order(items)
    assert sorted(item.number for item in order) == [item.number for item in items]
    assert late_removal(order) is None


@given(agendas())
def test_usual_order_does_not_depend_on_how_items_came(items: list[Item]) -> None:
    assert usual_order(items[::-1]) == usual_order(items) == usual_order(usual_order(items))


@given(agendas())
def test_organs_stand_together_in_their_order(items: list[Item]) -> None:
    organs = [list(OrganType).index(item.organ_type) for item in usual_order(items)]
    assert organs == sorted(organs)


@given(agendas())
def test_order_by_hand_changes_only_where_a_removal_is_late(items: list[Item]) -> None:
    settled = removals_first(items)
    assert late_removal(settled) is None
    assert (settled == items) is (late_removal(items) is None)
    for forms in (APPOINTING_FORMS, frozenset(Form) - APPOINTING_FORMS - REMOVING_FORMS):
        kept = [item.number for item in settled if item.form in forms]
        assert kept == sorted(kept)


def test_removal_stands_right_before_the_appointment_to_its_post() -> None:
    audit = make(1, Form.DECIDE_APPOINT, post=POSTS[1])
    finance, out_of_finance = make(2, Form.DECIDE_APPOINT), make(4, Form.REMOVE)
    elsewhere = make(3, Form.REMOVE, post=POSTS[2])
    judge = make(5, Form.APPOINT, OrganType.COURT, "市中级人民法院审判员")
    clerk = make(6, Form.APPOINT, OrganType.CONGRESS, "市人大常委会副秘书长", bill=2)
    assert usual_order([judge, elsewhere, out_of_finance, finance, audit, clerk]) == [
        clerk,
        audit,
        out_of_finance,
        finance,
        elsewhere,
        judge,
    ]


def test_deputy_mayor_is_appointed_before_acting_as_mayor() -> None:
    acting = make(1, Form.DECIDE_ACTING, post="市长")
    deputy = make(2, Form.DECIDE_APPOINT, post="副市长")
    assert usual_order([acting, deputy]) == [deputy, acting]


def test_same_words_in_another_organ_are_another_post() -> None:
    appointment = make(1, Form.APPOINT, OrganType.COURT, "副主任")
    removal = make(2, Form.REMOVE, OrganType.CONGRESS, "副主任")
    assert late_removal([appointment, removal]) is None


@given(agendas())
def test_lines_are_ordered_as_their_items(items: list[Item]) -> None:
    lines = [Line(item) for item in items]
    assert [line.item for line in ordered(lines)] == usual_order(items)
