"""documents.errors — refusals about documents and archive packages."""

from exam_app.base.errors import Conflict, Invalid, NotFound


class NoSuchDocument(NotFound):
    """No such document in this committee, or none of that kind at this meeting."""

    code = "no_such_document"


class NoSuchArchive(NotFound):
    """No such archive package in this committee."""

    code = "no_such_archive"


class NothingToIssue(Conflict):
    """The meeting has no document of the kind that was asked for."""

    code = "nothing_to_issue"


class DocumentChanged(Conflict):
    """The record changed after the page was made: what would be issued is not what was shown; `title` is which."""

    code = "document_changed"


class DocumentNumberInvalid(Invalid):
    """A document number is longer than there is room for."""

    code = "document_number_invalid"
