"""web.candidate.exam_facts — what the exam page sends and is sent: JSON bodies read strictly, papers without keys."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from exam_app.base.clock import local
from exam_app.base.crypto import canonical
from exam_app.base.keys import keys
from exam_app.committees.rules import from_document
from exam_app.exams.queries import Seat
from exam_app.incidents import emergency
from exam_app.sittings import rules
from exam_app.sittings.errors import AnswerInvalid
from exam_app.sittings.rules import MOST_SLOTS
from exam_app.sittings.service import Reading, Receipt, SaveAnswer, Started

BOOK_MODES = {"closed": "闭卷", "open": "开卷"}
MOST_UNSENT = 500


@dataclass(frozen=True)
class Device:
    """Which sitting a request speaks for, and the token it shows."""

    sitting_id: int
    token: str


def read_answer(device: Device, slot: object, body: object) -> SaveAnswer:
    """Read one answer of the browser, or raise AnswerInvalid."""
    if not isinstance(body, dict) or not isinstance(body.get("response"), str) or not _is_whole(slot):
        raise AnswerInvalid(slot=slot if _is_whole(slot) else "?")
    if not _is_whole(body.get("revision")):
        raise AnswerInvalid(slot=slot)
    answered = body.get("answered")
    return SaveAnswer(
        sitting_id=device.sitting_id,
        token=device.token,
        slot=slot,  # type: ignore[arg-type]
        response=body["response"],
        revision=body["revision"],
        client_at=read_instant(body.get("clientAt")),
        answered=min(max(0, answered), MOST_SLOTS) if isinstance(answered, int) else None,
    )


def read_unsent(device: Device, body: object) -> list[SaveAnswer]:
    """Read what the browser had not sent yet when it handed in."""
    answers = body.get("answers", []) if isinstance(body, dict) else []
    if not isinstance(answers, list) or len(answers) > MOST_UNSENT:
        raise AnswerInvalid(slot="?")
    return [read_answer(device, each.get("slot") if isinstance(each, dict) else None, each) for each in answers]


def read_instant(milliseconds: object) -> datetime | None:
    """Return the client's clock as an instant; None where it cannot be one, for it proves nothing anyway."""
    if not isinstance(milliseconds, int | float):
        return None
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def started(begun: Started, now: datetime) -> dict[str, Any]:
    """Return what was answered so far and how long is left."""
    sitting, exam, journal = begun.sitting, begun.exam, begun.journal
    frozen = from_document(exam.rules)
    earliest = rules.earliest_hand_in(sitting.started_at, sitting.ends_at, frozen.early_hand_in_minutes)
    return {
        "sitting": sitting.id,
        "remainingMs": rules.milliseconds_until(sitting.ends_at, now),
        "graceMs": rules.milliseconds_until(sitting.saves_close_at, sitting.ends_at),
        "serverTime": stamp(now),
        "title": exam.title,
        "bookMode": BOOK_MODES[frozen.book_mode],
        "answers": {str(each.slot): {"response": each.response, "revision": each.revision} for each in journal},
        "revision": journal[-1].revision if journal else 0,
        "lastSavedAt": stamp(sitting.last_saved_at) if sitting.last_saved_at else None,
        "earlyHandInMs": rules.milliseconds_until(earliest, now),
        "emergencyKey": emergency.key_of(keys().emergency, sitting.id, sitting.device_token_hash).hex(),
    }


def with_page(facts: dict[str, Any], page: str) -> str:
    """Return the facts and the page of the paper as one JSON object; the page was serialised when it was drawn."""
    return f"{canonical(facts)[:-1]},{page[1:]}"


def saved(kept: Receipt, now: datetime) -> str:
    """Return the reply to a save: written by hand, because nothing in it needs escaping and it is written most."""
    left = "null" if kept.ends_at is None else rules.milliseconds_until(kept.ends_at, now)
    head = f'{{"receipt":"{kept.receipt}","savedAt":"{stamp(kept.saved_at)}"'
    return f'{head},"revision":{kept.revision},"remainingMs":{left}}}'


def told_time(reading: Reading, now: datetime) -> str:
    """Return the reply to a clock, written by hand like that to a save."""
    left = rules.milliseconds_until(reading.ends_at, now)
    return f'{{"remainingMs":{left},"state":"{reading.state.value}","serverTime":"{stamp(now)}"}}'


def candidate(seat: Seat) -> dict[str, str]:
    """Return how the page names the candidate."""
    return {"name": seat.name, "admissionNumber": seat.admission_number, "seat": seat.seat}


def stamp(instant: datetime) -> str:
    """Return the instant as the browser reads it, in China's time."""
    return local(instant).isoformat(timespec="milliseconds")


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
