"""printing.official.agenda — 议程 of a meeting of the standing committee, and its draft."""

from collections.abc import Iterator, Sequence

from exam_app.printing.official.facts import ItemFacts, MeetingFacts
from exam_app.printing.official.phrases import DRAFT, INTERNAL, adopted, bill_title, bills_of
from exam_app.printing.official.text import OfficialText, Paragraph
from question_bank.numerals import to_chinese


def agenda(meeting: MeetingFacts, topics: Sequence[str], items: Sequence[ItemFacts], is_adopted: bool) -> OfficialText:
    """Return the agenda; a draft until the meeting has adopted it."""
    return OfficialText(
        title=f"{meeting.title}议程",
        subtitle=adopted(meeting) if is_adopted else DRAFT,
        mark="" if is_adopted else INTERNAL,
        blocks=tuple(agenda_lines(topics, items)),
    )


def agenda_lines(topics: Sequence[str], items: Sequence[ItemFacts]) -> Iterator[Paragraph]:
    """Yield the lines: topics in their order, then the bills; all is deliberated before anything is voted on."""
    bills = [f"审议和表决{bill_title(bill[0])}" for bill in bills_of(items)]
    for number, line in enumerate((*topics, *bills), 1):
        yield Paragraph(f"{to_chinese(number)}、{line.rstrip('。；')}")
