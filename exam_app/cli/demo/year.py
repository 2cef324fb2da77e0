"""cli.demo.year — the demo year 2018: eight meetings of an invented city, through the same services as the pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from exam_app.appointments import bills
from exam_app.appointments import queries as appointments
from exam_app.appointments import service as appointing
from exam_app.appointments.models import Bill
from exam_app.appointments.states import APPOINTING_FORMS, MUST_SIT, DirectorsOutcome
from exam_app.audit.service import Actor
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.cli.demo import cast_2018 as cast
from exam_app.cli.demo import sittings
from exam_app.cli.demo.cast import Nominee
from exam_app.cli.demo.cast_2018 import Batch
from exam_app.cli.demo.year_office import RULES, Office, at, found
from exam_app.exams import service as exams
from exam_app.exams.states import Absence
from exam_app.meetings import service as meetings
from exam_app.meetings.service import RecordMeeting, TakeAttendance
from exam_app.meetings.states import MeetingKind
from exam_app.people import service as people
from exam_app.proceedings import agenda, ceremony, review, votes
from exam_app.proceedings import queries as proceedings
from exam_app.proceedings.ceremony import RecordOaths
from exam_app.proceedings.review import ConcludeReview, DirectorsDecide
from exam_app.proceedings.states import OathForm, OathOrganizer, ReportMode, VoteMethod
from exam_app.proceedings.votes import RecordVote, Report
from question_bank.kinds import OrganType

Say = Callable[[str], None]
EXAMINED = {1: 4, 2: 4, 4: 6, 6: 6}
"""For each meeting with an exam, how many days the exam lies before it."""


@dataclass(frozen=True)
class Entry:
    """An item of the year and who it is about."""

    item_id: int
    bill_id: int
    batch: Batch
    post: str
    nominee: Nominee


def build(say: Say) -> None:
    """Build the year 2018 in a committee of its own."""
    say(_("演示年度 {year}：{name}", year=cast.YEAR, name=cast.NAME))
    office = found()
    for number, day in enumerate(cast.MEETINGS, 1):
        entries = _submit(office, number, day)
        _examine(office, number, entries, day)
        _prepare(office, number, entries, day)
        _meet(office, number, entries, day)


def _submit(office: Office, number: int, day: date) -> list[Entry]:
    """Register the bills of a meeting with their items, a bill an organ."""
    then, clerk = at(day - timedelta(days=12), 10), office.actors[cast.CLERK]
    entries = []
    for organ in OrganType:
        batches = [batch for batch in cast.PLAN if (batch.meeting, batch.organ) == (number, organ)]
        if batches:
            with transaction():
                bill = bills.register_bill(_bill(office, organ, number, then), clerk, then)
                rows = [_add(office, bill, batch, post, clerk, then) for batch in batches for post in batch.posts]
                review.begin_review(bill.id, office.committee_id, [row.item_id for row in rows], clerk, then)
            entries += rows
    return entries


def _bill(office: Office, organ: OrganType, number: int, then: datetime) -> bills.RegisterBill:
    submitter, sign, nominator = cast.SUBMITTERS[organ]
    return bills.RegisterBill(
        committee_id=office.committee_id,
        title=f"{submitter}关于提请人事任免的议案",
        submitting_organ=submitter,
        document_number=f"{sign}〔{cast.YEAR}〕{number * 3}号",
        received_on=then.date(),
        nominator=nominator,
    )


def _add(office: Office, bill: Bill, batch: Batch, post: str, clerk: Actor, then: datetime) -> Entry:
    holder = office.holders.get(batch.holder)
    name = people.get_person(holder, office.committee_id).name if holder else next(office.names)
    ability = 0.3 if post in cast.FAILED else 0.86
    nominee = Nominee(name, _unit(post), "", batch.organ, batch.form, ability, post)
    command = bills.AddItem(
        bill_id=bill.id,
        committee_id=office.committee_id,
        nominee=bills.Nominee(name=name, unit=nominee.unit, choice=str(holder) if holder else bills.NEW),
        organ_type=batch.organ,
        post=post,
        form=batch.form,
        position_id=office.positions.get((batch.organ, batch.position)),
        continues_in_post=batch.continues,
    )
    item = bills.add_item(command, clerk, then)
    if batch.form in APPOINTING_FORMS:
        office.holders.setdefault(post, item.person_id)
    return Entry(item.id, bill.id, batch, post, nominee)


def _unit(post: str) -> str:
    for end in ("委员会", "中级人民法院", "人民检察院", "人大常委会", "人民政府", "局"):
        if end in post:
            return post[: post.index(end) + len(end)]
    return "云溪市人民政府"


def _must_sit(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if appointments.requirement_of(entry.item_id).outcome in MUST_SIT]


def _examine(office: Office, number: int, entries: Sequence[Entry], day: date) -> None:
    """Hold the exam before a meeting, and a make-up two days later for who failed or was excused."""
    sitting = _must_sit(entries)
    if not sitting:
        return
    first = at(day - timedelta(days=EXAMINED[number]))
    nominees = [_first_try(entry) for entry in sitting]
    exam_id = _exam(office, sitting, nominees, first, None)
    again = [entry for entry in sitting if entry.post in (*cast.FAILED, cast.EXCUSED)] if number == 2 else []
    if again:
        better = [_with_ability(entry.nominee, 0.86) for entry in again]
        _exam(office, again, better, first + timedelta(days=2), exam_id)


def _first_try(entry: Entry) -> Nominee:
    return _with_ability(entry.nominee, None) if entry.post == cast.EXCUSED else entry.nominee


def _with_ability(one: Nominee, ability: float | None) -> Nominee:
    return Nominee(one.name, one.unit, one.post, one.organ, one.form, ability, one.nominated_post)


def _exam(
    office: Office, sitting: Sequence[Entry], nominees: Sequence[Nominee], opened: datetime, makeup_of: int | None
) -> int:
    clerk, before = office.actors[cast.CLERK], opened - timedelta(days=1)
    title = f"{opened.year}年{opened.month}月拟任命人员任前法律知识考试" + ("（补考）" if makeup_of else "")
    command = exams.SetUpExam(
        committee_id=office.committee_id,
        title=title,
        place="市人大机关机房",
        opens_at=opened,
        closes_at=opened + timedelta(hours=3),
        rules=RULES,
        blueprints=office.blueprints,
        makeup_of_id=makeup_of,
    )
    with transaction():
        exam_id = exams.create(command, clerk, before).id
        for bill_id in sorted({entry.bill_id for entry in sitting}):
            bill = appointments.get_bill(bill_id, office.committee_id)
            own = [entry.item_id for entry in sitting if entry.bill_id == bill_id]
            appointing.send_to_exam(exam_id, bill, own, clerk, before)
        exams.announce(exam_id, office.committee_id, clerk, before)
    with transaction():
        exams.release(exam_id, office.committee_id, clerk, opened)
    sittings.play(exam_id, nominees, opened, Absence.EXCUSED)
    sittings.publish(exam_id, office.actors[cast.PUBLISHER], opened + timedelta(hours=4))
    return exam_id


def _prepare(office: Office, number: int, entries: Sequence[Entry], day: date) -> None:
    """Conclude the review and let the directors' meeting decide."""
    clerk, then = office.actors[cast.CLERK], at(day - timedelta(days=2), 15)
    ids = [entry.item_id for entry in entries]
    with transaction():
        for bill_id in sorted({entry.bill_id for entry in entries}):
            own = [entry.item_id for entry in entries if entry.bill_id == bill_id]
            opinion = "材料齐全，符合任免条件和法定程序，建议提请常委会会议审议。"
            command = ConcludeReview(bill_id=bill_id, committee_id=office.committee_id, item_ids=own, opinion=opinion)
            review.conclude_review(command, clerk, then - timedelta(hours=5))
    with transaction():
        meeting = _record(office, MeetingKind.DIRECTORS, number, then, cast.DIRECTORS, cast.DIRECTORS)
        agenda.place(meeting, office.committee_id, ids, clerk, then)
        decision = DirectorsDecide(
            committee_id=office.committee_id, meeting_id=meeting, item_ids=ids, outcome=DirectorsOutcome.SUBMIT
        )
        review.decide(decision, office.actors[cast.DEPUTY], then)
        agenda.close(meeting, office.committee_id, clerk, then)


def _record(office: Office, kind: MeetingKind, number: int, then: datetime, total: int, present: int) -> int:
    clerk = office.actors[cast.CLERK]
    command = RecordMeeting(
        committee_id=office.committee_id,
        kind=kind,
        number=number,
        held_on=then.date(),
        place="市人大机关会议厅",
        chair=office.director,
    )
    meeting_id = meetings.record(command, clerk, then).id
    attendance = TakeAttendance(
        meeting_id=meeting_id, committee_id=office.committee_id, members_total=total, present=present
    )
    meetings.take_attendance(attendance, clerk, then)
    return meeting_id


def _meet(office: Office, number: int, entries: Sequence[Entry], day: date) -> None:
    """Play the meeting of the standing committee: agenda, reports, votes, letters, oaths."""
    clerk, then, present = office.actors[cast.CLERK], at(day), cast.PRESENT[number - 1]
    ids = [entry.item_id for entry in entries]
    with transaction():
        meeting = _record(office, MeetingKind.STANDING_COMMITTEE, number, then, cast.MEMBERS, present)
        agenda.place(meeting, office.committee_id, ids, clerk, then)
        speakers = [entry.item_id for entry in _leading(entries)][: cast.REPORTERS.get(number, 0)]
        if speakers:
            report = Report(
                meeting_id=meeting, committee_id=office.committee_id, item_ids=speakers, mode=ReportMode.ORAL
            )
            votes.report(report, clerk, then + timedelta(hours=1))
    with transaction():
        for place, row in enumerate([row.item.id for row in proceedings.meeting_items(meeting)]):
            votes.record_vote(_vote(office, meeting, row, present, place), clerk, then + timedelta(hours=2))
        votes.announce(meeting, office.committee_id, ids, clerk, then + timedelta(hours=3))
    _celebrate(office, meeting, entries, day)


def _vote(office: Office, meeting: int, item_id: int, present: int, place: int) -> RecordVote:
    no, abstain = (1, 1) if place % 9 == 4 else (0, 1 if place % 5 == 2 else 0)
    return RecordVote(
        meeting_id=meeting,
        committee_id=office.committee_id,
        item_ids=[item_id],
        method=VoteMethod.PANEL,
        yes=present - no - abstain,
        no=no,
        abstain=abstain,
        not_pressed=0,
    )


def _leading(entries: Sequence[Entry]) -> list[Entry]:
    """Return the appointments within the scope of the exam."""
    return [
        entry
        for entry in entries
        if entry.batch.form in APPOINTING_FORMS and entry.batch.position not in cast.OUT_OF_SCOPE
    ]


def _celebrate(office: Office, meeting: int, entries: Sequence[Entry], day: date) -> None:
    clerk, then = office.actors[cast.CLERK], at(day, 16)
    before_us = [entry.item_id for entry in _leading(entries) if _swears_here(entry)]
    others = [
        entry.item_id for entry in entries if entry.batch.form in APPOINTING_FORMS and entry.item_id not in before_us
    ]
    with transaction():
        if before_us:
            ceremony.issue_letters(meeting, office.committee_id, before_us, day, clerk, then)
            here = OathOrganizer.STANDING_COMMITTEE
            ceremony.record_oaths(_oaths(office, before_us, day, here, meeting), clerk, then)
        if others:
            later = day + timedelta(days=5)
            ceremony.record_oaths(_oaths(office, others, later, OathOrganizer.OWN_ORGAN, None), clerk, at(later, 16))
        ceremony.take_office(office.committee_id, before_us + others, clerk, at(day + timedelta(days=6)))
        meetings.close(meeting, office.committee_id, clerk, then)


def _swears_here(entry: Entry) -> bool:
    """Whether letter and oath are given by the standing committee: courts and procuratorates do so themselves."""
    return entry.batch.organ in (OrganType.GOVERNMENT, OrganType.CONGRESS) or "副主任" in entry.batch.position


def _oaths(office: Office, ids: list[int], day: date, organizer: OathOrganizer, meeting: int | None) -> RecordOaths:
    return RecordOaths(
        committee_id=office.committee_id,
        item_ids=ids,
        sworn_on=day,
        organizer=organizer,
        form=OathForm.COLLECTIVE,
        lead_item_id=ids[0],
        meeting_id=meeting,
    )
