"""texts.meetings — words for refusals about meetings."""

from exam_app.meetings.states import MeetingKind

WORDS = {
    "no_such_meeting": "没有找到该会议。",
    "meeting_taken": "第{term}届的第{number}次同类会议已经登记过，没有重复登记。请核对次数。",
    "no_term_that_day": "{held_on} 不在任何已登记的届期内，会议没有登记。请先在“设置”中登记届次。",
    "meeting_invalid": "会议次数应从 1 起，日期不能晚于今天，没有登记。请核对后再提交。",
}

KINDS = {
    MeetingKind.STANDING_COMMITTEE: "常委会会议",
    MeetingKind.DIRECTORS: "主任会议",
}
