"""tests.charts.test_shapes — every figure is drawn, in proportion, inside the picture, with its number beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.charts.figures import Chart, Style, number, sentence
from exam_app.charts.shapes import WIDTH, Anchor, Box, Drawing, Stroke, Tone, Words, draw, shortened, text_width

LABELS = ("决定任命", "任命", "免职", "批准辞职")
YEARS = (("2017年", (20.0, 90.0, 30.0, 0.0)), ("2018年", (29.0, 153.0, 57.0, 3.0)))


def chart(style: Style, series: tuple[tuple[str, tuple[float, ...]], ...] = YEARS[1:], unit: str = "") -> Chart:
    return Chart(title="按方式", style=style, labels=LABELS, series=series, unit=unit)


def boxes(drawing: Drawing, tone: Tone = Tone.MAIN) -> list[Box]:
    return [shape for shape in drawing.shapes if isinstance(shape, Box) and shape.tone is tone]


def words(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.shapes if isinstance(shape, Words)]


def test_bars_are_as_long_as_their_figures() -> None:
    drawn = boxes(draw(chart(Style.BARS)))

    assert [box.width / drawn[1].width for box in drawn] == pytest.approx([29 / 153, 1, 57 / 153, 3 / 153])
    assert len({box.x for box in drawn}) == 1


def test_columns_stand_on_one_line_as_high_as_their_figures() -> None:
    drawn = boxes(draw(chart(Style.COLUMNS)))

    assert [box.height / drawn[1].height for box in drawn] == pytest.approx([29 / 153, 1, 57 / 153, 3 / 153])
    assert len({round(box.y + box.height, 6) for box in drawn}) == 1


def test_last_of_the_series_is_the_strong_one_and_each_is_named_at_its_mark() -> None:
    for style in (Style.BARS, Style.COLUMNS):
        drawing = draw(chart(style, YEARS))

        assert len(boxes(drawing)) == len(boxes(drawing, Tone.PALE)) == 4
        assert sum("2017年" in each for each in words(drawing)) == 4


def test_line_runs_through_its_points_and_ends_with_its_name() -> None:
    drawing = draw(chart(Style.LINES))
    [line] = [shape for shape in drawing.shapes if isinstance(shape, Stroke) and shape.tone is Tone.MAIN]

    assert len(line.points) == 4
    assert line.points[1][1] == min(y for _, y in line.points)
    assert "2018年" in words(drawing)


@pytest.mark.parametrize("style", list(Style))
def test_every_figure_is_written(style: Style) -> None:
    told = " ".join(words(draw(chart(style))))

    assert all(each in told for each in ("29", "153", "57", "3", *LABELS))


def test_chart_without_figures_is_empty() -> None:
    assert draw(Chart(title="", style=Style.BARS, labels=(), series=())) == Drawing(WIDTH, 0.0, ())


def test_zero_everywhere_is_drawn_without_dividing_by_it() -> None:
    drawing = draw(Chart(title="", style=Style.COLUMNS, labels=("甲",), series=(("", (0.0,)),)))

    assert [box.height for box in boxes(drawing)] == [1.0]


def test_long_label_is_cut_with_an_ellipsis() -> None:
    label = "人大常委会办公厅和各工作委员会机关" * 3
    cut = shortened(label, 14, 100)

    assert cut.endswith("…")
    assert text_width(cut, 14) <= 100
    assert shortened("法院", 14, 100) == "法院"


@given(
    style=st.sampled_from(list(Style)),
    labels=st.lists(st.text("甲乙A1", min_size=1, max_size=20), min_size=1, max_size=12),
    values=st.data(),
)
def test_nothing_is_drawn_outside_the_picture(style: Style, labels: list[str], values: st.DataObject) -> None:
    figure = st.integers(0, 9999).map(float)
    row = st.tuples(*[figure] * len(labels))
    series = values.draw(st.lists(st.tuples(st.sampled_from(["2017年", "2018年"]), row), min_size=1, max_size=3))
    drawing = draw(Chart(title="", style=style, labels=tuple(labels), series=tuple(series)))

    for shape in drawing.shapes:
        left, right, top, bottom = _extent(shape)
        assert top >= -1 and bottom <= drawing.height + 1
        assert left >= -9 and right <= drawing.width + 9


def _extent(shape: Box | Stroke | Words) -> tuple[float, float, float, float]:
    match shape:
        case Box():
            return shape.x, shape.x + shape.width, shape.y, shape.y + shape.height
        case Words():
            wide = text_width(shape.text, shape.size)
            left = shape.x - {Anchor.START: 0.0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[shape.anchor]
            return left, left + wide, shape.y - shape.size, shape.y
        case _:
            xs, ys = [x for x, _ in shape.points], [y for _, y in shape.points]
            return min(xs), max(xs), min(ys), max(ys)


def test_figures_are_told_in_words() -> None:
    assert sentence(chart(Style.BARS, YEARS, "人次")).startswith("2017年：决定任命20人次，任命90人次")
    assert [number(value) for value in (12.0, 12.5, 0.0, 66.67)] == ["12", "12.5", "0", "66.67"]
