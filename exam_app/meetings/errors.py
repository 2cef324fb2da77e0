"""meetings.errors — refusals about meetings."""

from exam_app.base.errors import Conflict, Invalid, NotFound


class NoSuchMeeting(NotFound):
    """No such meeting in this committee."""

    code = "no_such_meeting"


class MeetingTaken(Conflict):
    """A meeting of that kind and number is recorded for the term."""

    code = "meeting_taken"


class NoTermThatDay(Invalid):
    """The day falls into no recorded term of office."""

    code = "no_term_that_day"


class MeetingInvalid(Invalid):
    """The number is below one, or the day is still to come."""

    code = "meeting_invalid"
