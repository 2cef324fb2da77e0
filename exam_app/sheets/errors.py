"""sheets.errors — refusals about answers on paper."""

from exam_app.base.errors import Conflict, Invalid, NotAllowed


class AlreadyOnPaper(Conflict):
    """The sitting goes on with pen and paper already."""

    code = "already_on_paper"


class NotOnPaper(Conflict):
    """The sitting is not on paper, or was voided."""

    code = "not_on_paper"


class SheetNotCollected(Conflict):
    """The sheet is still being written on: it is read only after it was collected."""

    code = "sheet_not_collected"


class SheetBegun(Conflict):
    """Answers were read from the sheet already, so the sitting does not go back to the screen."""

    code = "sheet_begun"


class SheetReadByYou(Conflict):
    """One person reads a sheet once; the second reading is another person's."""

    code = "sheet_read_by_you"


class SheetReadTwice(Conflict):
    """Two people have read the sheet; a third reading has no place."""

    code = "sheet_read_twice"


class SheetSettled(Conflict):
    """What stands on the sheet was settled, and counts."""

    code = "sheet_settled"


class SheetNotReadTwice(Conflict):
    """There is nothing to settle before two people have read the sheet."""

    code = "sheet_not_read_twice"


class SettlerHasRead(NotAllowed):
    """Whoever read the sheet does not judge between the two readings."""

    code = "settler_has_read"


class SheetCodeWrong(Invalid):
    """The code typed is not the one on this person's sheet."""

    code = "sheet_code_wrong"


class ReadingInvalid(Invalid):
    """Some answers cannot be right; `faults` says per question why, `count` how many."""

    code = "reading_invalid"


class ChoiceMissing(Invalid):
    """Every difference is settled with an answer and a reason; `slots` names those that are not."""

    code = "choice_missing"
