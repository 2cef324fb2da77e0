"""benchmarks.report — the table of the figures, each beside its bound, and the file that keeps them."""

import json
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parents[1] / "benchmarks" / "results" / "bench.json"
REACHED, MISSED, FAILED, PRINTED, NOT_MEASURED = "达到", "未达到", "失败", "", "未测"


@dataclass(frozen=True)
class Row:
    """One line of the table: where its figure is, how it is written, and what it must reach."""

    figure: str
    title: str
    key: str
    unit: str
    bound: str
    judge: Callable[[Any], bool] | None

    def verdict(self, value: Any) -> str:
        """Return whether a value reaches the bound."""
        if value is None:
            return NOT_MEASURED
        return PRINTED if self.judge is None else (REACHED if self.judge(value) else MISSED)


def _at_least(least: float) -> Callable[[Any], bool]:
    return lambda value: bool(value >= least)


def _below(most: float) -> Callable[[Any], bool]:
    return lambda value: bool(value < most)


ROWS = (
    Row("saves", "保存，PostgreSQL，与裸 INSERT 之比", "save_ratio.postgresql", "", "≥ 0.7", _at_least(0.7)),
    Row("saves", "保存，SQLite，与裸 INSERT 之比", "save_ratio.sqlite", "", "≥ 0.5", _at_least(0.5)),
    Row("saves", "80% 饱和时保存 p99，PostgreSQL", "save_p99_ms.postgresql", "ms", "< 50", _below(50)),
    Row("saves", "80% 饱和时保存 p99，SQLite", "save_p99_ms.sqlite", "ms", "< 50", _below(50)),
    Row("slow", "SQLite，每次刷盘 5 ms", "slow_flush_saves_per_second", "次/秒", "≥ 1000", _at_least(1000)),
    Row("storm", "一分钟 600 人登录时保存 p99", "sign_in_storm_save_p99_ms", "ms", "< 250", _below(250)),
    Row("bell", "一秒内 500 人开考 p99", "start_500_p99_ms", "ms", "< 2000", _below(2000)),
    Row("bell", "首次打开考试页的字节（gzip）", "first_visit_gzip_bytes", "字节", "< 60000", _below(60_000)),
    Row("bell", "十秒内 500 人交卷 p99", "hand_in_500_p99_ms", "ms", "< 1000", _below(1000)),
    Row("bell", "交卷后全部判完", "hand_in_500_marked_s", "秒", "≤ 5", lambda value: value <= 5),
    Row("ladder", "每 15 秒保存、p99 < 250 ms 的人数", "ladder", "人", "20000", lambda rungs: holding(rungs) >= 20_000),
    Row("growth", "十万场次与一千场次的保存用时之比", "growth_100k", "", "≤ 1.2", lambda value: value <= 1.2),
    Row("growth", "十万场次时清扫一次，PostgreSQL", "sweep_ms.postgresql", "ms", "", None),
    Row("growth", "十万场次时清扫一次，SQLite", "sweep_ms.sqlite", "ms", "", None),
    Row("growth", "十万场次时一间考场的看板，PostgreSQL", "board_ms.postgresql", "ms", "", None),
    Row("growth", "十万场次时一间考场的看板，SQLite", "board_ms.sqlite", "ms", "", None),
    Row("ladder", "5000 人在考时全部网站进程的内存", "memory_mb", "MB", "< 1024", _below(1024)),
    Row("certificates", "500 份合格证签发", "certificates_500_s", "秒", "< 30", _below(30)),
)


def holding(rungs: list[Mapping[str, Any]]) -> int:
    """Return the highest rung of a ladder that holds."""
    return max((rung["candidates"] for rung in rungs if rung["holds"]), default=0)


def find(figures: Mapping[str, Any], key: str) -> Any:
    """Return the figure under a dotted key; None where it was not measured."""
    found: Any = figures
    for part in key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def keep(figures: Mapping[str, Any], faults: Collection[str] = ()) -> None:
    """Write figures into the file, beside those of other commands; what failed now leaves no older figure standing."""
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    stale = {row.key.partition(".")[0] for row in ROWS if row.figure in faults} | set(faults)
    kept = {key: value for key, value in known.items() if key not in stale}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps({**kept, **figures}, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def table(figures: Mapping[str, Any], faults: Collection[str] = ()) -> str:
    """Return the table: what, figure, bound, verdict."""
    lines = [_line("项目", "实测", "要求", "")]
    for row in ROWS:
        value = find(figures, row.key)
        verdict = FAILED if row.figure in faults else row.verdict(value)
        lines.append(_line(row.title, _written(row, value), row.bound, verdict))
    return "\n".join(lines)


def _written(row: Row, value: Any) -> str:
    if value is None:
        return "—"
    shown = holding(value) if isinstance(value, list) else value
    return f"{shown:g} {row.unit}".strip() if shown < 1e5 else f"{shown:.0f} {row.unit}"


def _line(title: str, value: str, bound: str, verdict: str) -> str:
    return f"{_padded(title, 42)}{_padded(value, 16)}{_padded(bound, 10)}{verdict}".rstrip()


def _padded(text: str, width: int) -> str:
    """Pad to a width in columns of a terminal, where a Chinese character takes two."""
    taken = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
    return text + " " * max(width - taken, 1)
