"""proceedings.rules — when a vote passes, what may be voted on together and in which order, letters and oaths."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

from exam_app.appointments.states import ACTING_FORMS, APPOINTING_FORMS, REMOVING_FORMS, Form
from exam_app.committees.rules import LocalRules

ALONE = ACTING_FORMS | {Form.DISMISS}
ASSESSOR = "陪审员"
FIRST_OATH, SECOND_OATH = 2015, 2018
SECOND_OATH_FROM = date(2018, 3, 12)
OATHS: Mapping[int, str] = {
    FIRST_OATH: "我宣誓：忠于中华人民共和国宪法，维护宪法权威，履行法定职责，忠于祖国、忠于人民，恪尽职守、廉洁奉公，"
    "接受人民监督，为建设富强、民主、文明、和谐的社会主义国家努力奋斗！",
    SECOND_OATH: "我宣誓：忠于中华人民共和国宪法，维护宪法权威，履行法定职责，忠于祖国、忠于人民，恪尽职守、廉洁奉公，"
    "接受人民监督，为建设富强民主文明和谐美丽的社会主义现代化强国努力奋斗！",
}
ENDINGS: Mapping[Form, str] = {
    Form.REMOVE: "免职",
    Form.APPROVE_REMOVE: "免职",
    Form.ACCEPT_RESIGNATION: "辞职",
    Form.DISMISS: "撤职",
    Form.REVOKE: "撤销任命",
}


class Motion(Protocol):
    """What an item must show to be put to the vote."""

    person_id: Any
    form: Any
    organ_type: Any
    post: Any


Some = TypeVar("Some", bound=Motion)


def passes(yes: int, total: int) -> bool:
    """Whether more than half of all members said yes; abstaining, pressing nothing, staying away count against."""
    return 2 * yes > total


def needed(total: int) -> int:
    """Return how many must say yes of so many members."""
    return total // 2 + 1


def adds_up(counts: Sequence[int], present: int) -> bool:
    """Whether the counts are those of everybody present, once each."""
    return all(count >= 0 for count in counts) and sum(counts) == present


def must_vote_alone(form: Form) -> bool:
    """Whether an item of this form is voted on by itself whatever the local rules say: acting posts, dismissals."""
    return form in ALONE


def needs_ballot(form: Form) -> bool:
    """Whether only a secret written ballot will do (监督法 §62)."""
    return form is Form.DISMISS


def may_combine(motions: Sequence[Motion], rules: LocalRules) -> bool:
    """Whether these may be one vote.

    Where every person is voted on alone, several removals of one person still are one person's (深圳 §19).
    """
    if len(motions) <= 1:
        return True
    if any(must_vote_alone(motion.form) for motion in motions):
        return False
    is_one_leaving = len({motion.person_id for motion in motions}) == 1 and all(
        motion.form in REMOVING_FORMS for motion in motions
    )
    return rules.combined_votes != "never" or is_one_leaving


def removal_before(voting: Iterable[Motion], waiting: Iterable[Some]) -> Some | None:
    """Return a removal still to be voted on, from a post that one of these appoints to; None if the order holds.

    `waiting` are all motions of the meeting without a vote, those of this vote among them (吉林 §38, 深圳 §19).
    """
    filled = {(motion.organ_type, motion.post) for motion in voting if motion.form in APPOINTING_FORMS}
    left = (motion for motion in waiting if motion.form in REMOVING_FORMS)
    return next((motion for motion in left if (motion.organ_type, motion.post) in filled), None)


def letter_number(template: str, *, short: str, year: int, serial: int) -> str:
    """Return the number of a letter of appointment as the local rules write it."""
    return template.format(short=short, year=year, serial=serial)


def oath_edition(day: date) -> int:
    """Return the edition of the oath in force that day: 70 characters until 11 March 2018, 75 since."""
    return SECOND_OATH if day >= SECOND_OATH_FROM else FIRST_OATH


def swears_here(post: str, form: Form, rules: LocalRules) -> bool:
    """Whether somebody swears in this procedure: assessors do before their court, acting heads where the rules say."""
    return ASSESSOR not in post and not spared_as_acting(form, rules)


def spared_as_acting(form: Form, rules: LocalRules) -> bool:
    """Whether an acting head does not swear; no published rule names acting posts among those who do."""
    return form in ACTING_FORMS and not rules.acting_posts_swear
