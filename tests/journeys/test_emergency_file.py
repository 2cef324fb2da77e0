"""tests.journeys.test_emergency_file — the network never comes back: the answers go by a file, and nothing is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.house import House
from tests.journeys.seats import answer, begin, check_in, open_seat, shown_answers
from tests.journeys.staff import GROUPED_CODE, press, told
from tests.journeys.test_another_machine import open_board_at
from tests.journeys.witness import Witness
from tests.web.candidate.exam_browsing import heading, saved
from tests.web.candidate.test_emergency_script import SHIFTED, offer, save_file

pytestmark = pytest.mark.browser
NAME = "康乐平"
REASON = "考场交换机故障，网络一直没有恢复"
Desk = Callable[[str], Page]


def lose_the_network(page: Page, house: House, seat: tuple[str, str]) -> tuple[str, bytes]:
    """Answer, lose the network for good, answer on, and save the file."""
    page.add_init_script(SHIFTED)
    begin(check_in(open_seat(page, house.address, seat)))
    answer(page, {1: "A", 2: "C"})
    saved(page)
    page.context.set_offline(True)
    answer(page, {2: "B", 3: "D", 26: "AC"})
    saved(page, "^网络中断")
    page.evaluate("window.shift += 61000")
    return save_file(page, offer(page))


def upload(desk: Page, house: House, exam_id: int, name: str, content: bytes) -> Page:
    """Hand a file in on the page of the exam's emergency files."""
    desk.goto(f"{house.address}/exams/{exam_id}/emergency")
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    desk.get_by_label("应急文件", exact=True).set_input_files([file])  # type: ignore[list-item]
    press(desk, "上传并核对")
    return desk


def row(desk: Page, slot: int) -> str:
    """Return what the comparison says of a question."""
    return desk.get_by_role("row", name=f"第 {slot} 题").inner_text()


def records(house: House) -> list[str]:
    return [outcome for [outcome] in house.read("SELECT outcome FROM emergency_file ORDER BY id")]


def go_on_elsewhere(house: House, desk: Page, context: BrowserContext, number: str) -> Page:
    """Move to another machine with a new code, and change an answer there."""
    press(open_board_at(desk, house, NAME), "生成新考试码", confirm=True)
    code = GROUPED_CODE.findall(told(desk, "新考试码").inner_text())[0]
    second = begin(open_seat(context.new_page(), house.address, (number, code)), "继续答题")
    assert shown_answers(second) == {1: "A", 2: "C"}
    answer(second, {2: "D", 4: "B"})
    saved(second)
    return second


def load(chief: Page, house: House, exam_id: int, name: str) -> None:
    """Look at the waiting file as the chief invigilator, decide about the conflict, and load."""
    chief.goto(f"{house.address}/exams/{exam_id}/emergency")
    chief.get_by_role("link", name=name).click()
    assert "冲突，需确认" in row(chief, 2) and "在另一台电脑保存" in row(chief, 2)
    assert "只在文件" in row(chief, 3) and "只在文件" in row(chief, 26)
    expect(chief.locator("#choice-2-server")).to_be_checked()
    expect(chief.locator("#choice-3-file")).to_be_checked()
    chief.locator("#choice-2-file").check()
    chief.get_by_label("载入原因").fill(REASON)
    press(chief, "载入选定的答案", confirm=True)
    expect(chief.get_by_role("alert")).to_contain_text("有 1 题两边答案不同")
    expect(chief.locator("#choice-2-file")).to_be_checked()
    chief.get_by_label("两边答案不同的题，我已逐题核对").check()
    press(chief, "载入选定的答案", confirm=True)
    told(chief, "已载入 3 题")


def refuse_what_is_not_fresh(desk: Page, house: House, exam_id: int, name: str, content: bytes) -> None:
    """Hand the file in again, altered, and for another exam: refused in words and on record each time."""
    told(upload(desk, house, exam_id, name, content), "已经载入过")
    altered = bytes([*content[:-50], content[-50] ^ 1, *content[-49:]])
    told(upload(desk, house, exam_id, name, altered), "不完整，或者生成以后被改动过")
    [[other]] = house.read("SELECT max(id) FROM exam WHERE id <> ?", exam_id)
    told(upload(desk, house, other, name, content), "不是本场考试的考生电脑生成的")
    assert records(house) == ["loaded", "replayed", "altered", "foreign"]
    acts = house.read("SELECT verb FROM audit_entry WHERE verb LIKE 'emergency.%' ORDER BY id")
    assert acts == [("emergency.load",), *[("emergency.refuse",)] * 3]


def test_answers_reach_the_server_by_a_file_and_the_candidate_goes_on_elsewhere(
    house: House,
    seats: dict[str, tuple[str, str]],
    at_desk: Desk,
    new_context: Callable[[], BrowserContext],
    witness: Witness,
) -> None:
    invigilator, chief = at_desk("jiankao"), at_desk("zhujian")
    first = witness.watch(new_context()).new_page()
    name, content = lose_the_network(first, house, seats[NAME])
    assert name.startswith(f"应急文件-{seats[NAME][0]}-") and name.endswith(".exam")
    sitting = house.newest_sitting()
    [[exam_id]] = house.read(
        "SELECT exam_id FROM roster_entry JOIN person ON person.id = person_id WHERE name = ?", NAME
    )
    second = go_on_elsewhere(house, invigilator, witness.watch(new_context()), seats[NAME][0])

    upload(invigilator, house, exam_id, name, content)
    expect(invigilator.get_by_text("等待主监考确认")).to_be_visible()
    assert len(house.journal(sitting)) == 4 and records(house) == [], "looking changes nothing"
    load(chief, house, exam_id, name)
    second.reload()
    expect(second.locator("[data-part=desk]")).to_be_visible()
    assert shown_answers(second) == {1: "A", 2: "B", 3: "D", 4: "B", 26: "AC"}
    answer(second, {5: "C"})
    saved(second)

    refuse_what_is_not_fresh(invigilator, house, exam_id, name, content)
    assert [line[1:3] for line in house.journal(sitting)][-4:] == [(2, "B"), (3, "D"), (26, "AC"), (5, "C")]

    first.context.set_offline(False)
    first.evaluate("dispatchEvent(new Event('focus'))")
    heading(first, "本场考试已在另一台电脑继续")
    assert witness.lost(house, sitting) == []
    open_board_at(invigilator, house, NAME)
    expect(invigilator.get_by_text("载入应急文件")).to_be_visible()
