"""tests.web.candidate.test_exam_restored — the server comes back from a backup: the browser brings what it lacks."""

import pytest
from playwright.sync_api import Page, expect

from tests.web.candidate.exam_browsing import choose, hand_in, heading, notice, part, saved, wake
from tests.web.candidate.exam_stand_in import StandIn
from tests.web.candidate.test_exam_ending import LEFT_BEHIND

pytestmark = pytest.mark.browser
ALL = {1: "B", 2: "A", 3: "AC", 4: "B"}


@pytest.fixture
def answered(exam: Page, office: StandIn) -> Page:
    """A page whose five answers, one of them changed, were all acknowledged."""
    for slot, letters in ((1, "a"), (2, "a"), (3, "ac"), (4, "b"), (1, "b")):
        choose(exam, slot, *letters)
        saved(exam)
    assert office.answers == ALL
    return exam


def test_reload_brings_what_the_restored_server_lacks(answered: Page, office: StandIn) -> None:
    office.restore(2)
    answered.reload()
    notice(answered, "已找回上次未上传的 3 题")
    saved(answered)
    assert office.answers == ALL


def test_open_page_notices_a_restored_server_when_it_speaks_again(answered: Page, office: StandIn) -> None:
    office.is_down = True
    wake(answered)
    answered.wait_for_timeout(200)
    office.restore(2)
    office.is_down = False
    wake(answered)
    expect(part(answered, "saved")).to_have_attribute("data-state", "saved")
    answered.wait_for_timeout(500)
    assert office.answers == ALL


def test_answer_given_in_the_silence_does_not_hide_what_was_lost(answered: Page, office: StandIn) -> None:
    office.is_down = True
    choose(answered, 2, "b")
    saved(answered, "^网络中断")
    office.restore(1)
    office.is_down = False
    saved(answered)
    answered.wait_for_timeout(500)
    assert office.answers == {**ALL, 2: "B"}


def test_hand_in_to_a_restored_server_brings_everything(answered: Page, office: StandIn) -> None:
    office.is_down = True
    hand_in(answered)
    expect(answered.locator("dialog[open]")).to_contain_text("网络中断，尚未交上")
    office.restore(1)
    office.is_down = False
    heading(answered, "交卷成功")
    assert office.answers == ALL
    assert answered.evaluate(LEFT_BEHIND) == 0


def test_server_that_kept_everything_is_sent_one_answer_to_prove_it(answered: Page, office: StandIn) -> None:
    saves = office.saves
    office.is_down = True
    wake(answered)
    answered.wait_for_timeout(200)
    office.is_down = False
    wake(answered)
    answered.wait_for_timeout(500)
    assert office.saves == saves + 1
    answered.reload()
    expect(part(answered, "desk")).to_be_visible()
    answered.wait_for_timeout(300)
    assert office.saves == saves + 1
    assert office.answers == ALL
