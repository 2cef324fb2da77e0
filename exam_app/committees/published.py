"""committees.published — local rules that real places have published, as a start for one's own.

Each names only what could be read of it; what it leaves open stays as the committee has it. Pure data.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from exam_app.committees.decision_table import NO, PASSES, YES, Line, line_of
from exam_app.committees.rules import USUAL_STEPS, LocalRules

CHONGQING = "重庆市各级人大常委会人事任免工作条例第十六条"
ZHEJIANG = "浙江省人大常委会任免国家机关工作人员条例第十条"
SHENZHEN = "深圳市人大常委会任免国家机关工作人员条例第十五条"
NINGDE = "宁德市对拟任命人员进行任前宪法法律知识考试暂行办法"
WULONG = "武隆县拟任人员法律知识考试办法（试行）"
QISHAN = "岐山县任前法律知识考试的实施办法"
GAOCHUN = "高淳区组织任命人员任前法律知识考试的实施办法"
SHANGZHOU = "商州区拟任命人员任前法律知识考试的办法"
NEWS = "据公开报道"
THIS_TERM, SAME_ORGAN = PASSES[:2], (PASSES[0], PASSES[2])

SUPERVISION_AND_COURTS = ("supervision", "court", "procuratorate")

REMOVAL = line_of("not_applicable", "REMOVAL", when={"form": ["removal"]})
OUT_OF_SCOPE = line_of("not_applicable", "OUT_OF_SCOPE", when={"in_scope": [NO]})
ACTING = line_of("not_applicable", "ACTING_POST", when={"form": ["acting"]})
APPROVED = line_of("not_applicable", "APPROVED_APPOINTMENT", when={"form": ["approve_appoint"]})
SILENT = (REMOVAL, OUT_OF_SCOPE, ACTING, APPROVED)
"""What is usual where a rule does not speak of these."""


@dataclass(frozen=True)
class Place:
    """Where a rule was published: key, name, year (empty if not known) and title of the rule."""

    key: str
    name: str
    year: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Published:
    """A published rule. `says`: what it orders, in words; `scope`: whose nominees sit, for the table of positions."""

    place: Place
    says: tuple[str, ...]
    scope: str = ""
    table: tuple[Line, ...] = ()
    changes: Mapping[str, Any] = field(default_factory=dict)

    def over(self, rules: LocalRules) -> LocalRules:
        """Return the rules with what this one orders."""
        table = self.table or rules.requirement_table
        return replace(rules, requirement_table=table, **self.changes)


def _every(basis: str) -> Line:
    return line_of("required", "EVERY_NOMINEE", basis)


def _none_of(organs: tuple[str, ...], words: str, basis: str) -> Line:
    return line_of("not_applicable", words, basis, {"organ": organs})


def find(key: str) -> Published | None:
    """Return the published rule of that key."""
    return next((one for one in PUBLISHED if one.place.key == key), None)


HUNDRED = {"full_marks": 100, "pass_mark": 60, "makeups": 1}
"""A hundred marks, sixty pass, one make-up: what every place says that gives numbers."""
DAZU_STEPS = (
    ("directors", "主任会议关"),
    ("exam", "法律考试关"),
    ("submission", "议案提请关"),
    ("report", "表态发言关"),
    *((kind, label) for kind, label in USUAL_STEPS if kind in ("vote", "letter", "oath", "supervision")),
)
"""The four gates of Dazu, and after them what the law orders everywhere."""

PUBLISHED: tuple[Published, ...] = (
    Published(
        place=Place("chongqing", "重庆市", "2022", "重庆市各级人民代表大会常务委员会人事任免工作条例"),
        says=(
            "凡提请决定任命、任命的，必须通过法律知识考试，成绩在本届内有效（第十六条）。",
            "考试不及格并经补考仍不及格者，不得提请审议。",
            "连续两次提名未获通过的，届内不得再提名为同一职务的人选（第二十一条）。",
        ),
        table=(
            REMOVAL,
            OUT_OF_SCOPE,
            line_of(
                "not_applicable", "不是决定任命、任命", CHONGQING, {"form": ["approve_appoint", "adopt", "acting"]}
            ),
            line_of("exempt", "PASSED_THIS_TERM", CHONGQING, {"passed": THIS_TERM}),
            _every(CHONGQING),
        ),
        changes={
            "gate": "hard",
            "makeups": 1,
            "second_failure": "block",
            "report_label": "任前表态发言",
            "combined_votes": "directors_decide",
            "deferral_by": "directors",
            "rejections_bar": 2,
            "rejections_in_a_row": True,
            "renominate_months": 0,
        },
    ),
    Published(
        place=Place("zhejiang", "浙江省", "2018", "浙江省人民代表大会常务委员会任免国家机关工作人员条例"),
        says=(
            "列举的职务进行任前法律知识考试，结果书面报告主任会议（第十条），没有规定及格分数和后果。",
            "暂不交付表决由主任会议提出、常委会会议同意；问题查清后再由主任会议决定是否提交下次会议（第十四条）。",
            "经两次提请未获通过的，本届内不得再提请任命其担任同一职务（第十五条）。",
        ),
        scope="常委会工作委员会主任、办公厅主任、研究室主任；政府秘书长、厅（局）长、委员会（办公室）主任。"
        "副省长、常委会副秘书长、监委、法院、检察院的职务不在其内。",
        table=(
            REMOVAL,
            _none_of(SUPERVISION_AND_COURTS, "监委、法院、检察院人员不考试", ZHEJIANG),
            line_of("not_applicable", "OUT_OF_SCOPE", ZHEJIANG, {"in_scope": [NO]}),
            line_of("not_applicable", "不在条例列举的职务之内", ZHEJIANG, {"form": ["adopt", "acting"]}),
            APPROVED,
            _every(ZHEJIANG),
        ),
        changes={
            "gate": "report_only",
            "report_label": "拟任职发言",
            "deferral_by": "meeting",
            "after_deferral": "directors",
            "rejections_bar": 2,
            "rejections_in_a_row": False,
            "renominate_months": 0,
        },
    ),
    Published(
        place=Place("shenzhen", "深圳市", "2022", "深圳市人民代表大会常务委员会任免国家机关工作人员条例"),
        says=(
            "提请任命的应当在常委会会议举行前参加并通过宪法和法律考试，成绩书面报告常委会（第十五条）。",
            "已经通过、再次提请任命的可以不再考试；在五类机关之间交流任职的应当重新考试。",
            "未获通过的半年以后可以再次提请；两次未获通过的，本届内不得再被提名为该职务人选（第二十条）。",
        ),
        table=(
            *SILENT,
            line_of("exempt", "已经通过考试，再次提请任命", SHENZHEN, {"passed": SAME_ORGAN}),
            line_of("required", "在五类机关之间交流任职，重新考试", SHENZHEN, {"passed": PASSES}),
            _every(SHENZHEN),
        ),
        changes={
            "exam_title": "宪法和法律考试",
            "gate": "hard",
            "report_label": "拟任职发言",
            "deferral_by": "directors",
            "rejections_bar": 2,
            "rejections_in_a_row": False,
            "renominate_months": 6,
        },
    ),
    Published(
        place=Place("shitai", "安徽省石台县", "2013", "石台县人大常委会拟任命人员法律知识考试办法"),
        says=(
            "笔试，一般闭卷；主任会议可以决定开卷。",
            "百分制：60 分以下不合格，60 至 79 分合格，80 至 89 分良好，90 分以上优秀。",
            "提前 3 天公布考试范围；试卷由主任会议审定。",
        ),
        changes={
            "book_mode": "closed",
            "full_marks": 100,
            "pass_mark": 60,
            "bands": (("优秀", 90), ("良好", 80), ("合格", 60)),
            "notice_days": 3,
        },
    ),
    Published(
        place=Place("gaochun", "南京市高淳区", "2015", GAOCHUN),
        says=("此前已通过考试、在同类机关内调整职务的免考。", "换届时继续担任原职务的免考。"),
        scope="常委会工作机构；局长；法院副院长至审判员；检察院人员。",
        table=(
            *SILENT,
            line_of("exempt", "CONTINUING_AT_TERM_CHANGE", GAOCHUN, {"continues_in_post": [YES]}),
            line_of("exempt", "已通过考试，在同类机关内调整", GAOCHUN, {"passed": SAME_ORGAN}),
            _every(GAOCHUN),
        ),
    ),
    Published(
        place=Place("shangzhou", "陕西省商洛市商州区", "2012", SHANGZHOU),
        says=(
            "政府和“两院”拟任命人员参加，常委会机关人员不考。",
            "开卷笔试，百分制，60 分及格；不及格的在考试后三日内补考一次。",
            "及格的方可提请任命，成绩在常委会会议上宣布。",
        ),
        scope="政府、法院、检察院；常委会机关人员不考。",
        table=(
            *SILENT,
            _none_of(("congress",), "常委会机关人员不考试", SHANGZHOU),
            _every(SHANGZHOU),
        ),
        changes={"book_mode": "open", **HUNDRED, "gate": "hard", "second_failure": "block"},
    ),
    Published(
        place=Place("ningde", "福建省宁德市", "2015", NINGDE),
        says=("考试分共同科目和按机关划分的专门科目。", "平职调整且已通过考试的免考。"),
        table=(
            *SILENT,
            line_of("exempt", "LATERAL_MOVE", NINGDE, {"lateral_move": [YES], "passed": PASSES}),
            _every(NINGDE),
        ),
        changes={"exam_title": "任前宪法法律知识考试"},
    ),
    Published(
        place=Place("wulong", "重庆市武隆县", "2016", WULONG),
        says=(
            "代理县长、代理院长、代理检察长也须考试，人民陪审员、街道工委在范围之内。",
            "本届内已通过考试、由本届常委会再次任命的免考。",
            "只考宪法；A、B 卷，抽签决定。",
        ),
        table=(
            REMOVAL,
            OUT_OF_SCOPE,
            APPROVED,
            line_of("exempt", "PASSED_THIS_TERM", WULONG, {"passed": THIS_TERM}),
            _every(WULONG),
        ),
    ),
    Published(
        place=Place("qishan", "陕西省岐山县", "2017", QISHAN),
        says=(
            "开卷笔试，集中进行；不合格的补考一次，仍不合格的暂缓提请任命。",
            "持有首任法官、检察官考试合格证书的，只免专业部分。",
            "换届集中任命时，可以只考公共部分。",
        ),
        table=(
            *SILENT,
            line_of("common_part_only", "TERM_CHANGE", QISHAN, {"term_change": [YES]}),
            line_of("special_part_exempt", "LEGALLY_QUALIFIED", QISHAN, {"legally_qualified": [YES]}),
            _every(QISHAN),
        ),
        changes={"book_mode": "open", "makeups": 1, "gate": "hard", "second_failure": "defer"},
    ),
    Published(
        place=Place("lanzhou", "兰州市", "2014", NEWS),
        says=(
            "四类人员参加，县区检察院检察长（批准任命）也在其内；笔试或机试。",
            "百分制，60 分及格；补考仍不及格的，提请机关撤回提名。",
            "无故不参加考试的，不列入会议议程。",
        ),
        table=(REMOVAL, OUT_OF_SCOPE, ACTING, _every(f"兰州市“任前必考”，{NEWS}")),
        changes={**HUNDRED, "gate": "hard", "second_failure": "withdraw"},
    ),
    Published(
        place=Place("kaijiang", "四川省开江县", "2022", NEWS),
        says=("2022 年起闭卷，从题库当场抽题；提前半个月通知。", "不合格的待下次补考合格后再任命。"),
        changes={"book_mode": "closed", "notice_days": 15, "makeups": 1, "gate": "hard", "second_failure": "defer"},
    ),
    Published(
        place=Place("xianan", "湖北省咸宁市咸安区", "", NEWS),
        says=("笔试 90 分钟，百分制，60 分及格。", "补考一次，仍不及格的由提请单位撤回提名。"),
        changes={"duration_minutes": 90, **HUNDRED, "gate": "hard", "second_failure": "withdraw"},
    ),
    Published(
        place=Place("langao", "陕西省岚皋县", "2024", NEWS),
        says=("笔试 120 分钟，百分制，60 分及格，补考一次。", "成绩在一定范围内公布。"),
        changes={**HUNDRED, "duration_minutes": 120},
    ),
    Published(
        place=Place("yaan", "四川省雅安市", "2007", NEWS),
        says=("补考一次，仍不合格的，常委会建议提名机关撤回提名。",),
        scope="政府提名的部分人员。",
        changes={"makeups": 1, "gate": "hard", "second_failure": "withdraw"},
    ),
    Published(
        place=Place("dazu", "重庆市大足区", "2020", NEWS),
        says=(
            "任前须过“四关”：主任会议关、法律考试关、议案提请关、表态发言关。",
            "考试合格方可提请；成绩单作为会议文件印发。任后每年书面报告履职情况，任期内口头报告一次。",
        ),
        changes={"gate": "hard", "steps": DAZU_STEPS, "report_label": "表态发言", "report_every": "year"},
    ),
    Published(
        place=Place("hanyin", "陕西省汉阴县", "2019", NEWS),
        says=("凡提必考，不合格的暂缓任用。",),
        changes={"gate": "hard", "second_failure": "defer"},
    ),
    Published(
        place=Place("zhangping", "福建省漳平市", "2013", NEWS),
        says=("对常委会机关拟任人员进行法律知识测试，通过是交付表决的前提。",),
        scope="常委会机关人员。",
        table=(
            *SILENT,
            _none_of(("government", *SUPERVISION_AND_COURTS), "只对常委会机关拟任人员测试", f"漳平市，{NEWS}"),
            _every(f"漳平市，{NEWS}"),
        ),
        changes={"exam_title": "任前法律知识测试", "gate": "hard"},
    ),
)
