"""bank.errors — refusals about questions, their review and their files."""

from exam_app.base.errors import Conflict, Invalid, NotAllowed, NotFound


class NoSuchQuestion(NotFound):
    """No such question in this committee."""

    code = "no_such_question"


class QuestionInvalid(Invalid):
    """The question is not complete or does not hang together; `problems` says where."""

    code = "question_invalid"


class CodeTaken(Conflict):
    """Another question of the committee has that code."""

    code = "question_code_taken"


class ClassificationFixed(Conflict):
    """A question that was live keeps its code, kind, use, part and organs."""

    code = "classification_fixed"


class OpenVersionExists(Conflict):
    """A version of the question is being written or reviewed already."""

    code = "open_version_exists"


class ReviewedByAuthor(NotAllowed):
    """Whoever wrote a version does not decide on it."""

    code = "reviewed_by_author"


class ReasonMissing(Invalid):
    """The act needs a reason, or it is too long."""

    code = "question_reason_missing"


class NotAQuestionFile(Invalid):
    """The file cannot be read as the question template at all; `problem` says why."""

    code = "not_a_question_file"


class NothingToImport(Invalid):
    """No question was chosen or can be imported."""

    code = "nothing_to_import"


class FileImported(Conflict):
    """The questions of this file are in the bank already."""

    code = "file_imported"


class ImportInUse(Conflict):
    """Questions of the import were sent on already, so it cannot be undone as a whole."""

    code = "import_in_use"
