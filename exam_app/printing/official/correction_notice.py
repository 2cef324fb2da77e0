"""printing.official.correction_notice — 补正通知: asks the submitting organ to complete what it submitted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exam_app.printing.official.phrases import FORMS, INTERNAL
from exam_app.printing.official.text import OfficialText, Paragraph, Signature, full_day

NAMED_AT_MOST = 3


@dataclass(frozen=True, kw_only=True)
class NoticeFacts:
    """What a notice says. `items`: code of the form, name and post of each; `what` may have several lines."""

    committee: str
    organ: str
    bill_title: str
    bill_number: str
    received_on: date
    number: int
    items: Sequence[tuple[str, str, str]]
    what: str
    due_on: date
    day: date


def correction_notice(facts: NoticeFacts) -> OfficialText:
    """Return 补正通知: which items, what is lacking, by when."""
    opening = (
        f"贵单位{full_day(facts.received_on)}报来的《{facts.bill_title}》（{facts.bill_number}）收悉。经初步审查，"
        f"其中{_named(facts.items)}的有关材料需要补正，具体如下："
    )
    closing = (
        f"请于{full_day(facts.due_on)}前将补正后的材料报送我会人事任免工作机构；逾期未补正的，有关事项不列入本次"
        "主任会议研究。此件请注意保密，表决通过前有关情况不对外公布。"
    )
    words = (opening, *(line.strip() for line in facts.what.splitlines() if line.strip()), closing)
    return OfficialText(
        title="关于补正任免提请材料的通知",
        number=f"第{facts.number}号",
        salutation=f"{facts.organ}：",
        blocks=(*(Paragraph(one) for one in words), Signature(facts.committee, full_day(facts.day))),
        mark=INTERNAL,
    )


def _named(items: Sequence[tuple[str, str, str]]) -> str:
    """Return the items in words, only the first few of many."""
    said = [f"{FORMS[form].before}{name}{FORMS[form].after.format(post=post)}" for form, name, post in items]
    shown = "、".join(said[:NAMED_AT_MOST])
    return shown if len(said) <= NAMED_AT_MOST else f"{shown}等{len(said)}项"
