"""exams.errors — refusals about exams, rosters and seats."""

from exam_app.base.errors import Conflict, Invalid, NotFound


class NoSuchExam(NotFound):
    """No such exam in this committee."""

    code = "no_such_exam"


class NoSuchEntry(NotFound):
    """No such roster entry in this committee."""

    code = "no_such_entry"


class ExamTitleInvalid(Invalid):
    """An exam needs a title, and title and place have a length."""

    code = "exam_title_invalid"


class WindowInPast(Invalid):
    """The exam would begin before now."""

    code = "window_in_past"


class ClosesBeforeItOpens(Invalid):
    """The window ends before it begins."""

    code = "closes_before_it_opens"


class DurationTooLong(Invalid):
    """The duration does not fit into the window."""

    code = "duration_too_long"


class BlueprintNotReady(Conflict):
    """Exams use only blueprints that were made ready."""

    code = "blueprint_not_ready"


class BlueprintOfOtherOrgan(Invalid):
    """The blueprint is for another organ type."""

    code = "blueprint_of_other_organ"


class FullMarksDiffer(Conflict):
    """The blueprint's full marks are not those of the rules."""

    code = "full_marks_differ"


class ExamFixed(Conflict):
    """What was announced or cancelled is no longer changed."""

    code = "exam_fixed"


class RosterEmpty(Conflict):
    """An exam for nobody is not announced."""

    code = "roster_empty"


class BlueprintMissing(Conflict):
    """Someone on the roster belongs to an organ that no blueprint was chosen for."""

    code = "blueprint_missing"


class NotAnnounced(Conflict):
    """The exam has not been announced, or was cancelled."""

    code = "not_announced"


class AlreadyReleased(Conflict):
    """The start was released before."""

    code = "already_released"


class TooEarlyToRelease(Conflict):
    """The start is not released before people may take their seats."""

    code = "too_early_to_release"


class ExamOver(Conflict):
    """The window has closed."""

    code = "exam_over"


class MakeupsUsedUp(Conflict):
    """The local rules allow no further make-up of this exam."""

    code = "makeups_used_up"


class ReasonMissing(Invalid):
    """The act needs a reason of at most 200 characters."""

    code = "reason_missing"


class RosterFixed(Conflict):
    """Once the start is released nobody is taken off the roster."""

    code = "roster_fixed"


class AlreadyOnRoster(Conflict):
    """The person is on this roster already."""

    code = "already_on_roster"


class RosterTooLong(Invalid):
    """More people than one exam's roster holds."""

    code = "roster_too_long"


class EntryInUse(Conflict):
    """An appointment item or a sitting rests on the entry."""

    code = "entry_in_use"


class ExtraTimeInvalid(Invalid):
    """Extra time is given in whole minutes, within a limit."""

    code = "extra_time_invalid"
