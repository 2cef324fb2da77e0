"""meetings.errors — refusals about meetings, their agenda lines and the members."""

from exam_app.base.errors import Conflict, Invalid, NotFound


class NoSuchMeeting(NotFound):
    """No such meeting in this committee."""

    code = "no_such_meeting"


class NoSuchTopic(NotFound):
    """No such line on the agenda of one of this committee's meetings."""

    code = "no_such_topic"


class NoSuchSeat(NotFound):
    """No such seat on this standing committee."""

    code = "no_such_seat"


class MeetingTaken(Conflict):
    """A meeting of that kind and number is recorded for the term."""

    code = "meeting_taken"


class NoTermThatDay(Invalid):
    """The day falls into no recorded term of office."""

    code = "no_term_that_day"


class MeetingInvalid(Invalid):
    """The number is not within 1 to 999, the day more than a year ahead, or place or chair is too long."""

    code = "meeting_invalid"


class MeetingUnderWay(Conflict):
    """The attendance is recorded: day, place and chair stand as they are."""

    code = "meeting_under_way"


class MeetingNotOpen(Conflict):
    """Only a meeting whose attendance is recorded, and that is not over, can do this."""

    code = "meeting_not_open"


class MeetingOver(Conflict):
    """The meeting is closed; nothing is added to it any more."""

    code = "meeting_over"


class MeetingAhead(Conflict):
    """The day of the meeting is still to come."""

    code = "meeting_ahead"


class AttendanceInvalid(Invalid):
    """The standing committee has at least one member, and at least one and no more than all of them are present."""

    code = "attendance_invalid"


class NoQuorum(Conflict):
    """Not more than half of all members are present."""

    code = "no_quorum"


class AttendanceFixed(Conflict):
    """Votes were counted against the number of members that is recorded; `total` tells it."""

    code = "attendance_fixed"


class TopicInvalid(Invalid):
    """A line of the agenda has 1 to 160 characters."""

    code = "topic_invalid"


class SeatInvalid(Invalid):
    """A seat begins in the past or today, and ends in the past or today, not before it began."""

    code = "seat_invalid"


class SeatTaken(Conflict):
    """The person has a seat of the term at that time."""

    code = "seat_taken"


class DirectorTaken(Conflict):
    """Somebody else is the director at that time; `name` tells who."""

    code = "director_taken"


class SeatEnded(Conflict):
    """The seat was given up before."""

    code = "seat_ended"
