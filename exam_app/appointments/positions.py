"""appointments.positions — the posts that a standing committee fills, with nominator and legal basis.

The usual posts of a city or county, each with the article that gives the power; a committee's own copies may differ.
"""

from dataclasses import dataclass

from exam_app.appointments.states import Form
from exam_app.committees.states import Level
from question_bank.kinds import OrganType

CITY_AND_ABOVE = frozenset({Level.PROVINCE, Level.CITY})
COUNTY_ONLY = frozenset({Level.COUNTY})
EVERYWHERE = frozenset(Level)
DIRECTORS, MAYOR, SUPERVISOR = "主任会议", "市长（县长、区长）", "监察委员会主任"
PRESIDENT, PROCURATOR = "法院院长", "检察院检察长"
STAFF = "本省（自治区、直辖市）人事任免地方性法规"
SECTION_50 = "地方组织法第五十条第一款"
RECESS, DEPARTMENTS = f"{SECTION_50}第十三项", f"{SECTION_50}第十四项"
SUPERVISION = f"{SECTION_50}第十五项、监察法第九条"
COURT = f"{SECTION_50}第十六项、人民法院组织法第四十三条、法官法第十八条"
PROCURATORATE = f"{SECTION_50}第十六项、人民检察院组织法第三十八条、检察官法第十八条"


@dataclass(frozen=True)
class Post:
    """One line of the table; `in_scope`: its nominees sit the exam unless a rule exempts them."""

    name: str
    form: Form
    nominator: str
    legal_basis: str
    in_scope: bool = True
    levels: frozenset[Level] = EVERYWHERE


POSTS: dict[OrganType, tuple[Post, ...]] = {
    OrganType.CONGRESS: (
        Post("常委会副秘书长", Form.APPOINT, DIRECTORS, STAFF),
        Post("常委会办公厅（室）主任", Form.APPOINT, DIRECTORS, STAFF),
        Post("常委会研究室主任", Form.APPOINT, DIRECTORS, STAFF),
        Post("常委会工作委员会主任", Form.APPOINT, DIRECTORS, STAFF),
        Post("常委会工作委员会副主任", Form.APPOINT, DIRECTORS, STAFF),
        Post("专门委员会副主任委员", Form.APPOINT, DIRECTORS, "地方组织法第三十四条"),
        Post("专门委员会委员", Form.APPOINT, DIRECTORS, "地方组织法第三十四条"),
        Post("代表资格审查委员会委员", Form.APPOINT, DIRECTORS, "地方组织法第五十六条", in_scope=False),
        Post("街道工作委员会主任", Form.APPOINT, DIRECTORS, STAFF, levels=COUNTY_ONLY),
    ),
    OrganType.GOVERNMENT: (
        Post("副市长（副县长、副区长）", Form.DECIDE_APPOINT, MAYOR, RECESS),
        Post("代理市长（县长、区长）", Form.DECIDE_ACTING, DIRECTORS, RECESS),
        Post("秘书长", Form.DECIDE_APPOINT, MAYOR, DEPARTMENTS, levels=CITY_AND_ABOVE),
        Post("办公室主任", Form.DECIDE_APPOINT, MAYOR, DEPARTMENTS, levels=COUNTY_ONLY),
        Post("局长", Form.DECIDE_APPOINT, MAYOR, DEPARTMENTS),
        Post("委员会主任", Form.DECIDE_APPOINT, MAYOR, DEPARTMENTS),
    ),
    OrganType.SUPERVISION: (
        Post("监察委员会代理主任", Form.DECIDE_ACTING, DIRECTORS, RECESS),
        Post("监察委员会副主任", Form.APPOINT, SUPERVISOR, SUPERVISION),
        Post("监察委员会委员", Form.APPOINT, SUPERVISOR, SUPERVISION),
    ),
    OrganType.COURT: (
        Post("代理院长", Form.DECIDE_ACTING, DIRECTORS, RECESS),
        Post("副院长", Form.APPOINT, PRESIDENT, COURT),
        Post("审判委员会委员", Form.APPOINT, PRESIDENT, COURT),
        Post("庭长", Form.APPOINT, PRESIDENT, COURT),
        Post("副庭长", Form.APPOINT, PRESIDENT, COURT),
        Post("审判员", Form.APPOINT, PRESIDENT, COURT),
        Post("人民陪审员", Form.APPOINT, PRESIDENT, "人民陪审员法第十条", in_scope=False, levels=COUNTY_ONLY),
    ),
    OrganType.PROCURATORATE: (
        Post("代理检察长", Form.DECIDE_ACTING, DIRECTORS, RECESS),
        Post("副检察长", Form.APPOINT, PROCURATOR, PROCURATORATE),
        Post("检察委员会委员", Form.APPOINT, PROCURATOR, PROCURATORATE),
        Post("检察员", Form.APPOINT, PROCURATOR, PROCURATORATE),
        Post(
            "下一级人民检察院检察长",
            Form.APPROVE_APPOINT,
            PROCURATOR,
            f"{SECTION_50}第十六项、人民检察院组织法第三十八条",
            levels=CITY_AND_ABOVE,
        ),
    ),
}


def posts_at(level: Level) -> list[tuple[OrganType, Post]]:
    """Return the posts that a committee of that level fills."""
    return [(organ, post) for organ, posts in POSTS.items() for post in posts if level in post.levels]
