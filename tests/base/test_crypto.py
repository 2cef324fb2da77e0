"""tests.base.test_crypto — comparing what somebody typed with what is known."""

from hypothesis import example, given
from hypothesis import strategies as st

from exam_app.base.crypto import same

typed = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@given(typed, typed)
@example("七号答卷", "K7QM3F9D")
@example("é", "é")
def test_texts_of_any_script_are_compared(one: str, other: str) -> None:
    assert same(one, other) is (one == other)
    assert same(one, one)
