"""requirements.errors — refusals about deciding again, facts, exemptions and letters after failed exams."""

from exam_app.base.errors import Conflict, Invalid, NotFound


class EvidenceNeeded(Invalid):
    """A fact about a nominee needs evidence in a few words; `most` characters."""

    code = "evidence_needed"


class NoExemption(Conflict):
    """The nominee of the item is not exempted, so there is nothing to approve."""

    code = "no_exemption"


class AttemptsLeft(Conflict):
    """No letter is due: the nominee may try again, has passed, or the rules know no letter."""

    code = "attempts_left"


class NoSuchScope(NotFound):
    """No published rule of that key names its positions one by one."""

    code = "no_such_scope"


class ScopeDiffers(Conflict):
    """The table of positions has changed since the page showed what the rule would change."""

    code = "scope_differs"
