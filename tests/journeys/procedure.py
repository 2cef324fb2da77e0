"""tests.journeys.procedure — what the clerk does with a list out of Word and at a meeting, page by page."""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO

import docx
from playwright.sync_api import Page, expect

from tests.journeys.appointing import item_row, open_bill, open_step
from tests.journeys.staff import go_to, press, told

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEADS = ("序号", "姓名", "单位", "现任职务", "拟任（免）职务", "任免方式")
Rows = Sequence[Sequence[str]]


def word_list(rows: Rows) -> bytes:
    """Return a Word document with a title and the rows in a table, as an office sends it."""
    document = docx.Document()
    document.add_paragraph("关于提请人事任免的名单")
    table = document.add_table(rows=0, cols=len(HEADS))
    for number, row in enumerate((HEADS[1:], *rows)):
        serial = str(number) if number else HEADS[0]
        for cell, words in zip(table.add_row().cells, (serial, *row), strict=True):
            cell.text = words
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def take_in(clerk: Page, title: str, rows: Rows, positions: Mapping[str, str]) -> None:
    """Register a bill and drop its list; settle the rows whose position is asked for, then add all."""
    go_to(clerk, "任免")
    clerk.get_by_role("link", name="登记任免案").first.click()
    clerk.get_by_label("名称").fill(title)
    clerk.get_by_label("提请机关").fill("青岚市人民政府")
    clerk.get_by_label("文号").fill("青政〔2026〕99号")
    press(clerk, "登记任免案")
    told(clerk, "任免案已登记")
    clerk.get_by_role("link", name="粘贴名单").first.click()
    clerk.locator("input[type=file]").set_input_files(
        {"name": "名单.docx", "mimeType": WORD, "buffer": word_list(rows)}
    )
    press(clerk, "核对名单")
    told(clerk, f"有 {len(positions)} 行需要处理")
    for name, position in positions.items():
        row = clerk.get_by_role("row").filter(has=clerk.locator(f"input[value='{name}']"))
        row.get_by_label("职务类别").select_option(label=position)
    press(clerk, "重新核对")
    told(clerk, f"共 {len(rows)} 行，都可以添加")
    clerk.locator("#main").get_by_role("button", name=re.compile("^全部添加")).click()
    told(clerk, f"已添加 {len(rows)} 项")


def send(clerk: Page, title: str, exam: str, names: Sequence[str]) -> None:
    """Put some of the bill on the roster of the exam."""
    open_bill(clerk, title)
    for name in names:
        tick(clerk, name)
    press(clerk, "报名考试 …")
    choice = clerk.get_by_role("dialog").get_by_label("考试", exact=True)
    choice.select_option(choice.locator("option").filter(has_text=exam).get_attribute("value"))
    press(clerk, "报名所选事项")
    told(clerk, f"已报名 {len(names)} 项")


def review(clerk: Page, title: str, count: int) -> None:
    """Review every item of the bill and find nothing wrong with it."""
    open_bill(clerk, title)
    clerk.get_by_label("全选").check()
    press(clerk, "开始初审")
    told(clerk, f"已开始初审 {count} 项")
    clerk.get_by_label("全选").check()
    press(clerk, "初审完毕 …")
    press(clerk, "登记初审完毕")
    told(clerk, f"已登记 {count} 项初审完毕")


def convene(clerk: Page, kind: str, names: Sequence[str], attendance: tuple[int, int]) -> None:
    """Record a meeting of today, put the items on its agenda, and count who is there."""
    go_to(clerk, "会议")
    clerk.get_by_role("link", name="登记会议").first.click()
    clerk.get_by_label(kind, exact=True).check()
    clerk.get_by_label("第几次").fill("91")
    press(clerk, "登记会议")
    told(clerk, "会议已登记")
    open_step(clerk, "议程")
    clerk.get_by_role("link", name="列入任免事项").first.click()
    for name in names:
        tick(clerk, name)
    press(clerk, "列入议程")
    told(clerk, f"已列入 {len(names)} 项")
    open_step(clerk, "出席")
    clerk.get_by_label("应到").fill(str(attendance[0]))
    clerk.get_by_label("实到").fill(str(attendance[1]))
    press(clerk, "登记出席，开始会议")
    told(clerk, "出席情况已登记")


def decide(clerk: Page, names: Sequence[str], decision: str, reason: str = "") -> None:
    """Record what the directors, whose meeting is open before the clerk, decide about items."""
    open_step(clerk, "决定")
    for name in names:
        tick(clerk, name)
    clerk.get_by_label("决定", exact=True).select_option(label=decision)
    if reason:
        clerk.get_by_label("理由").fill(reason)
    press(clerk, "登记决定")
    told(clerk, f"已登记 {len(names)} 项决定")


def vote(clerk: Page, totals: Mapping[str, tuple[int, int]]) -> None:
    """Type in yes and no of each item at the meeting that is open before the clerk."""
    open_step(clerk, "表决")
    for name, (yes, no) in totals.items():
        clerk.get_by_label(f"{name} 赞成").fill(str(yes))
        clerk.get_by_label(f"{name} 反对").fill(str(no))
    press(clerk, "登记填好的各项")
    told(clerk, f"已登记 {len(totals)} 项表决结果")


def expect_document(clerk: Page, name: str, *words: str) -> None:
    """Open a document of the meeting by the list of documents and read it."""
    clerk.get_by_role("link", name=name, exact=True).click()
    for one in words:
        expect(clerk.locator("#main")).to_contain_text(one)
    clerk.go_back()


def expect_states(clerk: Page, title: str, states: Mapping[str, str]) -> None:
    """Look at the bill: how far each item has come."""
    open_bill(clerk, title)
    for name, state in states.items():
        expect(item_row(clerk, name)).to_contain_text(state)


def tick(clerk: Page, name: str) -> None:
    """Tick the row of somebody's item."""
    clerk.get_by_label(f"选择 {name}").check()
