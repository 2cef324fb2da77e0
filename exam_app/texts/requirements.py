"""texts.requirements — words for refusals about exam requirements."""

from exam_app.appointments.rules import AttemptOutcome

WORDS = {
    "evidence_needed": "请写明依据（不超过 {most} 字），如证书名称和编号、任职文件文号。没有改动任何内容。",
    "no_exemption": "{name}（{post}）没有免试，不需要批准。请取消勾选后再提交。",
    "no_such_scope": "没有找到该地规则，或者它没有逐项列明职务。",
    "scope_differs": "职务表在此期间有变动，没有改动任何内容。请核对下面最新的改动后再确认。",
    "attempts_left": "{name} 还有考试机会或已经通过，或者本地规则没有规定发函，没有登记。请刷新页面查看最新状态。",
}

ATTEMPTS = {
    AttemptOutcome.PASSED: "合格",
    AttemptOutcome.FAILED: "不合格",
    AttemptOutcome.ABSENT: "无故缺考",
}

CONSEQUENCES = {
    "block": "不得提请审议",
    "withdraw": "建议提请机关撤回提名（发函）",
    "defer": "暂缓提请，待下次考试合格后再提请（发函）",
}

FACTS = {
    "continues_in_post": "换届后继续担任原职务",
    "lateral_move": "平职调整",
    "legally_qualified": "具有法律职业资格或首任法官、检察官考试合格证书",
}
