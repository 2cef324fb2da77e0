"""web.matters — what needs a hand now, for the roles of the account at work: rooms are asked, matters come out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, url_for

from exam_app.appointments import queries as appointments
from exam_app.bank import queries as bank
from exam_app.base.clock import local_date
from exam_app.base.i18n import gettext as _
from exam_app.exams import queries as exams
from exam_app.exams.queries import ComingExam
from exam_app.exams.rules import Phase, phase
from exam_app.exams.states import ExamState
from exam_app.people import queries as people
from exam_app.people.states import Role
from exam_app.results import queries as results
from exam_app.web.shell import moment

SOON = timedelta(days=7)
URGENT = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Whose matters, for which committee, as of when."""

    committee_id: int
    account_id: int
    roles: frozenset[Role]
    now: datetime

    def has(self, *roles: Role) -> bool:
        """Whether the account holds one of the roles."""
        return bool(self.roles & set(roles))


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One thing to do: what, why, by when, and the button that leads there."""

    title: str
    text: str
    when: str
    href: str
    action: str
    urgent: bool = False


def gather(desk: Desk) -> list[Matter]:
    """Return the matters, urgent ones first, else in the order of the work; at most one statement a source."""
    found = [matter for source in SOURCES for matter in source(desk) if matter.href]
    return sorted(found, key=lambda matter: not matter.urgent)


def _exams(desk: Desk) -> Iterator[Matter]:
    if not desk.has(Role.EXAMINER, Role.INVIGILATOR):
        return
    for coming in exams.coming(desk.committee_id, desk.now, desk.now + SOON):
        yield from _in_the_room(coming, desk)
        if desk.has(Role.EXAMINER):
            yield from _unready(coming, desk)


def _in_the_room(coming: ComingExam, desk: Desk) -> Iterator[Matter]:
    stands = phase(coming.exam, desk.now)
    href = _href("examiner.board", exam_id=coming.exam.id)
    if stands is Phase.ENTRY:
        yield Matter(
            title=_("{title}：等待放行", title=coming.exam.title),
            text=_(
                "{people} 人参加，{place}。人员到齐后请监考员放行开考。", people=coming.people, place=_place(coming)
            ),
            when=moment(coming.exam.opens_at),
            href=href,
            action=_("打开监考台"),
            urgent=True,
        )
    elif stands is Phase.RUNNING:
        yield Matter(
            title=_("{title}正在进行", title=coming.exam.title),
            text=_("{people} 人参加，{place}。", people=coming.people, place=_place(coming)),
            when=_("至 {ends}", ends=moment(coming.exam.closes_at)),
            href=href,
            action=_("打开监考台"),
            urgent=True,
        )


def _unready(coming: ComingExam, desk: Desk) -> Iterator[Matter]:
    """Say what an exam still lacks; one that lacks nothing needs no hand."""
    lacks = []
    if not coming.people:
        lacks.append(_("名单还是空的"))
    if coming.uncovered:
        lacks.append(_("有 {count} 类机关的考生没有组卷方案", count=coming.uncovered))
    if coming.exam.state is ExamState.DRAFT:
        lacks.append(_("还没有发布"))
    if lacks:
        yield Matter(
            title=_("{title}尚未备齐", title=coming.exam.title),
            text=_("{lacks}。", lacks="，".join(lacks)),
            when=_days_until(coming.exam.opens_at, desk.now),
            href=_href("examiner.exam", exam_id=coming.exam.id),
            action=_("去准备"),
            urgent=coming.exam.opens_at - desk.now < URGENT,
        )


def _results(desk: Desk) -> Iterator[Matter]:
    if not desk.has(Role.EXAMINER, Role.INVIGILATOR, Role.DIRECTOR):
        return
    for exam, count in results.unpublished(desk.committee_id):
        own = exam.set_by == desk.account_id
        yield Matter(
            title=_("{title}：{count} 人的成绩待发布", title=exam.title, count=count),
            text=_("这场考试由您设置，须由另一人发布成绩。") if own else _("发布后本人可见，并转入任免事项。"),
            when=_("考试 {ends} 结束", ends=moment(exam.closes_at)),
            href=_href("examiner.results", exam_id=exam.id),
            action=_("查看成绩") if own else _("核对并发布"),
            urgent=not own and exam.closes_at <= desk.now,
        )


def _nominees(desk: Desk) -> Iterator[Matter]:
    if not desk.has(Role.OFFICER, Role.DIRECTOR):
        return
    href = _href("officer.bills")
    waiting, blocked = appointments.count_to_do(desk.committee_id)
    if waiting and desk.has(Role.OFFICER):
        yield Matter(
            title=_("{count} 项任免须参加考试，还未报名", count=waiting),
            text=_("在任免案中选择考试，系统自动加入考生名单。"),
            when=_("待办"),
            href=href,
            action=_("去报名"),
        )
    if blocked:
        yield Matter(
            title=_("{count} 项任免因考试未通过受阻", count=blocked),
            text=_("可以安排补考、由提请机关撤回，或由主任会议作出决定。"),
            when=_("受阻"),
            href=href,
            action=_("查看任免案"),
            urgent=True,
        )


def _drafts(desk: Desk) -> Iterator[Matter]:
    if not desk.has(Role.REVIEWER):
        return
    if count := bank.count_in_review(desk.committee_id, desk.account_id):
        yield Matter(
            title=_("{count} 道试题待审核", count=count),
            text=_("都是他人编写的。对照所引条文核对题干、选项和答案。"),
            when=_("待审"),
            href=_href("examiner.bank", state="in_review"),
            action=_("去审题"),
        )


def _sent_back(desk: Desk) -> Iterator[Matter]:
    if not desk.has(Role.AUTHOR):
        return
    if count := bank.count_sent_back(desk.committee_id, desk.account_id):
        yield Matter(
            title=_("{count} 道试题被退回修改", count=count),
            text=_("审题人写了退回意见。改好后重新提交审核。"),
            when=_("退回"),
            href=_href("examiner.bank", state="draft"),
            action=_("去修改"),
        )


def _locked(desk: Desk) -> Iterator[Matter]:
    if not desk.has(Role.SYSTEM_ADMINISTRATOR):
        return
    if count := people.count_locked(desk.committee_id, desk.now):
        yield Matter(
            title=_("{count} 个账号被锁定", count=count),
            text=_("连续输错密码会锁定 15 分钟。确认是本人后可以立即解锁。"),
            when=_("现在"),
            href=_href("admin.accounts", state="locked"),
            action=_("去解锁"),
            urgent=True,
        )


def _place(coming: ComingExam) -> str:
    return coming.exam.place or _("地点未定")


def _days_until(instant: datetime, now: datetime) -> str:
    days = (local_date(instant) - local_date(now)).days
    return _("今天开考") if days <= 0 else _("{days} 天后开考", days=days)


def _href(endpoint: str, **values: Any) -> str:
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""


SOURCES: tuple[Callable[[Desk], Iterator[Matter]], ...] = (_exams, _results, _nominees, _drafts, _sent_back, _locked)
