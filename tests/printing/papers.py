"""tests.printing.papers — official texts to print, and texts that hypothesis makes up; every name is invented."""

from hypothesis import strategies as st

from exam_app.charts.figures import Style
from exam_app.printing.official.text import (
    Ballot,
    Block,
    Cue,
    Figure,
    Grid,
    Heading,
    Letter,
    NameLine,
    Oath,
    OfficialText,
    PageBreak,
    Paragraph,
    Signature,
)

ORGAN = "田州市人民代表大会常务委员会"
LONG_WORDS = (
    "根据《中华人民共和国地方各级人民代表大会和地方各级人民政府组织法》的规定，市人大常委会人事代表选举工作委员会对市人民政府"
    "提请的人事任免议案进行了初步审查，并于2018年3月2日组织拟任命人员参加了任前法律知识考试。"
)
LIST = Grid(
    heads=("序号", "姓名", "拟任职务", "成绩"),
    rows=tuple((str(number), "李㛃堃", "田州市民政局局长", "92.5") for number in range(1, 61)),
    shares=(1, 2, 6, 2),
    wide=(2,),
)
REPORT = OfficialText(
    title="关于提请任免田州市人民政府国家工作人员的议案的初步审查报告",
    number="田人常人选〔2018〕3号",
    salutation="市人大常委会主任会议",
    mark="内部资料　注意保存",
    blocks=(
        Heading("一、基本情况"),
        Paragraph(LONG_WORDS * 8),
        Heading("（一）名单", 2),
        Cue("请工作人员分发名单"),
        NameLine("任命", "王强", "为田州市财政局局长；"),
        NameLine("免去", "赵䶮", "的田州市审计局局长职务。"),
        LIST,
        Paragraph("以上报告，请予审议。"),
        Signature("人事代表选举工作委员会", "2018年3月5日"),
    ),
)
OATH = OfficialText(
    title="宪法宣誓誓词", blocks=(Oath("我宣誓：忠于中华人民共和国宪法，维护宪法权威，履行法定职责！" * 2),)
)
BALLOT = OfficialText(
    title="表决票", blocks=(Ballot(("序号", "姓名", "拟任职务"), (("1", "王　强", "田州市财政局局长"),), (1, 2, 5)),)
)
CHARTED = OfficialText(
    title="2018年度统计报告",
    blocks=(
        Figure("按方式", Style.COLUMNS, ("决定任命", "任命"), (("2017年", (20, 30)), ("2018年", (29, 153))), "人次"),
        Grid(("方式", "人次"), (("决定任命", "29"), ("任命", "153")), (1, 1)),
    ),
)


def letters(count: int) -> OfficialText:
    words = "王强同志：\n田州市人民代表大会常务委员会2018年3月2日第十六届第二次会议决定，任命你为田州市财政局局长。"
    each = (Letter(f"田人常任〔2018〕{number}号", words, "主任", "2018年3月2日") for number in range(1, count + 1))
    return OfficialText(title="任命书", blocks=tuple(each))


WORDS = st.text(st.sampled_from("王强任免局长，。：《》（）0129A\n·䶮㛃"), max_size=30)
WHOLE = st.integers(1, 9)


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    columns = draw(st.integers(1, 4))
    row = st.tuples(*[WORDS] * columns)
    shares = draw(st.tuples(*[WHOLE] * columns))
    wide = tuple(sorted(draw(st.sets(st.integers(0, columns - 1)))))
    return Grid(draw(row), tuple(draw(st.lists(row, max_size=3))), shares, wide)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    labels = tuple(draw(st.lists(st.text("甲乙丙丁", min_size=1, max_size=4), min_size=1, max_size=4)))
    values = st.tuples(*[st.floats(0, 1000, allow_nan=False)] * len(labels))
    series = tuple(draw(st.lists(st.tuples(WORDS, values), min_size=1, max_size=3)))
    return Figure(draw(WORDS), draw(st.sampled_from(list(Style))), labels, series, draw(st.sampled_from(["", "人"])))


def blocks() -> st.SearchStrategy[Block]:
    return st.one_of(
        st.builds(Heading, WORDS, st.integers(1, 2)),
        st.builds(Paragraph, WORDS, st.booleans()),
        st.builds(Cue, WORDS),
        st.builds(NameLine, WORDS, WORDS, WORDS),
        grids(),
        figures(),
        st.builds(Ballot, st.just(("姓名",)), st.just((("王强",),)), st.just((1,))),
        st.builds(Signature, WORDS, WORDS),
        st.builds(Oath, WORDS),
        st.builds(Letter, WORDS, WORDS, WORDS, WORDS),
        st.just(PageBreak()),
    )


def texts() -> st.SearchStrategy[OfficialText]:
    return st.builds(
        OfficialText,
        title=WORDS,
        blocks=st.lists(blocks(), max_size=6).map(tuple),
        number=WORDS,
        salutation=WORDS,
        subtitle=WORDS,
        mark=WORDS,
        lying=st.booleans(),
    )
