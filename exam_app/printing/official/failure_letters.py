"""printing.official.failure_letters — to the nominator after the last failed exam: asked to withdraw, or to wait.

Discreet: the title names nobody, results are given in two words, and a score only where the rules disclose scores.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exam_app.printing.official.phrases import FORMS, INTERNAL
from exam_app.printing.official.text import OfficialText, Paragraph, Signature, full_day


@dataclass(frozen=True, kw_only=True)
class FailureFacts:
    """What a letter says. `form` is a code; `attempts`: day and result in words; `basis` may be empty."""

    committee: str
    organ: str
    bill_number: str
    name: str
    form: str
    post: str
    exam_title: str
    attempts: Sequence[tuple[date, str]]
    basis: str
    day: date


def suggest_withdrawal(facts: FailureFacts) -> OfficialText:
    """Return 建议撤回函: the nominator is asked to withdraw the item."""
    return _letter(
        facts,
        "关于建议撤回有关任命提请事项的函",
        f"根据上述规定，这一事项不具备提请常务委员会会议审议的条件。建议贵单位按照程序撤回关于"
        f"{_asked(facts)}的提请；需要另行提出人选的，请依照有关规定办理。",
        "以上建议，请予研究，并将研究结果函告我会。此件请注意保密，表决通过前有关情况不对外公布。",
    )


def suggest_deferral(facts: FailureFacts) -> OfficialText:
    """Return 暂缓提请函: the item waits until the nominee has passed."""
    return _letter(
        facts,
        "关于暂缓有关任命提请事项的函",
        f"根据上述规定，关于{_asked(facts)}的提请暂缓办理，待本人参加下一次考试合格后，再提请常务委员会会议"
        "审议。考试时间确定后另行通知，请贵单位支持本人做好学习准备。",
        "特此函告。此件请注意保密，表决通过前有关情况不对外公布。",
    )


def _letter(facts: FailureFacts, title: str, request: str, closing: str) -> OfficialText:
    basis = f"{facts.basis}的规定" if facts.basis else "有关规定"
    opening = (
        f"贵单位{facts.bill_number}提请{_asked(facts)}。按照{basis}，"
        f"常务委员会人事任免工作机构组织了{facts.exam_title}，现将有关情况函告如下。"
    )
    words = (opening, _told(facts), request, closing)
    return OfficialText(
        title=title,
        salutation=f"{facts.organ}：",
        blocks=(*(Paragraph(one) for one in words), Signature(facts.committee, full_day(facts.day))),
        mark=INTERNAL,
    )


def _told(facts: FailureFacts) -> str:
    """Return the attempts in a sentence."""
    said = [
        f"{full_day(day)}{'考试' if at == 0 else '补考'}，{result}" for at, (day, result) in enumerate(facts.attempts)
    ]
    return f"{facts.name}参加{facts.exam_title}的情况是：{'；'.join(said)}。"


def _asked(facts: FailureFacts) -> str:
    """Return what was submitted: 决定任命王强为甲市财政局局长."""
    form = FORMS[facts.form]
    return f"{form.before}{facts.name}{form.after.format(post=facts.post)}"
