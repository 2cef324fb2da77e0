"""proceedings.errors — refusals about review, agenda, report, vote, announcement, letter, oath and office."""

from exam_app.base.errors import Conflict, Invalid, NotFound


class NotAStandingMeeting(Invalid):
    """Only a meeting of the standing committee itself hears, votes, announces and takes oaths."""

    code = "not_a_standing_meeting"


class MeetingNotHeld(Conflict):
    """The meeting is only planned: what is said to have happened there has not."""

    code = "meeting_not_held"


class NotOnAgenda(Conflict):
    """The item is not on the agenda of this meeting; `name` and `post` tell which."""

    code = "not_on_agenda"


class CountsDoNotAddUp(Invalid):
    """A count is negative, or yes, no, abstentions and unpressed buttons are not as many as were present."""

    code = "counts_do_not_add_up"


class CombinedNotAllowed(Conflict):
    """The local rules have every person voted on alone."""

    code = "combined_not_allowed"


class VotedAlone(Conflict):
    """An acting post or a dismissal is never voted on together with others; `name` and `post` tell which."""

    code = "voted_alone"


class BallotNeeded(Conflict):
    """A dismissal is voted on by secret written ballot (监督法 §62)."""

    code = "ballot_needed"


class RemovalFirst(Conflict):
    """Of one post the removal comes before the appointment; `name` and `post` tell whose removal waits."""

    code = "removal_first"


class NoSuchVote(NotFound):
    """No such vote in this committee."""

    code = "no_such_vote"


class VoteCorrected(Conflict):
    """The vote was corrected already; only the newest record of it can be corrected."""

    code = "vote_corrected"


class VotedElsewhere(Conflict):
    """The item was not voted on at this meeting; `name` and `post` tell which."""

    code = "voted_elsewhere"


class AlreadyReported(Conflict):
    """The report of this nominee is on record; `name` tells whose."""

    code = "already_reported"


class NoLetterDue(Conflict):
    """Acting posts, approved appointments and removals get no letter; `name` and `post` tell which."""

    code = "no_letter_due"


class LetterNumberTooLong(Invalid):
    """The local rules make numbers of more than 60 characters."""

    code = "letter_number_too_long"


class NotAnAppointment(Conflict):
    """A removal is not sworn upon and nobody takes office by it; `name` and `post` tell which."""

    code = "not_an_appointment"


class OathElsewhere(Conflict):
    """People's assessors swear before their court (人民陪审员法 §12)."""

    code = "oath_elsewhere"


class ActingSpared(Conflict):
    """By the local rules acting heads do not swear; `name` and `post` tell which."""

    code = "acting_spared"


class LeadTakerUnclear(Invalid):
    """A collective oath has one lead taker among those who swear, a single oath has none."""

    code = "lead_taker_unclear"


class DayOutOfOrder(Invalid):
    """The day lies before the appointment was passed, or is still to come; `name`, `day` and `earliest` tell."""

    code = "day_out_of_order"


class EndingUnexplained(Invalid):
    """Why an office ended is told in at most 200 characters."""

    code = "ending_unexplained"


class OpinionNeeded(Invalid):
    """A review ends with an opinion of at most 600 characters."""

    code = "opinion_needed"


class ObjectionsOpen(Conflict):
    """Something that speaks against the item is neither mended nor answered; `name` tells against whom."""

    code = "objections_open"


class OverrideApart(Invalid):
    """That an item goes on although the exam blocks it is decided and recorded by itself."""

    code = "override_apart"


class DirectorsDecideAgain(Conflict):
    """By the local rules a deferred item comes back only by a new decision of the directors; `name` and `post` tell."""

    code = "directors_decide_again"


class DecidedTooEarly(Invalid):
    """The directors met before the bill came in; `name`, `held_on` and `received_on` tell."""

    code = "decided_too_early"


class ConsentMissing(Conflict):
    """An item that the directors submitted is withdrawn with their consent only; `name` and `post` tell which."""

    code = "consent_missing"


class AlreadyOnAgenda(Conflict):
    """The item is on the agenda of this meeting; `name` and `post` tell which."""

    code = "already_on_agenda"


class AgendaDiffers(Conflict):
    """The items put in order are not those on the agenda."""

    code = "agenda_differs"


class ItemsUndecided(Conflict):
    """Items on the agenda are neither voted on nor deferred nor taken off; `name` is the first of `count`."""

    code = "items_undecided"
