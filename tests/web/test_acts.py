"""tests.web.test_acts — what is posted with a button is read by a form; wrong values are refused in words."""

import pytest
from flask import Flask

from exam_app.base.errors import Unreadable
from exam_app.texts import words_for
from exam_app.web.acts import CommitteeAct, ItemsAct, OpinionAct, ReasonAct, RegisterAct, RoleAct, posted
from exam_app.web.forms import Form


def test_ticked_rows_and_choice_come_out_as_numbers(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"item": ["3", "7"], "exam": "2"}):
        act = posted(RegisterAct)

    assert (act.item.data, act.exam.data) == ([3, 7], 2)


def test_nothing_ticked_is_an_empty_list(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"opinion": "同意"}):
        assert posted(ItemsAct).item.data == []


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (RegisterAct, {"item": "x", "exam": "2"}),
        (RegisterAct, {"item": "99999999999", "exam": "2"}),
        (RegisterAct, {"item": "1", "exam": ""}),
        (OpinionAct, {"item": "1", "opinion": ""}),
        (OpinionAct, {"item": "1", "opinion": "长" * 601}),
        (RoleAct, {"role": "emperor"}),
        (CommitteeAct, {"committee": "x"}),
        (ReasonAct, {"reason": "长" * 1001}),
    ],
)
def test_what_cannot_be_right_is_refused_in_words(app: Flask, kind: type[Form], data: dict[str, str]) -> None:
    with app.test_request_context(method="POST", data=data), pytest.raises(Unreadable) as refused:
        posted(kind)

    assert "没有改动任何内容" in words_for(refused.value)
    assert refused.value.facts["problem"]
