"""appointments.errors — refusals about bills and items."""

from exam_app.base.errors import Conflict, Invalid, NotFound
from exam_app.people.errors import NomineeUnclear as NomineeUnclear


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


class ItemCannot(Conflict):
    """The act does not follow on the item's state; `act` and `state` tell which."""

    code = "item_cannot"


class NothingChosen(Invalid):
    """The act was asked for no item at all."""

    code = "nothing_chosen"


class NominatorUnknown(Invalid):
    """Nobody of that title nominates for any position of the table."""

    code = "nominator_unknown"


class NoSuchPosition(NotFound):
    """No such line in this committee's table of positions."""

    code = "no_such_position"


class PositionTaken(Conflict):
    """The table names that post of that organ already."""

    code = "position_taken"


class PositionInvalid(Invalid):
    """A position needs a name, a form of appointment, a nominator and a legal basis."""

    code = "position_invalid"
