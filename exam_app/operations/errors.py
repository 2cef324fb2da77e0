"""operations.errors — refusals of the machinery."""

from exam_app.base.errors import Conflict, NotFound


class TooOften(Conflict):
    """The same was tried too often in a short time."""

    code = "too_often"


class NoSuchJob(NotFound):
    """No such job in this committee."""

    code = "no_such_job"


class NoSuchFile(NotFound):
    """No such file in this committee."""

    code = "no_such_file"
