"""tests.journeys.test_refused_kindly — wrong time, wrong code, stale page, another's sitting: words, and no change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.house import House
from tests.journeys.seats import answer, begin, check_in, open_seat
from tests.journeys.staff import print_slips
from tests.web.candidate.exam_browsing import saved

pytestmark = pytest.mark.browser
Seats = dict[str, tuple[str, str]]
UNTOUCHED = ("sitting", "paper_slot", "answer_event", "late_event", "room_event", "result")


@contextmanager
def nothing_changes(house: House) -> Iterator[None]:
    """Prove that what happens inside leaves sittings, journals and check-ins as they were."""

    def state() -> list[object]:
        rows = [house.read(f"SELECT * FROM {table} ORDER BY 1, 2") for table in UNTOUCHED]
        return [*rows, house.read("SELECT id, checked_in_at, code_hash, absence FROM roster_entry ORDER BY id")]

    before = state()
    yield
    assert state() == before


def test_seat_of_next_week_says_when_it_opens(house: House, at_desk: Callable[[str], Page], page: Page) -> None:
    [[exam_id]] = house.read("SELECT max(id) FROM exam")
    clerk = at_desk("banshi")
    clerk.goto(f"{house.address}/exams/{exam_id}")
    seat = print_slips(clerk)[0]
    with nothing_changes(house):
        open_seat(page, house.address, seat)
        expect(page.get_by_role("alert")).to_contain_text("起可以进入。请到时再输入。")
        page.goto(f"{house.address}/my")
        expect(page).to_have_url(f"{house.address}/seat?next=/my")


def test_wrong_code_says_what_to_compare_and_the_right_one_opens_in_any_spelling(
    house: House, seats: Seats, page: Page
) -> None:
    number, code = seats["傅山河"]
    with nothing_changes(house):
        open_seat(page, house.address, (number, "AAAA-AAAA"))
        expect(page.get_by_role("alert")).to_contain_text("准考证号或考试码不对，请对照准考证重新输入。")
        expect(page.get_by_label("准考证号")).to_have_value(number)
    open_seat(page, house.address, (f" {number} ", code.lower().replace("-", "")))
    expect(page).to_have_url(f"{house.address}/my")


def test_stale_page_says_that_nothing_was_saved(house: House, seats: Seats, page: Page) -> None:
    open_seat(page, house.address, seats["温如玉"])
    page.get_by_label("我已阅读并遵守考场纪律").check()
    page.context.clear_cookies()
    with nothing_changes(house):
        page.get_by_role("button", name="签到").click()
        expect(page.locator("#main")).to_contain_text("表单已失效，没有保存任何内容")


def test_sitting_of_somebody_else_is_not_found(
    house: House, seats: Seats, page: Page, new_context: Callable[[], BrowserContext]
) -> None:
    own, other = (open_seat(each, house.address, seats[name]) for each, name in
                  ((page, "严明礼"), (new_context().new_page(), "丁一鸣")))  # fmt: skip
    tokens = []
    for each in (own, other):
        check_in(each)
        with each.expect_response("**/my/sitting/start") as started:
            begin(each)
        tokens.append(started.value.json()["token"])
        answer(each, {1: "A"})
        saved(each)
        each.context.set_offline(True)  # only what is sent below reaches the server
    [[foreign]] = house.read("SELECT max(id) FROM sitting")
    with nothing_changes(house):
        for token in (tokens[0], "", "x" * 300):
            headers = {"X-Sitting-Token": token}
            sent = {"response": "B", "revision": 9, "clientAt": 0, "answered": 2}
            address = f"{house.address}/sittings/{foreign}"
            replies = [
                own.request.put(f"{address}/answers/1", headers=headers, data=sent),
                own.request.get(f"{address}/clock", headers=headers),
                own.request.post(f"{address}/hand-in", headers=headers, data={"answers": []}),
            ]
            assert [reply.status for reply in replies] == [404] * 3
            assert {reply.json()["message"][:9] for reply in replies} == {"没有找到这次作答。"}


def test_pages_of_the_office_are_not_there_for_a_nominee(house: House, seats: Seats, page: Page) -> None:
    open_seat(page, house.address, seats["康乐平"])
    for path in ("/bank", "/exams/2/board", "/exams/2/results", "/bills", "/audit", "/today"):
        reply = page.goto(f"{house.address}{path}")
        assert reply is not None and reply.status == 404
        expect(page.locator("#main")).to_contain_text("没有找到您要的内容")
