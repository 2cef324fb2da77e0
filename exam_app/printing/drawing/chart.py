"""printing.drawing.chart — draws on paper the same shapes that a page shows."""

from itertools import pairwise

from exam_app.charts.figures import Figures
from exam_app.charts.shapes import Anchor, Box, Tone, Words, draw
from exam_app.printing.drawing.sheet import INK, LINE, SOFT_INK, Align, Sheet, Stroke, Style
from exam_app.printing.typefaces import Face

COLOURS = {Tone.MAIN: "#1554ad", Tone.PALE: "#9db8dc", Tone.QUIET: "#d3deee", Tone.INK: INK, Tone.SOFT: SOFT_INK}
ALIGNED = {Anchor.START: Align.LEFT, Anchor.MIDDLE: Align.CENTRE, Anchor.END: Align.RIGHT}


def chart_height(chart: Figures, width: float) -> float:
    """Return the height in millimetres of a chart so wide."""
    drawing = draw(chart)
    return drawing.height * width / drawing.width


def write_chart(sheet: Sheet, chart: Figures, corner: tuple[float, float], width: float) -> None:
    """Draw the chart with its top left corner there, in millimetres."""
    drawing = draw(chart)
    scale = width / drawing.width
    left, top = corner
    for shape in drawing.shapes:
        match shape:
            case Box():
                at = (left + shape.x * scale, top + shape.y * scale)
                sheet.block(at, (shape.width * scale, shape.height * scale), COLOURS[shape.tone])
            case Words():
                style = Style(Face.HEI, shape.size * scale / 0.3528, COLOURS[shape.tone])
                at = (left + shape.x * scale, top + shape.y * scale)
                sheet.text(*at, " ".join(shape.text.split()), style, ALIGNED[shape.anchor])
            case _:
                _line(sheet, [(left + x * scale, top + y * scale) for x, y in shape.points], shape.tone)


def _line(sheet: Sheet, points: list[tuple[float, float]], tone: Tone) -> None:
    stroke = Stroke(weight=0.5, colour=LINE) if tone is Tone.SOFT else Stroke(weight=1.2, colour=COLOURS[tone])
    for start, end in pairwise(points):
        sheet.rule(start, end, stroke)
