"""printing.official.filing_report — 备案报告: what the law has reported upward once it is decided.

Who must be told: the congress of an accepted resignation, the upper procuratorate and committee of an acting chief
procurator, the upper government of the members of the government.
"""

from collections.abc import Mapping, Sequence

from exam_app.printing.official.facts import ItemFacts, MeetingFacts
from exam_app.printing.official.phrases import INTERNAL, comrades, grouped, numbered_draft, organic_law
from exam_app.printing.official.text import OfficialText, Paragraph, Signature, full_day

TO_CONGRESS, TO_UPPER_PROCURATORATE, TO_UPPER_GOVERNMENT = "congress", "upper_procuratorate", "upper_government"
RECEIVERS: Mapping[str, str] = {
    TO_CONGRESS: "报人民代表大会",
    TO_UPPER_PROCURATORATE: "报上一级检察院和常委会",
    TO_UPPER_GOVERNMENT: "报上一级政府",
}
"""How reports of several receivers are told apart."""
DECIDED = frozenset({"decide_appoint", "remove", "dismiss"})
LEADERS = ("省长", "市长", "州长", "县长", "区长", "旗长", "盟长", "主席")
MEMBERS = ("主任", "副主任", "秘书长", "委员")


def filings(items: Sequence[ItemFacts]) -> dict[str, list[ItemFacts]]:
    """Return the items that somebody must be told of, by whom."""
    found: dict[str, list[ItemFacts]] = {}
    for item in items:
        if (whom := _whom(item)) is not None:
            found.setdefault(whom, []).append(item)
    return found


def _whom(item: ItemFacts) -> str | None:
    if item.form == "accept_resignation" and is_elected(item):
        return TO_CONGRESS
    if item.form == "decide_acting" and item.organ == "procuratorate":
        return TO_UPPER_PROCURATORATE
    if item.form in DECIDED and item.organ == "government" and not is_elected(item):
        return TO_UPPER_GOVERNMENT
    return None


def is_elected(item: ItemFacts) -> bool:
    """Whether the congress itself elects to the post (地方组织法 §11): a resignation from it is filed with it."""
    post, organ = item.post, item.organ
    if organ == "government":
        return post.endswith(LEADERS)
    if organ == "supervision":
        return post.endswith("监察委员会主任")
    if organ == "court":
        return post.endswith("院长") and not post.endswith("副院长")
    if organ == "procuratorate":
        return post.endswith("检察长") and not post.endswith("副检察长")
    return post.endswith(tuple(f"{body}{office}" for body in ("常务委员会", "常委会") for office in MEMBERS))


def filing_report(meeting: MeetingFacts, whom: str, items: Sequence[ItemFacts]) -> OfficialText:
    """Return the report to one receiver; a draft until all of it has been voted on."""
    final = all(item.passed is not None for item in items)
    subject, salutation, basis, request = _words(meeting, whom, items)
    return OfficialText(
        title=f"{meeting.committee}关于{subject}的备案报告",
        number=numbered_draft(meeting),
        salutation=salutation,
        mark="" if final else INTERNAL,
        blocks=(
            Paragraph(f"{meeting.title}于{full_day(meeting.day)}通过："),
            *grouped(items),
            Paragraph(f"根据{basis}，{request}。"),
            Signature(meeting.committee, full_day(meeting.day)),
        ),
    )


def _words(meeting: MeetingFacts, whom: str, items: Sequence[ItemFacts]) -> tuple[str, str, str, str]:
    """Return subject, receiver, statute and request."""
    several = comrades(items)
    if whom == TO_CONGRESS:
        chief = any(item.organ == "procuratorate" for item in items)
        approval = "；其中检察长的辞职，须报经上一级人民检察院检察长提请该级人民代表大会常务委员会批准" if chief else ""
        return f"接受{several}辞职", meeting.congress, organic_law(meeting.day, 32), f"现报请备案{approval}"
    if whom == TO_UPPER_PROCURATORATE:
        receiver = "上一级人民检察院、上一级人民代表大会常务委员会"
        return f"决定{several}代理检察长职务", receiver, organic_law(meeting.day, 50), "现予报告，请予备案"
    request = "请报上一级人民政府备案"
    return f"决定任免{several}职务", f"{meeting.area}人民政府", organic_law(meeting.day, 50), request
