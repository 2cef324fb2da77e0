"""tests.journeys.test_paper_fallback — the machine dies and there is no other: pen and paper, read twice, settled."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.house import House
from tests.journeys.room import Letters
from tests.journeys.seats import answer, begin, check_in, open_seat
from tests.journeys.staff import GROUPED_CODE, press, told
from tests.journeys.test_another_machine import open_board_at
from tests.journeys.witness import Witness
from tests.printing.reading import lines
from tests.web.candidate.exam_browsing import saved

pytestmark = pytest.mark.browser
NAME = "叶知秋"
SAVED, DISPUTED, LAST_RIGHT, LAST = range(1, 6), 8, 40, 50
Desk = Callable[[str], Page]


def read_paper(page: Page) -> dict[int, str]:
    """Return the stems as they stand on the screen."""
    stems = page.eval_on_selector_all(
        ".sheet", "all => all.map(one => [one.id, one.querySelector('.sheet__stem').textContent])"
    )
    return {int(name.removeprefix("question-")): "".join(stem.split()) for name, stem in stems}


def put_on_paper(desk: Page, house: House) -> None:
    """Put the seat on paper, with a reason."""
    open_board_at(desk, house, NAME)
    press(desk, "改用纸笔作答")
    desk.locator("dialog[open] [name=reason]").fill("主机不能启动，没有备用电脑")
    desk.locator("dialog[open] button[type=submit]").click()
    told(desk, "原来的电脑已停用")


def download(desk: Page) -> list[str]:
    """Print the sheet; return its lines."""
    with desk.expect_download() as printed:
        press(desk, "打印")
    return lines(printed.value.path().read_bytes())


def row(desk: Page) -> str:
    return desk.get_by_role("row", name=NAME).inner_text()


def type_in(desk: Page, code: str, written: Letters) -> None:
    """Type the whole sheet by keys alone, as somebody does who looks at the paper: letters, Enter, a dash for none."""
    desk.get_by_role("link", name="录入", exact=True).click()
    expect(desk.get_by_label("答卷编号")).to_be_focused()
    desk.keyboard.type(code.lower())
    desk.keyboard.press("Enter")
    for slot in range(1, LAST + 1):
        desk.keyboard.type(written.get(slot, "-").lower())
        desk.keyboard.press("Enter")
    expect(desk.locator("[data-typed]")).to_have_text(str(LAST))
    press(desk, "保存录入")


def wrong(letters: str) -> str:
    return "B" if letters != "B" else "A"


def marks(house: House, sitting: int, written: Letters, right: Letters) -> float:
    """Count the marks of right answers by what each question is worth, apart from the product's marking."""
    worth = house.read(
        "SELECT position, marks FROM paper_slot JOIN sitting USING (paper_id) WHERE sitting.id = ?", sitting
    )
    return sum(float(each) for slot, each in worth if sorted(written.get(slot, "")) == sorted(right[slot]))


def answer_and_lose_the_machine(page: Page, house: House) -> tuple[int, Letters, dict[int, str]]:
    """Answer five, and be left with a dead machine; return the sitting, what is right, and the paper."""
    sitting = house.newest_sitting()
    right = house.right_answers(sitting)
    answer(page, {slot: right[slot] for slot in SAVED})
    saved(page)
    stems = read_paper(page)
    page.context.close()
    return sitting, right, stems


def print_and_collect(desk: Page, house: House, stems: dict[int, str], right: Letters) -> str:
    """Put the person on paper, look at the print, collect it at the end; return the code that stands on it."""
    put_on_paper(desk, house)
    printed = download(desk)
    text = "".join("".join(printed).split())
    assert len(stems) == LAST and [slot for slot, stem in stems.items() if stem not in text] == []
    assert [line for line in printed if line.startswith("已存答案")] == [f"已存答案　{right[slot]}" for slot in SAVED]
    press(desk, "收回答卷", confirm=True)
    told(desk, "可以录入")
    return next(line for line in printed if GROUPED_CODE.fullmatch(line))


def settle(chief: Page, slot: int, letters: str) -> None:
    """Settle the one difference; without an answer and a reason nothing is kept."""
    chief.get_by_role("link", name="核对", exact=True).click()
    press(chief, "核定入卷", confirm=True)
    expect(chief.get_by_role("alert").first).to_contain_text("没有选定答案")
    chief.locator(f"[name=choice-{slot}][value={letters}]").check()
    chief.locator(f"[name=reason-{slot}]").fill("对照卷面，第二遍录错")
    press(chief, "核定入卷", confirm=True)
    told(chief, "已核定入卷并评分")


def test_nominee_goes_on_with_a_pen_and_every_right_answer_counts(
    house: House,
    seats: dict[str, tuple[str, str]],
    at_desk: Desk,
    new_context: Callable[[], BrowserContext],
    witness: Witness,
) -> None:
    page = begin(check_in(open_seat(witness.watch(new_context()).new_page(), house.address, seats[NAME])))
    sitting, right, stems = answer_and_lose_the_machine(page, house)
    invigilator = at_desk("jiankao")
    code = print_and_collect(invigilator, house, stems, right)
    written = {slot: right[slot] for slot in range(1, LAST_RIGHT + 1)} | {5: wrong(right[5]), 41: wrong(right[41])}

    first, second, chief = at_desk("yuejuan"), at_desk("banshi"), at_desk("zhujian")
    for desk in (first, second, chief):
        desk.goto(invigilator.url)
    type_in(first, code, written)
    told(first, "已录入第一遍")
    assert "您已录入，等另一位" in row(first)
    type_in(second, code, written | {DISPUTED: wrong(right[DISPUTED])})
    told(second, "有 1 处不一致")
    assert house.read("SELECT state FROM result WHERE sitting_id = ?", sitting) == [("waiting",)]
    chief.reload()
    settle(chief, DISPUTED, right[DISPUTED])
    assert "已入卷" in row(chief)

    [[state, score]] = house.read("SELECT state, score FROM result WHERE sitting_id = ?", sitting)
    assert (state, float(score)) == ("marked", marks(house, sitting, written, right))
    assert sum(sorted(written.get(slot, "")) == sorted(letters) for slot, letters in right.items()) == LAST_RIGHT - 1
    assert [each[1] for each in house.journal(sitting)] == [*SAVED] and witness.lost(house, sitting) == []
