"""incidents.file_queries — reads what was handed in around a room, for pages and for the use cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from exam_app.base.crypto import sha256
from exam_app.base.db import db
from exam_app.exams.models import RosterEntry
from exam_app.incidents.models import EmergencyFile
from exam_app.incidents.states import FileOutcome
from exam_app.operations.models import StoredFile
from exam_app.people.models import Account, Person
from exam_app.sittings.models import RoomEvent, Sitting


@dataclass(frozen=True)
class FileRecord:
    """An emergency file as it was handed in, with whose it is and who handed it in."""

    id: int
    outcome: FileOutcome
    details: dict[str, Any]
    reason: str
    loaded_at: datetime
    loaded_by: str | None
    entry_id: int | None
    seat: str | None
    name: str | None


@dataclass(frozen=True)
class SeatOf:
    """Who sits a sitting, and where."""

    entry_id: int
    seat: str
    name: str
    admission_number: str


def media_type(exam_id: int) -> str:
    """Return as what an emergency file of the exam waits among the stored files."""
    return f"application/vnd.exam.emergency;exam={exam_id}"


def files_of(exam_id: int) -> list[FileRecord]:
    """Return the exam's emergency files with what became of them, latest first, in one statement."""
    query = (
        select(
            EmergencyFile.id,
            EmergencyFile.outcome,
            EmergencyFile.details,
            EmergencyFile.reason,
            EmergencyFile.loaded_at,
            Account.display_name,
            RosterEntry.id,
            RosterEntry.seat,
            Person.name,
        )
        .outerjoin(Account, Account.id == EmergencyFile.loaded_by)
        .outerjoin(Sitting, Sitting.id == EmergencyFile.sitting_id)
        .outerjoin(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        .outerjoin(Person, Person.id == RosterEntry.person_id)
        .where(EmergencyFile.exam_id == exam_id)
        .order_by(EmergencyFile.id.desc())
    )
    rows: Sequence[Any] = db.session.execute(query).all()
    return [FileRecord(*row) for row in rows]


def waiting_files(exam_id: int, committee_id: int) -> list[StoredFile]:
    """Return the readable files that nobody has loaded yet, latest first."""
    loaded = select(EmergencyFile.digest).where(EmergencyFile.outcome == FileOutcome.LOADED)
    query = (
        select(StoredFile)
        .where(StoredFile.committee_id == committee_id, StoredFile.media_type == media_type(exam_id))
        .where(StoredFile.sha256.not_in(loaded))
        .order_by(StoredFile.id.desc())
    )
    return list(db.session.scalars(query))


def find_waiting(exam_id: int, committee_id: int, content: bytes) -> StoredFile | None:
    """Return the waiting file with these bytes, if it was handed in before."""
    digest = sha256(content)
    return next((file for file in waiting_files(exam_id, committee_id) if file.sha256 == digest), None)


def was_loaded(digest: str) -> bool:
    """Whether a file with this digest was loaded before, for whatever exam."""
    query = select(EmergencyFile.id).where(EmergencyFile.digest == digest, EmergencyFile.outcome == FileOutcome.LOADED)
    return db.session.scalar(query.limit(1)) is not None


def find_sitting(sitting_id: int, exam_id: int, *, lock: bool = False) -> Sitting | None:
    """Return a sitting of the exam, if there is one with this id; with its row locked and read afresh if asked."""
    query = (
        select(Sitting)
        .join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        .where(Sitting.id == sitting_id, RosterEntry.exam_id == exam_id)
        .execution_options(populate_existing=True)
    )
    return db.session.scalar(query.with_for_update(of=Sitting) if lock else query)


def devices_of(sitting_id: int) -> list[tuple[datetime, str]]:
    """Return since when the sitting was at which device (the hash of its token), earliest first."""
    query = select(RoomEvent.at, RoomEvent.details).where(RoomEvent.sitting_id == sitting_id).order_by(RoomEvent.id)
    return [(at, details["device"]) for at, details in db.session.execute(query) if "device" in details]


def seat_of(sitting: Sitting) -> SeatOf:
    """Return who sits a sitting."""
    query = (
        select(RosterEntry.id, RosterEntry.seat, Person.name, RosterEntry.admission_number)
        .join(Person, Person.id == RosterEntry.person_id)
        .where(RosterEntry.id == sitting.roster_entry_id)
    )
    return SeatOf(*db.session.execute(query).one())
