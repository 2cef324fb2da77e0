"""proceedings.states — how votes are taken, reports given and oaths sworn."""

from enum import StrEnum


class VoteMethod(StrEnum):
    """How the members vote; always secret, only totals are known here."""

    PANEL = "panel"
    BALLOT = "ballot"
    HANDS = "hands"


class ReportMode(StrEnum):
    """How a nominee reports."""

    ORAL = "oral"
    WRITTEN = "written"


class OathOrganizer(StrEnum):
    """Before whom an oath is sworn: the standing committee, or the appointee's own organ."""

    STANDING_COMMITTEE = "standing_committee"
    OWN_ORGAN = "own_organ"


class OathForm(StrEnum):
    """Whether one swears alone or a group after its lead taker."""

    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
