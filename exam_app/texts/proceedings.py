"""texts.proceedings — words for refusals about what meetings do with items, and for how votes and oaths are taken."""

from exam_app.proceedings.states import OathForm, OathOrganizer, ReportMode, VoteMethod

WORDS = {
    "not_a_standing_meeting": "报告、表决、公布、颁发任命书和宣誓登记在常委会会议上，没有登记。请选择常委会会议。",
    "meeting_not_held": "该会议还没有登记出席情况，不能登记会上的事项。请先在会议页面登记出席人数。",
    "not_on_agenda": "{name}（{post}）没有列入本次会议议程，没有登记。请先列入议程，或选择另一次会议。",
    "counts_do_not_add_up": "赞成、反对、弃权、未按合计 {counted} 人，与出席 {present} 人不符，没有登记。请核对票数。",
    "combined_not_allowed": "本地规则规定逐人表决，不能合并表决，没有登记。请逐项登记。",
    "voted_alone": "{name}（{post}）应当单独表决，不能与其他事项合并，没有登记。请把该项单独登记。",
    "ballot_needed": "{name}（{post}）是撤职案，应当以无记名投票方式表决，没有登记。请选择“无记名投票”。",
    "removal_first": "“{post}”应当先免职、后任职：{name} 的免职项在前，没有保存。请先表决免职项，或把它排在前面。",
    "no_such_vote": "没有找到该次表决。",
    "vote_corrected": "该次表决已经更正过，没有再次更正。请刷新页面，在最新的记录上更正。",
    "voted_elsewhere": "{name}（{post}）不是在本次会议上表决的，没有登记公布。请到表决的那次会议公布。",
    "already_reported": "{name} 的报告已经登记过，没有重复登记。",
    "no_letter_due": "{name}（{post}）不颁发任命书：代理职务、批准任命和免职事项没有任命书。请取消勾选后再提交。",
    "letter_number_too_long": "任命书编号“{number}”超过 60 字，没有颁发。请到“设置”中缩短任命书编号的格式。",
    "not_an_appointment": "{name}（{post}）不是任职事项，不登记宣誓、就任和离任。请取消勾选后再提交。",
    "oath_elsewhere": "{name}（{post}）是人民陪审员，由所在法院组织就职宣誓，不在这里登记。请取消勾选后再提交。",
    "acting_spared": "{name}（{post}）是代理职务，按本地规则不进行宪法宣誓，没有登记。"
    "当地安排宣誓的，请先修改本地规则。",
    "lead_taker_unclear": "集体宣誓须在宣誓人中选定一名领誓人，单独宣誓没有领誓人，没有登记。请核对后再提交。",
    "day_out_of_order": "{name} 的日期 {day} 不对，没有登记。请填写通过任命的 {earliest} 至今天之间的日期。",
    "ending_unexplained": "请写明离任原因（不超过 200 字）。没有改动任何内容。",
    "opinion_needed": "请填写初审意见（不超过 600 字）。没有改动任何内容。",
    "objections_open": "{name} 的任免事项还有未处理的疑点，不能结束初审，没有改动任何内容。请先改正，或写明理由。",
    "override_apart": "考试未通过仍继续提请，由主任会议单独决定。请到该事项页面登记，没有改动任何内容。",
    "directors_decide_again": "{name}（{post}）上次暂不付表决，按本地规则须由主任会议再次决定是否提请，没有列入。"
    "请先列入主任会议，登记“同意提请”。",
    "decided_too_early": "主任会议（{held_on}）早于 {name} 的任免案收文日期（{received_on}），没有登记。请核对会议。",
    "consent_missing": "{name}（{post}）已由主任会议同意提请，撤回须经主任会议同意，没有撤回。"
    "请选择同意撤回的主任会议。",
    "already_on_agenda": "{name}（{post}）已在本次会议议程上，没有重复列入。请取消勾选后再提交。",
    "agenda_differs": "议程在此期间有变动，顺序没有保存。请刷新页面，按最新的议程重新排列。",
    "items_undecided": "{name} 等 {count} 项还没有表决，会议不能结束。请先登记表决，或暂不付表决、移出议程。",
}

METHODS = {
    VoteMethod.PANEL: "电子表决",
    VoteMethod.BALLOT: "无记名投票",
    VoteMethod.HANDS: "举手表决",
}

REPORT_MODES = {
    ReportMode.ORAL: "口头报告",
    ReportMode.WRITTEN: "书面报告",
}

ORGANIZERS = {
    OathOrganizer.STANDING_COMMITTEE: "常委会组织",
    OathOrganizer.OWN_ORGAN: "所在机关组织",
}

OATH_FORMS = {
    OathForm.INDIVIDUAL: "单独宣誓",
    OathForm.COLLECTIVE: "集体宣誓",
}

NOTES = {
    "not_begun": "尚未开始初审。",
    "returned": "已退回补正，收到补正材料后重新初审。",
    "objections": "有疑点未处理，改正或写明理由后才能结束初审。",
    "exam_first": "考试通过后才能结束初审。",
    "exempt": "按本地规则免试。",
    "not_examined": "不参加考试。",
    "exam_unregistered": "应参加考试，尚未报名。",
    "exam_ahead": "已报名，等待成绩。",
    "exam_failed": "考试未通过。补考通过，或经主任会议决定后，才能继续；也可以建议提请机关撤回。",
    "exam_failed_noted": "考试未通过，已如实记录。",
    "exam_not_sat": "没有参加考试，本地规则不要求通过。",
    "exam_overridden": "主任会议决定继续提请。",
    "held": "主任会议暂缓，须再次提交主任会议。",
    "not_placed": "主任会议已同意提请，等待列入常委会会议议程。",
    "report_if_asked": "如安排报告，请登记；没有安排的可以略过。",
    "no_report_due": "不作报告。",
    "no_report_asked": "没有安排报告。",
    "withdrawn": "已撤回。",
    "rejected": "表决未通过。再次提请须作为新的任免事项，并符合本地规则的期限。",
    "not_announced": "表决已通过，尚未公布。",
    "deferred": "暂不付表决，问题查清后可再次列入议程。",
    "deferred_to_directors": "暂不付表决。问题查清后，由主任会议再次决定是否提请。",
    "no_letter_due": "不颁发任命书。",
    "no_letter_issued": "没有颁发任命书。",
    "no_oath_due": "不进行宪法宣誓。",
    "acting_spared": "代理职务不进行宪法宣誓。",
    "oath_before_court": "由所在法院组织就职宣誓。",
    "oath_if_held": "如组织宣誓，请登记；没有组织的可以直接登记就任。",
    "not_sworn": "没有登记宣誓。",
    "no_office_held": "没有任后监督。",
    "ended": "已离任。",
}

NEXT = {
    "begin_review": "开始初审",
    "await_correction": "等待提请机关补正",
    "answer_objections": "处理疑点",
    "send_to_exam": "报名参加考试",
    "await_exam": "等待考试成绩",
    "settle_exam": "安排补考，或提交主任会议决定",
    "conclude_review": "填写初审意见",
    "directors": "提交主任会议",
    "directors_again": "再次提交主任会议",
    "place": "列入常委会会议议程",
    "place_again": "问题查清后再次列入议程",
    "report_or_vote": "登记报告或表决",
    "vote": "登记表决",
    "announce": "公布",
    "issue_letter": "颁发任命书",
    "swear": "登记宣誓",
    "take_office": "登记就任",
}
