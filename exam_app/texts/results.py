"""texts.results — words for refusals about results."""

WORDS = {
    "no_such_result": "没有找到该成绩。",
    "needs_marker": "第 {slot} 题是主观题，须由阅卷人评分，成绩暂不能生成。",
    "setter_must_not_publish": "命题、组卷或设置本场考试的人不能发布成绩，没有发布。请由另一位有权限的同志发布。",
    "people_still_sitting": "还有 {count} 人正在答题，没有发布。请等全部交卷后再发布。",
    "marking_unfinished": "还有 {count} 份答卷正在评分，没有发布。请稍候几秒再试。",
    "sheets_unread": "还有 {count} 份纸质答卷尚未录入核定，没有发布。请先在“纸质答卷”中完成录入和核对。",
    "sheet_unsettled": "该考生的纸质答卷尚未录入核定，不能评分。请先由两人录入，有不一致的由主监考核定。",
    "nothing_to_publish": "没有待发布的成绩。",
    "voiding_needs_reason": "请写明作废原因（不超过 {most} 个字）。没有改动。",
    "no_such_late_answer": "没有找到该迟到作答。",
    "no_late_answer_chosen": "请先勾选要处理的迟到作答。没有改动。",
    "late_needs_reason": "请写明计入或不计入的理由（不超过 {most} 个字）。没有改动。",
    "late_before_closing": "该考生还在答题，没有改动。请等收卷以后再处理迟到作答。",
    "late_after_publication": "该考生的成绩已经发布，迟到作答不能再处理，没有改动。"
    "确需更正的，请由考务人员或主任作废该成绩，再安排补考。",
    "late_after_voiding": "该考生的成绩已经作废，迟到作答不用再处理，没有改动。需要重新考试的，请安排补考。",
}
