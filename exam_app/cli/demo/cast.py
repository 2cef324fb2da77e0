"""cli.demo.cast — who plays in the demo: all names, places and numbers are invented."""

from dataclasses import dataclass

from exam_app.appointments.states import Form
from exam_app.people.states import Role
from question_bank.kinds import OrganType

PASSWORD = "Qinglan-2026"  # noqa: S105 - printed for everyone; the demo listens on this machine only
CITY, COUNTIES = "青岚市人民代表大会常务委员会", ("白鹭县人民代表大会常务委员会", "石桥县人民代表大会常务委员会")
CLERK, EXAMINER, AUTHOR, REVIEWER = "banshi", "kaowu", "mingti", "shenti"
STAFF: tuple[tuple[str, str, str, tuple[Role, ...]], ...] = (
    (CLERK, "林晓云", "人选工委办事员", (Role.OFFICER, Role.EXAMINER, Role.INVIGILATOR)),
    (AUTHOR, "周文澜", "命题人", (Role.AUTHOR,)),
    (REVIEWER, "何敏之", "审题人", (Role.REVIEWER,)),
    (EXAMINER, "郑凯歌", "考务负责人（发布成绩）", (Role.EXAMINER, Role.OFFICER)),
    ("jiankao", "罗成舟", "监考员", (Role.INVIGILATOR,)),
    ("zhujian", "韩致远", "主监考", (Role.CHIEF_INVIGILATOR, Role.INVIGILATOR)),
    ("yuejuan", "谢琳溪", "阅卷人", (Role.MARKER,)),
    ("zhuren", "高远山", "常委会副主任", (Role.DIRECTOR,)),
    ("xitong", "陶建业", "系统管理员", (Role.SYSTEM_ADMINISTRATOR,)),
    ("anquan", "沈若谷", "安全管理员", (Role.SECURITY_ADMINISTRATOR,)),
    ("shenji", "白守拙", "审计管理员", (Role.AUDIT_ADMINISTRATOR,)),
)
COUNTY_STAFF: tuple[tuple[str, str, str, tuple[Role, ...]], ...] = (
    ("clerk", "办事员", "县人选工委办事员", (Role.OFFICER, Role.EXAMINER, Role.INVIGILATOR, Role.AUTHOR)),
    ("deputy", "副主任", "县人大常委会副主任", (Role.DIRECTOR, Role.REVIEWER, Role.CHIEF_INVIGILATOR)),
)


@dataclass(frozen=True)
class Nominee:
    """Someone nominated; `ability` is the share of questions they answer right, None: they do not come."""

    name: str
    unit: str
    post: str
    organ: OrganType
    form: Form
    ability: float | None = 0.8
    nominated_post: str = ""


G, C, S, F, P = (
    OrganType.GOVERNMENT,
    OrganType.CONGRESS,
    OrganType.SUPERVISION,
    OrganType.COURT,
    OrganType.PROCURATORATE,
)
SUBMITTERS = {
    G: ("青岚市人民政府", "青政"),
    C: ("青岚市人大常委会主任会议", "青人常主"),
    S: ("青岚市监察委员会", "青监"),
    F: ("青岚市中级人民法院", "青法"),
    P: ("青岚市人民检察院", "青检"),
}
"""Who submits the bills of each organ, and how the numbers of its documents begin."""
LAST_BILL = (
    Nominee("方启明", "青岚市财政局", "副局长", G, Form.DECIDE_APPOINT, 0.92, "市财政局局长"),
    Nominee("江岚", "青岚市教育局", "副局长", G, Form.DECIDE_APPOINT, 0.84, "市教育局局长"),
    Nominee("龚䶮", "青岚市水利局", "总工程师", G, Form.DECIDE_APPOINT, 0.71, "市水利局局长"),
    Nominee("欧阳修远", "青岚市人大常委会办公室", "副主任", C, Form.APPOINT, 0.95, "市人大常委会副秘书长"),
    Nominee("贺兰亭", "青岚市监察委员会", "案件审理室主任", S, Form.APPOINT, 0.88, "市监察委员会委员"),
    Nominee("孟夏", "青岚市中级人民法院", "庭长", F, Form.APPOINT, 0.9, "市中级人民法院副院长"),
    Nominee("阿依古丽·买买提", "青岚市中级人民法院", "法官助理", F, Form.APPOINT, 0.78, "市中级人民法院审判员"),
    Nominee("章堃", "青岚市人民检察院", "部主任", P, Form.APPOINT, 0.86, "市人民检察院检察委员会委员"),
    Nominee("卢㛃", "青岚市人民检察院", "检察官助理", P, Form.APPOINT, 0.45, "市人民检察院检察员"),
    Nominee("宋怀瑾", "青岚市交通运输局", "副局长", G, Form.DECIDE_APPOINT, None, "市交通运输局局长"),
)
REMOVED = (
    Nominee("秦守正", "青岚市财政局", "局长", G, Form.REMOVE, None, "市财政局局长"),
    Nominee("魏思齐", "青岚市教育局", "局长", G, Form.ACCEPT_RESIGNATION, None, "市教育局局长"),
)
OPEN_BILL = (
    Nominee("叶知秋", "青岚市司法局", "副局长", G, Form.DECIDE_APPOINT, None, "市司法局局长"),
    Nominee("傅山河", "青岚市民政局", "副局长", G, Form.DECIDE_APPOINT, None, "市民政局局长"),
    Nominee("温如玉", "青岚市人大常委会研究室", "副主任", C, Form.APPOINT, None, "市人大常委会研究室主任"),
    Nominee("严明礼", "青岚市人大常委会办公室", "处长", C, Form.APPOINT, None, "市人大常委会办公室副主任"),
    Nominee("丁一鸣", "青岚市监察委员会", "第二监督检查室主任", S, Form.APPOINT, None, "市监察委员会副主任"),
    Nominee("康乐平", "青岚市监察委员会", "信访室主任", S, Form.APPOINT, None, "市监察委员会委员"),
    Nominee("尹芳华", "青岚市中级人民法院", "副庭长", F, Form.APPOINT, None, "市中级人民法院庭长"),
    Nominee("邵安然", "青岚市中级人民法院", "法官助理", F, Form.APPOINT, None, "市中级人民法院审判员"),
    Nominee("万里程", "青岚市人民检察院", "副部长", P, Form.APPOINT, None, "市人民检察院副检察长"),
    Nominee("石磊犇", "青岚市人民检察院", "检察官助理", P, Form.APPOINT, None, "市人民检察院检察员"),
)
NEXT_BILL = (
    Nominee("余庆丰", "青岚市农业农村局", "副局长", G, Form.DECIDE_APPOINT, None, "市农业农村局局长"),
    Nominee("常青松", "青岚市应急管理局", "副局长", G, Form.DECIDE_APPOINT, None, "市应急管理局局长"),
    Nominee("夏荷", "青岚市卫生健康委员会", "副主任", G, Form.DECIDE_APPOINT, None, "市卫生健康委员会主任"),
    Nominee("钟鼎文", "青岚市中级人民法院", "法官助理", F, Form.APPOINT, None, "市中级人民法院审判员"),
)
LEAVING = (
    Nominee("甘棠", "青岚市司法局", "局长", G, Form.REMOVE, None, "市司法局局长"),
    Nominee("阮清和", "青岚市民政局", "局长", G, Form.REMOVE, None, "市民政局局长"),
    Nominee("苏长河", "青岚市中级人民法院", "副院长", F, Form.REMOVE, None, "市中级人民法院副院长"),
    Nominee("柏松年", "青岚市应急管理局", "局长", G, Form.ACCEPT_RESIGNATION, None, "市应急管理局局长"),
)
TAKING_OFFICE = frozenset({Form.DECIDE_APPOINT, Form.APPOINT})
MEMBERS = (
    *("程望舒", "高远山", "骆宾鸿", "柳拂衣", "邢北辰", "顾西洲", "安若素", "卓一凡", "冉秋白", "屈平之"),
    *("裴南星", "连城璧", "艾青禾", "池上月", "莫怀远", "盛夏长", "翁语堂", "黎光远", "牧云川", "季无忧"),
    *("焦桐生", "闻喜年", "费明远", "路长安", "苗春生", "樊江楼", "宁致远", "晏海清", "胥子衿", "单云鹤", "古月明"),
)
"""Who sits on the standing committee: the director first, then the deputies and the secretary-general."""
