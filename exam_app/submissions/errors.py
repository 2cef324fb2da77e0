"""submissions.errors — refusals about papers, correction notices and what speaks against an item."""

from exam_app.base.errors import Conflict, Invalid, NotFound


class NoSuchPaper(NotFound):
    """No such paper on the checklist of this committee's bill."""

    code = "no_such_attachment"


class PaperOfNothing(Invalid):
    """The paper is named for no bill or item that it can belong to."""

    code = "paper_of_nothing"


class PaperDayWrong(Invalid):
    """A paper cannot have been received on a day to come."""

    code = "paper_day_wrong"


class FileNotTaken(Invalid):
    """Only PDF, Word (.docx) and JPEG files up to the limit are kept."""

    code = "file_not_taken"


class NoSuchNotice(NotFound):
    """No such correction notice in this committee."""

    code = "no_such_notice"


class NoticeInvalid(Invalid):
    """A correction notice says what is lacking, about which items, and by which day from today on."""

    code = "notice_invalid"


class NoticeAnswered(Conflict):
    """The notice has been answered already."""

    code = "notice_answered"


class ObjectionGone(Conflict):
    """Nothing of that kind speaks against the item any more."""

    code = "objection_gone"


class AnswerMissing(Invalid):
    """Why an item may stand takes 1 to 300 characters."""

    code = "answer_missing"


class ItemVotedOn(Conflict):
    """The item has been voted on or withdrawn; only a new item can differ from it."""

    code = "item_voted_on"


class NothingCorrected(Invalid):
    """The item says all of that already."""

    code = "nothing_corrected"
