"""cli.rehearsal — flask rehearse EXAM_ID: plays the coming exam with simulated candidates on this very machine."""

import json
import os
import sys
from dataclasses import replace
from datetime import timedelta

import click
from sqlalchemy import func, select

from exam_app.base.clock import SystemClock, stopwatch
from exam_app.base.config import settings
from exam_app.base.db import db, is_sqlite
from exam_app.base.i18n import gettext as _
from exam_app.cli.rehearsal.house import Machine, lost_of, measure_flush, served
from exam_app.cli.rehearsal.play import Plan, play
from exam_app.cli.rehearsal.stage import Stage, staged
from exam_app.cli.rehearsal.verdict import Measured, Verdict, judge, steps_of, words_of
from exam_app.exams.models import Exam, RosterEntry
from exam_app.operations.stamps import REHEARSAL, SERVED, read_stamp, stamp
from exam_app.readiness.coming import examine
from exam_app.sittings.models import Sitting
from exam_app.texts.readiness import words_of as finding_words

BELL_AFTER = 0.3
"""Which part of the time goes by before the bell: signing in takes a browser several pages."""
NEEDED = frozenset({"exam_people", "exam_plans", "exam_papers"})
MOST_CANDIDATES = 9_000


@click.command("rehearse")
@click.argument("exam_id", type=int)
@click.option("--minutes", type=click.FloatRange(0.2, 60), default=3.0, show_default=True, help="How long to play.")
@click.option("--candidates", type=click.IntRange(1, MOST_CANDIDATES), help="How many; the whole roster if not said.")
@click.option("--workers", type=click.IntRange(1, 64), help="Web processes; as many as flask serve had last.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict for a machine to read.")
def rehearse(exam_id: int, minutes: float, candidates: int | None, workers: int | None, as_json: bool) -> None:
    """Play EXAM_ID on a copy of this installation and say whether it will hold; the real data stays untouched."""
    exam = _exam(exam_id)
    said = read_stamp(settings().instance, SERVED)
    workers = 1 if is_sqlite() else workers or int(said.get("workers", 1))
    if not as_json:
        click.echo(_("正在复制数据，准备演练《{title}》…", title=exam.title))
    with staged(exam_id, candidates, timedelta(minutes=minutes * BELL_AFTER)) as stage:
        if not as_json:
            facts = {"count": len(stage.slips), "minutes": f"{minutes:g}", "kind": stage.kind, "workers": workers}
            click.echo(_("{count} 名模拟考生，{minutes} 分钟，{kind}，{workers} 个服务进程 …", **facts))
        verdict = _play(stage, workers, bool(said.get("tls")), minutes)
    _keep(exam_id, verdict)
    if as_json:
        click.echo(json.dumps(verdict.to_document(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(words_of(verdict)))
    sys.exit(0 if verdict.holds else 1)


def _exam(exam_id: int) -> Exam:
    """Return an exam that can be rehearsed: not begun, and with a paper for everyone."""
    exam = db.session.get(Exam, exam_id)
    if exam is None:
        raise click.ClickException(_("没有编号为 {exam} 的考试。编号见考试页面的地址。", exam=exam_id))
    begun = select(func.count()).select_from(Sitting).join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
    if db.session.scalar(begun.where(RosterEntry.exam_id == exam_id)):
        raise click.ClickException(_("这场考试已经有人开始答题，不能再演练。"))
    for finding in examine(exam, SystemClock().now()):
        if finding.check in NEEDED and not finding.is_fine:
            raise click.ClickException(finding_words(finding))
    return exam


def _play(stage: Stage, workers: int, with_tls: bool, minutes: float) -> Verdict:
    """Serve the copy, let everybody sit, and judge."""
    flush, slowest = measure_flush(stage.instance)
    machine = Machine()
    with served(stage, workers, with_tls) as server:
        began = stopwatch()
        ahead = (stage.bell - SystemClock().now()).total_seconds()
        played = play(
            server.port,
            stage.slips,
            Plan(max(0.0, ahead), max(0.0, ahead) + minutes * 60 * (1 - BELL_AFTER)),
            server.tls,
        )
        seconds = stopwatch() - began
    server_cpu, generator_cpu = machine.used()
    timings = [timing for candidate in played.candidates for timing in candidate.timings]
    measured = Measured(
        candidates=len(played.candidates),
        seconds=seconds,
        lost=lost_of(stage, played.candidates),
        unfinished=sum(not candidate.receipt_code for candidate in played.candidates),
        flush_ms=flush,
        flush_most_ms=slowest,
        server_cpu=server_cpu,
        generator_cpu=generator_cpu,
        cores=os.cpu_count() or 1,
    )
    return replace(judge(steps_of(timings), measured), troubles=sorted(set(played.troubles)))


def _keep(exam_id: int, verdict: Verdict) -> None:
    """Note the outcome where the self-check sees it."""
    instance = settings().instance
    exams = dict(read_stamp(instance, REHEARSAL).get("exams", {}))
    exams[str(exam_id)] = {"holds": verdict.holds, "candidates": verdict.measured.candidates}
    stamp(instance, REHEARSAL, SystemClock().now(), exams=exams)


commands = (rehearse,)
