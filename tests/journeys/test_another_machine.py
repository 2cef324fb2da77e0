"""tests.journeys.test_another_machine — a nominee is moved to another computer, and is given more time."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.house import House
from tests.journeys.seats import answer, begin, check_in, open_seat, shown_answers
from tests.journeys.staff import GROUPED_CODE, press, told
from tests.journeys.witness import Witness
from tests.web.candidate.exam_browsing import heading, part, saved

pytestmark = pytest.mark.browser
NAME = "叶知秋"
Desk = Callable[[str], Page]


def open_board_at(page: Page, house: House, name: str) -> Page:
    """Go from the list of exams to the seat of somebody."""
    [[exam_id]] = house.read(
        "SELECT exam_id FROM roster_entry JOIN person ON person.id = person_id WHERE name = ?", name
    )
    page.goto(f"{house.address}/exams/{exam_id}/board")
    page.get_by_role("region", name="座位").get_by_role("link").filter(has_text=name).click()
    return page


def test_nominee_goes_on_at_another_machine_with_all_answers_and_more_time(
    house: House,
    seats: dict[str, tuple[str, str]],
    at_desk: Desk,
    new_context: Callable[[], BrowserContext],
    witness: Witness,
) -> None:
    number, code = seats[NAME]
    first = open_seat(witness.watch(new_context()).new_page(), house.address, (number, code))
    check_in(first)
    begin(first)
    answer(first, {1: "A", 2: "C", 26: "BD", 50: "B"})
    saved(first)
    sitting_id = house.newest_sitting()

    seat = open_board_at(at_desk("jiankao"), house, NAME)
    press(seat, "生成新考试码", confirm=True)
    fresh = GROUPED_CODE.findall(told(seat, "新考试码").inner_text())[0]
    first.evaluate("dispatchEvent(new Event('focus'))")
    heading(first, "本场考试已在另一台电脑继续")
    expect(part(first, "screen")).to_contain_text("已保存的答案都在")

    refused = open_seat(new_context().new_page(), house.address, (number, code))
    expect(refused.get_by_role("alert")).to_contain_text("准考证号或考试码不对")
    second = begin(open_seat(witness.watch(new_context()).new_page(), house.address, (number, fresh)), "继续答题")
    assert shown_answers(second) == {1: "A", 2: "C", 26: "BD", 50: "B"}
    answer(second, {3: "D"})
    saved(second)

    digits = part(second, "time").inner_text()
    seat.get_by_label("延长分钟数").fill("30")
    seat.get_by_label("延长原因").fill("更换电脑")
    press(seat, "延长时间", confirm=True)
    told(seat, "已延长 30 分钟")
    told_by_itself = second.locator(".exam-notice", has_text="考试时间已延长 30 分钟")
    expect(told_by_itself).to_be_visible(timeout=25_000)  # the clock asks every 20 s
    assert part(second, "time").inner_text() > digits
    assert house.journal(sitting_id)[-1][1:3] == (3, "D")
    assert witness.lost(house, sitting_id) == []
