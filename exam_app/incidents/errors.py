"""incidents.errors — refusals around outages."""

from exam_app.base.errors import Invalid


class NoSeatChosen(Invalid):
    """A decision about an outage names no seat."""

    code = "no_seat_chosen"
