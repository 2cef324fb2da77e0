"""tests.journeys.test_late_answer — a cable is out until after the grace; the answer comes late and is accepted."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.house import House
from tests.journeys.seats import answer, begin, check_in, open_seat
from tests.journeys.staff import press, told
from tests.web.candidate.exam_browsing import part, saved, wake

pytestmark = pytest.mark.browser
NAME = "尹芳华"
REASON = "考场交换机断电，监控证实作答在收卷之前"


def lose_the_network_until_the_sweep(house: House, page: Page, sitting: int, right: dict[int, str]) -> None:
    """Answer one question in time and one with the cable out; stay cut off until the server has closed the sitting."""
    answer(page, {1: right[1]})
    saved(page)
    page.context.set_offline(True)
    answer(page, {2: right[2]})
    saved(page, "^网络中断")
    house.let_time_pass(sitting, seconds_left=0)
    for _second in range(30):
        if house.read("SELECT 1 FROM result WHERE sitting_id = ? AND state = 'marked'", sitting):
            return
        page.wait_for_timeout(1000)
    raise AssertionError("the sweep did not close the sitting")


def score(house: House, sitting: int) -> Decimal:
    """Return the score as it is stored."""
    [[stored]] = house.read("SELECT score FROM result WHERE sitting_id = ?", sitting)
    return Decimal(str(stored))


def test_answer_that_came_late_is_accepted_by_the_chief_invigilator(
    house: House,
    seats: dict[str, tuple[str, str]],
    page: Page,
    at_desk: Callable[[str], Page],
    new_context: Callable[[], BrowserContext],
) -> None:
    begin(check_in(open_seat(page, house.address, seats[NAME])))
    sitting = house.newest_sitting()
    right = house.right_answers(sitting)
    lose_the_network_until_the_sweep(house, page, sitting, right)
    before = score(house, sitting)
    assert [row[1:3] for row in house.journal(sitting)] == [(1, right[1])]

    page.context.set_offline(False)
    wake(page)
    expect(part(page, "screen")).to_contain_text("有 1 题在收卷之后才送达，已如实留存", timeout=30_000)

    chief = at_desk("zhujian")
    matter = chief.locator("section.card", has_text="有 1 条迟到作答待处理")
    matter.get_by_role("link", name="去处理").click()
    person = chief.get_by_role("region", name=NAME, exact=True)
    row = person.locator("tbody tr")
    expect(row).to_contain_text(re.compile("没有作答.*收卷之后", re.DOTALL))
    person.get_by_label("全选").check()
    person.get_by_label("理由").fill(REASON)
    press(chief, "计入所选")
    told(chief, "已计入 1 条迟到作答，成绩已按现在计入的作答重新评定")
    chief.goto(chief.url.split("?")[0])
    expect(row).to_contain_text(re.compile(f"已计入.*韩致远.*{REASON}", re.DOTALL))

    after = score(house, sitting)
    [[worth]] = house.read(
        "SELECT marks FROM paper_slot JOIN sitting USING (paper_id) WHERE sitting.id = ? AND position = 2", sitting
    )
    assert after == before + Decimal(str(worth)) > before
    assert on_record(house, sitting) == [(2, right[2], 1, REASON)]
    assert [row[1:3] for row in house.journal(sitting)] == [(1, right[1])], "what came in time stays as it was"
    shows_the_candidate_the_seal_unbroken(house, new_context().new_page(), seats[NAME])


def on_record(house: House, sitting: int) -> list[tuple[object, ...]]:
    """Return the late answers with what was decided about them."""
    return house.read(
        "SELECT slot, response, accepted, late_decision.reason FROM late_event"
        " JOIN late_decision ON late_event_id = late_event.id WHERE sitting_id = ?",
        sitting,
    )


def shows_the_candidate_the_seal_unbroken(house: House, page: Page, seat: tuple[str, str]) -> None:
    """Open the seat again and follow the link from the receipt; what was accepted late left the seal as it was."""
    open_seat(page, house.address, seat)
    code = page.locator("#now strong").inner_text()
    page.get_by_role("link", name="核对交卷回执").click()
    expect(page.locator("#main")).to_contain_text("与封存时一致")
    expect(page.locator("#main")).to_contain_text("另有 1 条作答")
    page.get_by_label("准考证号").fill(seat[0])
    page.get_by_label("回执号").fill(code)
    page.get_by_role("button", name="核对", exact=True).click()
    expect(page.get_by_role("status").last).to_contain_text("与系统中封存的答卷一致")
