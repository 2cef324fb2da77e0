"""exams.rules — where an exam stands by the clock, what a window must be, admission numbers. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Protocol

from exam_app.base.clock import local
from exam_app.committees.rules import LocalRules, from_document
from exam_app.exams.errors import ClosesBeforeItOpens, DurationTooLong, WindowInPast
from exam_app.exams.states import ExamState

SETTING_UP = timedelta(minutes=10)
"""An exam that begins at once may be typed in while its minute passes."""


class Phase(StrEnum):
    """Where an exam stands; the stored state and the clock together."""

    DRAFT = "draft"
    CANCELLED = "cancelled"
    UPCOMING = "upcoming"
    ENTRY = "entry"
    RUNNING = "running"
    OVER = "over"


class Timed(Protocol):
    """What the clock is read against: an exam."""

    @property
    def state(self) -> ExamState: ...
    @property
    def opens_at(self) -> datetime: ...
    @property
    def closes_at(self) -> datetime: ...
    @property
    def released_at(self) -> datetime | None: ...
    @property
    def rules(self) -> Mapping[str, object]: ...


class Entrance(NamedTuple):
    """From when until when seats open; `opens_at` is the announced beginning."""

    begins: datetime
    opens_at: datetime
    ends: datetime

    def is_early(self, now: datetime) -> bool:
        """Whether seats do not open yet."""
        return now < self.begins

    def is_late(self, now: datetime) -> bool:
        """Whether seats no longer open."""
        return now >= self.ends


def phase(exam: Timed, now: datetime) -> Phase:
    """Return where the exam stands now. ENTRY: people take their seats and wait for the release."""
    if exam.state is not ExamState.ANNOUNCED:
        return Phase(exam.state.value)
    if now >= exam.closes_at:
        return Phase.OVER
    if entrance(exam).is_early(now) and exam.released_at is None:
        return Phase.UPCOMING
    return Phase.RUNNING if exam.released_at is not None and now >= exam.opens_at else Phase.ENTRY


def entrance(exam: Timed, extra_minutes: int = 0) -> Entrance:
    """Return when seats open; somebody with extra time may still change machines while it runs."""
    rules = from_document(exam.rules)
    early = timedelta(minutes=rules.check_in_minutes)
    late = timedelta(minutes=extra_minutes, seconds=rules.grace_seconds if extra_minutes else 0)
    return Entrance(exam.opens_at - early, exam.opens_at, exam.closes_at + late)


def check_window(opens_at: datetime, closes_at: datetime, duration_minutes: int, now: datetime) -> None:
    """Raise unless the window lies ahead, ends after it begins, and holds the duration."""
    if closes_at <= opens_at:
        raise ClosesBeforeItOpens
    if opens_at < now - SETTING_UP:
        raise WindowInPast
    if timedelta(minutes=duration_minutes) > closes_at - opens_at:
        minutes = int((closes_at - opens_at).total_seconds() // 60)
        raise DurationTooLong(duration=duration_minutes, window=minutes)


def is_notice_short(opens_at: datetime, rules: LocalRules, now: datetime) -> bool:
    """Whether people get fewer days of notice than the rules ask for; a warning, not a refusal."""
    return (local(opens_at).date() - local(now).date()).days < rules.notice_days


def admission_number(opens_at: datetime, exam_id: int, serial: int) -> str:
    """Return twelve digits: year, exam, serial, and a check digit that catches every single slip of the finger."""
    digits = f"{local(opens_at).year % 100:02d}{exam_id % 100_000:05d}{serial:04d}"
    return digits + check_digit(digits)


def check_digit(digits: str) -> str:
    """Return the check digit of ISO/IEC 7064, MOD 11,10."""
    product = 10
    for digit in digits:
        total = (product + int(digit)) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def is_admission_number(text: str) -> bool:
    """Whether the text can be an admission number at all."""
    return len(text) == 12 and text.isascii() and text.isdigit() and check_digit(text[:-1]) == text[-1]


def serial_of(number: str) -> int:
    """Return the serial inside an admission number."""
    return int(number[7:11])


def seat_name(place: int) -> str:
    """Return 01, 02 … 100 as it is printed on slip and desk."""
    return f"{place:02d}"
