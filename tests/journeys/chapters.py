"""tests.journeys.chapters — what the office does to make an exam and its results, page by page, as its people do it."""

from collections.abc import Iterable
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from exam_app.base.clock import SystemClock, local
from question_bank.formats.xlsx import write_xlsx
from question_bank.items import TRUE_FALSE_OPTIONS, Citation, Item
from question_bank.kinds import Kind, Part, Use
from tests.journeys.staff import go_to, press, told

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def own_items() -> tuple[Item, ...]:
    """Return three questions that the office wrote itself, one of each kind."""
    words = "县级以上的地方各级人民代表大会常务委员会依照法律规定的权限决定国家机关工作人员的任免"
    basis = (Citation("constitution", date(2018, 3, 11), "104", None, None, words[-27:]),)
    stems = {
        Kind.SINGLE: "甲县任命县民政局新局长，把关的机关按宪法应为下列哪一个？",
        Kind.MULTIPLE: "有同志议论县里换干部的手续，其中哪些说法与宪法第一百零四条一致？",
        Kind.TRUE_FALSE: "乙市换一位局长，只要市长签字就行，不必经过市人大常委会。",
    }
    options = {
        Kind.SINGLE: ("县人大常委会", "县政府常务会议", "县人民法院", "上级民政部门"),
        Kind.MULTIPLE: ("由本级人大常委会决定", "要有法律规定的权限", "由乡镇说了算", "由群众团体说了算"),
        Kind.TRUE_FALSE: TRUE_FALSE_OPTIONS,
    }
    keys = {Kind.SINGLE: "A", Kind.MULTIPLE: "AB", Kind.TRUE_FALSE: "B"}
    return tuple(
        Item(
            code=f"QL90{number}",
            kind=kind,
            use=Use.FORMAL,
            part=Part.COMMON,
            organs=(),
            stem=stems[kind],
            options=options[kind],
            key=frozenset(keys[kind]),
            explanation=f"{words}。依据《宪法》第一百零四条。",
            difficulty=2,
            citations=basis,
        )
        for number, kind in enumerate(stems, start=1)
    )


def import_questions(author: Page, items: Iterable[Item]) -> None:
    """Hand in a workbook, look at the preview, confirm."""
    items = tuple(items)
    go_to(author, "题库")
    author.get_by_role("link", name="导入", exact=True).click()
    author.locator("input[type=file]").set_input_files(
        {"name": "本室命题.xlsx", "mimeType": SHEET, "buffer": write_xlsx(items)}
    )
    press(author, "上传并预览")
    expect(author.locator("#main")).to_contain_text("题库没有任何改动")
    for item in items:
        expect(author.get_by_role("row").filter(has_text=item.code)).to_contain_text(item.stem)
    press(author, f"导入 {len(items)} 题")
    told(author, f"已导入 {len(items)} 题，存为草稿")


def submit_questions(author: Page, items: Iterable[Item]) -> None:
    """Send each draft to review."""
    for item in items:
        go_to(author, "题库")
        author.get_by_role("link", name="草稿").click()
        author.get_by_role("link", name=item.code).click()
        press(author, "送审")
        told(author, "已送审")


def approve_questions(reviewer: Page, items: Iterable[Item]) -> None:
    """Approve what waits; each approval leads to the next one, and the last to the list."""
    codes = [item.code for item in items]
    go_to(reviewer, "题库")
    reviewer.get_by_role("link", name="待审").click()
    reviewer.get_by_role("row").filter(has_text=codes[0]).get_by_role("link", name="审题").click()
    for code in codes:
        expect(reviewer.get_by_role("heading", level=1)).to_have_text(f"审题 {code}")
        expect(reviewer.locator("#main")).to_contain_text("《宪法》第一百零四条")
        press(reviewer, "审定启用", confirm=True)
        told(reviewer, f"试题 {code} 已审定启用")
    for code in codes:
        reviewer.get_by_role("searchbox").fill(code)
        reviewer.keyboard.press("Enter")
        expect(reviewer.get_by_role("row").filter(has_text=code)).to_contain_text("启用")


def make_blueprint(clerk: Page, organ: str) -> str:
    """Make the usual blueprint for an organ and make it ready; return its name."""
    go_to(clerk, "组卷")
    clerk.get_by_role("checkbox", name=organ, exact=True).check()
    press(clerk, "生成草稿")
    told(clerk, "已按默认方案生成 1 个草稿")
    name = clerk.get_by_role("heading", level=1).inner_text()
    press(clerk, "启用", confirm=True)
    told(clerk, "方案已启用")
    return name


def set_up_exam(clerk: Page, title: str, blueprint: str) -> None:
    """Set up an exam on one page; it begins in this minute and leaves two hours."""
    now = local(SystemClock().now())
    go_to(clerk, "考试")
    clerk.get_by_role("link", name="新建考试").first.click()
    clerk.get_by_label("考试名称").fill(title)
    clerk.get_by_label("开始时间").fill(f"{now:%Y-%m-%dT%H:%M}")
    clerk.get_by_label("结束时间").fill(f"{now + timedelta(hours=2):%Y-%m-%dT%H:%M}")
    clerk.get_by_label("考试时长").fill("60")
    clerk.get_by_label("考试地点").fill("市人大机关三楼机房")
    clerk.get_by_label("政府").select_option(label=blueprint)
    clerk.get_by_label("开考后多久不得入场").fill("0")
    clerk.get_by_label("开考后多久方可交卷").fill("0")
    press(clerk, "保存")
    told(clerk, "考试已保存为准备中")


def announce_exam(clerk: Page, title: str) -> None:
    """Announce an exam; its page stays open."""
    go_to(clerk, "考试")
    clerk.get_by_role("link", name=title).click()
    press(clerk, "发布考试", confirm=True)
    told(clerk, "考试已发布")


def release_start(invigilator: Page, title: str) -> None:
    """Go to the board by the list of exams and release the start."""
    go_to(invigilator, "考试")
    invigilator.get_by_role("link", name=title).click()
    invigilator.get_by_role("link", name="监考看板").click()
    press(invigilator, "放行开考", confirm=True)
    told(invigilator, "已放行开考")


def open_results(publisher: Page, title: str) -> None:
    """Go to the results by the list of exams."""
    go_to(publisher, "考试")
    publisher.get_by_role("link", name=title).click()
    publisher.get_by_role("link", name="成绩", exact=True).click()


def refuse_to_publish(setter: Page, title: str, words: str) -> None:
    """Try to publish as the account that set the exam: it says who may, and publishes nothing."""
    open_results(setter, title)
    press(setter, "发布成绩", confirm=True)
    told(setter, words)


def publish_results(publisher: Page, title: str) -> None:
    """Publish, by an account that did not set the exam."""
    open_results(publisher, title)
    press(publisher, "发布成绩", confirm=True)
    told(publisher, "已发布 2 人的成绩")
