"""printing.official.oath_sheet — 宪法宣誓: the order of the ceremony, the words of the oath, who signs in."""

from collections.abc import Iterator

from exam_app.printing.official.facts import CeremonyFacts, MeetingFacts
from exam_app.printing.official.phrases import BLANK, INTERNAL, spaced
from exam_app.printing.official.text import (
    Block,
    Grid,
    Heading,
    Oath,
    OfficialText,
    PageBreak,
    Paragraph,
    full_day,
)


def oath_sheet(meeting: MeetingFacts, ceremony: CeremonyFacts) -> OfficialText:
    """Return the papers of the ceremony: its order, the sign-in table, and the oath on a page of its own."""
    steps = (Paragraph(f"{number}. {step}") for number, step in enumerate(order(ceremony), 1))
    return OfficialText(
        title=f"{meeting.committee}\n宪法宣誓仪式安排",
        subtitle=f"（{full_day(meeting.day)}）",
        mark=INTERNAL if any(taker.passed is None for taker in ceremony.takers) else "",
        blocks=(
            Heading("一、宣誓依据"),
            Paragraph(f"根据{_basis(ceremony)}，常务委员会任命、决定任命的国家工作人员在就职时应当公开进行宪法宣誓。"),
            Heading("二、宣誓场所"),
            Paragraph(
                f"{meeting.place or '常务委员会会议会场'}。悬挂中华人民共和国国旗或者国徽，"
                "设宣誓台，台面上放置《中华人民共和国宪法》。"
            ),
            Heading("三、仪式程序"),
            *steps,
            PageBreak(),
            Heading(f"四、宣誓人员签到（共{len(ceremony.takers)}人）"),
            _sign_in(ceremony),
            PageBreak(),
            Oath(ceremony.words),
        ),
    )


def _basis(ceremony: CeremonyFacts) -> str:
    """The Constitution itself has asked for the oath since it was amended in March 2018."""
    constitution = "《中华人民共和国宪法》第二十七条和" if ceremony.has_anthem else ""
    return f"{constitution}《全国人民代表大会常务委员会关于实行宪法宣誓制度的决定》"


def order(ceremony: CeremonyFacts) -> Iterator[str]:
    """Yield the steps of the ceremony; the anthem belongs to it since 12 March 2018."""
    yield "主持人宣布宪法宣誓仪式开始，全体起立。"
    if ceremony.has_anthem:
        yield "奏唱中华人民共和国国歌。"
    if ceremony.is_individual:
        yield "宣誓人走到宣誓台前，面向国旗或者国徽站立，左手抚按《中华人民共和国宪法》，右手举拳，诵读誓词。"
        yield "诵读誓词完毕，宣誓人自报姓名。"
    else:
        yield (
            f"领誓人{ceremony.lead or BLANK}走到宣誓台前，左手抚按《中华人民共和国宪法》，右手举拳，领诵誓词；"
            "其他宣誓人在其身后整齐排列，面向国旗或者国徽站立，右手举拳，跟诵誓词。"
        )
        yield "诵读誓词完毕，领誓人、宣誓人依次自报姓名。"
    yield "主持人宣布宪法宣誓仪式结束。"


def _sign_in(ceremony: CeremonyFacts) -> Block:
    rows = tuple(
        (str(serial), spaced(taker), taker.post, "领誓人" if taker.oath and taker.oath.is_lead else "", "")
        for serial, taker in enumerate(ceremony.takers, 1)
    )
    return Grid(
        heads=("序号", "姓名", "职务", "备注", "签名"),
        rows=rows,
        shares=(4, 7, 20, 6, 8),
        wide=(2,),
    )
