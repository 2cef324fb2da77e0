"""documents.items — one row of an agenda → the facts that documents tell of it; rows → the votes they belong to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from exam_app.appointments.models import Bill
from exam_app.appointments.states import ACTING_FORMS, APPOINTING_FORMS, LETTER_FORMS, Form
from exam_app.base.clock import local_date
from exam_app.committees.rules import LocalRules
from exam_app.meetings.models import Meeting
from exam_app.printing.official.facts import BallotFacts, BillFacts, ExamFacts, ItemFacts, OathFacts
from exam_app.proceedings.queries import AgendaRow
from exam_app.proceedings.rules import must_vote_alone, needs_ballot, swears_here
from exam_app.proceedings.states import OathForm, OathOrganizer, VoteMethod
from exam_app.results.states import ResultState
from question_bank.kinds import OrganType

BENCH = frozenset({OrganType.COURT, OrganType.PROCURATORATE})
SWORN_FORMS = frozenset({*LETTER_FORMS, *ACTING_FORMS, Form.ADOPT})
HEADS = ("院长", "检察长")


@dataclass(frozen=True)
class Frame:
    """What holds for every item of the meeting; `bases` are the local rules' own names by version."""

    meeting: Meeting
    rules: LocalRules
    bases: Mapping[int, str]
    bills: dict[int, BillFacts]


def item_facts(row: AgendaRow, frame: Frame) -> ItemFacts:
    """Return what documents tell of an item of the agenda."""
    item, oath, rules = row.item, row.oath, frame.rules
    voted = row.vote is not None and row.vote.meeting_id == frame.meeting.id
    own = oath is not None and oath.organizer is OathOrganizer.OWN_ORGAN
    return ItemFacts(
        person=row.person.name,
        post=item.post,
        form=item.form.value,
        organ=item.organ_type.value,
        bill=_bill(row.bill, frame.bills),
        exam=_exam(row, frame),
        present_post=f"{row.person.unit}{row.person.post}",
        passed=row.vote.passed if row.vote is not None and voted else None,
        gets_letter=item.form in LETTER_FORMS,
        swears=not own
        and (oath is not None or (item.form in SWORN_FORMS and swears_here(item.post, item.form, rules))),
        speaks=_speaks(row),
        letter_number=row.letter.number if row.letter else "",
        letter_day=row.letter.issued_on if row.letter else None,
        oath=None if oath is None else OathFacts(is_lead=oath.is_lead, is_collective=oath.form is OathForm.COLLECTIVE),
        opinion=row.review.opinion if row.review else "",
    )


def _speaks(row: AgendaRow) -> bool:
    """Heads and deputies report; of courts and procuratorates, where many come at once, their leaders alone."""
    item = row.item
    is_expected = item.form in LETTER_FORMS and (item.organ_type not in BENCH or item.post.endswith(HEADS))
    return row.report is not None or is_expected


def _bill(bill: Bill, known: dict[int, BillFacts]) -> BillFacts:
    if bill.id not in known:
        known[bill.id] = BillFacts(
            title=bill.title,
            organ=bill.submitting_organ,
            number=bill.document_number,
            nominator=bill.nominator,
            received_on=bill.received_on,
        )
    return known[bill.id]


def _exam(row: AgendaRow, frame: Frame) -> ExamFacts:
    needed, result = row.requirement, row.result
    is_known = result is not None and result.state is ResultState.PUBLISHED
    return ExamFacts(
        outcome=needed.outcome.value,
        rule=needed.rule,
        evidence=needed.evidence,
        basis=frame.bases.get(needed.local_rules_id or 0, ""),
        step=row.item.exam_step.value,
        sat_on=local_date(row.exam.opens_at) if row.exam and is_known else None,
        passed=result.passed if result is not None and is_known else None,
        score=result.score if result is not None and is_known and frame.rules.disclosure == "score" else None,
    )


def ballots(frame: Frame, rows: Sequence[AgendaRow], items: Sequence[ItemFacts]) -> list[BallotFacts]:
    """Put items together as they were voted on; before the vote, as it is proposed.

    Appointments that go together wait for the last of them, removals go with the first: so every removal from a post
    still comes before the appointment to it.
    """
    groups: dict[tuple[Any, ...], list[int]] = {}
    for place, row in enumerate(rows):
        groups.setdefault(_vote_key(frame, row), []).append(place)
    in_order = sorted(groups.values(), key=lambda places: places[-1 if _appoints(rows[places[0]]) else 0])
    return [_ballot(frame, rows[places[0]], tuple(items[place] for place in places)) for places in in_order]


def _appoints(row: AgendaRow) -> bool:
    return row.item.form in APPOINTING_FORMS


def _vote_key(frame: Frame, row: AgendaRow) -> tuple[Any, ...]:
    """Before the vote everybody is voted on alone, but members of the bench and removals of one bill may go together.

    A head is always voted on alone, whatever the local rules allow.
    """
    item = row.item
    if row.vote is not None and row.vote.meeting_id == frame.meeting.id:
        return ("vote", row.vote.id)
    is_member = item.organ_type in BENCH and not item.post.endswith(HEADS)
    may = frame.rules.combined_votes != "never" and not must_vote_alone(item.form)
    if may and (is_member or not _appoints(row)):
        return ("bill", item.bill_id, item.organ_type, item.form)
    return ("item", item.id)


def _ballot(frame: Frame, row: AgendaRow, items: tuple[ItemFacts, ...]) -> BallotFacts:
    vote = row.vote
    if vote is None or vote.meeting_id != frame.meeting.id:
        method = VoteMethod.BALLOT.value if needs_ballot(row.item.form) else frame.rules.vote_method
        return BallotFacts(items=items, method=method)
    return BallotFacts(
        items=items,
        method=vote.method.value,
        passed=vote.passed,
        yes=vote.yes,
        no=vote.no,
        abstain=vote.abstain,
        not_pressed=vote.not_pressed,
    )
