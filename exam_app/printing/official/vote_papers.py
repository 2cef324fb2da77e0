"""printing.official.vote_papers — 表决票 and 表决结果报告单."""

from collections.abc import Iterator, Sequence

from exam_app.printing.official.facts import BallotFacts, ItemFacts, MeetingFacts
from exam_app.printing.official.phrases import INTERNAL, counted, dismissal_law, organic_law, sentence
from exam_app.printing.official.text import (
    Ballot,
    Block,
    Cue,
    Grid,
    OfficialText,
    PageBreak,
    Paragraph,
    Signature,
    full_day,
)

HOW_TO_MARK = (
    "填写说明：一、本表决票为无记名表决票，请在“赞成”“反对”“弃权”三栏中任选一栏划“○”。"
    "二、每一事项只能选择一种意见，选择两种以上的，该事项的表决无效；没有选择的，计为未投票。"
    "三、请用钢笔或者签字笔填写，字迹要清楚。"
)
UNCAST: dict[str, str] = {"panel": "未按", "ballot": "未投", "hands": "未表示"}
RESULTS: dict[bool | None, str] = {True: "通过", False: "未通过", None: ""}


def vote_sheet(meeting: MeetingFacts, ballots: Sequence[BallotFacts]) -> OfficialText:
    """Return the sheet to vote by hand; items that need a ballot of their own stand on pages of their own."""
    together = [item for ballot in ballots if not _needs_own(ballot) for item in ballot.items]
    alone = [item for ballot in ballots if _needs_own(ballot) for item in ballot.items]
    sheets = ([together] if together else []) + [[item] for item in alone]
    return OfficialText(
        title=f"{meeting.title}\n表决票",
        subtitle="（人事任免案）",
        mark=INTERNAL,
        blocks=tuple(block for number, sheet in enumerate(sheets) for block in _sheet(meeting, sheet, number)),
    )


def _needs_own(ballot: BallotFacts) -> bool:
    return any(item.form in ("dismiss", "decide_acting", "elect_acting") for item in ballot.items)


def _sheet(meeting: MeetingFacts, items: Sequence[ItemFacts], number: int) -> Iterator[Block]:
    if number:
        yield PageBreak()
    rows = tuple((str(serial), sentence(item)) for serial, item in enumerate(items, 1))
    yield Ballot(heads=("序号", "表决事项"), rows=rows, shares=(1, 6))
    yield Paragraph(HOW_TO_MARK)
    if any(item.form == "dismiss" for item in items):
        yield Paragraph(f"撤职案依照{dismissal_law(meeting.day)}，采用无记名投票的方式表决。")


def vote_result(meeting: MeetingFacts, ballots: Sequence[BallotFacts]) -> OfficialText:
    """Return the slip that the tellers hand to the chair: what was counted, how many were needed, what passed."""
    serials = iter(range(1, len(ballots) + 1))
    uncast = " / ".join(dict.fromkeys(UNCAST[ballot.method] for ballot in ballots)) or UNCAST["panel"]
    grid = Grid(
        heads=("序号", "表决事项", "赞成", "反对", "弃权", uncast, "结果"),
        rows=tuple(_row(next(serials), ballot) for ballot in ballots),
        shares=(4, 22, 5, 5, 5, 5, 6),
        wide=(1,),
    )
    return OfficialText(
        title=f"{meeting.title}\n人事任免案表决结果报告单",
        mark="" if ballots and all(ballot.passed is not None for ballot in ballots) else INTERNAL,
        blocks=(
            Paragraph(attendance(meeting)),
            Paragraph(majority(meeting)),
            grid,
            Cue("以下由监票人、计票人签名"),
            Paragraph("总监票人：＿＿＿　监票人：＿＿＿　计票人：＿＿＿", is_flush=True),
            Signature("", full_day(meeting.day)),
        ),
    )


def attendance(meeting: MeetingFacts) -> str:
    """Return how many members there are and how many have come."""
    return (
        f"常务委员会组成人员应到{counted(meeting.total)}人，实到{counted(meeting.present)}人，"
        "出席人数超过全体组成人员的半数，符合法定人数。"
    )


def majority(meeting: MeetingFacts) -> str:
    """Return how many votes are needed, and by which law."""
    return (
        f"根据{organic_law(meeting.day, 51)}，任免案以常务委员会全体组成人员的过半数通过。"
        f"全体组成人员{counted(meeting.total)}人，须有{counted(meeting.needed)}人以上（含{counted(meeting.needed)}人）"
        "赞成，始得通过。"
    )


def _row(serial: int, ballot: BallotFacts) -> tuple[str, ...]:
    counts = (ballot.yes, ballot.no, ballot.abstain, ballot.not_pressed)
    words = "；".join(sentence(item) for item in ballot.items)
    return (str(serial), words, *("" if count is None else str(count) for count in counts), RESULTS[ballot.passed])
