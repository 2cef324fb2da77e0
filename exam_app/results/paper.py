"""results.paper — what becomes of a sheet: collected, read by two people, settled, counted and marked in one act."""

from dataclasses import dataclass
from datetime import datetime

from exam_app.audit.service import Actor
from exam_app.results import late, queries, service
from exam_app.results.errors import NoSuchResult
from exam_app.results.service import Finished
from exam_app.sheets import rules as sheet_rules
from exam_app.sheets import service as sheets
from exam_app.sheets.service import ReadSheet, Settled, SettleSheet
from exam_app.sittings import on_paper


@dataclass(frozen=True)
class Read:
    """What came of a reading: whether it was the second, and which questions differ."""

    is_second: bool
    differing: tuple[int, ...]


def collect(sitting_id: int, committee_id: int, actor: Actor, now: datetime) -> Finished:
    """Close the sitting of a sheet that was collected; the seal covers what came by the network."""
    sheets.note_collecting(sitting_id, committee_id, actor, now)
    return service.finish(sitting_id, now)


def read_sheet(command: ReadSheet, actor: Actor, now: datetime) -> Read:
    """Keep a reading; a second one that is equal to the first settles the sheet at once."""
    sheet = sheets.read_sheet(command, actor, now)
    is_second = len(sheet.readings) == sheet_rules.READINGS
    if is_second and not sheet.differing:
        equal = SettleSheet(sitting_id=command.sitting_id, committee_id=command.committee_id, choices={})
        settle(equal, actor, now)
    return Read(is_second, sheet.differing)


def settle(command: SettleSheet, actor: Actor, now: datetime) -> None:
    """Settle a sheet, let what it changes count, and mark the sitting by the rules that were frozen for it."""
    found = sheets.settle(command, actor, now)
    _let_count(command, found, actor, now)
    result = queries.of_sitting(command.sitting_id)
    if result is None:
        raise NoSuchResult(sitting=command.sitting_id)
    service.mark(result.id, now)


def _let_count(command: SettleSheet, found: Settled, actor: Actor, now: datetime) -> None:
    """Keep what differs from the answers that count so far, and accept it, each for its reason."""
    changed = sheet_rules.changed(found.answers, queries.counting_answers(command.sitting_id))
    kept = on_paper.keep_answers(command.sitting_id, changed, now)
    events: dict[str, list[int]] = {}
    for slot, event_id in kept.items():
        events.setdefault(found.reasons[slot], []).append(event_id)
    for reason, ids in events.items():
        late.decide(ids, True, reason, actor, now, committee_id=command.committee_id)
