"""intake.errors — what is wrong with a list or one of its rows."""

from exam_app.base.errors import Invalid


class RowsUnsettled(Invalid):
    """Rows of the list are doubtful or wrong; nothing is added before they are settled."""

    code = "rows_unsettled"


class NoRowsLeft(Invalid):
    """Every row of the list is left out."""

    code = "no_rows_left"


class RowPostMissing(Invalid):
    """A row names no post, or one of more than 120 characters."""

    code = "row_post_missing"


class RowTwice(Invalid):
    """An earlier row names the same person, post and form; `first` is its line."""

    code = "row_twice"


class RowKnown(Invalid):
    """The bill has an item of the same person, post and form."""

    code = "row_known"


class SentenceUnclear(Invalid):
    """A sentence that appoints or removes, but does not say whom to what."""

    code = "sentence_unclear"
