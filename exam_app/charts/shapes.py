"""charts.shapes — figures become boxes, lines and words: one drawing, for the page and for paper.

Lengths are in pixels of a page; paper scales them. One hue: what is compared with is paler. Labels stand at the
marks, so that no legend is needed.
"""

from dataclasses import dataclass
from enum import StrEnum

from exam_app.charts.figures import Figures, Style, number

TEXT, SMALL, LEAST = 14.0, 12.0, 9.0
WIDTH = 640.0
ASCII_SHARE = 0.56  # of the width of a Chinese character


class Tone(StrEnum):
    """How strongly a shape speaks; the colours are the page's and the paper's own."""

    MAIN = "main"
    PALE = "pale"
    QUIET = "quiet"
    INK = "ink"
    SOFT = "soft"


class Anchor(StrEnum):
    """Which end of the words stands at the place; the values are those of SVG."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    tone: Tone


@dataclass(frozen=True)
class Stroke:
    """A line through the points."""

    points: tuple[tuple[float, float], ...]
    tone: Tone


@dataclass(frozen=True)
class Words:
    """A line of text with its baseline at y."""

    x: float
    y: float
    text: str
    size: float
    tone: Tone
    anchor: Anchor = Anchor.START


Shape = Box | Stroke | Words


@dataclass(frozen=True)
class Drawing:
    """Everything that is drawn, back to front."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def draw(chart: Figures, width: float = WIDTH) -> Drawing:
    """Return the drawing of a chart; one without figures is empty."""
    if not chart.labels or not chart.series:
        return Drawing(width, 0.0, ())
    drawn = {Style.BARS: _bars, Style.COLUMNS: _columns, Style.LINES: _lines}
    return drawn[Style(chart.style)](chart, width)


def text_width(text: str, size: float) -> float:
    """Return about how wide a text is; charts need no more."""
    return sum(size * (ASCII_SHARE if one.isascii() else 1.0) for one in text)


def shortened(text: str, size: float, room: float) -> str:
    """Return the text, cut with an ellipsis where it would be wider than the room."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text, size) > room - size:
        text = text[:-1]
    return f"{text}…"


def _most(chart: Figures) -> float:
    return max((value for _, values in chart.series for value in values), default=0.0) or 1.0


def _tone(chart: Figures, place: int) -> Tone:
    """Return the tone of one of the series: the last is the one that is looked at."""
    before_last = len(chart.series) - 1 - place
    return (Tone.MAIN, Tone.PALE)[before_last] if before_last < 2 else Tone.QUIET


BAR, BAR_GAP, GROUP_GAP = 18.0, 3.0, 10.0


def _bars(chart: Figures, width: float) -> Drawing:
    """Lying bars: the label at the left, the value at the end of its bar."""
    label_room = min(max(text_width(label, TEXT) for label in chart.labels) + 10, width * 0.4)
    value_room = max(text_width(_value(chart, place, row), SMALL) for place, row in _places(chart)) + 8
    room = max(width - label_room - value_room, 40.0)
    shapes: list[Shape] = []
    y = 2.0
    for row, label in enumerate(chart.labels):
        high = len(chart.series) * (BAR + BAR_GAP) - BAR_GAP
        words = shortened(label, TEXT, label_room - 8)
        shapes.append(Words(label_room - 8, y + high / 2 + TEXT * 0.36, words, TEXT, Tone.INK, Anchor.END))
        for place, (_, values) in enumerate(chart.series):
            long = room * values[row] / _most(chart)
            top = y + place * (BAR + BAR_GAP)
            shapes.append(Box(label_room, top, max(long, 1.0), BAR, _tone(chart, place)))
            value = _value(chart, place, row)
            shapes.append(Words(label_room + long + 6, top + BAR / 2 + SMALL * 0.36, value, SMALL, Tone.INK))
        y += high + GROUP_GAP
    shapes.append(Stroke(((label_room, 0.0), (label_room, y - GROUP_GAP + 2)), Tone.SOFT))
    return Drawing(width, y - GROUP_GAP + 4, tuple(shapes))


def _places(chart: Figures) -> list[tuple[int, int]]:
    return [(place, row) for place in range(len(chart.series)) for row in range(len(chart.labels))]


def _value(chart: Figures, place: int, row: int) -> str:
    """Return the words at a mark; where there are several series, the name of this one goes with them."""
    label, values = chart.series[place]
    words = f"{number(values[row])}{chart.unit}"
    return f"{words}（{label}）" if len(chart.series) > 1 else words


COLUMNS_HEIGHT, HEAD_ROOM, FOOT_LINE, WIDEST_COLUMN = 190.0, 20.0, 20.0, 56.0


def _columns(chart: Figures, width: float) -> Drawing:
    """Standing columns: the value over each, the label under each group, the name of the series under its column."""
    group = width / len(chart.labels)
    wide = min(group * 0.78 / len(chart.series), WIDEST_COLUMN)
    base = HEAD_ROOM + COLUMNS_HEIGHT
    several = len(chart.series) > 1
    shapes: list[Shape] = []
    for row, label in enumerate(chart.labels):
        middle = group * (row + 0.5)
        left = middle - wide * len(chart.series) / 2
        for place, (name, values) in enumerate(chart.series):
            high = COLUMNS_HEIGHT * values[row] / _most(chart)
            x, centre = left + place * wide, left + (place + 0.5) * wide
            shapes.append(Box(x + 1, base - max(high, 1.0), wide - 2, max(high, 1.0), _tone(chart, place)))
            shapes.append(_middle(centre, base - high - 5, number(values[row]), wide + 8))
            if several:
                shapes.append(_middle(centre, base + 15, name, wide, Tone.SOFT))
        below = base + (FOOT_LINE if several else 0.0) + 16
        size = max(min(TEXT, TEXT * (group - 4) / max(text_width(label, TEXT), 1.0)), LEAST)
        shapes.append(Words(middle, below, shortened(label, size, group - 4), size, Tone.INK, Anchor.MIDDLE))
    shapes.append(Stroke(((0.0, base), (width, base)), Tone.SOFT))
    return Drawing(width, base + (FOOT_LINE if several else 0.0) + 24, tuple(shapes))


def _middle(x: float, y: float, text: str, room: float, tone: Tone = Tone.INK) -> Words:
    size = min(SMALL, SMALL * room / max(text_width(text, SMALL), 1.0))
    return Words(x, y, text, max(size, 7.0), tone, Anchor.MIDDLE)


LINES_HEIGHT = 120.0


def _lines(chart: Figures, width: float) -> Drawing:
    """Lines over the labels: the value at each point of the last, the name of the series at the end of its line."""
    name_room = max(text_width(name, SMALL) for name, _ in chart.series) + 12
    step = (width - name_room) / len(chart.labels)
    base = HEAD_ROOM + LINES_HEIGHT
    shapes: list[Shape] = [Stroke(((0.0, base), (width - name_room, base)), Tone.SOFT)]
    for place, (name, values) in enumerate(chart.series):
        points = tuple(
            (step * (row + 0.5), base - LINES_HEIGHT * value / _most(chart)) for row, value in enumerate(values)
        )
        tone = _tone(chart, place)
        shapes.append(Stroke(points, tone))
        shapes += [Box(x - 3, y - 3, 6, 6, tone) for x, y in points]
        shapes.append(Words(points[-1][0] + 10, points[-1][1] + 4, name, SMALL, Tone.SOFT))
        if place == len(chart.series) - 1:
            shapes += [_middle(x, y - 8, number(value), step) for (x, y), value in zip(points, values, strict=True)]
    for row, label in enumerate(chart.labels):
        words = shortened(label, SMALL, step - 2)
        shapes.append(Words(step * (row + 0.5), base + 17, words, SMALL, Tone.INK, Anchor.MIDDLE))
    return Drawing(width, base + 24, tuple(shapes))
