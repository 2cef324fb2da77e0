"""cli.sittings — flask sittings verify: was any answer, seal or mark changed in the database afterwards?"""

import sys
from datetime import datetime

import click
from flask.cli import AppGroup

from exam_app.base.clock import local
from exam_app.base.db import db
from exam_app.base.i18n import gettext as _
from exam_app.exams.models import Exam
from exam_app.results import proof
from exam_app.results.proof import Fault, FaultKind, Said

group = AppGroup("sittings", help="Sittings and their sealed answers.")
commands = (group,)
REPORT_EVERY = 5000
KINDS = {
    FaultKind.ANSWER_CHANGED: "作答被改动，封存时为 {was}，现为 {found}",
    FaultKind.ANSWER_REMOVED: "作答被删除，封存时为 {was}",
    FaultKind.ANSWER_ADDED: "作答是封存以后添加的，现为 {found}",
    FaultKind.RECEIPT_FORGED: "回执签名与作答不符（作答或回执被改动，或系伪造），现为 {found}",
    FaultKind.LATE_FORGED: "迟到作答的回执签名不符（作答或回执被改动，或系伪造），现为 {found}",
    FaultKind.SEAL_MISSING: "已收卷而没有封存记录",
    FaultKind.SEAL_FORGED: "封存系伪造：封存值、封存全文与签名不相符",
    FaultKind.SEAL_NOT_AUDITED: "封存值与交卷时的审计记录不符",
    FaultKind.MARK_DIFFERS: "评分所依据的作答不是计入的作答，应为 {was}，现为 {found}",
    FaultKind.MARK_MISSING: "没有得分记录，计入的作答为 {was}",
}


@group.command("verify")
@click.option("--exam", "exam_id", type=int, help="Only the sittings of this exam.")
def verify(exam_id: int | None) -> None:
    """Check every receipt, seal and mark; name what was changed, removed or added. Shows no question and no name."""
    if exam_id is not None and db.session.get(Exam, exam_id) is None:
        raise click.UsageError(_("没有编号为 {exam} 的考试。", exam=exam_id))
    sittings = answers = marks = found = 0
    for facts, faults in proof.check(exam_id):
        sittings, answers, marks = sittings + 1, answers + len(facts.journal), marks + len(facts.marks)
        found += len(faults)
        for fault in faults:
            click.echo(_sentence(fault))
        if sittings % REPORT_EVERY == 0:
            click.echo(_("已核对 {count} 份答卷 …", count=sittings), err=True)
    click.echo(
        _(
            "共核对 {sittings} 份答卷、{answers} 条作答、{marks} 个得分，发现 {faults} 处问题。",
            sittings=sittings,
            answers=answers,
            marks=marks,
            faults=found,
        )
    )
    sys.exit(1 if found else 0)


def _sentence(fault: Fault) -> str:
    about = fault.was or fault.found
    whose = _("答卷 {number}（准考证号 {admission}）", number=fault.sitting_id, admission=fault.admission_number)
    question = _("第 {slot} 题", slot=about.slot) if about else ""
    is_moved = fault.was is not None and fault.found is not None and fault.was.slot != fault.found.slot
    words = _(KINDS[fault.kind], was=_words(fault.was, is_moved), found=_words(fault.found, is_moved))
    return f"{whose}{question}：{words}"


def _words(said: Said | None, with_slot: bool) -> str:
    if said is None:
        return ""
    question = _("第 {slot} 题 ", slot=said.slot) if with_slot else ""
    return f"{question}{said.response or _('未答')}{_moment(said.at)}"


def _moment(at: datetime | None) -> str:
    return f"（{local(at):%Y-%m-%d %H:%M:%S}）" if at else ""
