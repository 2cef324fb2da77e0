"""texts.meetings — words for meetings and members, and for refusals about them."""

from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind, MeetingState, MemberOffice
from question_bank.numerals import to_chinese

WORDS = {
    "no_such_meeting": "没有找到该会议。",
    "no_such_topic": "没有找到该议题，可能已被移除。请刷新页面查看议程。",
    "no_such_seat": "没有找到该组成人员的任职记录。",
    "meeting_taken": "第{term}届的第{number}次同类会议已经登记过，没有重复登记。请核对次数。",
    "no_term_that_day": "{held_on} 不在任何已登记的届期内，没有登记。请先在“设置”中登记届次。",
    "meeting_invalid": "会议次数应在 1 到 999 之间，日期最多提前一年，地点不超过 80 字，主持人不超过 60 字。"
    "没有保存，请核对后再提交。",
    "meeting_under_way": "会议的出席情况已经登记，日期、地点、主持人不能再改。没有改动任何内容。",
    "meeting_not_open": "会议尚未登记出席情况，或已经结束，没有改动任何内容。请先在会议页面登记出席人数。",
    "meeting_over": "会议已经结束，没有改动任何内容。",
    "meeting_ahead": "会议日期是 {held_on}，尚未到期，不能登记出席情况。请在开会当天登记，或先更改会议日期。",
    "attendance_invalid": "出席人数应在 1 到全体组成人员人数之间，没有保存。请核对后再提交。",
    "no_quorum": "出席 {present} 人，未超过全体组成人员 {total} 人的半数，至少须 {needed} 人出席才能开会"
    "（地方组织法第五十一条）。没有保存。",
    "attendance_fixed": "已有表决按全体组成人员 {total} 人计票，全体人数不能再改。没有改动任何内容。",
    "topic_invalid": "请填写议题（不超过 160 字）。没有保存。",
    "seat_invalid": "任职日期不能晚于今天，卸任日期不能早于任职日期、也不能晚于今天。没有保存，请核对日期。",
    "seat_taken": "{name} 在这一届已有尚未结束的任职，没有重复登记。职务变动时请先登记原职务卸任。",
    "director_taken": "{name} 现任主任，同一时间只能有一位主任，没有登记。请先登记其卸任。",
    "seat_ended": "该任职已于 {ended_on} 结束，没有重复登记。",
}

KINDS = {
    MeetingKind.STANDING_COMMITTEE: "常委会会议",
    MeetingKind.DIRECTORS: "主任会议",
}

STATES = {
    MeetingState.PLANNED: "待召开",
    MeetingState.OPEN: "会议中",
    MeetingState.CLOSED: "已结束",
}

OFFICES = {
    MemberOffice.DIRECTOR: "主任",
    MemberOffice.DEPUTY_DIRECTOR: "副主任",
    MemberOffice.SECRETARY_GENERAL: "秘书长",
    MemberOffice.MEMBER: "委员",
}


def label(meeting: Meeting, term_number: int) -> str:
    """Return what a meeting is called: 第十六届人大常委会第三十二次会议, 第十六届人大常委会第八次主任会议."""
    term, number = to_chinese(term_number), to_chinese(meeting.number)
    what = "主任会议" if meeting.kind is MeetingKind.DIRECTORS else "会议"
    return f"第{term}届人大常委会第{number}次{what}"
