"""cli.demo.cast_2018 — who plays in the demo year: one city, eight meetings, 242 items; every name is invented.

The split is that of a real first year of a term: 29 decided appointments, 153 appointments, 57 removals and three
resignations. Only leading posts are in the scope of the exam: 51 items, three of them exempt.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from exam_app.appointments.states import Form
from exam_app.people.states import Role
from question_bank.kinds import OrganType

YEAR, CODE = 2018, "demo"
NAME, SHORT = "云溪市人民代表大会常务委员会", "云溪市"
TERM, TERM_BEGAN = 16, date(2018, 1, 9)
MEMBERS, DIRECTORS = 51, 9
CLERK, PUBLISHER, DEPUTY = "yunxi", "yunxi-kaowu", "yunxi-zhuren"
STAFF = (
    (CLERK, "岑若谷", "人选工委办事员", (Role.OFFICER, Role.EXAMINER, Role.INVIGILATOR, Role.AUTHOR)),
    (PUBLISHER, "裴知微", "考务负责人", (Role.OFFICER, Role.EXAMINER)),
    (DEPUTY, "虞临川", "常委会副主任", (Role.DIRECTOR, Role.REVIEWER)),
)
MEETINGS = (
    date(2018, 1, 19),
    date(2018, 2, 28),
    date(2018, 3, 29),
    date(2018, 4, 26),
    date(2018, 6, 28),
    date(2018, 8, 30),
    date(2018, 10, 25),
    date(2018, 12, 20),
)
PRESENT = (48, 49, 46, 47, 45, 46, 48, 47)
OUT_OF_SCOPE = ("审判委员会委员", "庭长", "副庭长", "审判员", "检察委员会委员", "检察员")

G, C, S, F, P = (
    OrganType.GOVERNMENT,
    OrganType.CONGRESS,
    OrganType.SUPERVISION,
    OrganType.COURT,
    OrganType.PROCURATORATE,
)
A, D, R, Q = Form.APPOINT, Form.DECIDE_APPOINT, Form.REMOVE, Form.ACCEPT_RESIGNATION
SUBMITTERS = {
    G: ("云溪市人民政府", "云政", "市长"),
    C: ("云溪市人民代表大会常务委员会主任会议", "云人主", "主任会议"),
    S: ("云溪市监察委员会", "云监", "监察委员会主任"),
    F: ("云溪市中级人民法院", "云中法", "法院院长"),
    P: ("云溪市人民检察院", "云检", "检察院检察长"),
}


@dataclass(frozen=True)
class Batch:
    """Items of one meeting, organ, form and position. `holder` names an earlier post whose holder is meant."""

    meeting: int
    organ: OrganType
    form: Form
    position: str
    posts: tuple[str, ...]
    holder: str = ""
    continues: bool = False


BUREAUS = (
    "教育局",
    "科学技术局",
    "公安局",
    "民政局",
    "司法局",
    "财政局",
    "人力资源和社会保障局",
    "国土资源局",
    "环境保护局",
    "城乡规划局",
    "交通运输局",
    "水务局",
    "林业和园林局",
    "商务局",
    "文化广电新闻出版局",
    "审计局",
    "统计局",
    "安全生产监督管理局",
)
COMMISSIONS = ("发展和改革委员会", "经济和信息化委员会", "城乡建设委员会", "农业委员会", "卫生和计划生育委员会")
COURT, PROCURATORATE = "云溪市中级人民法院", "云溪市人民检察院"
DIVISIONS = (
    "立案庭",
    "刑事审判第一庭",
    "刑事审判第二庭",
    "民事审判第一庭",
    "民事审判第二庭",
    "行政审判庭",
    "执行局综合庭",
)


def _of(place: str, title: str, count: int) -> tuple[str, ...]:
    return (f"{place}{title}",) * count


def _divisions(title: str, count: int) -> tuple[str, ...]:
    return tuple(f"{COURT}{DIVISIONS[at % len(DIVISIONS)]}{title}" for at in range(count))


PLAN: tuple[Batch, ...] = (
    Batch(1, C, A, "常委会副秘书长", _of("云溪市人大常委会", "副秘书长", 2)),
    Batch(1, C, A, "常委会办公厅（室）主任", ("云溪市人大常委会办公厅主任",)),
    Batch(1, C, A, "常委会研究室主任", ("云溪市人大常委会研究室主任",)),
    Batch(
        1,
        C,
        A,
        "常委会工作委员会主任",
        tuple(f"云溪市人大常委会{name}主任" for name in ("法制工作委员会", "预算工作委员会", "人事代表选举工作委员会")),
    ),
    Batch(
        1,
        C,
        A,
        "常委会工作委员会副主任",
        tuple(
            f"云溪市人大常委会{name}副主任" for name in ("法制工作委员会", "预算工作委员会", "人事代表选举工作委员会")
        ),
    ),
    Batch(1, C, R, "常委会副秘书长", _of("云溪市人大常委会", "副秘书长", 2)),
    Batch(2, G, Q, "副市长（副县长、副区长）", ("云溪市副市长",)),
    Batch(2, G, R, "局长", tuple(f"云溪市{name}局长" for name in BUREAUS[:12])),
    Batch(2, G, D, "秘书长", ("云溪市人民政府秘书长",), continues=True),
    Batch(2, G, D, "局长", tuple(f"云溪市{name}局长" for name in BUREAUS)),
    Batch(2, G, D, "委员会主任", tuple(f"云溪市{name}主任" for name in COMMISSIONS)),
    Batch(2, S, A, "监察委员会副主任", _of("云溪市监察委员会", "副主任", 2)),
    Batch(2, S, A, "监察委员会委员", _of("云溪市监察委员会", "委员", 6)),
    Batch(3, F, R, "审判员", _of(COURT, "审判员", 8)),
    Batch(3, F, A, "庭长", _divisions("庭长", 7)),
    Batch(3, F, A, "审判员", _of(COURT, "审判员", 23)),
    Batch(3, P, R, "检察员", _of(PROCURATORATE, "检察员", 3)),
    Batch(3, P, A, "检察员", _of(PROCURATORATE, "检察员", 12)),
    Batch(4, F, A, "副院长", _of(COURT, "副院长", 2)),
    Batch(4, F, A, "审判委员会委员", _of(COURT, "审判委员会委员", 6)),
    Batch(4, F, A, "副庭长", _divisions("副庭长", 4)),
    Batch(4, P, A, "副检察长", _of(PROCURATORATE, "副检察长", 2)),
    Batch(5, C, Q, "", ("云溪市人大常委会委员",)),
    Batch(5, C, R, "常委会工作委员会副主任", ("云溪市人大常委会城乡建设工作委员会副主任",)),
    Batch(5, F, R, "审判员", _of(COURT, "审判员", 8)),
    Batch(5, F, A, "副庭长", _divisions("副庭长", 11)),
    Batch(5, F, A, "审判员", _of(COURT, "审判员", 14)),
    Batch(5, P, R, "检察员", _of(PROCURATORATE, "检察员", 3)),
    Batch(5, P, A, "检察委员会委员", _of(PROCURATORATE, "检察委员会委员", 6)),
    Batch(5, P, A, "检察员", _of(PROCURATORATE, "检察员", 6)),
    Batch(6, G, R, "局长", ("云溪市交通运输局局长",), holder="云溪市交通运输局局长"),
    Batch(6, G, R, "局长", ("云溪市审计局局长",), holder="云溪市审计局局长"),
    Batch(6, G, R, "局长", ("云溪市统计局局长",), holder="云溪市统计局局长"),
    Batch(6, G, R, "局长", ("云溪市水务局局长",), holder="云溪市水务局局长"),
    Batch(6, G, D, "副市长（副县长、副区长）", ("云溪市副市长",)),
    Batch(6, G, D, "局长", ("云溪市体育局局长", "云溪市旅游局局长")),
    Batch(6, G, D, "局长", ("云溪市交通运输局局长",), holder="云溪市统计局局长"),
    Batch(6, G, D, "局长", ("云溪市审计局局长",), holder="云溪市水务局局长"),
    Batch(7, S, R, "监察委员会委员", ("云溪市监察委员会委员",), holder="云溪市监察委员会委员"),
    Batch(7, F, R, "副庭长", _divisions("副庭长", 4)),
    Batch(7, F, A, "庭长", _divisions("庭长", 7)),
    Batch(7, F, A, "审判员", _of(COURT, "审判员", 7)),
    Batch(8, G, Q, "副市长（副县长、副区长）", ("云溪市副市长",)),
    Batch(8, G, R, "局长", tuple(f"云溪市{name}局长" for name in ("粮食局", "物价局", "园林绿化局", "房地产管理局"))),
    Batch(8, F, R, "审判员", _of(COURT, "审判员", 4)),
    Batch(8, F, A, "庭长", _divisions("庭长", 1)),
    Batch(8, F, A, "副庭长", _divisions("副庭长", 7)),
    Batch(8, F, A, "审判员", _of(COURT, "审判员", 6)),
    Batch(8, P, R, "检察员", _of(PROCURATORATE, "检察员", 3)),
    Batch(8, P, A, "检察员", _of(PROCURATORATE, "检察员", 14)),
)
REPORTERS = {2: 12, 4: 2, 6: 2}
FAILED, EXCUSED = ("云溪市司法局局长", "云溪市统计局局长"), "云溪市商务局局长"
SURNAMES = "祁虞裴晏荀阮阙庾柏岑蔺翟褚卞邬鄢詹娄匡单谌冉蒲佘麦邵岳尹段乔盛路"
GIVEN = (
    "岚屿",
    "昭宁",
    "砚秋",
    "仲谋",
    "松年",
    "屹",
    "望舒",
    "景澄",
    "闻溪",
    "知远",
    "怀谷",
    "若川",
    "牧之",
    "延章",
    "清和",
    "恪",
    "临风",
    "念平",
    "承蔚",
    "与时",
    "令仪",
    "静澜",
    "采薇",
    "映雪",
    "宛青",
    "疏桐",
    "一苇",
    "照野",
    "子衿",
    "亦舟",
)


def names() -> Iterator[str]:
    """Yield invented names, no two alike; about one in ten has a single given character."""
    for given_at in range(len(GIVEN)):
        for surname_at, surname in enumerate(SURNAMES):
            yield surname + GIVEN[(given_at + surname_at) % len(GIVEN)]
