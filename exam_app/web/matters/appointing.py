"""web.matters.appointing — items that wait for the exam, the review, a meeting; meetings that wait for the clerk."""

from collections.abc import Iterator
from datetime import timedelta

from exam_app.appointments import queries as appointments
from exam_app.base.clock import local_date
from exam_app.base.i18n import gettext as _
from exam_app.committees import queries as committees
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.people.states import Role
from exam_app.proceedings import queries as proceedings
from exam_app.proceedings.queries import MeetingWork
from exam_app.requirements import queries as requirements
from exam_app.submissions import queries as submissions
from exam_app.texts.meetings import label
from exam_app.web.matters.matter import SOON, Desk, Matter, href_to
from exam_app.web.shell import day

MEMORY = timedelta(days=45)
"""How long a letter or an oath that is not on record counts as outstanding; then it was meant so."""


def nominees_and_exams(desk: Desk) -> Iterator[Matter]:
    """Yield the nominees who are on no roster yet, and those whom the exam blocks."""
    if not desk.has(Role.OFFICER, Role.DIRECTOR):
        return
    href = href_to("officer.bills")
    today = local_date(desk.now)
    waiting, blocked, outdated = appointments.count_to_do(desk.committee_id, today)
    if waiting and desk.has(Role.OFFICER):
        yield Matter(
            title=_("{count} 项任免须参加考试，还未报名", count=waiting),
            text=_("在任免案中选择考试，系统自动加入考生名单。"),
            when=_("待办"),
            href=href,
            action=_("去报名"),
        )
    changed = requirements.count_changed(desk.committee_id, today) if outdated else 0
    if changed:
        yield Matter(
            title=_("{count} 项任免的考试要求与现行规则不一致", count=changed),
            text=_("规则或人员情况有了变化，请核对后重新判断。"),
            when=_("待核对"),
            href=href_to("officer.requirements", show="changed"),
            action=_("去核对"),
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


def items_to_move(desk: Desk) -> Iterator[Matter]:
    """Yield the items that wait for the clerk: to be reviewed, to go before the directors, to get on an agenda."""
    if not desk.has(Role.OFFICER):
        return
    board = proceedings.board(desk.committee_id)
    directors, standing = MeetingKind.DIRECTORS.value, MeetingKind.STANDING_COMMITTEE.value
    again = board.deferred if board.deferred and _directors_decide_again(desk) else 0
    waiting = (
        (board.review, _("{count} 项任免待初审"), _("在任免案中勾选办理。"), href_to("officer.bills")),
        (
            board.directors + board.held + again,
            _("{count} 项待提交主任会议"),
            _("列入一次主任会议，会后登记决定。"),
            href_to("officer.meetings", kind=directors),
        ),
        (
            board.agenda + board.deferred - again,
            _("{count} 项待列入常委会会议议程"),
            _("主任会议已同意提请。"),
            href_to("officer.meetings", kind=standing),
        ),
    )
    for count, title, text, href in waiting:
        if count:
            yield Matter(title=title.format(count=count), text=text, when=_("待办"), href=href, action=_("去办理"))


def _directors_decide_again(desk: Desk) -> bool:
    return committees.rules_on(desk.committee_id, local_date(desk.now)).rules.after_deferral == "directors"


def meetings_at_work(desk: Desk) -> Iterator[Matter]:
    """Yield the meetings of the next days and those that left something to do."""
    if not desk.has(Role.OFFICER, Role.DIRECTOR):
        return
    today = local_date(desk.now)
    for work in proceedings.meetings_at_work(desk.committee_id, today - MEMORY, today + SOON):
        if desk.has(Role.OFFICER):
            yield from _for_the_clerk(work, desk)
        elif work.meeting.state is MeetingState.PLANNED:
            yield _coming(work, desk, "officer.meeting_overview", _("查看拟任免情况"))


def _oaths(work: MeetingWork, desk: Desk) -> int:
    """Return how many still swear; only where there are acting heads does it matter whether they do."""
    rules = committees.rules_on(desk.committee_id, work.meeting.held_on).rules if work.acting_oaths else None
    return work.oaths + (work.acting_oaths if rules and rules.acting_posts_swear else 0)


def _for_the_clerk(work: MeetingWork, desk: Desk) -> Iterator[Matter]:
    meeting, name = work.meeting, label(work.meeting, work.term)
    if meeting.state is MeetingState.PLANNED:
        yield _coming(work, desk, "officer.meeting", _("打开会议"))
    elif meeting.state is MeetingState.OPEN:
        yield Matter(
            title=_("{name}正在进行", name=name),
            text=_("{count} 项待表决。", count=work.to_vote) if work.to_vote else _("议程已办完的，请登记闭会。"),
            when=day(meeting.held_on),
            href=href_to("officer.meeting", meeting_id=meeting.id),
            action=_("继续办理"),
            urgent=True,
        )
    left = (
        (work.to_announce, _("{count} 项表决通过，待公布"), "officer.meeting_announce", _("去公布")),
        (work.letters, _("{count} 份任命书待颁发"), "officer.meeting_letters", _("去颁发")),
        (_oaths(work, desk), _("{count} 人待宪法宣誓"), "officer.meeting_oaths", _("去登记")),
    )
    for count, title, endpoint, action in left:
        if count:
            yield Matter(
                title=title.format(count=count),
                text=name,
                when=day(meeting.held_on),
                href=href_to(endpoint, meeting_id=meeting.id),
                action=action,
                urgent=endpoint == "officer.meeting_announce",
            )


def _coming(work: MeetingWork, desk: Desk, endpoint: str, action: str) -> Matter:
    days = (work.meeting.held_on - local_date(desk.now)).days
    text = _("议程上有 {count} 项任免。", count=work.items) if work.items else _("议程上还没有任免事项。")
    return Matter(
        title=label(work.meeting, work.term),
        text=text if days > 0 else text + _("请登记出席情况。"),
        when=_("{days} 天后召开", days=days) if days > 0 else _("今天召开") if days == 0 else _("待登记出席"),
        href=href_to(endpoint, meeting_id=work.meeting.id),
        action=action,
        urgent=days <= 0 or (days <= 2 and not work.items),
    )


def corrections_due(desk: Desk) -> Iterator[Matter]:
    """Yield the correction notices whose time is up without an answer."""
    if not desk.has(Role.OFFICER):
        return
    for notice, bill in submissions.open_notices(desk.committee_id):
        if notice.due_on <= local_date(desk.now):
            yield Matter(
                title=_("{organ}的补正期限已到", organ=bill.submitting_organ),
                text=_(
                    "第 {number} 号补正通知（{document}）还没有答复。",
                    number=notice.number,
                    document=bill.document_number,
                ),
                when=day(notice.due_on),
                href=href_to("officer.bill_papers", bill_id=bill.id),
                action=_("查看材料"),
                urgent=True,
            )
