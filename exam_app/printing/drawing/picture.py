"""printing.drawing.picture — draws the shapes of a chart as a PNG, for documents that hold pictures and no drawings."""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from exam_app.charts.figures import Figures
from exam_app.charts.shapes import Anchor, Box, Tone, Words, draw
from exam_app.printing.drawing.chart import COLOURS
from exam_app.printing.drawing.sheet import LINE
from exam_app.printing.typefaces import Face, shipped

SCALE = 3
"""Dots for each of the drawing's pixels: 640 of them on 156 mm are 313 dots an inch."""
ANCHORS = {Anchor.START: "ls", Anchor.MIDDLE: "ms", Anchor.END: "rs"}


def picture(chart: Figures) -> bytes:
    """Return the chart as a PNG; equal charts give equal bytes, one without figures gives none."""
    drawing = draw(chart)
    if not drawing.shapes:
        return b""
    image = Image.new("RGB", (round(drawing.width * SCALE), round(drawing.height * SCALE)), "white")
    pen = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        match shape:
            case Box():
                corners = (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
                pen.rectangle([round(place * SCALE) for place in corners], COLOURS[shape.tone])
            case Words():
                words, at = " ".join(shape.text.split()), (shape.x * SCALE, shape.y * SCALE)
                pen.text(at, words, COLOURS[shape.tone], _font(round(shape.size * SCALE)), ANCHORS[shape.anchor])
            case _:
                _line(pen, shape.points, shape.tone)
    kept = BytesIO()
    image.quantize(64).save(kept, "PNG", optimize=True)
    return kept.getvalue()


@lru_cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(shipped(Face.HEI)), size, layout_engine=ImageFont.Layout.BASIC)


def _line(pen: ImageDraw.ImageDraw, points: Sequence[tuple[float, float]], tone: Tone) -> None:
    colour, weight = (LINE, 1) if tone is Tone.SOFT else (COLOURS[tone], 2)
    pen.line([(x * SCALE, y * SCALE) for x, y in points], colour, weight * SCALE)
