"""tests.intake.test_placing — a row finds its line of the table of positions, or asks; nothing is guessed."""

from typing import Any

import pytest

from exam_app.appointments.models import Position
from exam_app.appointments.positions import posts_at
from exam_app.appointments.states import Form
from exam_app.committees.states import Level
from exam_app.intake.placing import Row, Verdict, expanded, placed, with_defaults
from exam_app.intake.reading import read
from question_bank.kinds import OrganType
from tests.intake.lists import JUDGE

POSITIONS = [
    Position(
        id=number,
        organ_type=organ,
        name=post.name,
        form=post.form,
        nominator=post.nominator,
        legal_basis=post.legal_basis,
    )
    for number, (organ, post) in enumerate(posts_at(Level.CITY, "甲市"), 1)
]


def place(text: str, **answers: str) -> list[Row]:
    """Read a list and place its rows; answers are named form_2 for form-2."""
    given = {name.replace("_", "-"): value for name, value in answers.items()}
    return [placed(one, POSITIONS, given) for row in read(text).rows for one in expanded(row, given)]


def only(text: str, **answers: str) -> Row:
    """Place a list of one row."""
    (row,) = place(text, **answers)
    return row


def codes(row: Row) -> list[str]:
    """Return what is asked about a row."""
    return [doubt.code for doubt in row.doubts]


def bureau(post: str = "甲市财政局局长", column: str = "拟任职务", **more: str) -> Row:
    """Place one row under a head."""
    return only(f"姓名\t{column}\n王强\t{post}", **more)


def named(name: str) -> Position:
    """Return a line of the table."""
    return next(one for one in POSITIONS if one.name == name)


def test_post_of_the_table_brings_form_organ_and_legal_basis() -> None:
    row = bureau()
    assert row.verdict is Verdict.READY
    assert row.position is named("局长")
    assert (row.form, row.organ) == (Form.DECIDE_APPOINT, OrganType.GOVERNMENT)
    assert row.position.legal_basis


def test_removal_takes_the_usual_form_of_leaving() -> None:
    row = bureau(column="拟免职务")
    assert (row.verdict, row.form) == (Verdict.READY, Form.REMOVE)


def test_spaced_name_is_one_name() -> None:
    assert only(f"姓名\t拟任职务\n王　强\t{JUDGE}").listed.name == "王强"


@pytest.mark.parametrize(
    ("post", "asked"), [("甲市文学艺术界联合会主席", ["position_unknown", "form_missing"]), ("审判员", [])]
)
def test_unknown_post_is_asked_about(post: str, asked: list[str]) -> None:
    row = bureau(post)
    assert codes(row) == asked
    assert (row.position is None) == bool(asked)


def test_row_without_side_is_asked_for_its_form() -> None:
    row = bureau(column="任免职务")
    assert (codes(row), row.form) == (["form_missing"], None)
    assert bureau(column="任免职务", form_2="decide_appoint").verdict is Verdict.READY


def test_words_against_the_table_are_asked_about() -> None:
    row = only(f"姓名\t任免方式\t拟任职务\n王强\t决定任命\t{JUDGE}")
    assert codes(row) == ["form_contradicts"]
    assert only(f"姓名\t任免方式\t拟任职务\n王强\t决定任命\t{JUDGE}", form_2="appoint").verdict is Verdict.READY


def test_words_against_their_column_are_asked_about() -> None:
    row = only(f"姓名\t任免方式\t拟任职务\n王强\t免职\t{JUDGE}")
    assert "form_contradictory" in codes(row)


def test_organ_against_the_post_is_asked_about() -> None:
    row = only(f"姓名\t机关\t拟任职务\n王强\t检察院\t{JUDGE}")
    assert "organ_contradicts" in codes(row)


def test_several_posts_are_asked_about_and_parted() -> None:
    text = "姓名\t拟任职务\n王强\t甲市中级人民法院审判委员会委员、审判员"
    assert "split" in codes(only(text))
    assert [row.listed.post for row in place(text, split_2="each")] == [
        "甲市中级人民法院审判委员会委员",
        "甲市中级人民法院审判员",
    ]


def test_sentence_of_two_meanings_is_asked_about() -> None:
    text = "任命张为为为民办事处主任"
    assert codes(only(text)) == ["meaning"]
    assert only(text, meaning_1="0").listed.post in {"为民办事处主任", "民办事处主任"}


def test_plain_post_is_confirmed_before_it_counts() -> None:
    row = bureau(column="职务", form_2="decide_appoint")
    assert codes(row) == ["post_unsure"]
    assert bureau(column="职务", form_2="decide_appoint", sure_2="y").verdict is Verdict.READY


def test_post_outside_of_the_table_needs_its_organ() -> None:
    row = bureau("甲市文联主席", position_2="none", form_2="appoint")
    assert codes(row) == ["organ_missing"]
    settled = bureau("甲市文联主席", position_2="none", form_2="appoint", organ_2="government")
    assert (settled.verdict, settled.position) == (Verdict.READY, None)


def test_chosen_position_holds() -> None:
    chosen = named("局长")
    row = bureau("甲市大数据中心负责人", position_2=str(chosen.id))
    assert (row.position, row.form, row.verdict) == (chosen, Form.DECIDE_APPOINT, Verdict.READY)


@pytest.mark.parametrize("answers", [{"position_2": "99999"}, {"form_2": "crown"}, {"organ_2": "moon"}])
def test_answer_that_is_none_is_not_taken(answers: dict[str, Any]) -> None:
    assert bureau(**answers) == bureau()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"姓名\t拟任职务\n\t{JUDGE}", "listed_name_missing"),
        ("姓名\t拟任职务\n王强\t", "row_post_missing"),
        (f"姓名\t拟任职务\n王1强\t{JUDGE}", "name_invalid"),
        (f"姓名\t电话\t拟任职务\n王强\t12\t{JUDGE}", "phone_invalid"),
        ("任命张三等为甲市中级人民法院审判员", "sentence_unclear"),
    ],
)
def test_faulty_row_says_what_is_wrong(text: str, code: str) -> None:
    row = only(text)
    assert [fault.code for fault in row.faults] == [code]
    assert row.verdict is Verdict.WRONG


def test_corrected_cells_count() -> None:
    assert bureau("", post_2="甲市财政局局长", form_2="decide_appoint").verdict is Verdict.READY


def test_row_can_be_left_out() -> None:
    assert bureau("", skip_2="y").verdict is Verdict.LEFT_OUT


def defaults(text: str, form: Form | None = None, organ: OrganType | None = None) -> list[tuple[Any, Any]]:
    """Return form and organ of the rows with what the clerk said of the whole list."""
    return [(row.form, row.organ) for row in with_defaults(read(text).rows, form, organ)]


def test_default_is_taken_only_where_the_list_is_silent() -> None:
    text = "姓名\t任免方式\t任免职务\n王强\t\t甲市文联主席\n李敏\t免职\t甲市中级人民法院审判员"
    found = defaults(text, Form.APPOINT, OrganType.GOVERNMENT)
    assert found == [(Form.APPOINT, OrganType.GOVERNMENT), (Form.REMOVE, None)]


def test_default_of_the_other_side_is_not_taken() -> None:
    assert defaults("姓名\t拟免职务\n王强\t甲市文联主席", Form.APPOINT) == [(None, None)]
