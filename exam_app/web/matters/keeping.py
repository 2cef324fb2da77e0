"""web.matters.keeping — the question bank and the accounts: drafts to review or to mend, accounts that are locked."""

from collections.abc import Iterator

from exam_app.bank import queries as bank
from exam_app.base.i18n import gettext as _
from exam_app.people import queries as people
from exam_app.people.states import Role
from exam_app.web.matters.matter import Desk, Matter, href_to


def drafts_to_review(desk: Desk) -> Iterator[Matter]:
    """Yield the drafts of others that wait for a reviewer."""
    if not desk.has(Role.REVIEWER):
        return
    if count := bank.count_in_review(desk.committee_id, desk.account_id):
        yield Matter(
            title=_("{count} 道试题待审核", count=count),
            text=_("都是他人编写的。对照所引条文核对题干、选项和答案。"),
            when=_("待审"),
            href=href_to("examiner.bank", state="in_review"),
            action=_("去审题"),
        )


def drafts_sent_back(desk: Desk) -> Iterator[Matter]:
    """Yield the drafts that came back to their author."""
    if not desk.has(Role.AUTHOR):
        return
    if count := bank.count_sent_back(desk.committee_id, desk.account_id):
        yield Matter(
            title=_("{count} 道试题被退回修改", count=count),
            text=_("审题人写了退回意见。改好后重新提交审核。"),
            when=_("退回"),
            href=href_to("examiner.bank", state="draft"),
            action=_("去修改"),
        )


def accounts_locked(desk: Desk) -> Iterator[Matter]:
    """Yield the accounts that nobody can enter now."""
    if not desk.has(Role.SYSTEM_ADMINISTRATOR):
        return
    if count := people.count_locked(desk.committee_id, desk.now):
        yield Matter(
            title=_("{count} 个账号被锁定", count=count),
            text=_("连续输错密码会锁定 15 分钟。确认是本人后可以立即解锁。"),
            when=_("现在"),
            href=href_to("admin.accounts", state="locked"),
            action=_("去解锁"),
            urgent=True,
        )
