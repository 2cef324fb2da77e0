"""papers.errors — refusals about blueprints and papers."""

from exam_app.base.errors import Conflict, Invalid, NotFound


class NoSuchBlueprint(NotFound):
    """No such blueprint in this committee."""

    code = "no_such_blueprint"


class NoSuchPaper(NotFound):
    """No such paper."""

    code = "no_such_paper"


class BlueprintInvalid(Invalid):
    """A value of a blueprint cannot be right; `field` names it."""

    code = "blueprint_invalid"


class BlueprintNameTaken(Conflict):
    """Another blueprint of the committee has that name."""

    code = "blueprint_name_taken"


class BlueprintFixed(Conflict):
    """A blueprint that is ready or retired never changes; a copy may."""

    code = "blueprint_fixed"


class MarksDoNotSum(Conflict):
    """The questions' marks do not sum to the full marks."""

    code = "marks_do_not_sum"


class BankInsufficient(Conflict):
    """The bank has not enough questions for the paper; `lacking` counts the places."""

    code = "bank_insufficient"


class PaperStillSealed(Conflict):
    """Nobody reads a paper before its sitting starts."""

    code = "paper_still_sealed"
