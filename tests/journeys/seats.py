"""tests.journeys.seats — what a nominee does: opens the seat, checks in, starts, answers by mouse or by keys."""

from collections.abc import Mapping

from playwright.sync_api import Page, expect

from tests.web.candidate.exam_browsing import choose, part


def open_seat(page: Page, address: str, seat: tuple[str, str]) -> Page:
    """Type in what stands on the admission slip."""
    page.goto(f"{address}/seat")
    page.get_by_label("准考证号").fill(seat[0])
    page.get_by_label("考试码").fill(seat[1])
    page.get_by_role("button", name="进入考试").click()
    return page


def check_in(page: Page) -> Page:
    """Read the discipline, agree, and check in."""
    page.get_by_label("我已阅读并遵守考场纪律").check()
    page.get_by_role("button", name="签到").click()
    expect(page.get_by_text("签到成功")).to_be_visible()
    return page


def begin(page: Page, button: str = "开始答题") -> Page:
    """Open the paper; the button comes by itself when the start is released."""
    page.get_by_role("link", name=button).click(timeout=15_000)
    expect(part(page, "desk")).to_be_visible()
    return page


def answer(page: Page, responses: Mapping[int, str]) -> None:
    """Give each answer by its letters on the keyboard."""
    for slot, letters in responses.items():
        choose(page, slot, *letters.lower())


def click_answer(page: Page, slot: int, letters: str) -> None:
    """Give an answer with the mouse alone: the number of the question, then whole rows."""
    page.locator(f".map .cell[aria-label^='第 {slot} 题']").click()
    for letter in letters:
        page.locator(f"#question-{slot} .option", has=page.locator(f"input[value={letter}]")).click()


def shown_answers(page: Page) -> dict[int, str]:
    """Return which letters the paper shows as chosen, by question."""
    chosen = page.eval_on_selector_all(
        ".sheet",
        """sheets => sheets.map(sheet => [
             Number(sheet.id.replace("question-", "")),
             [...sheet.querySelectorAll("input:checked")].map(input => input.value).join(""),
           ]).filter(([, letters]) => letters)""",
    )
    return dict(chosen)
