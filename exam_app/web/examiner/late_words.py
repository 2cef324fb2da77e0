"""web.examiner.late_words — what a page says of a late answer: why it was late, and what became of it. Pure."""

from datetime import datetime, timedelta

from exam_app.base.i18n import gettext as _
from exam_app.results.late_queries import LateAnswer, Latecomer
from exam_app.results.states import ResultState
from exam_app.sittings.states import LateReason, SittingState

OTHER_WAYS = {
    LateReason.REPLACED_DEVICE: "换机后的旧电脑",
    LateReason.EMERGENCY_FILE: "应急文件",
    LateReason.ON_PAPER: "纸笔作答",
}
STANDINGS = {
    ResultState.WAITING: ("waiting", "评分中"),
    ResultState.MARKED: ("marked", "成绩待发布"),
    ResultState.PUBLISHED: ("published", "成绩已发布，不能再处理"),
    ResultState.VOIDED: ("voided", "成绩已作废，不能再处理"),
}


def why_late(answer: LateAnswer, person: Latecomer) -> str:
    """Return why the answer did not count when it came, or by which way it came."""
    if answer.reason in OTHER_WAYS:
        return _(OTHER_WAYS[answer.reason])
    if answer.reason is LateReason.AFTER_GRACE:
        # More time given afterwards moves the end past the answer; how late it was is then no longer to be told.
        span = _span(answer.server_at, person.saves_close_at)
        return _("超过宽限 {span}", span=span) if span else _("超过宽限")
    span = _span(answer.server_at, person.closed_at)
    return _("收卷之后 {span}", span=span) if span else _("收卷之后")


def what_became(answer: LateAnswer, person: Latecomer) -> tuple[str, str]:
    """Return the badge and the words for what was decided last."""
    if not answer.decisions:
        return ("warn", _("待处理")) if person.can_be_decided else ("quiet", _("未处理"))
    if not answer.decisions[-1].accepted:
        return "quiet", _("不计入")
    return ("good", _("已计入")) if answer.counts else ("info", _("已由另一次作答取代"))


def standing(person: Latecomer) -> tuple[str, str]:
    """Return the badge and the words for how far the person's result has come."""
    if person.state is SittingState.OPEN or person.result_state is None:
        return "open", _("还在答题，收卷以后才能处理")
    badge, words = STANDINGS[person.result_state]
    return badge, _(words)


def _span(at: datetime, end: datetime | None) -> str:
    """Return how long after the end, rounded up to whole seconds; empty if it was not after it."""
    if end is None or at <= end:
        return ""
    seconds = -((end - at) // timedelta(seconds=1))
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return _("{seconds} 秒", seconds=rest)
    return (
        _("{minutes} 分 {seconds} 秒", minutes=minutes, seconds=rest) if rest else _("{minutes} 分钟", minutes=minutes)
    )
