"""cli.rehearsal.verdict — from what was measured to will it hold: figures beside what they must reach. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from exam_app.base.i18n import gettext as _
from exam_app.cli.rehearsal.connection import Timing

BROKEN, TOO_OFTEN = 500, 429
MOST_SECONDS: Mapping[str, float] = {"start": 2.0, "save": 0.25, "hand_in": 1.0}
"""What candidates take for "at once"; the figures of the whole product."""
MOST_CPU = 0.85
STEPS = {
    "sign_in": "登录",
    "check_in": "签到",
    "start": "开始答题",
    "save": "保存答案",
    "clock": "对时",
    "hand_in": "交卷",
    "poll": "等候开考",
    "page": "打开页面",
    "file": "取页面文件",
}


@dataclass(frozen=True)
class Step:
    """One kind of request: how often, how long (milliseconds), how often it failed."""

    count: int
    p50_ms: float
    p99_ms: float
    most_ms: float
    failed: int


@dataclass(frozen=True)
class Measured:
    """What the rehearsal came to, besides the single requests."""

    candidates: int
    seconds: float
    lost: int
    unfinished: int
    server_cpu: float
    generator_cpu: float
    cores: int
    flush_ms: float
    flush_most_ms: float

    @property
    def cpu_share(self) -> float:
        """Which part of the whole machine's processors server and candidates took together."""
        return (self.server_cpu + self.generator_cpu) / max(self.seconds, 0.001) / self.cores


@dataclass(frozen=True)
class Verdict:
    """Whether it will hold, and if not, why."""

    holds: bool
    reasons: list[str]
    measured: Measured
    steps: Mapping[str, Step] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    def to_document(self) -> dict[str, Any]:
        """Return everything for a machine to read."""
        return {**asdict(self), "cpu_share": round(self.measured.cpu_share, 3)}


def steps_of(timings: Sequence[Timing]) -> dict[str, Step]:
    """Return the figures of each kind of request."""
    found: dict[str, list[Timing]] = {}
    for timing in timings:
        found.setdefault(timing.kind, []).append(timing)
    return {kind: _step(found[kind]) for kind in (*STEPS, *(set(found) - set(STEPS))) if kind in found}


def _step(timings: Sequence[Timing]) -> Step:
    taken = sorted(timing.seconds * 1000 for timing in timings)
    failed = sum(timing.status in (0, TOO_OFTEN) or timing.status >= BROKEN for timing in timings)
    at = [round(taken[min(len(taken) - 1, int(len(taken) * part))], 1) for part in (0.5, 0.99)]
    return Step(len(taken), at[0], at[1], round(taken[-1], 1), failed)


def judge(steps: Mapping[str, Step], measured: Measured) -> Verdict:
    """Return whether the exam will hold."""
    reasons = [
        _(
            "{step}最慢的百分之一要 {taken} 毫秒，应在 {most} 毫秒以内",
            step=_(STEPS[kind]),
            taken=step.p99_ms,
            most=most,
        )
        for kind, step in steps.items()
        if kind in MOST_SECONDS and step.p99_ms > (most := round(MOST_SECONDS[kind] * 1000))
    ]
    failed = sum(step.failed for step in steps.values())
    if failed:
        reasons.append(_("有 {count} 次请求失败", count=failed))
    if measured.unfinished:
        reasons.append(_("有 {count} 名考生没能考完", count=measured.unfinished))
    if measured.lost:
        reasons.append(_("有 {count} 条已确认的答案不在数据库里", count=measured.lost))
    if measured.cpu_share > MOST_CPU:
        reasons.append(_("处理器用了 {share}%，没有余量", share=round(measured.cpu_share * 100)))
    return Verdict(not reasons, reasons, measured, steps)


def words_of(verdict: Verdict) -> list[str]:
    """Return the verdict line by line, the conclusion last."""
    measured = verdict.measured
    lines = [
        _("{step}：{count} 次，一半在 {half} 毫秒内，99% 在 {most} 毫秒内，失败 {failed} 次",
          step=_(STEPS.get(kind, kind)), count=step.count, half=step.p50_ms, most=step.p99_ms, failed=step.failed)
        for kind, step in verdict.steps.items()
    ]  # fmt: skip
    lines.append(
        _(
            "处理器：共 {cores} 核，服务器和模拟考生合计用了 {share}%（服务器 {server} 秒，模拟考生 {generator} 秒）",
            cores=measured.cores,
            share=round(measured.cpu_share * 100),
            server=round(measured.server_cpu, 1),
            generator=round(measured.generator_cpu, 1),
        )
    )
    lines.append(_("硬盘写实一次 {flush} 毫秒，最慢 {most} 毫秒", flush=measured.flush_ms, most=measured.flush_most_ms))
    lines.append(_("已确认的答案丢失 {lost} 条", lost=measured.lost))
    if verdict.holds:
        lines.append(_("结论：承受得住。{count} 人同时考试没有问题。", count=measured.candidates))
    else:
        lines.append(_("结论：承受不住。{reasons}。", reasons="；".join(verdict.reasons)))
        lines += [_("考生遇到：{trouble}", trouble=trouble) for trouble in verdict.troubles[:5]]
        lines.append(_("请关闭本机其他程序后再演练一次；仍不行，请换一台更快的机器，或分批考试。"))
    return lines
