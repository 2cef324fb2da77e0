"""sheets.rules — what may be read from a sheet, where two readings differ, what is settled. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from exam_app.base.chance import CODE_ALPHABET
from exam_app.base.crypto import keyed_hash
from exam_app.sittings.states import SittingState
from question_bank.items import LETTERS
from question_bank.kinds import Kind

CODE_LENGTH = 8
READINGS = 2
BLANK = "-"
"""What is typed for a question that has no answer: an empty box says nothing, it may have been skipped."""
WRITTEN_BLANK = frozenset({"-", "—", "－", "0", "０", "空"})
FULL_WIDTH = {ord("Ａ") + place: letter for place, letter in enumerate(LETTERS)}


class Stage(StrEnum):
    """How far a sheet has come."""

    TO_COLLECT = "to_collect"
    FIRST = "first"
    SECOND = "second"
    DIFFERS = "differs"
    SETTLED = "settled"
    VOIDED = "voided"


class Fault(StrEnum):
    """Why something typed cannot be an answer."""

    NOTHING = "nothing"
    NO_LETTERS = "no_letters"
    BEYOND = "beyond"
    ONLY_ONE = "only_one"
    TWICE = "twice"


class Asked(Protocol):
    """What of a question its answers are judged by."""

    @property
    def slot(self) -> int: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def options(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Choice:
    """What the chief invigilator found on the sheet where two readings differ, and why."""

    typed: str
    reason: str


def sheet_code(key: bytes, sitting_id: int, paper_hash: str) -> str:
    """Return the code that binds a sheet to its sitting and paper: K7QM3F9D."""
    number, code = int(keyed_hash(key, "sheet", str(sitting_id), paper_hash)[:24], 16), ""
    for _place in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_ALPHABET))
        code += CODE_ALPHABET[place]
    return code


def read_answer(asked: Asked, typed: str) -> str | Fault:
    """Return the letters that were typed, in order, empty for no answer; or what is wrong with them."""
    tidy = "".join(typed.split()).upper().translate(FULL_WIDTH)
    if not tidy:
        return Fault.NOTHING
    if tidy in WRITTEN_BLANK:
        return ""
    if set(tidy) - set(LETTERS):
        return Fault.NO_LETTERS
    if set(tidy) - set(LETTERS[: len(asked.options)]):
        return Fault.BEYOND
    if len(set(tidy)) < len(tidy):
        return Fault.TWICE
    if len(tidy) > 1 and asked.kind is not Kind.MULTIPLE:
        return Fault.ONLY_ONE
    return "".join(sorted(tidy))


def read_sheet(questions: Iterable[Asked], typed: Mapping[int, str]) -> tuple[dict[int, str], dict[int, Fault]]:
    """Return the answers to all questions, and by question what is wrong."""
    answers: dict[int, str] = {}
    faults: dict[int, Fault] = {}
    for asked in questions:
        found = read_answer(asked, typed.get(asked.slot, ""))
        if isinstance(found, Fault):
            faults[asked.slot] = found
        else:
            answers[asked.slot] = found
    return answers, faults


def differences(one: Mapping[int, str], other: Mapping[int, str]) -> tuple[int, ...]:
    """Return the questions to which two readings give different answers, in order."""
    return tuple(sorted(slot for slot in {*one, *other} if one.get(slot, "") != other.get(slot, "")))


def settled(one: Mapping[int, str], other: Mapping[int, str], judged: Mapping[int, str]) -> dict[int, str]:
    """Return what stands on the sheet: equal readings as they are, the rest as judged."""
    open_ones = differences(one, other)
    return {slot: judged[slot] if slot in open_ones else one.get(slot, "") for slot in sorted({*one, *other})}


def changed(sheet: Mapping[int, str], counting: Mapping[int, str]) -> dict[int, str]:
    """Return the answers of a sheet that differ from those that count so far; an erased one is empty."""
    return {slot: response for slot, response in sorted(sheet.items()) if response != counting.get(slot, "")}


def stage(state: SittingState, readings: int, is_settled: bool) -> Stage:
    """Return how far a sheet has come; two readings that differ wait for the chief invigilator."""
    if state is SittingState.VOIDED:
        return Stage.VOIDED
    if is_settled:
        return Stage.SETTLED
    if state is SittingState.OPEN:
        return Stage.TO_COLLECT
    return (Stage.FIRST, Stage.SECOND, Stage.DIFFERS)[min(readings, READINGS)]


def to_record(answers: Mapping[int, str]) -> dict[str, str]:
    """Return answers as JSON keeps them."""
    return {str(slot): response for slot, response in sorted(answers.items())}


def from_record(record: Mapping[str, str]) -> dict[int, str]:
    """Return answers as they were recorded."""
    return {int(slot): response for slot, response in record.items()}
