"""tests.web.admin.test_verbs — what the record says of votes and ceremonies reads as words."""

import pytest

from exam_app.appointments.states import Act
from exam_app.web.admin.verbs import VERBS, details_words, verb_words, verbs_with


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"method": "ballot", "yes": 40, "not_pressed": 1}, "表决方式：无记名投票；赞成：40；未按：1"),
        ({"mode": "written"}, "报告方式：书面报告"),
        ({"organizer": "own_organ", "edition": 2018}, "宣誓组织：所在机关组织；誓词版本：2018"),
        ({"items": [3, 4], "corrects": 2}, "任免事项：3、4；更正的表决：2"),
        ({"method": "unheard of"}, "表决方式：unheard of"),
    ],
)
def test_details_are_said_in_words(details: dict[str, object], words: str) -> None:
    assert details_words(details) == words


def test_every_act_has_words_and_is_found_by_them() -> None:
    for act in Act:
        verb = f"item.{act.value}"
        assert verb_words(verb) == VERBS[verb] != verb
        assert verb in verbs_with(VERBS[verb])
