"""web.officer.blueprint — the blueprint that the pages of this audience hang their routes on, and their words."""

from typing import Any

from flask import Blueprint, request

from exam_app.appointments.states import MUST_SIT
from exam_app.texts import appointments as texts
from exam_app.texts import meetings, proceedings
from question_bank.kinds import ORGAN_LABELS

LIST_ARGUMENTS = ("q", "state", "exam", "show", "page", "size")
bp = Blueprint("officer", __name__, template_folder="templates")


@bp.context_processor
def _words() -> dict[str, object]:
    """Give templates the words for the closed lists of appointments and meetings."""
    return {
        "words": texts,
        "organs": ORGAN_LABELS,
        "MUST_SIT": MUST_SIT,
        "meeting_kinds": meetings.KINDS,
        "meeting_states": meetings.STATES,
        "meeting_words": proceedings,
        "shown_list": shown_list,
    }


def shown_list() -> dict[str, Any]:
    """Return what the address says of the list an act was done on, so that it leads back to the same rows."""
    return {name: request.args[name] for name in LIST_ARGUMENTS if name in request.args}
