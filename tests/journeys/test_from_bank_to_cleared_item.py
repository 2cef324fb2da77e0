"""tests.journeys.test_from_bank_to_cleared_item — the whole story: from a written question to a cleared appointment."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.journeys import appointing, chapters, room
from tests.journeys.house import House
from tests.journeys.seats import answer, begin, check_in, open_seat, shown_answers
from tests.journeys.staff import print_slips, told
from tests.journeys.witness import Witness
from tests.printing.reading import lines
from tests.web.candidate.exam_browsing import hand_in, saved

pytestmark = pytest.mark.browser
TITLE, BILL = "城建口拟任命人员任前法律知识考试", "关于提请沈怀远等同志任职的议案"
DIRECTORS, MEMBERS = 6, 30
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
Desk = Callable[[str], Page]
Launch = Callable[[], BrowserContext]


@pytest.fixture
def launch(
    playwright: Playwright,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    witness: Witness,
    tmp_path: Path,
) -> Launch:
    """Start the browser of an exam PC; its profile stays on the disk."""

    def start() -> BrowserContext:
        settings = {**browser_type_launch_args, **browser_context_args}
        return witness.watch(playwright.chromium.launch_persistent_context(tmp_path / "profile", **settings))

    return start


def test_from_the_bank_to_the_cleared_item(
    house: House, at_desk: Desk, launch: Launch, new_context: Launch, witness: Witness
) -> None:
    make_questions(at_desk)
    clerk = at_desk("banshi")
    blueprint = chapters.make_blueprint(clerk, "政府")
    appointing.register_bill(clerk, BILL, appointing.NOMINEES)
    chapters.set_up_exam(clerk, TITLE, blueprint)
    appointing.send_to_exam(clerk, BILL, TITLE, len(appointing.NOMINEES))
    chapters.announce_exam(clerk, TITLE)
    seats = print_slips(clerk)

    first = open_seat(launch().pages[0], house.address, seats[0])
    room.rehearse(first)
    check_in(first)
    expect(first.get_by_text("等待放行", exact=True)).to_be_visible()
    chapters.release_start(at_desk("jiankao"), TITLE)
    begin(first)
    sitting = house.newest_sitting()
    right = house.right_answers(sitting)
    first = sit_through_everything(first, right, launch, house, seats[0])
    forgotten = leave_second_alone(new_context(), house, seats[1], witness)
    finish(first, right, sitting, house)
    wait_until_collected(at_desk("jiankao"), house, forgotten)
    assert witness.lost(house, sitting) == [] and witness.lost(house, forgotten) == []
    assert witness.count(sitting) >= len(right)

    chapters.refuse_to_publish(clerk, TITLE, "设置本场考试的人不能发布成绩，没有发布")
    chapters.publish_results(at_desk("kaowu"), TITLE)
    expect_cleared_and_blocked(clerk)
    number, pdf = appointing.print_certificates(clerk, TITLE)
    expect_own_certificate(first, pdf)
    public = new_context().new_page()
    expect_verified(public, house, number, pdf)
    expect_vote(clerk, public, number, pdf)


def make_questions(at_desk: Desk) -> None:
    items = chapters.own_items()
    chapters.import_questions(at_desk("mingti"), items)
    chapters.submit_questions(at_desk("mingti"), items)
    chapters.approve_questions(at_desk("shenti"), items)


def sit_through_everything(
    first: Page, right: room.Letters, launch: Launch, house: House, seat: tuple[str, str]
) -> Page:
    """Answer on through every mishap; return the page that is left."""
    room.answer_by_mouse_and_keys(first, right)
    room.answer_through_a_cut_cable(first, right)
    done = {slot: right[slot] for slot in (*range(1, 16), 26, 36)}
    room.reload(first, done)
    first = room.kill_browser(first, right, launch, house, seat)
    assert shown_answers(first) == {**done, **{slot: right[slot] for slot in range(16, 21)}}
    room.kill_server(first, right, house)
    return first


def leave_second_alone(context: BrowserContext, house: House, seat: tuple[str, str], witness: Witness) -> int:
    """Let the second nominee answer twice and go away without handing in; return the sitting."""
    second = open_seat(witness.watch(context).new_page(), house.address, seat)
    check_in(second)
    begin(second)
    answer(second, {1: "A", 50: "B"})
    saved(second)
    sitting = house.newest_sitting()
    context.close()
    house.let_time_pass(sitting)
    return sitting


def finish(page: Page, right: room.Letters, sitting: int, house: House) -> None:
    """Answer the rest and hand in, with the server gone in that moment; see the receipt when it is back."""
    answer(page, {slot: right[slot] for slot in range(27, 50)})
    saved(page)
    house.kill()
    answer(page, {50: right[50]})
    hand_in(page)
    expect(page.locator("dialog[open]")).to_contain_text("网络中断，尚未交上")
    house.open()
    expect(page.get_by_role("heading", level=1)).to_have_text("交卷成功", timeout=20_000)
    code = page.locator(".screen__code strong").inner_text()
    page.get_by_role("link", name="返回首页").click()
    expect(page.locator("#now")).to_contain_text(re.compile(f"已交卷.*{code}", re.DOTALL))
    assert {slot: response for _, slot, response, _ in house.journal(sitting)} == right


def wait_until_collected(invigilator: Page, house: House, sitting: int) -> None:
    """Watch the board until the server has handed the forgotten paper in by itself."""
    seats = invigilator.get_by_role("region", name="座位").get_by_role("link")
    expect(seats.filter(has_text="到时收卷")).to_have_count(1, timeout=20_000)
    [[state, answers]] = house.read(
        "SELECT state, (SELECT count(*) FROM answer_event WHERE sitting_id = sitting.id) FROM sitting WHERE id = ?",
        sitting,
    )
    assert (state, answers) == ("expired", 2)


def expect_cleared_and_blocked(clerk: Page) -> None:
    """See on the bill that the one who passed may go on, and the other may not."""
    (passed, *_), (failed, *_) = appointing.NOMINEES
    appointing.expect_steps(clerk, BILL, {passed: "已通过", failed: "未通过"})
    appointing.open_item(clerk, failed)
    told(clerk, "考试未通过。补考通过，或经主任会议决定后，才能继续")
    appointing.open_bill(clerk, BILL)
    appointing.open_item(clerk, passed)
    expect(clerk.locator("#main")).to_contain_text("100 分，合格")


def expect_own_certificate(nominee: Page, pdf: bytes) -> None:
    """Find the result on the page that was left open, and the same certificate with it."""
    nominee.get_by_role("link", name="查看成绩").click()
    expect(nominee.locator("#main")).to_contain_text("沈怀远同志，您已通过本次考试。")
    link = nominee.get_by_role("link", name="下载合格证")
    assert nominee.request.get(str(link.evaluate("link => link.href"))).body() == pdf


def expect_verified(page: Page, house: House, number: str, pdf: bytes) -> None:
    """Verify as the public: valid and genuine, a changed file is found, and no name shows before the vote."""
    page.goto(f"{house.address}/verify")
    code = code_on(pdf)
    appointing.verify(page, number, code, pdf)
    told(page, f"证书 {number} 真实有效")
    told(page, "文件未被改动")
    expect(page.locator("#main")).to_contain_text("表决公布以前，这里不显示持证人的任何信息")
    expect(page.locator("#main")).not_to_contain_text("沈")
    appointing.verify(page, number, code, pdf + b"\n")
    told(page, "文件与存档不符")
    appointing.verify(page, number, code[::-1], pdf)
    told(page, "没有查到")


def expect_vote(clerk: Page, public: Page, number: str, pdf: bytes) -> None:
    """Take both to the vote: the blocked one's review cannot end; of the other the public sees a masked name."""
    (passed, *_), (failed, *_) = appointing.NOMINEES
    appointing.begin_review(clerk, BILL, len(appointing.NOMINEES))
    appointing.conclude_review(clerk, BILL, failed)
    told(clerk, f"{failed} 的法律考试尚未通过")
    appointing.conclude_review(clerk, BILL, passed)
    told(clerk, "已登记 1 项初审完毕")
    appointing.expect_steps(clerk, BILL, {passed: "初审完毕", failed: "初审中"})
    appointing.open_meeting(clerk, "主任会议", 90, passed, DIRECTORS)
    appointing.submit(clerk, passed)
    appointing.open_meeting(clerk, "常委会会议", 90, passed, MEMBERS)
    appointing.expect_no_candidate(clerk, failed)
    appointing.vote(clerk, passed, MEMBERS)
    appointing.announce(clerk)
    appointing.expect_steps(clerk, BILL, {passed: "已公布", failed: "未通过"})
    appointing.verify(public, number, code_on(pdf), pdf)
    expect(public.locator("#main")).to_contain_text("沈*远")
    expect(public.locator("#main")).not_to_contain_text(passed)


def code_on(pdf: bytes) -> str:
    [code] = {found for line in lines(pdf) for found in CODE.findall(line)}
    return str(code)
