"""tests.journeys.test_from_list_to_year — a Word list, the exam, review, meetings, vote, letter, oath, the year."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from exam_app.base.clock import SystemClock, local_date
from tests.journeys import chapters, procedure
from tests.journeys.appointing import open_step
from tests.journeys.house import House
from tests.journeys.seats import answer, begin, check_in, open_seat
from tests.journeys.staff import go_to, press, print_slips, told
from tests.web.candidate.exam_browsing import hand_in, saved

pytestmark = pytest.mark.browser
BILL, EXAM = "关于提请任免薛宁等职务的议案", "体育口拟任命人员任前法律知识考试"
NEW, OLD, ARCHIVIST = "薛宁", "顾长风", "程以宁"
ROWS = (
    ("薛　宁", "青岚市体育局", "副局长", "市体育局局长", "决定任命"),
    (OLD, "青岚市体育局", "局长", "市体育局局长", "免职"),
    (ARCHIVIST, "青岚市档案馆", "副馆长", "市档案馆馆长", "决定任命"),
)
EVERYONE = (NEW, OLD, ARCHIVIST)
Desk = Callable[[str], Page]


def test_from_the_list_to_the_year(house: House, at_desk: Desk, new_context: Callable[[], BrowserContext]) -> None:
    clerk = at_desk("banshi")
    procedure.take_in(clerk, BILL, ROWS, {ARCHIVIST: "局长"})
    procedure.expect_states(clerk, BILL, {NEW: "应参加考试", OLD: "不适用", ARCHIVIST: "应参加考试"})
    sit_the_exam(clerk, at_desk, house, new_context)
    procedure.expect_states(clerk, BILL, {NEW: "已通过", ARCHIVIST: "已通过"})

    procedure.review(clerk, BILL, len(ROWS))
    procedure.convene(clerk, "主任会议", EVERYONE, (7, 6))
    procedure.decide(clerk, EVERYONE, "同意提请常委会会议")
    stranger = new_context().new_page()
    expect_nothing_public(stranger, house)
    procedure.convene(clerk, "常委会会议", EVERYONE, (51, 46))
    issue_then_change(clerk)
    hold_the_meeting(clerk)
    expect_the_year(clerk)


def sit_the_exam(clerk: Page, at_desk: Desk, house: House, new_context: Callable[[], BrowserContext]) -> None:
    """Let both nominees sit and pass, and somebody else publish."""
    chapters.set_up_exam(clerk, EXAM, "政府卷")
    procedure.send(clerk, BILL, EXAM, (NEW, ARCHIVIST))
    chapters.announce_exam(clerk, EXAM)
    seats = print_slips(clerk)
    pages = [check_in_at(new_context(), house, seat) for seat in seats]
    chapters.release_start(at_desk("jiankao"), EXAM)
    for page in pages:
        begin(page)
        answer(page, house.right_answers(house.newest_sitting()))
        saved(page)
        hand_in(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("交卷成功", timeout=20_000)
    chapters.publish_results(at_desk("kaowu"), EXAM)


def check_in_at(context: BrowserContext, house: House, seat: tuple[str, str]) -> Page:
    """Open a seat and check in."""
    return check_in(open_seat(context.new_page(), house.address, seat))


def expect_nothing_public(stranger: Page, house: House) -> None:
    """Look at every page that a stranger may see: no nominee's name."""
    for path in ("/", "/sign-in", "/seat", "/verify", "/bills", "/meetings"):
        stranger.goto(f"{house.address}{path}")
        for name in EVERYONE:
            expect(stranger.locator("body")).not_to_contain_text(name)


def issue_then_change(clerk: Page) -> None:
    """Issue everything, take an item off: the page says which documents are wrong now, and drafts follow."""
    desk = clerk.url.rsplit("/", 1)[0]
    clerk.get_by_role("link", name="文书与归档", exact=True).click()
    listed = clerk.url
    clerk.locator("#main").get_by_role("button", name=re.compile("^全部印发")).click()
    asked = clerk.locator("dialog[open] button[type=submit]")
    if asked.count():
        asked.first.click()
    told(clerk, "印发")
    clerk.goto(desk)
    open_step(clerk, "议程")
    procedure.tick(clerk, ARCHIVIST)
    clerk.locator("#main").get_by_role("button", name=re.compile("^移出")).click()
    clerk.locator("dialog[open] textarea, dialog[open] input[type=text]").first.fill("档案馆机构调整")
    clerk.locator("dialog[open] button[type=submit]").click()
    told(clerk, "移出")
    clerk.goto(listed)
    expect(clerk.locator("#main")).to_contain_text("有变化")
    clerk.goto(desk)


def hold_the_meeting(clerk: Page) -> None:
    """Report, vote at the boundary, announce, letter, oath, office, close."""
    open_step(clerk, "供职报告")
    procedure.tick(clerk, NEW)
    press(clerk, "登记已作报告")
    procedure.vote(clerk, {OLD: (46, 0)})
    procedure.vote(clerk, {NEW: (26, 20)})
    open_step(clerk, "公布")
    press(clerk, "公布全部 2 项", confirm=True)
    told(clerk, "已公布 2 项")
    open_step(clerk, "任命书")
    procedure.tick(clerk, NEW)
    press(clerk, "颁发任命书")
    expect(clerk.get_by_role("row").filter(has_text=NEW)).to_contain_text("〔")
    open_step(clerk, "宪法宣誓")
    procedure.tick(clerk, NEW)
    press(clerk, "登记宣誓")
    open_step(clerk, "就任与闭会")
    procedure.tick(clerk, NEW)
    press(clerk, "登记就任")
    press(clerk, "闭会", confirm=True)
    procedure.expect_states(clerk, BILL, {NEW: "在任", OLD: "已公布", ARCHIVIST: "主任会议同意提请"})


def expect_the_year(clerk: Page) -> None:
    """Open the year: the number of decided appointments opens a list with the new head of the bureau."""
    go_to(clerk, "年度统计")
    year = local_date(SystemClock().now()).year
    expect(clerk.locator("#main")).to_contain_text(str(year))
    clerk.get_by_role("link", name=re.compile("决定任命")).first.click()
    expect(clerk.locator("#main")).to_contain_text(NEW)
