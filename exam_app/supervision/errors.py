"""supervision.errors — refusals about duties to report, assessments and rectification."""

from exam_app.base.errors import Conflict, Invalid, NotFound


class NoSuchDuty(NotFound):
    """No such duty in this committee."""

    code = "no_such_duty"


class NobodyChosen(Invalid):
    """Nobody was ticked."""

    code = "nobody_chosen"


class NotInOffice(Conflict):
    """The person does not hold the post now."""

    code = "not_in_office"


class DutyTwice(Conflict):
    """The person's report of that year is planned already."""

    code = "duty_twice"


class DutyCannot(Conflict):
    """The duty is not in a state in which this can be done."""

    code = "duty_cannot"


class DutyUndated(Conflict):
    """No day of the report is set, so nobody can be told one."""

    code = "duty_undated"


class DutyDayInvalid(Invalid):
    """The report cannot fall on that day: neither in its year nor in the next."""

    code = "duty_day_invalid"


class DayAhead(Invalid):
    """What is recorded as done lies in the future."""

    code = "duty_day_ahead"


class DayBeforeStep(Invalid):
    """What is recorded lies before the step that precedes it."""

    code = "duty_day_before_step"


class MeetingUnfit(Invalid):
    """Reports are heard and assessed at meetings of the standing committee."""

    code = "duty_meeting_unfit"


class MeetingNotHeld(Conflict):
    """Nobody reports orally before the meeting's attendance is recorded."""

    code = "duty_meeting_not_held"


class OralNeedsMeeting(Invalid):
    """An oral report needs the meeting it is given at."""

    code = "oral_needs_meeting"


class OpinionsMissing(Invalid):
    """The opinions are empty or too long."""

    code = "opinions_missing"


class CountsInvalid(Invalid):
    """The ballots do not fit the members: below zero, of unknown grades, more than were present, or none valid."""

    code = "counts_invalid"


class NotAssessed(Conflict):
    """There is no assessment that rectification could follow from."""

    code = "duty_not_assessed"


class PlanReceived(Conflict):
    """The plan of rectification came in before."""

    code = "rectification_plan_received"


class DutyReasonNeeded(Invalid):
    """The act needs a reason, and a short one."""

    code = "duty_reason_needed"
