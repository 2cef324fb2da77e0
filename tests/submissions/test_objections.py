"""tests.submissions.test_objections — what speaks against an item: a row a case, without a database."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.appointments.states import Form
from exam_app.committees.rules import LocalRules
from exam_app.submissions.objections import (
    Facts,
    Placed,
    is_deputy_post,
    months_later,
    objections,
    rejections,
)
from exam_app.submissions.states import Objection
from exam_app.texts.submissions import OBJECTIONS, objection_words
from question_bank.kinds import OrganType

G, Why = OrganType.GOVERNMENT, Objection
DAY = date(2026, 3, 2)
BUREAU = Placed(
    organ_type=G,
    name="局长",
    form=Form.DECIDE_APPOINT,
    nominator="市长",
    legal_basis="地方组织法第五十条第一款第十四项",
)
ACTING = replace(BUREAU, name="代理市长", form=Form.DECIDE_ACTING, nominator="主任会议")
ELECTED = replace(BUREAU, name="市长", form=Form.ACCEPT_RESIGNATION, nominator="本人")
SOUND = Facts(
    form=Form.DECIDE_APPOINT, organ_type=G, post="甲市财政局局长", nominator="市长", today=DAY, position=BUREAU
)
LEAVING = replace(SOUND, form=Form.REMOVE)
LOST, PASSED = (date(2025, 1, 8), False), (date(2025, 3, 8), True)
LATELY = (date(2026, 1, 8), False)

ROWS: list[tuple[str, Facts, list[Objection]]] = [
    ("sound", SOUND, []),
    ("removal, sound", LEAVING, []),
    ("no position", replace(SOUND, position=None), [Why.UNKNOWN_POSITION]),
    ("wrong nominator", replace(SOUND, nominator="主任会议"), [Why.WRONG_NOMINATOR]),
    ("removal by the wrong nominator", replace(LEAVING, nominator="主任会议"), [Why.WRONG_NOMINATOR]),
    ("resignation has no nominator", replace(SOUND, form=Form.ACCEPT_RESIGNATION, nominator="主任会议"), []),
    ("dismissal has other proposers", replace(SOUND, form=Form.DISMISS, nominator="主任会议"), []),
    ("nominator not on record", replace(SOUND, nominator=""), []),
    ("wrong form", replace(SOUND, form=Form.APPOINT), [Why.WRONG_FORM]),
    ("elected post resigned", replace(SOUND, position=ELECTED, form=Form.ACCEPT_RESIGNATION), []),
    ("elected post removed", replace(LEAVING, position=ELECTED), [Why.WRONG_FORM]),
    ("member nominated", replace(SOUND, is_member=True), [Why.SITTING_MEMBER]),
    ("member leaves", replace(LEAVING, is_member=True), []),
    ("lost once long ago", replace(SOUND, votes=(LOST,)), []),
    ("lost twice", replace(SOUND, votes=(LOST, (date(2025, 5, 8), False))), [Why.REJECTED_TWICE]),
    ("lost lately", replace(SOUND, votes=(LATELY,)), [Why.REJECTED_LATELY]),
    ("lost twice, once lately", replace(SOUND, votes=(LOST, LATELY)), [Why.REJECTED_TWICE, Why.REJECTED_LATELY]),
    ("lost, but only leaves", replace(LEAVING, votes=(LOST, LATELY)), []),
    ("not in the post", replace(LEAVING, is_post_known=True), [Why.NOT_IN_POST]),
    ("in the post", replace(LEAVING, is_post_known=True, is_in_post=True), []),
    ("post never seen", replace(LEAVING, is_in_post=False), []),
    ("post taken", replace(SOUND, holders=("秦正",)), [Why.POST_TAKEN]),
    ("post with many holders", replace(SOUND, post="市中级人民法院审判员", holders=("秦正",)), []),
    ("deputy posts have many holders", replace(SOUND, post="甲市副市长", holders=("秦正",)), []),
    (
        "acting without being a deputy",
        replace(SOUND, form=Form.DECIDE_ACTING, post="甲市代理市长", nominator="主任会议", position=ACTING),
        [Why.DEPUTY_FIRST],
    ),
    (
        "acting deputy",
        replace(
            SOUND,
            form=Form.DECIDE_ACTING,
            post="甲市代理市长",
            nominator="主任会议",
            position=ACTING,
            is_deputy=True,
        ),
        [],
    ),
]


@pytest.mark.parametrize(("facts", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_objections_follow_the_facts(facts: Facts, expected: list[Objection]) -> None:
    assert [one.objection for one in objections(facts, LocalRules())] == expected


def test_every_kind_is_found_somewhere_and_has_words() -> None:
    found = [one for _name, facts, _expected in ROWS for one in objections(facts, LocalRules())]
    assert {one.objection for one in found} == set(Objection) == set(OBJECTIONS)
    for one in found:
        title, sentence = objection_words(one.objection, one.facts)
        assert title and sentence.endswith("。") and "{" not in sentence and "Form." not in sentence


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (replace(SOUND, form=Form.APPOINT), "“局长”按职务表应为决定任命。"),
        (replace(LEAVING, form=Form.APPROVE_REMOVE), "“局长”按职务表应为免职或者接受辞职或者撤职。"),
        (replace(LEAVING, position=ELECTED), "“市长”按职务表应为接受辞职。"),
        (replace(SOUND, position=ELECTED), "“市长”按职务表应为接受辞职。"),
    ],
)
def test_wrong_form_names_what_the_table_allows_for_coming_or_leaving(facts: Facts, words: str) -> None:
    (found,) = objections(facts, LocalRules())
    assert words in objection_words(found.objection, found.facts)[1]


@pytest.mark.parametrize(
    ("in_a_row", "votes", "count"),
    [
        (False, (LOST, PASSED, LATELY), 2),
        (True, (LOST, PASSED, LATELY), 1),
        (True, (LOST, LATELY), 2),
        (False, (), 0),
    ],
)
def test_rejections_count_as_the_local_rules_say(
    in_a_row: bool, votes: tuple[tuple[date, bool], ...], count: int
) -> None:
    assert rejections(votes, in_a_row) == count


def test_local_rules_set_the_bar_and_the_pause() -> None:
    rules = LocalRules(rejections_bar=1, renominate_months=0)
    assert [one.objection for one in objections(replace(SOUND, votes=(LATELY,)), rules)] == [Why.REJECTED_TWICE]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2025, 3, 31), 1, date(2025, 4, 30)),
        (date(2025, 1, 15), 12, date(2026, 1, 15)),
    ],
)
def test_months_end_where_the_month_does(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)), st.integers(0, 60))
def test_months_later_is_so_many_months_later(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or later.day < day.day <= 31


@pytest.mark.parametrize(
    ("post", "organ", "is_deputy"),
    [
        ("甲市人民政府副市长", G, True),
        ("甲市财政局局长", G, False),
        ("甲市监委副主任", OrganType.SUPERVISION, True),
        ("甲市中级人民法院副院长", OrganType.COURT, True),
        ("甲市医院副院长", OrganType.COURT, False),
        ("甲市人民检察院副检察长", OrganType.PROCURATORATE, True),
        ("甲市人民代表大会常务委员会副主任", OrganType.CONGRESS, True),
    ],
)
def test_deputies_are_known_by_their_title(post: str, organ: OrganType, is_deputy: bool) -> None:
    assert is_deputy_post(post, organ) is is_deputy
