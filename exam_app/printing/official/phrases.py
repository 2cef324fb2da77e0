"""printing.official.phrases — the set phrases of documents of a standing committee: forms, organs, statutes, blanks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from exam_app.printing.drawing.words import spaced_name
from exam_app.printing.official.facts import ItemFacts, MeetingFacts
from exam_app.printing.official.text import Block, Heading, NameLine
from question_bank.numerals import to_chinese

BLANK = "＿＿"
"""What is filled in by hand, or once it is known."""
INTERNAL = "内部资料 注意保存"
DRAFT = "（草案）"
OFFICE = "人事代表选举工作委员会"


@dataclass(frozen=True)
class FormWords:
    """How a form is called, and what stands before and after the name."""

    label: str
    before: str
    after: str


FORMS: Mapping[str, FormWords] = {
    "decide_appoint": FormWords("决定任命", "决定任命", "为{post}"),
    "appoint": FormWords("任命", "任命", "为{post}"),
    "approve_appoint": FormWords("批准任命", "批准任命", "为{post}"),
    "adopt": FormWords("通过", "通过", "为{post}"),
    "decide_acting": FormWords("决定代理", "决定", "代理{post}职务"),
    "elect_acting": FormWords("推选代理", "推选", "代理{post}职务"),
    "remove": FormWords("免职", "免去", "的{post}职务"),
    "approve_remove": FormWords("批准免职", "批准免去", "的{post}职务"),
    "accept_resignation": FormWords("接受辞职", "接受", "辞去{post}职务的请求"),
    "dismiss": FormWords("撤职", "决定撤销", "的{post}职务"),
    "revoke": FormWords("撤销任命", "撤销", "的{post}任命"),
}
"""In the order in which lists name them."""
DECIDED_REMOVAL = FormWords("决定免职", "决定免去", "的{post}职务")
REMOVALS = frozenset({"remove", "approve_remove", "accept_resignation", "dismiss", "revoke"})

ORGANS: Mapping[str, str] = {
    "congress": "人大常委会",
    "government": "人民政府",
    "supervision": "监察委员会",
    "court": "人民法院",
    "procuratorate": "人民检察院",
}
"""In the order in which lists name them."""

METHODS: Mapping[str, str] = {
    "panel": "电子表决器无记名表决",
    "ballot": "无记名投票表决",
    "hands": "举手表决",
}
ORGANIC_LAW = "《中华人民共和国地方各级人民代表大会和地方各级人民政府组织法》"
ORGANIC_LAW_RENUMBERED = date(2022, 3, 12)
SUPERVISION_LAW = "《中华人民共和国各级人民代表大会常务委员会监督法》"
SUPERVISION_LAW_RENUMBERED = date(2024, 11, 8)


def organic_law(day: date, article: int) -> str:
    """Cite an article of the law in force since 2022-03-12; its articles stood elsewhere before: then the law alone."""
    if day < ORGANIC_LAW_RENUMBERED:
        return f"{ORGANIC_LAW}的有关规定"
    return f"{ORGANIC_LAW}第{to_chinese(article)}条的规定"


def dismissal_law(day: date) -> str:
    """Cite the article by which a dismissal is voted on in secret by written ballot."""
    article = 46 if day < SUPERVISION_LAW_RENUMBERED else 62
    return f"{SUPERVISION_LAW}第{to_chinese(article)}条的规定"


def words_of(item: ItemFacts) -> FormWords:
    """Return the words of the item's form; the government's members are removed by decision, as they are appointed."""
    if item.form == "remove" and item.organ == "government":
        return DECIDED_REMOVAL
    words = FORMS[item.form]
    return FormWords(words.label, words.before, "为{post}") if _names_acting(item) else words


def _names_acting(item: ItemFacts) -> bool:
    return item.form in ("decide_acting", "elect_acting") and "代理" in item.post


def sentence(item: ItemFacts) -> str:
    """Return 决定任命王强为甲市财政局局长, without a stop."""
    words = words_of(item)
    return f"{words.before}{item.person}{words.after.format(post=item.post)}"


def name_line(item: ItemFacts, stop: str) -> NameLine:
    """Return the item as a line of a list."""
    words = words_of(item)
    return NameLine(words.before, item.person, f"{words.after.format(post=item.post)}{stop}")


def name_lines(items: Sequence[ItemFacts]) -> Iterator[NameLine]:
    """Yield the items as one sentence: a semicolon after each, a stop after the last."""
    for number, item in enumerate(items, 1):
        yield name_line(item, "。" if number == len(items) else "；")


def in_list_order(items: Iterable[ItemFacts]) -> list[ItemFacts]:
    """Return the items by organ, then by form, otherwise as they came."""
    organs, forms = list(ORGANS), list(FORMS)
    return sorted(items, key=lambda item: (organs.index(item.organ), forms.index(item.form)))


def grouped(items: Iterable[ItemFacts]) -> Iterator[Block]:
    """Yield the list grouped by organ, with a heading for each organ where there are several, then by form."""
    ordered = in_list_order(items)
    several = len({item.organ for item in ordered}) > 1
    for number, (organ, group) in enumerate(groupby(ordered, key=lambda item: item.organ), 1):
        if several:
            yield Heading(f"{to_chinese(number)}、{ORGANS[organ]}")
        for _form, lines in groupby(group, key=lambda item: item.form):
            yield from name_lines(list(lines))


def bills_of(items: Iterable[ItemFacts]) -> list[tuple[ItemFacts, ...]]:
    """Return the items of each bill, in the order in which the bills first come."""
    bills: dict[tuple[str, str], list[ItemFacts]] = {}
    for item in items:
        bills.setdefault((item.bill.organ, item.bill.number), []).append(item)
    return [tuple(group) for group in bills.values()]


def bill_title(item: ItemFacts) -> str:
    """Return the bill as an agenda names it: 甲市人民政府关于提请任免王强等职务的议案."""
    bill = item.bill
    return f"{bill.organ}{bill.title}" if bill.title.startswith("关于") else bill.title


def names(items: Sequence[ItemFacts], most: int = 0) -> str:
    """Return the names in running text, each once; more than `most` of them as 王强等5人."""
    once = list(dict.fromkeys(item.person for item in items))
    if most and len(once) > most:
        return f"{'、'.join(once[:most])}等{len(once)}人"
    return "、".join(once)


def comrades(items: Sequence[ItemFacts]) -> str:
    """Return how a title names them: 王强同志, 王强等12名同志."""
    once = list(dict.fromkeys(item.person for item in items))
    return f"{once[0]}同志" if len(once) == 1 else f"{once[0]}等{len(once)}名同志"


def spaced(item: ItemFacts) -> str:
    """Return the name as it stands in a table."""
    return spaced_name(item.person)


def counted(number: int | None) -> str:
    """Return the number, or the blank that it is filled into."""
    return BLANK if number is None else str(number)


def adopted(meeting: MeetingFacts) -> str:
    """Return the line under the title that says when and where it was adopted."""
    return f"（{meeting.day.year}年{meeting.day.month}月{meeting.day.day}日{meeting.title}通过）"


def numbered_draft(meeting: MeetingFacts) -> str:
    """Return the number of a letter of the committee with a blank for the serial: 甲人常〔2018〕＿＿号."""
    short = meeting.area
    if len(short) > 1 and short[-1] in "省市县区州旗盟":
        short = short[:-1]
    return f"{short}人常〔{meeting.day.year}〕{BLANK}号"
