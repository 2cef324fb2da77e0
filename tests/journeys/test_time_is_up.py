"""tests.journeys.test_time_is_up — the time runs out before an open page: it hands in by itself, in the grace too."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.house import House
from tests.journeys.seats import answer, begin, check_in, open_seat
from tests.journeys.witness import Witness
from tests.web.candidate.exam_browsing import part, saved, wake

pytestmark = pytest.mark.browser


def test_open_page_hands_in_at_zero_with_what_the_network_kept_back(
    house: House, seats: dict[str, tuple[str, str]], page: Page, witness: Witness
) -> None:
    witness.watch(page.context)
    begin(check_in(open_seat(page, house.address, seats["尹芳华"])))
    answer(page, {1: "A"})
    saved(page)
    sitting = house.newest_sitting()
    house.let_time_pass(sitting, seconds_left=12, grace_seconds=30)
    wake(page)
    expect(part(page, "clock-label")).to_have_text("最后 5 分钟")
    page.context.set_offline(True)
    answer(page, {2: "B"})
    saved(page, "^网络中断")
    expect(page.locator("#question-2 input").first).to_be_disabled(timeout=15_000)
    expect(page.locator("[data-notice=timeUp]")).to_contain_text(re.compile("时间到，正在自动交卷|尚未交上"))
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("交卷成功", timeout=20_000)
    assert [row[1:3] for row in house.journal(sitting)] == [(1, "A"), (2, "B")]
    assert witness.lost(house, sitting) == []
    assert house.read("SELECT state FROM sitting WHERE id = ?", sitting) == [("submitted",)]
    page.get_by_role("link", name="返回首页").click()
    expect(page.locator("#now")).to_contain_text("已交卷")
