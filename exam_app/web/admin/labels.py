"""web.admin.labels — what roles, levels and outcomes of signing in are called."""

from collections.abc import Mapping

from exam_app.committees.states import Level
from exam_app.people.states import Role, SignIn

ROLES: Mapping[Role, tuple[str, str]] = {
    Role.AUTHOR: ("命题人", "编写试题、提交审核"),
    Role.REVIEWER: ("审题人", "审核他人编写的试题"),
    Role.EXAMINER: ("考务", "组卷、设置考试、发布成绩"),
    Role.INVIGILATOR: ("监考员", "放行开考、加时、换机、登记缺考"),
    Role.CHIEF_INVIGILATOR: ("主监考", "确认补时、迟到作答、应急文件和纸笔作答"),
    Role.MARKER: ("阅卷人", "评阅主观题，不见姓名"),
    Role.OFFICER: ("人选工作人员", "任免案、名单、证书和文书"),
    Role.DIRECTOR: ("领导", "查看全局，记录主任会议决定"),
    Role.SYSTEM_ADMINISTRATOR: ("系统管理员", "开通账号、重置密码、解锁"),
    Role.SECURITY_ADMINISTRATOR: ("安全管理员", "授予和收回岗位"),
    Role.AUDIT_ADMINISTRATOR: ("审计管理员", "查看审计记录和登录记录"),
}
LEVELS: Mapping[Level, str] = {Level.PROVINCE: "省级", Level.CITY: "市级", Level.COUNTY: "县级"}
OUTCOMES: Mapping[SignIn, tuple[str, str]] = {
    SignIn.ACCEPTED: ("good", "成功"),
    SignIn.WRONG: ("bad", "密码不对"),
    SignIn.LOCKED: ("locked", "已锁定"),
    SignIn.DISABLED: ("disabled", "已停用"),
    SignIn.THROTTLED: ("warn", "过于频繁"),
}
