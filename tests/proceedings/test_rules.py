"""tests.proceedings.test_rules — the majority of all members, combined votes, their order, letters' numbers, oaths."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.appointments.states import ACTING_FORMS, APPOINTING_FORMS, LETTER_FORMS, REMOVING_FORMS, Form
from exam_app.committees.rules import LocalRules
from exam_app.proceedings import rules
from question_bank.kinds import OrganType

MEMBERS = st.integers(1, 999)


@dataclass(kw_only=True)
class Motion:
    """An item as the rules see it."""

    person_id: int = 1
    form: Form = Form.DECIDE_APPOINT
    organ_type: OrganType = OrganType.GOVERNMENT
    post: str = "甲市财政局局长"


@pytest.mark.parametrize(
    ("yes", "total", "passed"),
    [
        (25, 51, False),
        (26, 51, True),
        (25, 50, False),
        (26, 50, True),
        (0, 1, False),
        (1, 1, True),
        (1, 2, False),
        (2, 2, True),
        (30, 61, False),
        (31, 61, True),
    ],
)
def test_more_than_half_of_all_members_passes(yes: int, total: int, passed: bool) -> None:
    assert rules.passes(yes, total) is passed


@pytest.mark.parametrize(("total", "least"), [(51, 26), (50, 26), (29, 15), (61, 31), (1, 1), (2, 2)])
def test_needed_votes(total: int, least: int) -> None:
    assert rules.needed(total) == least


@given(MEMBERS, MEMBERS)
def test_needed_is_the_least_that_passes(yes: int, total: int) -> None:
    assert rules.passes(yes, total) is (yes >= rules.needed(total))
    assert rules.passes(rules.needed(total), total)
    assert not rules.passes(rules.needed(total) - 1, total)


@given(total=MEMBERS, data=st.data())
def test_who_does_not_say_yes_counts_against(total: int, data: st.DataObject) -> None:
    """Any number of those present may say no, abstain, press nothing or be away: only yes and all members matter."""
    present = data.draw(st.integers(0, total))
    yes = data.draw(st.integers(0, present))
    no = data.draw(st.integers(0, present - yes))
    abstain = data.draw(st.integers(0, present - yes - no))
    counts = (yes, no, abstain, present - yes - no - abstain)
    assert rules.adds_up(counts, present)
    assert rules.passes(yes, total) is (yes > total - yes)
    if 2 * present <= total:
        assert not rules.passes(yes, total)


@given(st.lists(st.integers(-3, 60), min_size=4, max_size=4), st.integers(0, 120))
def test_counts_add_up_only_when_everybody_present_is_counted_once(counts: list[int], present: int) -> None:
    assert rules.adds_up(counts, present) is (min(counts) >= 0 and sum(counts) == present)


@given(MEMBERS, st.integers(0, 999))
def test_one_more_yes_never_turns_a_pass_into_a_failure(total: int, yes: int) -> None:
    assert not rules.passes(yes, total) or rules.passes(yes + 1, total)


@pytest.mark.parametrize("form", list(Form))
def test_acting_posts_and_dismissals_are_voted_on_alone(form: Form) -> None:
    alone = {Form.DECIDE_ACTING, Form.ELECT_ACTING, Form.DISMISS}
    assert rules.must_vote_alone(form) is (form in alone)
    assert rules.needs_ballot(form) is (form is Form.DISMISS)
    pair = [Motion(form=form), Motion(person_id=2, post="甲市审计局局长")]
    assert rules.may_combine(pair, LocalRules()) is (form not in alone)
    assert rules.may_combine([Motion(form=form)], LocalRules(combined_votes="never"))


@pytest.mark.parametrize(
    ("setting", "allowed"), [("never", False), ("unless_objected", True), ("directors_decide", True)]
)
def test_local_rules_say_whether_votes_are_combined(setting: str, allowed: bool) -> None:
    pair = [Motion(), Motion(person_id=2, post="甲市审计局局长")]
    assert rules.may_combine(pair, LocalRules(combined_votes=setting)) is allowed


def test_one_persons_removals_are_one_vote_even_where_each_person_is_voted_on_alone() -> None:
    never = LocalRules(combined_votes="never")
    leaving = [Motion(form=Form.REMOVE), Motion(form=Form.ACCEPT_RESIGNATION, post="甲市副市长")]
    assert rules.may_combine(leaving, never)
    assert not rules.may_combine([*leaving, Motion(post="甲市审计局局长")], never)
    assert not rules.may_combine([leaving[0], Motion(person_id=2, form=Form.REMOVE, post="甲市副市长")], never)


@pytest.mark.parametrize("appointing", sorted(APPOINTING_FORMS))
@pytest.mark.parametrize("removing", sorted(REMOVING_FORMS))
def test_a_post_is_freed_before_it_is_filled(appointing: Form, removing: Form) -> None:
    comes, goes = Motion(form=appointing), Motion(person_id=2, form=removing)
    assert rules.removal_before([comes], [comes, goes]) is goes
    assert rules.removal_before([comes], [comes]) is None
    assert rules.removal_before([goes], [comes, goes]) is None


def test_posts_of_other_names_or_organs_wait_for_nobody() -> None:
    comes = Motion(post="审判员", organ_type=OrganType.COURT)
    elsewhere = Motion(person_id=2, form=Form.REMOVE, post="审判员", organ_type=OrganType.PROCURATORATE)
    other = Motion(person_id=2, form=Form.REMOVE, post="庭长", organ_type=OrganType.COURT)
    assert rules.removal_before([comes], [elsewhere, other]) is None


def test_who_changes_posts_may_be_appointed_before_being_removed_from_the_old_one() -> None:
    """One person with both: the appointment may come first (深圳 §19), for these are two posts."""
    comes, goes = Motion(post="甲市审计局局长"), Motion(form=Form.REMOVE)
    assert rules.removal_before([comes], [goes]) is None


def test_forms_are_either_appointing_or_removing_and_only_two_get_letters() -> None:
    assert APPOINTING_FORMS.isdisjoint(REMOVING_FORMS) and set(Form) == APPOINTING_FORMS | REMOVING_FORMS
    assert {Form.DECIDE_APPOINT, Form.APPOINT} == LETTER_FORMS
    assert set(rules.ENDINGS) == REMOVING_FORMS


@pytest.mark.parametrize(
    ("template", "number"),
    [
        ("{short}任〔{year}〕{serial}号", "甲市任〔2026〕7号"),
        ("第{serial}号", "第7号"),
        ("{year}-{serial}-{year}", "2026-7-2026"),
    ],
)
def test_letter_number_follows_the_local_rules(template: str, number: str) -> None:
    assert rules.letter_number(template, short="甲市", year=2026, serial=7) == number


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_letter_numbers_of_a_year_are_as_unique_as_their_serials(one: int, other: int) -> None:
    numbers = {
        rules.letter_number("{short}任〔{year}〕{serial}号", short="甲", year=2026, serial=n) for n in (one, other)
    }
    assert len(numbers) == len({one, other})


@pytest.mark.parametrize(("edition", "characters"), [(2015, 70), (2018, 75)])
def test_oath_has_exactly_its_characters(edition: int, characters: int) -> None:
    han = [character for character in rules.OATHS[edition] if "\u4e00" <= character <= "\u9fff"]
    assert len(han) == characters
    assert rules.OATHS[edition].startswith("我宣誓：") and rules.OATHS[edition].endswith("努力奋斗！")


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        (date(2016, 1, 1), 2015),
        (date(2018, 2, 28), 2015),
        (date(2018, 3, 11), 2015),
        (date(2018, 3, 12), 2018),
        (date(2026, 3, 2), 2018),
    ],
)
def test_oath_edition_is_the_one_in_force_that_day(day: date, edition: int) -> None:
    assert rules.oath_edition(day) == edition
    assert edition in rules.OATHS


@pytest.mark.parametrize(("post", "here"), [("人民陪审员", False), ("甲区人民法院人民陪审员", False), ("审判员", True)])
def test_assessors_swear_before_their_court(post: str, here: bool) -> None:
    assert rules.swears_here(post, Form.APPOINT, LocalRules()) is here


@pytest.mark.parametrize("form", sorted(ACTING_FORMS))
def test_acting_heads_swear_where_the_local_rules_say_so(form: Form) -> None:
    assert not rules.swears_here("市长", form, LocalRules())
    assert rules.swears_here("市长", form, LocalRules(acting_posts_swear=True))
