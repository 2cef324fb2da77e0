"""texts.incidents — words for refusals around outages and emergency files."""

from exam_app.incidents.states import FileOutcome

WORDS = {
    "no_seat_chosen": "没有选择座位，没有补时。请勾选要补时的座位后再提交。",
    "no_such_emergency_file": "没有找到这份待核对的应急文件。可能已经处理过，请回到应急文件页面查看记录。",
    "emergency_reason_missing": "请填写载入原因，最多 {most} 个字。没有载入。",
    "emergency_conflicts_not_reviewed": "有 {count} 题两边答案不同，请逐题核对并勾选“已核对”后再载入。没有载入。",
    "emergency_nothing_to_take": "没有选用文件中的任何答案，不需要载入。没有改动。",
    "emergency_answers_moved_on": "核对期间服务器又收到了该考生的作答，请按最新情况重新核对。没有载入。",
    "emergency_sitting_voided": "该考生的本场作答已经作废，不能再载入答案。没有改动。",
}
FILE_OUTCOMES = {
    FileOutcome.LOADED: "已载入",
    FileOutcome.FOREIGN: "拒收：不属于本场考试",
    FileOutcome.ALTERED: "拒收：不完整或被改动",
    FileOutcome.REPLAYED: "拒收：重复载入",
}
FILE_REFUSALS = {
    FileOutcome.FOREIGN: "这份文件不是本场考试的考生电脑生成的，没有载入任何答案，已记录在案。"
    "请核对是否拿错文件，或到对应的考试中载入。",
    FileOutcome.ALTERED: "这份文件不完整，或者生成以后被改动过，没有载入任何答案，已记录在案。"
    "请回到考生电脑重新保存应急文件，不要打开、编辑或改存后再上传。",
    FileOutcome.REPLAYED: "这份文件已经载入过，不能重复载入，没有改动任何答案，已记录在案。",
}
