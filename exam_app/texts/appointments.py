"""texts.appointments — words for refusals about bills and items."""

from exam_app.appointments.states import ExamStep, Form, ItemState, Requirement

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
    "nominee_unclear": "已登记有 {count} 位名叫 {name} 的人员。请选择是其中哪一位，或按新人登记。没有添加。",
}

FORMS = {
    Form.DECIDE_APPOINT: "决定任命",
    Form.APPOINT: "任命",
    Form.APPROVE_APPOINT: "批准任命",
    Form.DECIDE_ACTING: "决定代理",
    Form.REMOVE: "免职",
    Form.ACCEPT_RESIGNATION: "接受辞职",
    Form.DISMISS: "撤职",
}

ITEM_STATES = {
    ItemState.SUBMITTED: "办理中",
    ItemState.WITHDRAWN: "已撤回",
    ItemState.ANNOUNCED: "已表决公布",
}

EXAM_STEPS = {
    ExamStep.OPEN: "待考",
    ExamStep.CLEARED: "已通过",
    ExamStep.BLOCKED: "未通过",
    ExamStep.OVERRIDDEN: "主任会议同意",
}

OUTCOMES = {
    Requirement.REQUIRED: "应参加考试",
    Requirement.COMMON_PART_ONLY: "只考公共法律",
    Requirement.SPECIAL_PART_EXEMPT: "免考专业法律部分",
    Requirement.EXEMPT: "免试",
    Requirement.NOT_APPLICABLE: "不适用",
}

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
}

VERBS = {
    "item.add": "登记",
    "item.withdraw": "撤回",
    "item.announce": "表决通过并公布",
    "requirement.decide": "判断是否考试",
    "exam.register": "报名参加考试",
    "exam.passed": "考试合格",
    "exam.failed": "考试不合格",
    "exam.voided": "成绩作废",
    "exam.absent": "无故缺考",
    "exam.override": "主任会议决定",
}
