"""appointments.errors — refusals about bills and items."""

from exam_app.base.errors import Conflict, Invalid, NotFound


class NoSuchBill(NotFound):
    """No such bill in this committee."""

    code = "no_such_bill"


class NoSuchItem(NotFound):
    """No such item in this committee."""

    code = "no_such_item"


class BillNumberTaken(Conflict):
    """A bill with that document number is registered."""

    code = "bill_number_taken"


class BillInvalid(Invalid):
    """Title, organ or number is missing, or the bill was received in the future."""

    code = "bill_invalid"


class ItemTwice(Conflict):
    """The bill names the person, post and form already."""

    code = "item_twice"


class PostMissing(Invalid):
    """An item names a post of at most 120 characters."""

    code = "post_missing"


class ExamNotNeeded(Conflict):
    """The nominee does not have to sit, or has passed."""

    code = "exam_not_needed"


class ItemDecided(Conflict):
    """The item was withdrawn or announced; nothing moves it any more."""

    code = "item_decided"


class ResultUnpublished(Conflict):
    """Only a published or voided result says anything about an item."""

    code = "result_unpublished"


class ExamStandsInTheWay(Conflict):
    """The gate is hard, and the exam is neither cleared nor overridden; `name` tells whose."""

    code = "exam_stands_in_the_way"


class AnnouncedTooEarly(Invalid):
    """The day of the vote lies before the bill was received, or in the future."""

    code = "announced_too_early"


class NothingToOverride(Conflict):
    """The exam does not stand in the item's way."""

    code = "nothing_to_override"


class NotADirectorsMeeting(Invalid):
    """Only a directors' meeting decides about an item that the exam blocks."""

    code = "not_a_directors_meeting"


class ReasonNeeded(Invalid):
    """The act needs a reason of at most 300 characters."""

    code = "reason_needed"


class NomineeUnclear(Conflict):
    """Persons of that name are known, and only people can tell whether it is one of them."""

    code = "nominee_unclear"
