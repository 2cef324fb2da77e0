"""printing.official.review_report — 初审报告: what the preliminary review found, for the directors' meeting."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from exam_app.printing.drawing.words import plain_number
from exam_app.printing.official.facts import ExamFacts, ItemFacts, MeetingFacts
from exam_app.printing.official.phrases import (
    FORMS,
    INTERNAL,
    OFFICE,
    ORGANS,
    bills_of,
    in_list_order,
    spaced,
    words_of,
)
from exam_app.printing.official.text import Block, Grid, Heading, OfficialText, Paragraph, Signature, full_day
from question_bank.numerals import to_chinese

SITTING = frozenset({"required", "common_part_only", "special_part_exempt"})
RULES: Mapping[str, str] = {
    "REMOVAL": "免职、辞职、撤职事项不考试",
    "OUT_OF_SCOPE": "该职务不在规定的考试范围内",
    "ACTING_POST": "代理职务按规定不考试",
    "APPROVED_APPOINTMENT": "批准任命的职务按规定不考试",
    "PASSED_THIS_TERM": "此前已通过任前法律知识考试，成绩仍然有效",
    "CONTINUING_AT_TERM_CHANGE": "换届后继续担任同一职务",
    "LATERAL_MOVE": "平级调动，此前已通过任前法律知识考试",
    "LEGALLY_QUALIFIED": "具有法律职业资格，免考专业法律部分",
    "TERM_CHANGE": "换届集中任命，只考公共法律部分",
}
STANDINGS: Mapping[str, str] = {
    "open": "尚未考试",
    "blocked": "不合格",
    "cleared": "合格",
    "overridden": "不合格，主任会议决定继续提请",
}
OBJECTIONS: Mapping[str, str] = {
    "wrong_nominator": "提名人与职务表规定的提名人不一致",
    "wrong_form": "任免方式与职务表的规定不一致",
    "sitting_member": "系常务委员会组成人员，任职前须先辞去常务委员会的职务",
    "rejected_twice": "本届内同一职务已两次未获通过",
    "rejected_lately": "同一职务未获通过后，尚未到再次提请的时间",
    "not_in_post": "没有担任拟免职务的任职记录",
    "post_taken": "该职务现有他人担任，尚未提请免职",
    "deputy_first": "不是副职领导人员，决定代理前须先任命为副职",
    "unknown_position": "职务表中没有这一职务",
}
PAPERS: Mapping[str, str] = {
    "bill": "提请任免议案",
    "approval_form": "干部任免审批表",
    "resume": "简历",
    "vetting_material": "考察材料",
    "reasons": "免职理由材料",
    "publicity": "任前公示情况",
    "new_body_approval": "新设机构批准文件",
    "resignation": "辞职请求",
    "other": "其他材料",
}
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def review_report(meeting: MeetingFacts, items: Sequence[ItemFacts], exam_title: str) -> OfficialText:
    """Return the report to the directors' meeting."""
    parts: tuple[tuple[str, Callable[[Sequence[ItemFacts]], Iterator[Block]]], ...] = (
        ("提请情况", _bills),
        ("任免事项", _items),
        (f"{exam_title}情况", _exams),
        ("免考和不适用考试的情况", _exempt),
        ("需要说明的问题", _problems),
        ("初审意见", _opinion),
    )
    said = [(title, list(part(items))) for title, part in parts]
    blocks: list[Block] = [
        Paragraph(
            "根据有关法律和本常委会人事任免工作的有关规定，我委对提请本次会议讨论的任免案进行了初步审查。现将有关情况报告如下。"
        )
    ]
    for number, (title, part) in enumerate(((title, part) for title, part in said if part), 1):
        blocks += [Heading(f"{to_chinese(number)}、{title}"), *part]
    return OfficialText(
        title="关于人事任免案的初审报告",
        subtitle=f"（{full_day(meeting.day)}提请{meeting.title}）",
        salutation="主任会议",
        mark=INTERNAL,
        blocks=(*blocks, Signature(f"{meeting.committee}{OFFICE}", full_day(meeting.day))),
    )


def _bills(items: Sequence[ItemFacts]) -> Iterator[Block]:
    bills = bills_of(items)
    people = len({item.person for item in items})
    yield Paragraph(f"共收到任免案{len(bills)}件，涉及任免事项{len(items)}项（{people}人）。")
    rows = tuple(
        (
            bill[0].bill.organ,
            bill[0].bill.title,
            bill[0].bill.number,
            full_day(bill[0].bill.received_on) if bill[0].bill.received_on else "",
            str(len(bill)),
        )
        for bill in bills
    )
    heads = ("提请机关", "议案", "文号", "收文日期", "事项")
    yield Grid(heads=heads, rows=rows, shares=(7, 9, 9, 8, 4), wide=(0, 1))


def _items(items: Sequence[ItemFacts]) -> Iterator[Block]:
    forms = [form for form in FORMS if any(item.form == form for item in items)]
    organs = [organ for organ in ORGANS if any(item.organ == organ for item in items)]
    counts = {(organ, form): 0 for organ in organs for form in forms}
    for item in items:
        counts[item.organ, item.form] += 1
    rows = [
        (
            ORGANS[organ],
            *(_count(counts[organ, form]) for form in forms),
            str(sum(counts[organ, form] for form in forms)),
        )
        for organ in organs
    ]
    total = ("合计", *(str(sum(counts[organ, form] for organ in organs)) for form in forms), str(len(items)))
    labels = tuple(FORMS[form].label for form in forms)
    yield Grid(heads=("机关", *labels, "合计"), rows=(*rows, total), shares=(8, *(5 for _form in forms), 4))
    lines = tuple(
        (str(serial), spaced(item), item.present_post, words_of(item).label, item.post)
        for serial, item in enumerate(in_list_order(items), 1)
    )
    heads = ("序号", "姓名", "现任职务", "任免方式", "拟任免职务")
    yield Grid(heads=heads, rows=lines, shares=(4, 7, 14, 8, 15), wide=(2, 4))


def _count(number: int) -> str:
    return str(number) if number else "—"


def _exams(items: Sequence[ItemFacts]) -> Iterator[Block]:
    sitting = [item for item in in_list_order(items) if item.exam.outcome in SITTING]
    if not sitting:
        return
    passed, failed = _with(sitting, True), _with(sitting, False)
    waiting = len(sitting) - len(passed) - len(failed)
    yield Paragraph(
        f"按照规定应当参加考试的{len(sitting)}项，已参加考试{len(passed) + len(failed)}项，其中合格{len(passed)}项、"
        f"不合格{len(failed)}项；尚未参加考试{waiting}项。"
    )
    is_disclosed = any(item.exam.score is not None for item in sitting)
    rows = tuple(_exam_row(serial, item, is_disclosed) for serial, item in enumerate(sitting, 1))
    heads = ("序号", "姓名", "拟任职务", "考试日期", *(("成绩",) if is_disclosed else ()), "结果")
    shares = (4, 7, 15, 10, *((5,) if is_disclosed else ()), 9)
    yield Grid(heads=heads, rows=rows, shares=shares, wide=(2,))


def _with(items: Sequence[ItemFacts], passed: bool) -> list[ItemFacts]:
    return [item for item in items if item.exam.passed is passed]


def _exam_row(serial: int, item: ItemFacts, is_disclosed: bool) -> tuple[str, ...]:
    exam = item.exam
    score = "" if exam.score is None else plain_number(exam.score)
    day = full_day(exam.sat_on) if exam.sat_on else ""
    return (str(serial), spaced(item), item.post, day, *((score,) if is_disclosed else ()), _result(exam))


def _result(exam: ExamFacts) -> str:
    result = "缺考" if exam.step == "blocked" and exam.passed is None else STANDINGS[exam.step]
    part = {"common_part_only": "（公共法律）", "special_part_exempt": "（免考专业法律）"}.get(exam.outcome, "")
    return f"{result}{part}"


def _exempt(items: Sequence[ItemFacts]) -> Iterator[Block]:
    exempt = [item for item in in_list_order(items) if item.exam.outcome not in SITTING]
    free = [item for item in exempt if item.exam.outcome == "exempt"]
    if free:
        yield Paragraph(f"免考{len(free)}项，理由和依据如下：")
        rows = tuple(
            (str(serial), spaced(item), item.post, _why(item.exam), item.exam.basis)
            for serial, item in enumerate(free, 1)
        )
        heads = ("序号", "姓名", "拟任职务", "免考理由", "依据")
        yield Grid(heads=heads, rows=rows, shares=(4, 7, 12, 15, 10), wide=(2, 3, 4))
    rules: dict[str, list[ItemFacts]] = {}
    for item in exempt:
        if item.exam.outcome != "exempt":
            rules.setdefault(item.exam.rule, []).append(item)
    for rule, those in rules.items():
        bases = "、".join(dict.fromkeys(item.exam.basis for item in those if item.exam.basis))
        basis = f"（依据：{bases}）" if bases else ""
        yield Paragraph(f"不适用考试{len(those)}项：{RULES.get(rule, rule)}{basis}。")


def _why(exam: ExamFacts) -> str:
    evidence = ISO_DAY.sub(lambda day: f"{day[1]}年{int(day[2])}月{int(day[3])}日", exam.evidence)
    return f"{RULES.get(exam.rule, exam.rule)}{f'（{evidence}）' if evidence else ''}"


def _problems(items: Sequence[ItemFacts]) -> Iterator[Block]:
    blocked = [item for item in items if item.exam.step == "blocked"]
    for item in blocked:
        yield Paragraph(f"{item.person}（拟任{item.post}）考试{_result(item.exam)}。")
    for codes, those in _by(items, lambda item: item.objections):
        who = "、".join(f"{item.person}（{item.post}）" for item in those)
        yield Paragraph(f"{who}：{'；'.join(OBJECTIONS[code] for code in codes)}。")
    for kinds, those in _by(items, lambda item: item.missing):
        who = "、".join(dict.fromkeys(item.person for item in those))
        yield Paragraph(f"尚缺材料：{who}的{'、'.join(PAPERS[kind] for kind in kinds)}。")


def _by(
    items: Sequence[ItemFacts], codes: Callable[[ItemFacts], tuple[str, ...]]
) -> Iterator[tuple[tuple[str, ...], list[ItemFacts]]]:
    """Yield the items that share the same codes together; those without any are left out."""
    groups: dict[tuple[str, ...], list[ItemFacts]] = {}
    for item in items:
        groups.setdefault(codes(item), []).append(item)
    groups.pop((), None)
    yield from groups.items()


def _opinion(items: Sequence[ItemFacts]) -> Iterator[Block]:
    opinions: dict[str, list[ItemFacts]] = {}
    for item in items:
        opinions.setdefault(item.opinion, []).append(item)
    unread = opinions.pop("", [])
    for opinion, those in opinions.items():
        which = "" if len(those) == len(items) else f"对{_who(those)}的任免事项，"
        yield Paragraph(f"{which}{opinion.rstrip('。')}。")
    if unread:
        yield Paragraph(f"{_who(unread)}的任免事项正在审查，审查意见另行报告。")
    if opinions:
        yield Paragraph("以上报告，请予审议。")


def _who(items: Sequence[ItemFacts]) -> str:
    people = list(dict.fromkeys(item.person for item in items))
    return "、".join(people) if len(people) <= 10 else f"{'、'.join(people[:3])}等{len(people)}人"
