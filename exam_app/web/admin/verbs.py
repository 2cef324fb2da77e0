"""web.admin.verbs — what each verb of the record is called, and what it is about."""

from collections.abc import Mapping
from typing import Any

from exam_app.base.i18n import gettext as _
from exam_app.people.states import Role
from exam_app.texts.appointments import ACTS
from exam_app.texts.proceedings import METHODS, ORGANIZERS, REPORT_MODES
from exam_app.texts.supervision import VERBS as DUTY_VERBS
from exam_app.web.admin.labels import ROLES

VERBS: Mapping[str, str] = {
    "account.open": "开通账号",
    "account.sign_in": "登录",
    "account.lock": "连续输错密码，锁定账号",
    "account.unlock": "解锁账号",
    "account.change_password": "修改密码",
    "account.reset_password": "重置密码",
    "account.disable": "停用账号",
    "account.enable": "启用账号",
    "role.grant": "授予岗位",
    "role.revoke": "收回岗位",
    "committee.found": "建立常委会",
    "term.open": "登记届次",
    "rules.record": "登记本地规则",
    "yearbook.enter": "手工填报年度统计",
    "yearbook.drop": "删除手工填报的年度统计",
    "audit.verify": "核对审计链",
    "audit.export": "导出审计记录",
    "person.register": "登记人员",
    "law.adopt_register": "载入法律目录",
    "law.import": "导入法律文本",
    "bank.adopt": "载入题库",
    "bank.import": "导入试题",
    "bank.import_undo": "撤销导入试题",
    "bank.export": "导出试题",
    "question.draft": "起草试题",
    "question.edit": "修改试题草稿",
    "question.submit": "提交试题审核",
    "question.approve": "审核通过试题",
    "question.send_back": "退回试题",
    "question.revise": "修订试题",
    "question.retire": "停用试题",
    "blueprint.save": "保存组卷方案",
    "blueprint.make_ready": "启用组卷方案",
    "blueprint.retire": "停用组卷方案",
    "exam.create": "设置考试",
    "exam.revise": "修改考试",
    "exam.set_blueprint": "选定组卷方案",
    "exam.announce": "发布考试",
    "exam.cancel": "取消考试",
    "exam.release": "放行开考",
    "roster.add": "加入考生名单",
    "roster.remove": "移出考生名单",
    "roster.set_organ": "改定试卷类别",
    "roster.print_slips": "打印准考证",
    "seat.check_in": "签到",
    "seat.replace_code": "更换考试码",
    "seat.unlock": "解锁考试码",
    "seat.extra_time": "延长作答时间",
    "seat.absence": "登记缺考",
    "sitting.start": "开始答题",
    "sitting.close": "交卷",
    "paper.put": "改用纸笔作答",
    "paper.back": "回到电脑作答",
    "paper.print": "打印纸质答卷",
    "paper.collect": "收回纸质答卷",
    "paper.read": "录入纸质答卷",
    "paper.settle": "核定纸质答卷",
    "results.publish": "发布成绩",
    "result.void": "作废成绩",
    "certificate.issue": "颁发证书",
    "certificate.revoke": "撤销证书",
    "document.issue": "印发文件",
    "document.withdraw": "作废文件",
    "document.archive": "生成会议归档包",
    "meeting.record": "登记会议",
    "meeting.change": "更改会议",
    "meeting.attendance": "登记会议出席情况",
    "meeting.close": "登记会议结束",
    "meeting.add_topic": "增加会议议题",
    "meeting.move_topic": "调整会议议题顺序",
    "meeting.drop_topic": "移除会议议题",
    "meeting.reorder": "调整任免事项顺序",
    "member.seat": "登记组成人员任职",
    "member.end": "登记组成人员卸任",
    "bill.register": "登记任免案",
    "bill.correct": "更正任免案提名人",
    "item.add": "添加任免事项",
    "items.import": "导入任免名单",
    "item.correct": "更正任免事项",
    "objection.answer": "说明任免疑点",
    "person.renew": "更新人员单位职务",
    "position.save": "保存职务表",
    "position.complete": "补齐常用职务",
    "paper.receive": "登记收到材料",
    "paper.waive": "登记免交材料",
    "paper.take_back": "取消材料登记",
    "paper.hand_in": "上传材料",
    **{f"item.{act.value}": f"任免事项：{label}" for act, label in ACTS.items()},
    "item.correct_vote": "任免事项：更正表决票数",
    "directors.place": "列入主任会议议程",
    "directors.take_off": "移出主任会议议程",
    "directors.defer": "主任会议提出暂不付表决",
    "directors.consent_to_withdraw": "主任会议同意撤回",
    "vote.record": "登记表决结果",
    "vote.correct": "更正表决结果",
    "requirement.decide": "认定是否须考试",
    "exam.register": "报名参加考试",
    "requirement.approve": "批准免试",
    "item.set_facts": "登记拟任人员情况",
    "exam.override": "记录主任会议决定",
    "exam.letter": "考试不合格，函告提请机关",
    "exam.absent": "无故缺考转入任免",
    "exam.passed": "考试合格转入任免",
    "exam.failed": "考试不合格转入任免",
    "exam.voided": "成绩作废转入任免",
    **{verb: f"履职报告：{label}" for verb, label in DUTY_VERBS.items()},
}
ABOUT: Mapping[str, str] = {
    "hand_figure": "手工填报项",
    "account": "账号",
    "committee": "常委会",
    "person": "人员",
    "exam": "考试",
    "entry": "考生",
    "sitting": "答卷",
    "result": "成绩",
    "question": "试题",
    "version": "试题版本",
    "blueprint": "组卷方案",
    "certificate": "证书",
    "document": "公文",
    "bill": "任免案",
    "item": "任免事项",
    "position": "职务",
    "meeting": "会议",
    "duty": "履职报告",
    "law": "法律",
    "file": "文件",
    "audit": "审计记录",
}

DETAILS: Mapping[str, str] = {
    "label": "名称",
    "value": "数值",
    "sentence": "文字表述",
    "earlier": "原内容",
    "kind": "种类",
    "title": "题名",
    "digest": "校验码",
    "replaces": "替换的文件",
    "archive": "归档包",
    "address": "地址",
    "username": "用户名",
    "role": "岗位",
    "number": "届次",
    "valid_from": "施行日期",
    "basis": "依据",
    "entries": "条数",
    "faults": "问题数",
    "words": "搜索词",
    "reason": "原因",
    "minutes": "分钟",
    "count": "份数",
    "people": "人员",
    "organ": "机关",
    "blueprint": "组卷方案",
    "name": "名称",
    "entry": "考生",
    "exam": "考试",
    "meeting": "会议",
    "voted_on": "表决日期",
    "vote": "表决",
    "corrects": "更正的表决",
    "items": "任免事项",
    "method": "表决方式",
    "yes": "赞成",
    "no": "反对",
    "abstain": "弃权",
    "not_pressed": "未按",
    "present": "出席",
    "total": "全体组成人员",
    "mode": "报告方式",
    "issued_on": "颁发日期",
    "sworn_on": "宣誓日期",
    "organizer": "宣誓组织",
    "edition": "誓词版本",
    "ended_on": "离任日期",
    "because": "离任原因",
    "removal": "免职事项",
    "results": "成绩",
    "absence": "缺考",
    "was": "原状态",
    "before": "原来",
    "after": "现在",
    "papers": "材料",
    "notice": "补正通知",
    "objection": "疑点",
    "day": "日期",
    "year": "年度",
    "round": "测评次数",
    "outcome": "评定结果",
    "counts": "票数",
    "due_on": "期限",
    "reports_on": "报告日期",
    "saved": "已存答案数",
    "reading": "第几遍录入",
    "answered": "作答题数",
    "differences": "不一致的题",
    "sittings": "答卷",
}
WORDED: Mapping[str, Mapping[Any, str]] = {"method": METHODS, "mode": REPORT_MODES, "organizer": ORGANIZERS}


def verb_words(verb: str) -> str:
    """Return what a verb is called; a verb without words as it is."""
    return _(VERBS[verb]) if verb in VERBS else verb


def about_words(about: str) -> str:
    """Return “考试 12” for exam:12."""
    kind, _colon, number = about.partition(":")
    return f"{_(ABOUT[kind])} {number}".strip() if kind in ABOUT else about


def details_words(details: Mapping[str, Any]) -> str:
    """Return the details as one line, with the names that are known in words."""
    return "；".join(f"{_(DETAILS.get(name, name))}：{_flat(name, value)}" for name, value in details.items())


def verbs_with(words: str) -> list[str]:
    """Return the verbs whose words contain these."""
    return [verb for verb, label in VERBS.items() if words in label]


def _flat(name: str, value: Any) -> str:
    if name == "role" and value in list(Role):
        return _(ROLES[Role(value)][0])
    value = WORDED.get(name, {}).get(value, value) if isinstance(value, str) else value
    text = "、".join(str(one) for one in value) if isinstance(value, list) else str(value)
    return text if len(text) <= 120 else f"{text[:120]}…"
