"""tests.journeys.room — what befalls a nominee in the exam room: cut cables, reloads, crashes, a killed server."""

from collections.abc import Callable
from contextlib import suppress

from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.journeys.house import House
from tests.journeys.seats import answer, begin, click_answer, open_seat, shown_answers
from tests.web.candidate.exam_browsing import heading, notice, part, saved

Seat = tuple[str, str]
Letters = dict[int, str]


def rehearse(page: Page) -> None:
    """Play through the rehearsal, by keys."""
    page.get_by_role("link", name="练习答题").click()
    expect(part(page, "desk")).to_be_visible()
    answer(page, {1: "C", 2: "ABD", 3: "A"})
    part(page, "hand-in").click()
    page.get_by_role("button", name="确定交卷").click()
    heading(page, "您已会用")
    page.get_by_role("link", name="返回首页").click()


def answer_by_mouse_and_keys(page: Page, right: Letters) -> None:
    """Answer some with the mouse, some with keys, and change one's mind once."""
    for slot in (1, 26, 36):
        click_answer(page, slot, right[slot])
    answer(page, {2: "A" if right[2] != "A" else "B"})
    answer(page, {slot: right[slot] for slot in range(2, 11)})
    saved(page)


def answer_through_a_cut_cable(page: Page, right: Letters) -> None:
    """Answer while the network is away; once it is back everything is saved without a hand."""
    page.context.set_offline(True)
    answer(page, {slot: right[slot] for slot in range(11, 16)})
    saved(page, r"^网络中断，已存在本机，恢复后自动上传（5 题待上传）$")
    page.context.set_offline(False)
    saved(page)
    notice(page, "网络已恢复")


def reload(page: Page, expected: Letters) -> None:
    """Reload: the answers are there, and the page goes on where it was."""
    page.reload()
    expect(part(page, "desk")).to_be_visible()
    assert shown_answers(page) == expected


def kill_browser(page: Page, right: Letters, launch: Callable[[], BrowserContext], house: House, seat: Seat) -> Page:
    """Kill the browser with answers that never left it; a new one over the same profile brings them."""
    page.context.set_offline(True)
    answer(page, {slot: right[slot] for slot in range(16, 21)})
    saved(page, r"^网络中断")
    with suppress(Error):
        page.context.new_cdp_session(page).send("Browser.crash")
    page.context.close()
    fresh = open_seat(launch().pages[0], house.address, seat)
    begin(fresh, "继续答题")
    notice(fresh, "已找回上次未上传的 5 题")
    saved(fresh)
    return fresh


def kill_server(page: Page, right: Letters, house: House) -> None:
    """Kill the server while answers are on their way; when it is back, the journal catches up."""
    answer(page, {21: right[21]})
    house.kill()
    answer(page, {slot: right[slot] for slot in range(22, 26)})
    saved(page, r"^网络中断")
    house.open()
    saved(page)
    notice(page, "网络已恢复")
