"""texts.submissions — words for papers, correction notices, and what speaks against an item."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from exam_app.appointments.states import Form
from exam_app.base.i18n import gettext as _
from exam_app.submissions.states import AttachmentKind, Objection
from exam_app.texts.appointments import FORMS
from question_bank.kinds import ORGAN_LABELS, OrganType

WORDS = {
    "no_such_attachment": "没有找到该材料。",
    "paper_of_nothing": "所选材料不属于这一任免案或任免事项，没有登记。请刷新页面后重新勾选。",
    "paper_day_wrong": "收到日期不能晚于今天，没有登记。请核对日期。",
    "file_not_taken": "“{name}”没有保存：只收 PDF、Word（.docx）和 JPG 文件，每个不超过 {most} MB。"
    "请转换格式后再上传。",
    "no_such_notice": "没有找到该补正通知。",
    "notice_invalid": "补正通知要写明需要补正的内容（不超过 1000 字），选择至少一项任免事项，期限不早于今天。"
    "没有发出，请补充后再提交。",
    "notice_answered": "第 {number} 号补正通知已经登记过答复，没有重复登记。",
    "objection_gone": "{name} 的这一疑点已不存在，没有登记。请刷新页面查看最新情况。",
    "answer_missing": "请写明理由（不超过 300 字）。没有登记。",
    "item_voted_on": "{name}（{post}）已经表决或撤回，不能再更正。请另行提请。",
    "nothing_corrected": "填写的内容与原来相同，没有更正。",
}

KINDS = {
    AttachmentKind.BILL: "提请任免议案",
    AttachmentKind.APPROVAL_FORM: "干部任免审批表（任免呈报表）",
    AttachmentKind.RESUME: "简历",
    AttachmentKind.VETTING_MATERIAL: "考察材料",
    AttachmentKind.REASONS: "免职（撤职）理由",
    AttachmentKind.PUBLICITY: "任前公示情况",
    AttachmentKind.NEW_BODY_APPROVAL: "批准设立机构的文件",
    AttachmentKind.RESIGNATION: "辞职请求",
    AttachmentKind.OTHER: "其他材料",
}

OBJECTIONS = {
    Objection.WRONG_NOMINATOR: (
        "提名人不符",
        "“{position}”应由{nominator}提名，本案登记的提名人是{given}。依据：{basis}。",
    ),
    Objection.WRONG_FORM: ("任免方式不符", "“{position}”按职务表应为{forms}。依据：{basis}。"),
    Objection.SITTING_MEMBER: (
        "现任常委会组成人员",
        "常委会组成人员不得担任行政、监察、审判和检察机关的职务；担任的，须先向常委会辞去常委会职务。"
        "依据：地方组织法第四十七条。",
    ),
    Objection.REJECTED_TWICE: (
        "多次未获通过",
        "本届内提请同一职务已有 {count} 次未获通过。依据：本地人事任免规定（见“本地规则”）。",
    ),
    Objection.REJECTED_LATELY: (
        "间隔不足",
        "{day}提请同一职务未获通过，须满 {months} 个月（{again}起）方可再次提请。依据：本地人事任免规定。",
    ),
    Objection.NOT_IN_POST: ("不在该职务上", "系统有“{post}”的任职记录，其中没有本人在任的记录。请核对职务名称和人员。"),
    Objection.POST_TAKEN: ("职务已有人担任", "{holders} 现任“{post}”，没有正在办理的免职事项。请核对是否漏报免职。"),
    Objection.DEPUTY_FIRST: (
        "须先任副职",
        "代理人选应从副职领导人员中产生；没有查到本人担任或者拟任该机关副职。"
        "依据：地方组织法第五十条第一款第十三项、第五十五条。",
    ),
    Objection.UNKNOWN_POSITION: ("职务类别未定", "“{post}”没有对应职务表中的职务，不能核对提名人和任免方式。"),
}
"""Title and sentence of each objection."""


def objection_words(objection: Objection, facts: Mapping[str, Any]) -> tuple[str, str]:
    """Return title and sentence of an objection, with its facts set in."""
    title, sentence = OBJECTIONS[objection]
    return _(title), _(sentence, **said(facts))


def said(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return facts as sentences name them: forms and organs by their words, days in full."""
    return {name: _said(value) for name, value in facts.items()}


def _said(value: Any) -> str:
    match value:
        case Form():
            return _(FORMS[value])
        case OrganType():
            return _(ORGAN_LABELS[value])
        case date():
            return f"{value.year}年{value.month}月{value.day}日"
        case tuple():
            return _("或者").join(_said(one) for one in value)
        case _:
            return str(value)
