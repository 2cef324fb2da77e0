"""texts.sittings — words for refusals around a sitting, as the candidate or the invigilator reads them."""

WORDS = {
    "no_such_sitting": "没有找到这次作答。请返回首页重新进入，或举手告知监考人员。",
    "no_paper_for_organ": "本场考试还没有为您所属机关配置试卷。请举手告知监考人员。",
    "exam_cancelled": "本场考试已取消，不能作答。请向监考人员询问。",
    "not_released": "考试尚未开始，请在座位上等待监考人员放行。",
    "too_early_to_start": "考试 {opens_at:%H:%M} 开始，请在座位上等待。",
    "too_late_to_start": "已超过允许开始作答的时间。请举手告知监考人员。",
    "marked_absent": "您已被登记为缺考，不能开始作答。如有误，请举手告知监考人员。",
    "sitting_closed": "本次作答已经结束，不能再继续或修改。已保存的答案都在。",
    "sitting_on_paper": "本场考试已改用纸笔，请在发给您的纸质答卷上作答，已保存的答案都印在上面。"
    "如有疑问，请举手告知监考人员。",
    "device_replaced": "本场考试已在另一台电脑或另一个窗口继续，这里不能再作答。",
    "revision_taken": "这个序号已被另一次作答使用，请换下一个序号再发送。",
    "too_early": "按本场考试规定，还需 {minutes} 分钟才可以交卷。",
    "answer_invalid": "第 {slot} 题的答案无法识别，没有保存。请重新选择。",
    "has_begun": "该考生已经开始作答，不能登记缺考。没有改动。",
}
