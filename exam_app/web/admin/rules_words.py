"""web.admin.rules_words — what every local rule is called, in which group it stands, and what real places do."""

from collections.abc import Callable, Mapping
from typing import Any

from exam_app.base.i18n import gettext as _
from exam_app.texts.appointments import FORMS
from exam_app.texts.requirements import CONSEQUENCES

CHOICES: Mapping[str, Mapping[str, str]] = {
    "book_mode": {"closed": "闭卷", "open": "开卷"},
    "multiple_choice": {"all_or_nothing": "全部选对才得分", "half_if_incomplete": "少选且无错选得一半"},
    "gate": {
        "hard": "未通过不得提请表决，主任会议可另作决定",
        "advise": "未通过只提醒，仍可提请表决",
        "report_only": "只报告结果，不影响表决",
    },
    "second_failure": CONSEQUENCES,
    "disclosure": {"score": "本人可看分数", "passed_only": "本人只看是否合格"},
    "report_when": {"before_vote": "表决之前", "after_letter": "颁发任命书之后"},
    "vote_method": {"panel": "电子表决器", "ballot": "无记名投票", "hands": "举手"},
    "combined_votes": {
        "never": "一律逐人表决",
        "unless_objected": "无人异议时可以合并表决",
        "directors_decide": "经主任会议决定可以合并表决",
    },
    "deferral_by": {"directors": "主任会议决定", "meeting": "主任会议提出，常委会会议同意"},
    "after_deferral": {"agenda": "可直接列入下次会议议程", "directors": "由主任会议再次决定是否提请"},
    "report_every": {"year": "每年一次", "term": "每届任期内一次"},
    "assessment_base": {"all_members": "全体组成人员", "present": "出席人数", "valid_ballots": "有效票"},
}
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("考试", ("exam_title", "book_mode", "duration_minutes", "full_marks", "pass_mark", "bands", "multiple_choice")),
    (
        "时间与考场",
        ("notice_days", "check_in_minutes", "late_entry_minutes", "early_hand_in_minutes", "grace_seconds", "makeups"),
    ),
    ("结果的效力", ("gate", "second_failure", "disclosure", "valid_within_term", "valid_within_organ")),
    (
        "免考与范围",
        (
            "exempt_passed",
            "exempt_continuing",
            "exempt_lateral_move",
            "qualified_skip_special_part",
            "examine_acting_posts",
            "examine_approved_appointments",
        ),
    ),
    ("考试要求", ("requirement_table",)),
    ("任免程序", ("report_label", "report_when", "steps")),
    (
        "表决",
        (
            "vote_method",
            "combined_votes",
            "deferral_by",
            "after_deferral",
            "rejections_bar",
            "rejections_in_a_row",
            "renominate_months",
        ),
    ),
    ("任命书和宣誓", ("letter_number", "acting_posts_swear")),
    (
        "任后监督",
        (
            "report_every",
            "draft_days",
            "final_days",
            "rectification_months",
            "grades",
            "assessment_base",
            "assessment_lines",
        ),
    ),
    ("年度归类", ("year_groups",)),
)
LABELS: Mapping[str, tuple[str, str, str]] = {
    "exam_title": (
        "考试名称",
        "",
        "各地叫法不一：任前法律知识考试、宪法和法律考试、任前法律知识测试等。印在通知、试卷和证书上。",
    ),
    "book_mode": ("考试方式", "", "多数地方闭卷；有的规定一般闭卷，主任会议可以决定开卷。"),
    "duration_minutes": ("考试时长", "分钟", "常见 90 或 120 分钟。每人从自己开始答题起算。"),
    "full_marks": ("满分", "分", "各地均为 100 分。"),
    "pass_mark": ("及格分数", "分", "多数规定 60 分。"),
    "bands": ("等次", "", "每行一个等次和最低分，从高到低，如“优秀 90”。及格线以下一律为不合格。可留空。"),
    "multiple_choice": ("多选题计分", "", "任何一项错选都不得分。"),
    "notice_days": ("提前通知", "天", "有的地方提前 3 天，有的提前 15 天。少于此数时系统提醒，不阻止。"),
    "check_in_minutes": ("提前入场", "分钟", "开考前多久可以凭考试码进入。"),
    "late_entry_minutes": ("迟到限制", "分钟", "开考多久后不得入场；填 0 表示不限。"),
    "early_hand_in_minutes": ("最早交卷", "分钟", "开考多久后才能交卷；填 0 表示不限。"),
    "grace_seconds": ("网络宽限", "秒", "到时后仍接收在途答案的时间，默认 10 秒。更晚到的答案保留备查，不计分。"),
    "makeups": ("补考次数", "次", "多数地方补考一次，有的要求三日内补考。无故缺考算一次不合格。"),
    "gate": ("考试与表决", "", "有的地方不及格不得提请审议，有的只向主任会议报告。"),
    "second_failure": (
        "补考仍不合格",
        "",
        "重庆：不得提请审议；兰州、咸安：提请机关撤回；岐山、开江：暂缓提请。需要发函的，系统起草函件。",
    ),
    "disclosure": ("成绩公开", "", "对考生本人，以及给提请机关的函件。任何页面都不排名。"),
    "valid_within_term": ("成绩限本届内有效", "", "有的地方规定考试成绩本届内有效。"),
    "valid_within_organ": (
        "成绩限同类机关有效",
        "",
        "有的地方规定在人大、政府、监委、法院、检察院之间转任须重新考试。",
    ),
    "exempt_passed": ("已通过且成绩有效的免考", "", "有的地方规定可以不再参加考试。"),
    "exempt_continuing": ("换届留任原职的免考", "", "有的地方规定换届时继续担任原职务的免考。"),
    "exempt_lateral_move": ("平职调整的免考", "", "有的地方规定平职调整且已通过的免考。"),
    "qualified_skip_special_part": ("具有法律职业资格的免考专业部分", "", "公共法律部分仍须考试。"),
    "examine_acting_posts": ("代理职务须考试", "", "个别地方对代理职务也组织考试。"),
    "examine_approved_appointments": ("批准任命须考试", "", "对须报本级常委会批准任命的职务。"),
    "requirement_table": (
        "怎样判断",
        "",
        "谁须考试，一般按上面的开关和“结果的效力”判断。规定较细的地方用决定表逐行规定；用了决定表，那些开关不再起作用。",
    ),
    "report_label": ("报告的名称", "", "各地叫法：供职报告、拟任职发言、任前表态发言、表态发言等。"),
    "report_when": ("何时报告", "", "多数地方在表决前作供职报告；有的在颁发任命书后作表态发言。"),
    "steps": (
        "任免步骤",
        "",
        "每行一步，按先后顺序，写成“种类：名称”，如“考试：法律考试关”。每个种类至多一步；"
        "种类有：提请、初审、考试、主任会议、报告、表决、任命书、宣誓、监督。",
    ),
    "vote_method": ("通常的表决方式", "", "撤职案一律无记名投票，不受此项影响。"),
    "combined_votes": ("合并表决", "", "各地以逐人表决为原则。有的地方主任会议可以决定合并，有的须无人异议。"),
    "deferral_by": ("暂不付表决", "", "由谁决定。重庆、深圳由主任会议决定；浙江、北京由主任会议提出，常委会会议同意。"),
    "after_deferral": (
        "暂不付表决之后",
        "",
        "浙江规定问题查清后提请机关书面报告，再由主任会议决定是否提交下次会议审议；重庆、深圳没有规定。",
    ),
    "rejections_bar": ("不得再提名的次数", "次", "未获通过几次后，本届内不得再提名为同一职务的人选。各地均为两次。"),
    "rejections_in_a_row": ("须连续未获通过", "", "重庆规定连续两次；浙江、深圳不要求连续。"),
    "renominate_months": ("再提名的间隔", "个月", "未获通过后多久可以再次提名。深圳规定半年以后；没有规定的填 0。"),
    "letter_number": (
        "任命书编号",
        "",
        "必须有 {year}（年份）和 {serial}（当年顺序号），可以有 {short}（常委会简称），"
        "如“{short}任〔{year}〕{serial}号”。",
    ),
    "acting_posts_swear": (
        "代理职务进行宪法宣誓",
        "",
        "全国人大常委会的决定和重庆、上海、北京的办法列举的宣誓人员中没有代理职务，重庆的宣誓在颁发任命书之后进行，"
        "代理职务没有任命书；当地安排代理人选宣誓的，在此选定。",
    ),
    "report_every": ("书面报告履职情况", "", "安徽、深圳的部门负责人每年报告；法官、检察官有的每届一次。"),
    "draft_days": ("报告初稿提前", "天", "会议前多少天交初稿。监督法对专项工作报告规定 20 天。"),
    "final_days": ("报告定稿提前", "天", "会议前多少天交定稿。监督法对专项工作报告规定 10 天。"),
    "rectification_months": ("整改期限", "个月", "有的地方规定不满意的 3 个月内报告整改情况。"),
    "grades": ("测评等次", "", "每行一个，从高到低。多数用满意、基本满意、不满意，有的用优秀、称职等。"),
    "assessment_base": ("测评计票基数", "", "多数以全体组成人员为基数。"),
    "assessment_lines": (
        "测评结果认定",
        "",
        "每行一个等次，从高到低，如“满意：满意 ≥ 1/2”“基本满意：满意+基本满意 > 1/2”。都达不到的为最末一等。"
        "“≥”含本数，“>”不含。",
    ),
    "year_groups": (
        "其余方式归类",
        "",
        "全年数字只分决定任命、任命、免职、接受辞职四类，其余方式在这里归类，每行如“批准任命：任命”。",
    ),
}
STEP_KINDS: Mapping[str, str] = {
    "submission": "提请",
    "review": "初审",
    "exam": "考试",
    "directors": "主任会议",
    "report": "报告",
    "vote": "表决",
    "letter": "任命书",
    "oath": "宣誓",
    "supervision": "监督",
}
FORM_NAMES: Mapping[str, str] = {form.value: words for form, words in FORMS.items()}


def shown(name: str, value: Any) -> str:
    """Return a value of the rules in words."""
    if name in CHOICES:
        return _(CHOICES[name][value])
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name in SAID:
        return SAID[name](value)
    return f"{value} {_(LABELS[name][1])}".strip()


def _said_line(line: tuple[str, int, int, int, bool]) -> str:
    grade, best, over, under, strict = line
    counted = _("最好一档") if best == 1 else _("前 {best} 档合计", best=best)
    return f"{grade}：{counted} {'>' if strict else '≥'} {over}/{under}"


SAID: Mapping[str, Callable[[Any], str]] = {
    "bands": lambda value: "，".join(f"{band} {least}" for band, least in value) or _("不分等次"),
    "requirement_table": lambda value: _("决定表，{count} 行", count=len(value)) if value else _("按开关判断"),
    "steps": lambda value: " → ".join(label for _kind, label in value),
    "letter_number": lambda value: _("如：{example}", example=value.format(short="甲人常", year=2026, serial=1)),
    "grades": "、".join,
    "assessment_lines": lambda value: "；".join(_said_line(line) for line in value),
    "year_groups": lambda value: "，".join(f"{FORM_NAMES[form]}→{FORM_NAMES[group]}" for form, group in value),
}
