"""tests.cli.rehearsal.test_verdict — figures are counted right, and every reason against the exam is named."""

import pytest

from exam_app.cli.rehearsal.connection import Timing
from exam_app.cli.rehearsal.verdict import Measured, Verdict, judge, steps_of, words_of

SOUND = {
    "candidates": 100,
    "seconds": 60.0,
    "lost": 0,
    "unfinished": 0,
    "server_cpu": 20.0,
    "generator_cpu": 10.0,
    "cores": 2,
    "flush_ms": 1.0,
    "flush_most_ms": 3.0,
}


def judged(timings: list[Timing], **changed: float) -> Verdict:
    """Judge a rehearsal that was sound but for this."""
    return judge(steps_of(timings), Measured(**{**SOUND, **changed}))  # type: ignore[arg-type]


def test_figures_of_a_step() -> None:
    timings = [Timing("save", number / 1000, 200) for number in range(1, 101)] + [Timing("clock", 0.5, 0)]
    steps = steps_of(timings)

    assert list(steps) == ["save", "clock"]
    assert (steps["save"].count, steps["save"].p50_ms, steps["save"].p99_ms, steps["save"].most_ms) == (
        100,
        51,
        100,
        100,
    )
    assert steps["clock"].failed == 1


def test_fast_and_complete_holds() -> None:
    verdict = judged([Timing("save", 0.01, 200), Timing("start", 1.0, 200), Timing("page", 3.0, 200)])
    assert verdict.holds
    assert words_of(verdict)[-1] == "结论：承受得住。100 人同时考试没有问题。"
    assert verdict.to_document()["cpu_share"] == 0.25


@pytest.mark.parametrize(
    ("timing", "changed", "reason"),
    [
        (Timing("save", 0.3, 200), {}, "保存答案最慢的百分之一要 300.0 毫秒，应在 250 毫秒以内"),
        (Timing("start", 2.5, 200), {}, "开始答题最慢"),
        (Timing("hand_in", 1.5, 200), {}, "交卷最慢"),
        (Timing("page", 0.1, 503), {}, "有 1 次请求失败"),
        (Timing("sign_in", 0.1, 429), {}, "有 1 次请求失败"),
        (Timing("save", 0.1, 200), {"lost": 2}, "有 2 条已确认的答案不在数据库里"),
        (Timing("save", 0.1, 200), {"unfinished": 3}, "有 3 名考生没能考完"),
        (Timing("save", 0.1, 200), {"server_cpu": 100.0}, "处理器用了 92%"),
    ],
)
def test_every_reason_is_named(timing: Timing, changed: dict[str, float], reason: str) -> None:
    verdict = judged([timing], **changed)
    assert not verdict.holds
    assert len(verdict.reasons) == 1 and reason in verdict.reasons[0]
    assert any(line.startswith("结论：承受不住。") and reason in line for line in words_of(verdict))
