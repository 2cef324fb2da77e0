"""sittings.rules — what counts as an answer, its receipt, the seal over a journal, and how much time there is."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from exam_app.base.chance import CODE_ALPHABET
from exam_app.base.clock import local
from exam_app.base.crypto import canonical, is_signed, sha256, sign
from exam_app.committees.rules import from_document
from exam_app.exams.models import Exam, RosterEntry
from exam_app.exams.states import Absence, ExamState
from exam_app.sittings.errors import (
    AnswerInvalid,
    ExamCancelled,
    MarkedAbsent,
    NotReleased,
    SittingClosed,
    SittingOnPaper,
    TooEarly,
    TooLate,
)
from exam_app.sittings.models import Sitting
from exam_app.sittings.states import SittingState

LETTERS = "ABCDEFGH"
HIGHEST_REVISION = 1_000_000
MOST_SLOTS = 500
CODE_LENGTH = 8
DAY = timedelta(days=1)
SILENT_AFTER = timedelta(seconds=45)
"""Browsers give a sign of life every twenty seconds at least; a longer gap than this is a silence."""


class Acknowledged(NamedTuple):
    """An answer as it was acknowledged."""

    revision: int
    slot: int
    response: str
    server_at: datetime


def check_answer(slot: int, response: str, revision: int) -> None:
    """Raise AnswerInvalid unless the letters are distinct and in order and the numbers can be right."""
    tidy = "".join(letter for letter in LETTERS if letter in response)
    if response != tidy or not 1 <= slot <= MOST_SLOTS or not 1 <= revision <= HIGHEST_REVISION:
        raise AnswerInvalid(slot=slot)


def receipt_text(sitting_id: int, answer: Acknowledged) -> bytes:
    """Return what a receipt signs, for a person to read: sitting, slot, response, revision and the server's time."""
    stamp = _stamp(answer.server_at)
    return f"receipt 1|{sitting_id}|{answer.slot}|{answer.response}|{answer.revision}|{stamp}".encode()


def receipt(key: bytes, sitting_id: int, answer: Acknowledged) -> str:
    """Return the Ed25519 signature that proves what was acknowledged, and when."""
    return sign(key, receipt_text(sitting_id, answer))


def is_receipt(public: bytes, sitting_id: int, answer: Acknowledged, proof: str) -> bool:
    """Whether the proof is the receipt of exactly this answer."""
    return is_signed(public, receipt_text(sitting_id, answer), proof)


def seal_text(sitting_id: int, answers: Iterable[Acknowledged]) -> str:
    """Return the journal in order of revision as one text; what the seal is the hash of."""
    lines = [[a.revision, a.slot, a.response, _stamp(a.server_at)] for a in sorted(answers)]
    return canonical([sitting_id, lines])


def seal(sitting_id: int, answers: Iterable[Acknowledged]) -> str:
    """Return the hash over the journal in order of revision."""
    return sha256(seal_text(sitting_id, answers).encode())


def seal_signature(key: bytes, journal_seal: str) -> str:
    """Return the Ed25519 signature over a seal."""
    return sign(key, f"seal 1|{journal_seal}".encode())


def is_seal(public: bytes, sitting_id: int, journal_seal: str, text: str, signature: str) -> bool:
    """Whether this text is what was sealed: a journal of this sitting, its hash the seal, and the seal signed."""
    of_sitting = text.startswith(f"[{sitting_id},")
    signed = is_signed(public, f"seal 1|{journal_seal}".encode(), signature)
    return of_sitting and signed and sha256(text.encode()) == journal_seal


def read_seal_text(text: str) -> list[Acknowledged] | None:
    """Return the journal that was sealed; None where the text cannot be one."""
    try:
        _sitting_id, lines = json.loads(text)
        return [
            Acknowledged(revision, slot, response, datetime.fromisoformat(at)) for revision, slot, response, at in lines
        ]
    except (ValueError, TypeError):
        return None


def short_code(journal_seal: str) -> str:
    """Return the code of a seal that a person can read out: K7QM-3F9D."""
    number, letters = int(journal_seal[:24], 16), ""
    for _place in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_ALPHABET))
        letters += CODE_ALPHABET[place]
    return f"{letters[:4]}-{letters[4:]}"


def counting_answers(answers: Iterable[Acknowledged]) -> dict[int, str]:
    """Return the response that counts for each slot: the one with the highest revision."""
    return {answer.slot: answer.response for answer in sorted(answers)}


def deadline(started_at: datetime, duration_minutes: int, extra_minutes: int, closes_at: datetime) -> datetime:
    """Return when a sitting ends: after its duration, at the latest when the window closes, and then the extra time.

    Extra time is the invigilator's decision about one person, so it may pass the end of the window.
    """
    return min(started_at + timedelta(minutes=duration_minutes), closes_at) + timedelta(minutes=extra_minutes)


def latest_start(opens_at: datetime, closes_at: datetime, late_entry_minutes: int, released_at: datetime) -> datetime:
    """Return the last instant at which a person may begin.

    Late entry counts from the release when that came after the announced hour. It has no meaning where the window
    is a day or longer, because there everybody begins when it suits; 0 means no limit.
    """
    if not late_entry_minutes or closes_at - opens_at >= DAY:
        return closes_at
    return min(max(opens_at, released_at) + timedelta(minutes=late_entry_minutes), closes_at)


def earliest_hand_in(started_at: datetime, ends_at: datetime, early_hand_in_minutes: int) -> datetime:
    """Return the instant from which the person may hand in; never later than the end of the sitting."""
    return min(started_at + timedelta(minutes=early_hand_in_minutes), ends_at)


def milliseconds_until(instant: datetime, now: datetime) -> int:
    """Return how many whole milliseconds are left until the instant, at least 0."""
    return max(0, (instant - now) // timedelta(milliseconds=1))


def check_start(entry: RosterEntry, exam: Exam, now: datetime) -> None:
    """Raise the refusal that stands against beginning now, if one does."""
    if exam.state is ExamState.CANCELLED:
        raise ExamCancelled(exam=exam.id)
    if entry.absence is not Absence.NONE:
        raise MarkedAbsent(entry=entry.id)
    if exam.state is not ExamState.ANNOUNCED or exam.released_at is None:
        raise NotReleased(exam=exam.id)
    if now < exam.opens_at:
        raise TooEarly(opens_at=local(exam.opens_at))
    late_entry = from_document(exam.rules).late_entry_minutes
    if now >= exam.closes_at or now > latest_start(exam.opens_at, exam.closes_at, late_entry, exam.released_at):
        raise TooLate(exam=exam.id)


def check_resume(sitting: Sitting, exam: Exam, now: datetime) -> None:
    """Raise the refusal that stands against going on with a sitting, if one does."""
    if exam.state is ExamState.CANCELLED:
        raise ExamCancelled(exam=exam.id)
    if sitting.state is not SittingState.OPEN or now > sitting.saves_close_at:
        raise SittingClosed(state=sitting.state.value)
    if sitting.on_paper_at is not None:
        raise SittingOnPaper(sitting=sitting.id)


def _stamp(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds")
