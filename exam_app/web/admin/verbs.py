"""web.admin.verbs — what each verb of the record is called, and what it is about."""

from collections.abc import Mapping
from typing import Any

from exam_app.base.i18n import gettext as _
from exam_app.people.states import Role
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
    "results.publish": "发布成绩",
    "result.void": "作废成绩",
    "certificate.issue": "颁发证书",
    "certificate.revoke": "撤销证书",
    "meeting.record": "登记会议",
    "bill.register": "登记任免案",
    "item.add": "添加任免事项",
    "item.withdraw": "撤回任免事项",
    "item.announce": "登记表决公布",
    "requirement.decide": "认定是否须考试",
    "exam.register": "报名参加考试",
    "exam.override": "记录主任会议决定",
    "exam.absent": "无故缺考转入任免",
    "exam.passed": "考试合格转入任免",
    "exam.failed": "考试不合格转入任免",
    "exam.voided": "成绩作废转入任免",
}
ABOUT: Mapping[str, str] = {
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
    "bill": "任免案",
    "item": "任免事项",
    "meeting": "会议",
    "law": "法律",
    "file": "文件",
    "audit": "审计记录",
}

DETAILS: Mapping[str, str] = {
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
    "results": "成绩",
    "absence": "缺考",
    "was": "原状态",
}


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
    text = "、".join(str(one) for one in value) if isinstance(value, list) else str(value)
    return text if len(text) <= 120 else f"{text[:120]}…"
