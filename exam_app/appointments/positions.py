"""appointments.positions — the posts that a standing committee fills, and which of them a written post means. Pure.

The usual posts of a province, city or county, each with the article that gives the power; a committee's own copies may
differ. A written post is matched by the words it ends in, inside the organ it belongs to; what fits twice is asked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from exam_app.appointments.states import ACTING_FORMS, APPOINTING_FORMS, Form
from exam_app.committees.states import Level
from question_bank.kinds import OrganType

CITY_AND_ABOVE = frozenset({Level.PROVINCE, Level.CITY})
COUNTY_ONLY = frozenset({Level.COUNTY})
PROVINCE_ONLY = frozenset({Level.PROVINCE})
EVERYWHERE = frozenset(Level)
HEADS = {"省": "省长", "自治区": "自治区主席", "州": "州长", "市": "市长", "县": "县长", "旗": "旗长", "区": "区长"}
ANY_HEAD = "市长（县长、区长）"
DIRECTORS, MAYOR, SUPERVISOR, RESIGNING = "主任会议", "{head}", "监察委员会主任", "本人"
PRESIDENT, PROCURATOR = "法院院长", "检察院检察长"
STAFF = "本省（自治区、直辖市）人事任免地方性法规"
SECTION_50, RESIGNATION = "地方组织法第五十条第一款", "地方组织法第三十二条"
RECESS, DEPARTMENTS = f"{SECTION_50}第十三项", f"{SECTION_50}第十四项"
SUPERVISION = f"{SECTION_50}第十五项、监察法第九条、监察官法第十九条"
COURT = f"{SECTION_50}第十六项、人民法院组织法第四十三条、法官法第十八条"
PROCURATORATE = f"{SECTION_50}第十六项、人民检察院组织法第三十八条、检察官法第十八条"
SC, OFFICES = "人大常委会", "(工作委员会|工委)"
COMMITTEE = "人大(?!常委会)(?!.*(资格审查|调查|工作)委员会).*委员会"


@dataclass(frozen=True)
class Post:
    """One line of the table. `ending`: what written posts of the kind end in; `in_scope`: nominees sit the exam."""

    name: str
    form: Form
    nominator: str
    legal_basis: str
    ending: str
    in_scope: bool = True
    levels: frozenset[Level] = EVERYWHERE


def _appoint(name: str, nominator: str, basis: str, ending: str, in_scope: bool = True) -> Post:
    return Post(name, Form.APPOINT, nominator, basis, ending, in_scope)


def _resign(name: str, ending: str) -> Post:
    return Post(name, Form.ACCEPT_RESIGNATION, RESIGNING, RESIGNATION, ending, in_scope=False)


def _seats(body: str, form: Form, basis: str, ending: str) -> tuple[Post, ...]:
    return tuple(
        Post(f"{body}{seat}", form, DIRECTORS, basis, f"{ending}{seat}", in_scope=False)
        for seat in ("主任委员", "副主任委员", "委员")
    )


POSTS: dict[OrganType, tuple[Post, ...]] = {
    OrganType.CONGRESS: (
        _appoint("常委会副秘书长", DIRECTORS, STAFF, f"{SC}副秘书长"),
        _appoint("常委会办公厅（室）主任", DIRECTORS, STAFF, f"{SC}办公[厅室]主任"),
        _appoint("常委会办公厅（室）副主任", DIRECTORS, STAFF, f"{SC}办公[厅室]副主任"),
        _appoint("常委会研究室主任", DIRECTORS, STAFF, f"{SC}研究室主任"),
        _appoint("常委会研究室副主任", DIRECTORS, STAFF, f"{SC}研究室副主任"),
        _appoint("常委会工作委员会主任", DIRECTORS, STAFF, f"{SC}(?!.*街道).+{OFFICES}主任"),
        _appoint("常委会工作委员会副主任", DIRECTORS, STAFF, f"{SC}(?!.*街道).+{OFFICES}副主任"),
        _appoint("常委会工作委员会委员", DIRECTORS, STAFF, f"{SC}(?!.*街道).+{OFFICES}委员"),
        _appoint("专门委员会副主任委员", DIRECTORS, "地方组织法第三十四条", f"{COMMITTEE}副主任委员"),
        _appoint("专门委员会委员", DIRECTORS, "地方组织法第三十四条", f"{COMMITTEE}委员"),
        *_seats("代表资格审查委员会", Form.APPOINT, "地方组织法第五十六条", "代表资格审查委员会"),
        *_seats("特定问题调查委员会", Form.ADOPT, "地方组织法第五十八条", "调查委员会"),
        Post("街道工作委员会主任", Form.APPOINT, DIRECTORS, STAFF, f"街道(人大)?{OFFICES}主任", levels=COUNTY_ONLY),
        Post("街道工作委员会副主任", Form.APPOINT, DIRECTORS, STAFF, f"街道(人大)?{OFFICES}副主任", levels=COUNTY_ONLY),
        Post("常委会代理主任", Form.ELECT_ACTING, DIRECTORS, "地方组织法第五十五条", f"{SC}代理?主任"),
        _resign("常委会组成人员", f"{SC}(主任|副主任|秘书长|委员)"),
        _resign("专门委员会主任委员", f"{COMMITTEE}(?<!副)主任委员"),
    ),
    OrganType.GOVERNMENT: (
        Post("副{head}", Form.DECIDE_APPOINT, MAYOR, RECESS, "副([省市县区州旗]长|自治区主席)"),
        Post("代理{head}", Form.DECIDE_ACTING, DIRECTORS, RECESS, "代理?([省市县区州旗]长|自治区主席)"),
        Post("秘书长", Form.DECIDE_APPOINT, MAYOR, DEPARTMENTS, "(政府|[省市州]|^)秘书长", levels=CITY_AND_ABOVE),
        Post("厅长", Form.DECIDE_APPOINT, MAYOR, DEPARTMENTS, "(?<!副)厅长", levels=PROVINCE_ONLY),
        Post("局长", Form.DECIDE_APPOINT, MAYOR, DEPARTMENTS, "(?<!副)(?<!分)(?<!分局)局长"),
        Post("委员会主任", Form.DECIDE_APPOINT, MAYOR, DEPARTMENTS, "(委员会|(?<![工管])委)主任"),
        Post("办公室主任", Form.DECIDE_APPOINT, MAYOR, DEPARTMENTS, "政府办公室主任", levels=COUNTY_ONLY),
        Post("科长", Form.DECIDE_APPOINT, MAYOR, DEPARTMENTS, "(?<!副)科长", levels=COUNTY_ONLY),
        _resign("{head}", "(?<![副代理])([省市县区州旗]长|自治区主席)"),
    ),
    OrganType.SUPERVISION: (
        Post("监察委员会代理主任", Form.DECIDE_ACTING, DIRECTORS, RECESS, "代理?主任"),
        _appoint("监察委员会副主任", SUPERVISOR, SUPERVISION, "(监察委员会|监察?委|^)副主任"),
        _appoint("监察委员会委员", SUPERVISOR, SUPERVISION, "(监察委员会|监察?委|^)委员"),
        _resign("监察委员会主任", "(监察委员会|监察?委)主任"),
    ),
    OrganType.COURT: (
        Post("代理院长", Form.DECIDE_ACTING, DIRECTORS, RECESS, "代理?院长"),
        _appoint("副院长", PRESIDENT, COURT, "(法院|^)副院长"),
        _appoint("审判委员会委员", PRESIDENT, COURT, "(审判委员会|审委会)委员"),
        _appoint("庭长", PRESIDENT, COURT, "(?<!副)庭长"),
        _appoint("副庭长", PRESIDENT, COURT, "副庭长"),
        _appoint("审判员", PRESIDENT, COURT, "(?<!助理)审判员"),
        _appoint("执行局局长", PRESIDENT, STAFF, "执行局局?长"),
        _appoint("执行局副局长", PRESIDENT, STAFF, "执行局副局长"),
        Post("人民陪审员", Form.APPOINT, PRESIDENT, "人民陪审员法第十条", "人民陪审员", False, COUNTY_ONLY),
        _resign("法院院长", "法院院长"),
    ),
    OrganType.PROCURATORATE: (
        Post("代理检察长", Form.DECIDE_ACTING, DIRECTORS, RECESS, "代理?检察长"),
        _appoint("副检察长", PROCURATOR, PROCURATORATE, "副检察长"),
        _appoint("检察委员会委员", PROCURATOR, PROCURATORATE, "(检察委员会|检委会)委员"),
        _appoint("检察员", PROCURATOR, PROCURATORATE, "(?<!助理)检察员"),
        _appoint("派出检察院检察长", PROCURATOR, PROCURATORATE, "派出.*检察院检察长"),
        Post(
            "下一级人民检察院检察长",
            Form.APPROVE_APPOINT,
            PROCURATOR,
            f"{SECTION_50}第十六项、人民检察院组织法第三十八条",
            "检察院检察长",
            levels=CITY_AND_ABOVE,
        ),
        _resign("检察院检察长", "检察院检察长"),
    ),
}
ENDINGS = {
    (organ, post.name.format(head=head)): post.ending
    for organ, posts in POSTS.items()
    for post in posts
    for head in (*HEADS.values(), ANY_HEAD)
} | {
    (OrganType.GOVERNMENT, "副市长（副县长、副区长）"): "副([省市县区州旗]长|自治区主席)",
    (OrganType.GOVERNMENT, "代理市长（县长、区长）"): "代理?([省市县区州旗]长|自治区主席)",
}
ORGAN_WORDS: tuple[tuple[OrganType, str], ...] = (
    (OrganType.PROCURATORATE, "检察"),
    (OrganType.COURT, "法院|中院|审判|庭长|陪审员|执行局"),
    (OrganType.SUPERVISION, "监察委|监委(?!会)"),
    (OrganType.CONGRESS, "人大|常委会|街道.*工委|代表资格审查|特定问题调查"),
    (OrganType.GOVERNMENT, "政府|[局厅]长|[省市县区州旗]长|自治区主席|委员会主任$|委主任$"),
)
NOMINATOR_WORDS: tuple[tuple[str, str], ...] = (
    (re.escape(PROCURATOR), "检察"),
    (re.escape(PRESIDENT), "法院"),
    (re.escape(SUPERVISOR), "监察委|监委"),
    (re.escape(DIRECTORS), "人大|常委会|主任会议"),
    (f"[省市州县旗区]长|自治区主席|{re.escape(ANY_HEAD)}", "政府|[省市州县旗区]长|自治区主席"),
)
REMOVALS = (Form.REMOVE, Form.ACCEPT_RESIGNATION)


class Filled(Protocol):
    """A line of a committee's own table, as far as matching goes."""

    @property
    def organ_type(self) -> OrganType: ...

    @property
    def name(self) -> str: ...

    @property
    def form(self) -> Form: ...


AnyPosition = TypeVar("AnyPosition", bound=Filled)


def head_of_government(place: str) -> str:
    """Return what the head of that place's government is called; all of them where the name does not tell."""
    return next((head for ending, head in HEADS.items() if place.endswith(ending)), ANY_HEAD)


def posts_at(level: Level, place: str = "") -> list[tuple[OrganType, Post]]:
    """Return the posts that a committee of that level fills, with the titles of that place."""
    head = head_of_government(place)

    def titled(post: Post) -> Post:
        return replace(post, name=post.name.format(head=head), nominator=post.nominator.format(head=head))

    return [(organ, titled(post)) for organ, posts in POSTS.items() for post in posts if level in post.levels]


def nominator_named(submitting_organ: str, nominators: Iterable[str]) -> str:
    """Return the nominator that the words of the submitting organ tell of, empty where none or several do."""
    words = plain(submitting_organ)
    told = next((nominator for nominator, telling in NOMINATOR_WORDS if re.search(telling, words)), "")
    fits = [one for one in nominators if told and re.fullmatch(told, one)]
    return fits[0] if len(fits) == 1 else ""


def plain(post: str) -> str:
    """Return a written post without blanks and brackets, the congress and its committee by their short names."""
    text = re.sub(r"[（(][^）)]*[）)]|[\s\u3000]", "", post)
    return text.replace("人民代表大会常务委员会", SC).replace("人民代表大会", "人大")


def organ_named(post: str) -> OrganType | None:
    """Return the organ that the words of a post tell of."""
    text = plain(post)
    return next((organ for organ, words in ORGAN_WORDS if re.search(words, text)), None)


def fitting(post: str, organ: OrganType | None, positions: Iterable[AnyPosition]) -> list[AnyPosition]:
    """Return the positions that a written post may mean; none where its organ is unknown or words contradict it."""
    named = organ_named(post)
    meant = named or organ
    if meant is None or (named and organ and named is not organ):
        return []
    text = plain(post)
    found = [one for one in positions if one.organ_type is meant and _ends_in(text, one)]
    return [one for one in found if not any(_is_more_exact(other, one) for other in found)]


def _ends_in(text: str, position: Filled) -> bool:
    ending = ENDINGS.get((position.organ_type, position.name)) or re.escape(plain(position.name))
    return re.search(f"(?:{ending})$", text) is not None


def _is_more_exact(other: Filled, one: Filled) -> bool:
    return other.name != one.name and other.name.endswith(one.name) and other.form is one.form


def removal_forms(form: Form, organ: OrganType) -> tuple[Form, ...]:
    """Return by which forms somebody leaves a post that is filled by this form, the usual one first."""
    if form is Form.ACCEPT_RESIGNATION:
        return (Form.ACCEPT_RESIGNATION,)
    if form is Form.APPROVE_APPOINT:
        return (Form.APPROVE_REMOVE,)
    if form in ACTING_FORMS or form is Form.ADOPT:
        return (Form.REMOVE,)
    dismissed = () if organ is OrganType.CONGRESS else (Form.DISMISS,)
    revoked = (Form.REVOKE,) if organ in (OrganType.COURT, OrganType.PROCURATORATE) else ()
    return (*REMOVALS, *dismissed, *revoked)


def permitted_forms(position: Filled) -> tuple[Form, ...]:
    """Return every form that an item about this position may have, appointment first."""
    entering = (position.form,) if position.form in APPOINTING_FORMS else ()
    return (*entering, *removal_forms(position.form, position.organ_type))


def forms_instead(position: Filled, form: Form) -> tuple[Form, ...]:
    """Return which forms of the same side the position permits instead of a wrong one; all where none is."""
    permitted = permitted_forms(position)
    same_side = tuple(one for one in permitted if (one in APPOINTING_FORMS) is (form in APPOINTING_FORMS))
    return same_side or permitted


def the_fitting(post: str, organ: OrganType | None, form: Form, positions: Iterable[AnyPosition]) -> AnyPosition | None:
    """Return the one position that a written post means and that permits the form, None where none or several do."""
    fits = [one for one in fitting(post, organ, positions) if form in permitted_forms(one)]
    return fits[0] if len(fits) == 1 else None


def has_one_holder(post: str) -> bool:
    """Whether only one person at a time holds the post, by what its title ends in."""
    text = plain(post)
    return not re.search(r"(副[^、]{0,8}|(?<!主任)委员|审判员|检察员|陪审员)$", text)


def same_post(post: str, place: str) -> str:
    """Return a post as it is compared: the committee's own place in front of it makes no difference."""
    text = plain(post)
    for prefix in (place, place[-1:]):
        if prefix and text.startswith(prefix):
            return text.removeprefix(prefix)
    return text
