"""charts.figures — what a chart shows: labels, and for each of the series a value at each label."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Style(StrEnum):
    """How figures are drawn: lying bars, standing columns (several series side by side), or lines."""

    BARS = "bars"
    COLUMNS = "columns"
    LINES = "lines"


class Figures(Protocol):
    """What can be drawn; an official text's block has the same fields as a chart of a page."""

    @property
    def title(self) -> str: ...
    @property
    def style(self) -> str: ...
    @property
    def labels(self) -> tuple[str, ...]: ...
    @property
    def series(self) -> tuple[tuple[str, tuple[float, ...]], ...]: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Figures of a page. The last of the series is the one that is looked at; those before it are drawn paler."""

    title: str
    style: str
    labels: tuple[str, ...]
    series: tuple[tuple[str, tuple[float, ...]], ...]
    unit: str = ""


def number(value: float) -> str:
    """Return 12 for 12.0 and 12.5 for 12.50."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def sentence(chart: Figures) -> str:
    """Return the figures in words, for those who hear a chart."""
    return "；".join(_series(chart, label, values) for label, values in chart.series)


def _series(chart: Figures, label: str, values: tuple[float, ...]) -> str:
    pairs = "，".join(f"{each}{number(value)}{chart.unit}" for each, value in zip(chart.labels, values, strict=True))
    return f"{label}：{pairs}" if label else pairs
