"""web.matters.supervising — reports on performance and rectifications whose days run out."""

from collections.abc import Iterator

from exam_app.base.clock import local_date
from exam_app.base.i18n import gettext as _
from exam_app.people.states import Role
from exam_app.supervision import queries as supervision
from exam_app.web.matters.matter import Desk, Matter, href_to
from exam_app.web.shell import day


def reports_running_out(desk: Desk) -> Iterator[Matter]:
    """Yield one matter for all that is due within two weeks or overdue."""
    if not desk.has(Role.OFFICER, Role.DIRECTOR):
        return
    found = supervision.running_out(desk.committee_id, local_date(desk.now))
    if not found.count:
        return
    late = _("其中 {count} 项已逾期。", count=found.overdue) if found.overdue else ""
    yield Matter(
        title=_("任后监督有 {count} 项到期或将到期", count=found.count),
        text=_("收初稿、收定稿、作报告或收整改报告。") + late,
        when=_("{day}逾期", day=day(found.first_due)) if found.overdue else _("{day}到期", day=day(found.first_due)),
        href=href_to("officer.duties", due="overdue") if found.overdue == found.count else href_to("officer.duties"),
        action=_("去办理") if desk.has(Role.OFFICER) else _("查看"),
        urgent=bool(found.overdue),
    )
