"""web.matters.examining — exams that come or run and lack something, late answers, results that wait for publishing."""

from collections.abc import Iterator
from datetime import datetime

from exam_app.base.clock import local_date
from exam_app.base.i18n import gettext as _
from exam_app.exams import queries as exams
from exam_app.exams.queries import ComingExam
from exam_app.exams.rules import Phase, phase
from exam_app.exams.states import ExamState
from exam_app.incidents import credit_queries
from exam_app.people.states import Role
from exam_app.results import late_queries
from exam_app.results import queries as results
from exam_app.web.matters.matter import SOON, URGENT, Desk, Matter, href_to
from exam_app.web.shell import clock, moment


def exams_at_hand(desk: Desk) -> Iterator[Matter]:
    """Yield the exams of the next days that wait for somebody."""
    if not desk.has(Role.EXAMINER, Role.INVIGILATOR):
        return
    for coming in exams.coming(desk.committee_id, desk.now, desk.now + SOON):
        yield from _in_the_room(coming, desk)
        if desk.has(Role.EXAMINER):
            yield from _unready(coming, desk)


def _in_the_room(coming: ComingExam, desk: Desk) -> Iterator[Matter]:
    stands = phase(coming.exam, desk.now)
    href = href_to("examiner.board", exam_id=coming.exam.id)
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
            href=href_to("examiner.exam", exam_id=coming.exam.id),
            action=_("去准备"),
            urgent=coming.exam.opens_at - desk.now < URGENT,
        )


def results_to_publish(desk: Desk) -> Iterator[Matter]:
    """Yield the results that are marked and not published."""
    if not desk.has(Role.EXAMINER, Role.INVIGILATOR, Role.DIRECTOR):
        return
    for exam, count in results.unpublished(desk.committee_id):
        own = exam.set_by == desk.account_id
        yield Matter(
            title=_("{title}：{count} 人的成绩待发布", title=exam.title, count=count),
            text=_("这场考试由您设置，须由另一人发布成绩。") if own else _("发布后本人可见，并转入任免事项。"),
            when=_("考试 {ends} 结束", ends=moment(exam.closes_at)),
            href=href_to("examiner.results", exam_id=exam.id),
            action=_("查看成绩") if own else _("核对并发布"),
            urgent=not own and exam.closes_at <= desk.now,
        )


def outages_to_decide(desk: Desk) -> Iterator[Matter]:
    """Yield the running exams in which an outage took time from people and nothing was decided yet."""
    if not desk.has(Role.CHIEF_INVIGILATOR):
        return
    for exam, proposals in credit_queries.waiting(desk.committee_id, desk.now):
        seats = {seat.sitting_id for proposal in proposals for seat in proposal.seats if seat.is_open}
        yield Matter(
            title=_("{title}：有 {count} 次中断待决定是否补时", title=exam.title, count=len(proposals)),
            text=_("影响 {count} 个座位。交卷以后不能再补时，请尽快决定。", count=len(seats)),
            when=_("{time} 发生", time=clock(proposals[0].outage.span.began_at)),
            href=href_to("examiner.outages", exam_id=exam.id),
            action=_("去决定"),
            urgent=True,
        )


def late_answers_to_decide(desk: Desk) -> Iterator[Matter]:
    """Yield the exams with late answers that nobody has decided about."""
    if not desk.has(Role.CHIEF_INVIGILATOR):
        return
    for exam, count in late_queries.undecided(desk.committee_id):
        yield Matter(
            title=_("{title}：有 {count} 条迟到作答待处理", title=exam.title, count=count),
            text=_("逐条决定是否计入，并写明理由。成绩发布以后不能再处理。"),
            when=_("待办"),
            href=href_to("examiner.late", exam_id=exam.id, show="undecided"),
            action=_("去处理"),
            urgent=True,
        )


def _place(coming: ComingExam) -> str:
    return coming.exam.place or _("地点未定")


def _days_until(instant: datetime, now: datetime) -> str:
    days = (local_date(instant) - local_date(now)).days
    return _("今天开考") if days <= 0 else _("{days} 天后开考", days=days)
