"""yearbook.errors — what the year's figures refuse."""

from exam_app.base.errors import Invalid, NotFound


class NoSuchFigure(NotFound):
    """There is no such figure, or it is another committee's. Facts: figure."""

    code = "no_such_figure"


class NoSuchYear(NotFound):
    """No standing committee had such a year, or it has not begun. Facts: year."""

    code = "no_such_year"


class HandFigureInvalid(Invalid):
    """A figure by hand needs a label, and a value or a sentence, none of them too long."""

    code = "hand_figure_invalid"
