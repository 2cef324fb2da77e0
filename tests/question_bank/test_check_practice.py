"""tests.question_bank.test_check_practice — a practice question may not give a formal one away."""

import pytest

from question_bank.checks import check_items
from question_bank.kinds import Use
from tests.question_bank.samples import an_item

SIMILAR = "国家机关工作人员就职时应当依照法律规定公开进行什么活动？"


@pytest.mark.parametrize("practice_first", [True, False])
def test_practice_question_like_a_formal_one_is_named(practice_first: bool) -> None:
    formal = an_item("GG001")
    practice = an_item("GG501", use=Use.PRACTICE, stem=SIMILAR)
    items = [practice, formal] if practice_first else [formal, practice]

    (finding,) = check_items(items)

    assert (finding.code, finding.item_code) == ("practice_like_formal", "GG501")
    assert "GG001" in finding.message
