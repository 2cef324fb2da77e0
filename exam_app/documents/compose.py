"""documents.compose — facts → texts: which documents a meeting has, each in the words of printing.official."""

from collections.abc import Iterator
from dataclasses import dataclass

from exam_app.documents.gather import MeetingRecord
from exam_app.documents.states import DocumentKind
from exam_app.printing.official.agenda import agenda
from exam_app.printing.official.directors_minutes import directors_minutes
from exam_app.printing.official.facts import ItemFacts
from exam_app.printing.official.filing_report import filing_report, filings
from exam_app.printing.official.host_script import ScriptFacts, host_script
from exam_app.printing.official.letters import letters
from exam_app.printing.official.name_list import announcement, name_list, organ_notice
from exam_app.printing.official.oath_sheet import oath_sheet
from exam_app.printing.official.review_report import review_report
from exam_app.printing.official.text import OfficialText
from exam_app.printing.official.vote_papers import vote_result, vote_sheet

ABOUT_LENGTH = 60
COMPOSED = frozenset(
    {
        DocumentKind.REVIEW_REPORT,
        DocumentKind.DIRECTORS_MINUTES,
        DocumentKind.AGENDA,
        DocumentKind.HOST_SCRIPT,
        DocumentKind.VOTE_SHEET,
        DocumentKind.VOTE_RESULT,
        DocumentKind.NAME_LIST,
        DocumentKind.ANNOUNCEMENT,
        DocumentKind.ORGAN_NOTICE,
        DocumentKind.LETTERS,
        DocumentKind.OATH_SHEET,
        DocumentKind.FILING_REPORT,
        DocumentKind.ARCHIVE_CATALOGUE,
    }
)
"""The kinds that follow from the record of a meeting; other rooms issue the others."""


@dataclass(frozen=True)
class Composed:
    """A document as the record has it now; `about` tells several of a kind apart."""

    kind: DocumentKind
    about: str
    text: OfficialText


def compose(record: MeetingRecord) -> list[Composed]:
    """Return the documents of the meeting in the order in which they are needed."""
    if record.meeting.is_directors:
        return list(_of_the_directors(record))
    return [*_for_the_meeting(record), *_of_the_outcome(record)]


def _of_the_directors(record: MeetingRecord) -> Iterator[Composed]:
    if record.items:
        report = review_report(record.meeting, record.items, record.rules.exam_title)
        yield Composed(DocumentKind.REVIEW_REPORT, "", report)
    if record.items or record.decisions:
        minutes = directors_minutes(record.meeting, record.decisions, record.undecided, record.coming)
        yield Composed(DocumentKind.DIRECTORS_MINUTES, "", minutes)


def _for_the_meeting(record: MeetingRecord) -> Iterator[Composed]:
    meeting = record.meeting
    if record.items or record.topics:
        yield Composed(DocumentKind.AGENDA, "", agenda(meeting, record.topics, record.items, record.is_held))
    if record.items:
        yield Composed(DocumentKind.HOST_SCRIPT, "", host_script(_script(record)))
        yield Composed(DocumentKind.VOTE_SHEET, "", vote_sheet(meeting, record.ballots))
        yield Composed(DocumentKind.VOTE_RESULT, "", vote_result(meeting, record.ballots))


def _script(record: MeetingRecord) -> ScriptFacts:
    return ScriptFacts(
        meeting=record.meeting,
        topics=record.topics,
        ballots=record.ballots,
        ceremony=record.ceremony,
        report_label=record.rules.report_label,
        reports_first=record.rules.report_when == "before_vote",
        method=record.rules.vote_method,
        directors_combine=record.rules.combined_votes == "directors_decide",
    )


def _of_the_outcome(record: MeetingRecord) -> Iterator[Composed]:
    """What was passed; while nothing is, what is proposed."""
    meeting = record.meeting
    carried = [item for item in record.items if item.passed is not False]
    if carried:
        yield Composed(DocumentKind.NAME_LIST, "", name_list(meeting, carried))
        yield Composed(DocumentKind.ANNOUNCEMENT, "", announcement(meeting, carried))
    for organ, items in _by_organ(record.items).items():
        passed, rejected = _parted(items)
        yield Composed(DocumentKind.ORGAN_NOTICE, organ, organ_notice(meeting, passed, rejected))
    due = [item for item in carried if item.gets_letter]
    if due:
        yield Composed(DocumentKind.LETTERS, "", letters(meeting, due, record.unnumbered))
    if record.ceremony.takers:
        yield Composed(DocumentKind.OATH_SHEET, "", oath_sheet(meeting, record.ceremony))
    for whom, items in filings(carried).items():
        yield Composed(DocumentKind.FILING_REPORT, whom, filing_report(meeting, whom, items))


def _by_organ(items: tuple[ItemFacts, ...]) -> dict[str, list[ItemFacts]]:
    organs: dict[str, list[ItemFacts]] = {}
    for item in items:
        organs.setdefault(item.bill.organ[:ABOUT_LENGTH], []).append(item)
    return organs


def _parted(items: list[ItemFacts]) -> tuple[list[ItemFacts], list[ItemFacts]]:
    return [item for item in items if item.passed is not False], [item for item in items if item.passed is False]
