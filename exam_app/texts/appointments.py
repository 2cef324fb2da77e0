"""texts.appointments — words for refusals about bills and items."""

import re

from exam_app.appointments.rules import EVIDENCE_BREAK
from exam_app.appointments.states import Act, ExamStep, Form, ItemState, Requirement
from exam_app.base.i18n import gettext as _
from exam_app.committees.table_words import OUTCOME_WORDS, rule_name

PASSED_ON = re.compile(r"\d{4}-\d\d-\d\d")

WORDS = {
    "no_such_bill": "没有找到该任免案。",
    "no_such_item": "没有找到该任免事项。",
    "bill_number_taken": "文号“{number}”的任免案已经登记过，没有重复登记。请核对文号。",
    "bill_invalid": "任免案的名称、提请机关、文号都要填写，收文日期不能晚于今天。没有登记，请补充后再提交。",
    "item_twice": "本案中已有 {name} 的同一职务、同一任免方式（{post}），没有重复添加。",
    "post_missing": "请填写 {name} 的拟任免职务（不超过 120 字）。没有添加。",
    "exam_not_needed": "{name} 无需参加考试，或考试已通过，没有报名。请取消勾选后再提交。",
    "item_decided": "{name} 的任免事项已撤回或已表决公布，不能再改动。",
    "result_unpublished": "成绩尚未发布，不能转入任免事项。",
    "exam_stands_in_the_way": "{name} 的法律考试尚未通过，本地规则规定考试通过后方可提请表决，没有登记。"
    "请先完成考试，或由主任会议作出决定。",
    "announced_too_early": "表决日期应在收文日期之后，且不晚于今天，没有登记。请核对日期。",
    "nothing_to_override": "该事项的考试环节没有受阻，不需要主任会议决定。",
    "not_a_directors_meeting": "只有主任会议可以作出这项决定。请选择一次主任会议。",
    "reason_needed": "请写明原因（不超过 300 字）。没有改动任何内容。",
    "item_cannot": "{name}（{post}）目前的状态不能进行这一步，没有改动任何内容。请刷新页面查看最新状态。",
    "nothing_chosen": "没有选择任免事项，没有改动任何内容。请先勾选事项再提交。",
    "nominee_unclear": "已登记有 {count} 位名叫 {name} 的人员。请选择是其中哪一位，或按新人登记。没有添加。",
    "nominator_unknown": "职务表中没有由“{nominator}”提名的职务，没有登记。"
    "请从列出的提名人中选择，或先在“职务表”中补充。",
    "no_such_position": "职务表中没有这一职务。",
    "position_taken": "职务表中该机关已有“{name}”，没有保存。请换一个名称，或直接修改原有的一行。",
    "position_invalid": "职务名称、任命方式、提名人、法律依据都要填写，没有保存。请补充后再提交。",
}

FORMS = {
    Form.DECIDE_APPOINT: "决定任命",
    Form.APPOINT: "任命",
    Form.APPROVE_APPOINT: "批准任命",
    Form.ADOPT: "通过",
    Form.DECIDE_ACTING: "决定代理",
    Form.ELECT_ACTING: "推选代理",
    Form.REMOVE: "免职",
    Form.APPROVE_REMOVE: "批准免职",
    Form.ACCEPT_RESIGNATION: "接受辞职",
    Form.DISMISS: "撤职",
    Form.REVOKE: "撤销任命",
}

ITEM_STATES = {
    ItemState.SUBMITTED: "已提请",
    ItemState.UNDER_REVIEW: "初审中",
    ItemState.RETURNED_FOR_CORRECTION: "退回补正",
    ItemState.EXAM_CLEARED: "初审完毕",
    ItemState.DIRECTOR_MEETING_APPROVED: "主任会议同意提请",
    ItemState.DIRECTOR_MEETING_HELD: "主任会议暂缓",
    ItemState.ON_AGENDA: "列入议程",
    ItemState.REPORTED: "已作报告",
    ItemState.VOTE_DEFERRED: "暂不付表决",
    ItemState.VOTED_PASSED: "表决通过",
    ItemState.VOTED_FAILED: "表决未通过",
    ItemState.WITHDRAWN: "已撤回",
    ItemState.ANNOUNCED: "已公布",
    ItemState.LETTER_ISSUED: "已颁任命书",
    ItemState.SWORN: "已宣誓",
    ItemState.IN_OFFICE: "在任",
    ItemState.ENDED: "已离任",
}

ACTS = {
    Act.BEGIN_REVIEW: "开始初审",
    Act.RETURN: "退回补正",
    Act.RESUBMIT: "补正后重报",
    Act.CLEAR: "初审完毕",
    Act.REOPEN: "重新初审",
    Act.APPROVE: "主任会议同意提请",
    Act.HOLD: "主任会议暂缓",
    Act.PLACE: "列入议程",
    Act.TAKE_OFF: "移出议程",
    Act.REPORT: "作报告",
    Act.DEFER: "暂不付表决",
    Act.CARRY: "表决通过",
    Act.REJECT: "表决未通过",
    Act.CORRECT_TO_CARRIED: "更正为表决通过",
    Act.CORRECT_TO_REJECTED: "更正为表决未通过",
    Act.WITHDRAW: "撤回",
    Act.ANNOUNCE: "公布",
    Act.ISSUE_LETTER: "颁发任命书",
    Act.SWEAR: "宪法宣誓",
    Act.TAKE_OFFICE: "就任",
    Act.END: "离任",
}

EXAM_STEPS = {
    ExamStep.OPEN: "待考",
    ExamStep.CLEARED: "已通过",
    ExamStep.BLOCKED: "未通过",
    ExamStep.OVERRIDDEN: "主任会议同意",
}

OUTCOMES = {outcome: OUTCOME_WORDS[outcome.value] for outcome in Requirement}

RULES = {
    "EVERY_NOMINEE": "本地规则规定拟任命人员须参加任前法律知识考试。",
    "REMOVAL": "免职、辞职、撤职事项不考试。",
    "OUT_OF_SCOPE": "该职务不在本地规则的考试范围内。",
    "ACTING_POST": "本地规则规定代理职务不考试。",
    "APPROVED_APPOINTMENT": "本地规则规定批准任命的职务不考试。",
    "PASSED_THIS_TERM": "{evidence} 已通过考试，按本地规则仍然有效。",
    "CONTINUING_AT_TERM_CHANGE": "换届后继续担任同一职务，按本地规则免试。",
    "LATERAL_MOVE": "平级调动，{evidence} 已通过考试，按本地规则免试。",
    "LEGALLY_QUALIFIED": "具有法律职业资格，按本地规则免考专业法律部分。",
    "TERM_CHANGE": "换届集中任命，按本地规则只考公共法律部分。",
}
"""The rules that every committee knows; a line of a committee's own table is called as the committee wrote it."""

VERBS = {
    "item.add": "登记",
    "item.correct": "更正事项",
    "objection.answer": "说明疑点",
    **{f"item.{act.value}": label for act, label in ACTS.items()},
    "item.correct_vote": "更正表决票数",
    "directors.place": "列入主任会议议程",
    "directors.take_off": "移出主任会议议程",
    "directors.defer": "主任会议提出暂不付表决",
    "directors.consent_to_withdraw": "主任会议同意撤回",
    "requirement.decide": "判断是否考试",
    "exam.register": "报名参加考试",
    "exam.passed": "考试合格",
    "exam.failed": "考试不合格",
    "exam.voided": "成绩作废",
    "exam.absent": "无故缺考",
    "exam.override": "主任会议决定",
    "exam.letter": "函告提请机关",
    "item.set_facts": "登记本人情况",
    "requirement.approve": "批准免试",
}


def reason(rule: str, evidence: str) -> str:
    """Return why a nominee must sit or not: the rule, the day of the exam that was passed, the basis."""
    parts = evidence.split(EVIDENCE_BREAK) if evidence else []
    day = parts.pop(0) if parts and PASSED_ON.fullmatch(parts[0]) else ""
    template = RULES.get(rule)
    if template is None or ("{evidence}" in template) != bool(day):
        words = _(rule_name(rule))
        parts = [_("{day} 已通过考试", day=day), *parts] if day else parts
    else:
        words = _(template, evidence=day).removesuffix("。")
    return f"{words}（{EVIDENCE_BREAK.join(parts)}）。" if parts else f"{words}。"
