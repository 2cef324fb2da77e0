"""web.matters.sources — which sources of matters there are, and all of them gathered; a new one adds its line here."""

from collections.abc import Callable, Iterator

from exam_app.web.matters import appointing, examining, keeping, sheets, supervising
from exam_app.web.matters.matter import Desk, Matter

SOURCES: tuple[Callable[[Desk], Iterator[Matter]], ...] = (
    examining.outages_to_decide,
    examining.exams_at_hand,
    examining.late_answers_to_decide,
    sheets.sheets_waiting,
    examining.results_to_publish,
    appointing.meetings_at_work,
    appointing.corrections_due,
    appointing.nominees_and_exams,
    appointing.items_to_move,
    supervising.reports_running_out,
    keeping.drafts_to_review,
    keeping.drafts_sent_back,
    keeping.accounts_locked,
)
"""In the order of the work; each asks the database once at most, the first a few times where an outage was."""


def gather(desk: Desk) -> list[Matter]:
    """Return the matters, urgent ones first, else in the order of the work; at most one statement a source."""
    found = [matter for source in SOURCES for matter in source(desk) if matter.href]
    return sorted(found, key=lambda matter: not matter.urgent)
