"""tests.journeys.appointing — bills, items and certificates, page by page, as the clerk and the public see them."""

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from tests.journeys.staff import go_to, press, told

NOMINEES = (
    ("沈怀远", "青岚市城市管理局", "副局长", "市住房和城乡建设局局长"),
    ("邹平", "青岚市自然资源局", "总规划师", "市自然资源和规划局局长"),
)


def register_bill(clerk: Page, title: str, nominees: Sequence[Sequence[str]]) -> None:
    """Register a bill and paste the list of nominees that came with it; each is found to have to sit."""
    go_to(clerk, "任免")
    clerk.get_by_role("link", name="登记任免案").first.click()
    clerk.get_by_label("名称").fill(title)
    clerk.get_by_label("提请机关").fill("青岚市人民政府")
    clerk.get_by_label("文号").fill("青政〔2026〕88号")
    press(clerk, "登记任免案")
    told(clerk, "任免案已登记")
    clerk.get_by_role("link", name="粘贴名单").first.click()
    clerk.get_by_label("任免方式").select_option(label="决定任命")
    rows = [("姓名", "单位", "职务", "拟任职务"), *nominees]
    clerk.get_by_label("名单", exact=True).fill("\n".join("\t".join(row) for row in rows))
    press(clerk, "核对名单")
    told(clerk, f"共 {len(nominees)} 行，都可以添加")
    clerk.locator("#main").get_by_role("button", name=re.compile("^全部添加")).click()
    told(clerk, f"已添加 {len(nominees)} 项")
    for name, *_rest in nominees:
        expect(item_row(clerk, name)).to_contain_text("应参加考试")
        expect(item_row(clerk, name)).to_contain_text("待考")


def send_to_exam(clerk: Page, title: str, exam: str, count: int) -> None:
    """Put everybody of the bill on the roster of the exam."""
    open_bill(clerk, title)
    clerk.get_by_label("全选").check()
    press(clerk, "报名考试 …")
    choice = clerk.get_by_role("dialog").get_by_label("考试", exact=True)
    wanted = choice.locator("option").filter(has_text=exam).get_attribute("value")
    choice.select_option(wanted)
    press(clerk, "报名所选事项")
    told(clerk, f"已报名 {count} 项")


def expect_steps(clerk: Page, title: str, steps: dict[str, str]) -> None:
    """Look at the bill: where each nominee's item stands with the exam."""
    open_bill(clerk, title)
    for name, step in steps.items():
        expect(item_row(clerk, name)).to_contain_text(step)


def open_item(clerk: Page, name: str) -> None:
    """Open somebody's item from the bill's page."""
    item_row(clerk, name).get_by_role("link", name=name).click()
    expect(clerk.get_by_role("heading", level=1)).to_contain_text(name)


def begin_review(clerk: Page, title: str, count: int) -> None:
    """Take everybody of the bill into review."""
    open_bill(clerk, title)
    clerk.get_by_label("全选").check()
    press(clerk, "开始初审")
    told(clerk, f"已开始初审 {count} 项")


def conclude_review(clerk: Page, title: str, name: str) -> None:
    """Conclude the review of somebody's item; what the page answers is the caller's to see."""
    open_bill(clerk, title)
    _tick(clerk, name)
    press(clerk, "初审完毕 …")
    press(clerk, "登记初审完毕")


def open_meeting(clerk: Page, kind: str, number: int, name: str, present: int) -> None:
    """Record a meeting of today, put somebody's item on its agenda, and count who is there."""
    go_to(clerk, "会议")
    clerk.get_by_role("link", name="登记会议").first.click()
    clerk.get_by_label(kind, exact=True).check()
    clerk.get_by_label("第几次").fill(str(number))
    press(clerk, "登记会议")
    told(clerk, "会议已登记")
    open_step(clerk, "议程")
    clerk.get_by_role("link", name="列入任免事项").first.click()
    _tick(clerk, name)
    press(clerk, "列入议程")
    told(clerk, "已列入 1 项")
    open_step(clerk, "出席")
    clerk.get_by_label("应到").fill(str(present + 1))
    clerk.get_by_label("实到").fill(str(present))
    press(clerk, "登记出席，开始会议")
    told(clerk, "出席情况已登记")


def expect_no_candidate(clerk: Page, name: str) -> None:
    """See that somebody's item cannot be put on the agenda of the meeting that is open before the clerk."""
    open_step(clerk, "议程")
    clerk.get_by_role("link", name="列入任免事项").first.click()
    expect(clerk.locator("#main")).not_to_contain_text(name)


def submit(clerk: Page, name: str) -> None:
    """Record that the directors, whose meeting is open before the clerk, submit somebody's item."""
    open_step(clerk, "决定")
    _tick(clerk, name)
    clerk.get_by_label("决定", exact=True).select_option(label="同意提请常委会会议")
    press(clerk, "登记决定")
    told(clerk, "已登记 1 项决定")


def vote(clerk: Page, name: str, present: int) -> None:
    """Record that all but one said yes to somebody at the meeting that is open before the clerk."""
    open_step(clerk, "表决")
    clerk.get_by_label(f"{name} 赞成").fill(str(present - 1))
    clerk.get_by_label(f"{name} 弃权").fill("1")
    press(clerk, "登记填好的各项")
    told(clerk, "已登记 1 项表决结果")


def announce(clerk: Page) -> None:
    """Announce what was passed at the meeting that is open before the clerk."""
    open_step(clerk, "公布")
    press(clerk, "公布全部 1 项", confirm=True)
    told(clerk, "已公布 1 项")


def open_step(clerk: Page, step: str) -> None:
    """Go to a step of the meeting that is open before the clerk."""
    clerk.get_by_label("会议各环节").get_by_role("link", name=step).click()
    expect(clerk.get_by_label("会议各环节").locator("[aria-current=page]")).to_contain_text(step)


def _tick(clerk: Page, name: str) -> None:
    clerk.get_by_label(f"选择 {name}").check()


def print_certificates(clerk: Page, exam: str) -> tuple[str, bytes]:
    """Let the certificates of an exam be made; return the number of the one there is, and its file."""
    go_to(clerk, "证书")
    clerk.get_by_role("row").filter(has_text=exam).get_by_role("button", name="发证并打印").click()
    expect(clerk.get_by_text("全部完成")).to_be_visible(timeout=20_000)
    clerk.get_by_role("link", name="返回证书").click()
    row = clerk.get_by_role("table", name="证书").get_by_role("row").filter(has_text=exam)
    number = row.get_by_role("rowheader").inner_text()
    file = clerk.request.get(str(row.get_by_role("link", name="查看打印").evaluate("link => link.href")))
    assert file.ok and file.headers["content-type"] == "application/pdf"
    return number, file.body()


def verify(page: Page, number: str, code: str, file: bytes) -> None:
    """Verify a certificate as anyone may: by what stands on it, and by its file."""
    page.get_by_label("证书编号").fill(number)
    page.get_by_label("核验码").fill(code)
    page.locator("input[type=file]").set_input_files(
        {"name": "合格证.pdf", "mimeType": "application/pdf", "buffer": file}
    )
    press(page, "核验")


def item_row(clerk: Page, name: str) -> Locator:
    """Return the row of somebody's item on the bill's page."""
    return clerk.get_by_role("row").filter(has_text=name)


def open_bill(clerk: Page, title: str) -> None:
    """Go to a bill by the list of bills."""
    go_to(clerk, "任免")
    clerk.get_by_role("link", name=title).click()
    expect(clerk.get_by_role("heading", level=1)).to_have_text(title)
