"""printing.official.letters — 任命书: one letter of appointment a page, to be signed by hand by the director."""

from collections.abc import Sequence

from exam_app.printing.drawing.words import spaced_name
from exam_app.printing.official.facts import ItemFacts, MeetingFacts
from exam_app.printing.official.text import Letter, OfficialText, full_day


def letters(meeting: MeetingFacts, items: Sequence[ItemFacts], unnumbered: str) -> OfficialText:
    """Return the letters of those who get one; `unnumbered` stands where no number has been given yet."""
    return OfficialText(title="任命书", blocks=tuple(_letter(meeting, item, unnumbered) for item in items), lying=True)


def _letter(meeting: MeetingFacts, item: ItemFacts, unnumbered: str) -> Letter:
    return Letter(
        number=item.letter_number or unnumbered,
        words=f"根据{meeting.title}的决定，任命{spaced_name(item.person)}为{item.post}。",
        signer=f"{meeting.committee}主任",
        day=full_day(item.letter_day or meeting.day),
    )
