"""texts.supervision — words for duties to report: states, acts, grades' consequences, and what is refused."""

from exam_app.supervision.rules import Consequence
from exam_app.supervision.states import CountBase, Cycle, DutyAct, DutyMode, DutyState

WORDS = {
    "no_such_duty": "没有找到这项履职报告。",
    "nobody_chosen": "没有勾选任何人，没有改动任何内容。请先勾选再提交。",
    "not_in_office": "{name} 现在不担任{post}，不能列入履职报告计划。请取消勾选后再提交。",
    "duty_twice": "{name} 已列入 {year} 年的履职报告计划，没有重复添加。请取消勾选后再提交。",
    "duty_cannot": "{name} {year} 年的履职报告目前的状态不能进行这一步，没有改动任何内容。请刷新页面查看最新状态。",
    "duty_undated": "{name} {year} 年的履职报告还没有报告日期，不能发通知。请先安排会议或日期。",
    "duty_day_invalid": "报告日期 {day} 不在 {year} 年或次年，没有保存。请核对日期。",
    "duty_day_ahead": "{day} 还没有到，不能登记为已办。请核对日期。",
    "duty_day_before_step": "{name} 的上一步是 {before} 办的，这一步不能早于它，没有登记。请核对日期。",
    "duty_meeting_unfit": "履职报告在常委会会议上作，请选择一次常委会会议。没有保存。",
    "duty_meeting_not_held": "{held_on} 的会议还没有登记出席情况，不能登记口头报告。请先在“会议”中登记出席。",
    "oral_needs_meeting": "{name} 作口头报告，须先安排在哪次常委会会议上。请在“安排”中选择会议。",
    "opinions_missing": "请填写审议意见（不超过 {most} 字）。没有保存。",
    "counts_invalid": "票数有误：收回 {cast} 票，出席 {present} 人，全体组成人员 {total} 人。"
    "各项不能为负，收回的票不能多于出席人数，出席不能多于全体，且至少有一张评定等次的票。没有登记，请核对。",
    "duty_not_assessed": "还没有测评结果，不能要求整改。",
    "rectification_plan_received": "整改方案已于 {day} 收到，没有重复登记。",
    "duty_reason_needed": "请写明原因（不超过 {most} 字）。没有改动任何内容。",
}

STATES = {
    DutyState.PLANNED: "已列入计划",
    DutyState.NOTIFIED: "已通知",
    DutyState.DRAFT_RECEIVED: "已收初稿",
    DutyState.FINAL_RECEIVED: "已收定稿",
    DutyState.REPORTED: "已报告",
    DutyState.ASSESSED: "已测评",
    DutyState.FEEDBACK_SENT: "已反馈",
    DutyState.RECTIFYING: "整改中",
    DutyState.RECTIFIED: "已报整改",
    DutyState.CLOSED: "已办结",
    DutyState.DROPPED: "不再报告",
}

WAITS_FOR = {
    DutyState.PLANNED: "发出通知、收初稿",
    DutyState.NOTIFIED: "收初稿",
    DutyState.DRAFT_RECEIVED: "收定稿",
    DutyState.FINAL_RECEIVED: "作报告",
    DutyState.REPORTED: "测评或反馈意见",
    DutyState.ASSESSED: "反馈意见",
    DutyState.FEEDBACK_SENT: "要求整改或办结",
    DutyState.RECTIFYING: "收整改报告",
    DutyState.RECTIFIED: "再次测评或办结",
    DutyState.CLOSED: "",
    DutyState.DROPPED: "",
}

MODES = {DutyMode.ORAL: "口头报告", DutyMode.WRITTEN: "书面报告"}

BASES = {
    CountBase.ALL_MEMBERS: "全体组成人员",
    CountBase.PRESENT: "出席会议人员",
    CountBase.VALID_BALLOTS: "有效票",
}

CYCLES = {
    Cycle.YEAR: "每年报告",
    Cycle.TERM: "每届报告一次",
    Cycle.FIVE_YEARS: "五年至少一次",
    Cycle.ON_CHOICE: "由主任会议确定",
}

CONSEQUENCES = {
    Consequence.NONE: "无须整改。",
    Consequence.RECTIFY: "应当整改。",
    Consequence.REPORT_AGAIN: "应当整改，并向下一次会议再次报告、再次测评。",
    Consequence.REFER: "再次评定为这一等次，按有关规定处理。",
}

ACTS = {
    DutyAct.SCHEDULE: "调整安排",
    DutyAct.NOTIFY: "发出通知",
    DutyAct.RECEIVE_DRAFT: "收到初稿",
    DutyAct.RECEIVE_FINAL: "收到定稿",
    DutyAct.REPORT: "作报告",
    DutyAct.RECORD_OPINIONS: "登记审议意见",
    DutyAct.ASSESS: "登记测评",
    DutyAct.CORRECT_ASSESSMENT: "更正测评票数",
    DutyAct.SEND_FEEDBACK: "反馈意见",
    DutyAct.REQUIRE_RECTIFICATION: "要求整改",
    DutyAct.RECEIVE_PLAN: "收到整改方案",
    DutyAct.RECEIVE_RECTIFICATION: "收到整改报告",
    DutyAct.REASSESS: "再次测评",
    DutyAct.CLOSE: "办结",
    DutyAct.DROP: "不再报告",
    DutyAct.RESTORE: "重新列入计划",
}

VERBS = {"duty.plan": "列入计划", **{f"duty.{act.value}": label for act, label in ACTS.items()}}
