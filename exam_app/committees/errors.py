"""committees.errors — refusals about committees and local rules."""

from exam_app.base.errors import Conflict, Invalid, NotFound


class NoSuchCommittee(NotFound):
    """No such committee for this person."""

    code = "no_such_committee"


class RulesInvalid(Invalid):
    """A local rule has an impossible value; `field` names it."""

    code = "rules_invalid"


class TableHasGaps(RulesInvalid):
    """The decision table leaves a situation unanswered; `example` says which."""

    code = "table_has_gaps"


class TableContradicts(RulesInvalid):
    """A line of the decision table never decides: the lines `by` before it say otherwise about all of it."""

    code = "table_contradicts"


class RulesDateTaken(Conflict):
    """Rules from that day on are already recorded."""

    code = "rules_date_taken"


class RulesBackdated(Conflict):
    """Rules that are in force are not replaced for days that have passed."""

    code = "rules_backdated"


class TermInvalid(Invalid):
    """The term's dates or number cannot be right."""

    code = "term_invalid"
