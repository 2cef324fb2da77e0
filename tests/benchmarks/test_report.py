"""tests.benchmarks.test_report — the table says what was reached; no old figure stands for one that failed."""

import json
from pathlib import Path

import pytest

from benchmarks import report


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of its own."""
    path = tmp_path / "bench.json"
    monkeypatch.setattr(report, "RESULTS", path)
    return path


def line_of(title: str, text: str) -> str:
    """Return the line of the table that begins so."""
    return next(line for line in text.splitlines() if line.startswith(title))


def test_each_bound_is_judged_at_its_edge() -> None:
    figures = {"save_ratio": {"postgresql": 0.7, "sqlite": 0.49}, "save_p99_ms": {"sqlite": 50, "postgresql": 49.9}}
    text = report.table(figures)
    assert line_of("保存，PostgreSQL", text).endswith(" 达到")
    assert line_of("保存，SQLite", text).endswith(" 未达到")
    assert line_of("80% 饱和时保存 p99，SQLite", text).endswith(" 未达到")
    assert line_of("80% 饱和时保存 p99，PostgreSQL", text).endswith(" 达到")
    assert line_of("500 份合格证", text).endswith(" 未测")


def test_the_ladder_counts_as_far_as_it_holds() -> None:
    rungs = [
        {"candidates": 200, "holds": True},
        {"candidates": 1000, "holds": True},
        {"candidates": 5000, "holds": False},
    ]
    text = line_of("每 15 秒保存", report.table({"ladder": rungs}))
    assert "1000 人" in text and text.endswith(" 未达到")


def test_what_failed_says_so_and_leaves_no_older_figure(results: Path) -> None:
    report.keep({"save_ratio": {"sqlite": 0.9}, "pages_ms": {"today": 5}, "saves": {}})
    report.keep({"faults": {"saves": "3 个请求失败"}}, ["saves"])
    kept = json.loads(results.read_text(encoding="utf-8"))
    assert set(kept) == {"pages_ms", "faults"}
    assert line_of("保存，SQLite", report.table(kept, ["saves"])).endswith(" 失败")
