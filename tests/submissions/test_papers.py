"""tests.submissions.test_papers — the checklist of a bill: what is needed, received, waived, handed in as a file."""

from datetime import date, timedelta

import pytest
from flask import Flask

from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import Form
from exam_app.audit.service import MACHINE
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.operations.errors import NoSuchFile
from exam_app.submissions import papers
from exam_app.submissions.errors import AnswerMissing, FileNotTaken, NoSuchPaper, PaperDayWrong, PaperOfNothing
from exam_app.submissions.papers import HandIn, MarkPapers, media_type_of
from exam_app.submissions.queries import checklist, count_missing
from exam_app.submissions.states import AttachmentKind
from tests.appointments.factories import make_bill, make_foreign, make_item, make_office
from tests.conftest import NINE
from tests.intake.lists import word_list
from tests.submissions.factories import TODAY, lose

K = AttachmentKind
PDF = b"%PDF-1.7 an approval form"


@pytest.fixture
def bill(app: Flask) -> Bill:
    """A bill without items."""
    with transaction():
        return make_bill(make_office())


@pytest.fixture
def item(bill: Bill) -> Item:
    """An appointment."""
    with transaction():
        return make_item(bill)


def mark(bill: Bill, *named: tuple[int | None, AttachmentKind]) -> MarkPapers:
    """Name papers of the bill."""
    return MarkPapers(committee_id=bill.committee_id, bill_id=bill.id, papers=named)


def handed(bill: Bill, item: Item, name: str = "审批表.pdf", content: bytes = PDF) -> HandIn:
    """Return an approval form as a file."""
    return HandIn(
        committee_id=bill.committee_id,
        bill_id=bill.id,
        item_id=item.id,
        kind=K.APPROVAL_FORM,
        received_on=TODAY,
        name=name,
        content=content,
    )


def lines(bill: Bill) -> list[tuple[int | None, AttachmentKind, bool]]:
    """Return the checklist: whose paper, which, whether it is missing."""
    return [(line.item.id if line.item else None, line.kind, line.is_missing) for line in checklist(bill.id)]


def test_form_tells_which_papers_are_needed(bill: Bill, item: Item) -> None:
    with transaction():
        removal = make_item(bill, "李敏", form=Form.REMOVE)
        resignation = make_item(bill, "赵刚", form=Form.ACCEPT_RESIGNATION)
    assert lines(bill) == [
        (None, K.BILL, True),
        *((item.id, kind, True) for kind in (K.APPROVAL_FORM, K.RESUME, K.VETTING_MATERIAL)),
        (removal.id, K.REASONS, True),
        (resignation.id, K.RESIGNATION, True),
    ]
    assert count_missing(bill.id) == 6


def test_received_and_waived_papers_are_missing_no_more(bill: Bill, item: Item) -> None:
    with transaction():
        papers.receive(mark(bill, (None, K.BILL), (item.id, K.RESUME)), date(2026, 2, 25), MACHINE, NINE)
        papers.waive(mark(bill, (item.id, K.VETTING_MATERIAL)), " 本地不要求 ", MACHINE, NINE)
    assert [kind for _item, kind, missing in lines(bill) if missing] == [K.APPROVAL_FORM]
    waived = next(line for line in checklist(bill.id) if line.is_waived)
    assert waived.attachment is not None and waived.attachment.waived_because == "本地不要求"


def test_paper_that_was_waived_may_come_all_the_same(bill: Bill, item: Item) -> None:
    with transaction():
        papers.waive(mark(bill, (item.id, K.RESUME)), "后补", MACHINE, NINE)
        papers.receive(mark(bill, (item.id, K.RESUME)), TODAY, MACHINE, NINE)
    line = next(one for one in checklist(bill.id) if one.kind is K.RESUME)
    assert line.attachment is not None and not line.is_waived
    assert (line.attachment.received_on, line.attachment.waived_because) == (TODAY, "")


def test_mark_set_by_mistake_is_taken_back(bill: Bill, item: Item) -> None:
    with transaction():
        papers.receive(mark(bill, (item.id, K.RESUME)), TODAY, MACHINE, NINE)
        papers.take_back(mark(bill, (item.id, K.RESUME)), MACHINE, NINE)
    assert (item.id, K.RESUME, True) in lines(bill)


def test_further_paper_is_listed_once_it_came(bill: Bill, item: Item) -> None:
    with transaction():
        papers.receive(mark(bill, (item.id, K.PUBLICITY)), TODAY, MACHINE, NINE)
    assert (item.id, K.PUBLICITY, False) in lines(bill)


def test_item_that_was_voted_on_needs_nothing_more(bill: Bill, item: Item) -> None:
    with transaction():
        lose(item, NINE)
    assert lines(bill) == [(None, K.BILL, True)]


def test_file_is_kept_as_it_came(bill: Bill, item: Item) -> None:
    with transaction():
        row_id = papers.hand_in(handed(bill, item), MACHINE, NINE).id
    stored = papers.file_of(row_id, bill.committee_id)
    assert (stored.content, stored.name, stored.media_type) == (PDF, "审批表.pdf", "application/pdf")
    assert (item.id, K.APPROVAL_FORM, False) in lines(bill)


def test_second_file_of_a_paper_leaves_the_first_stored(bill: Bill, item: Item) -> None:
    with transaction():
        first = papers.hand_in(handed(bill, item), MACHINE, NINE).file_id
        second = papers.hand_in(handed(bill, item, content=PDF + b" again"), MACHINE, NINE)
        row_id, file_id = second.id, second.file_id
    assert first != file_id
    assert papers.file_of(row_id, bill.committee_id).content.endswith(b"again")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b""),
        ("a.pdf", b"MZ not a pdf"),
        ("a.exe", PDF),
        ("a.docx", b"PK\x03\x04 any other package"),
        ("a.pdf", PDF + b" " * papers.MOST_BYTES),
    ],
)
def test_other_files_are_refused(bill: Bill, item: Item, name: str, content: bytes) -> None:
    with pytest.raises(FileNotTaken), transaction():
        papers.hand_in(handed(bill, item, name, content), MACHINE, NINE)
    assert (item.id, K.APPROVAL_FORM, True) in lines(bill)


def test_word_and_jpeg_files_are_known_by_what_is_in_them() -> None:
    assert media_type_of("名单.DOCX", word_list()).endswith("wordprocessingml.document")
    assert media_type_of("扫描件.jpg", b"\xff\xd8\xff\xe0 picture") == "image/jpeg"
    assert media_type_of("扫描件.pdf", b"\xff\xd8\xff\xe0 picture") == ""


def test_impossible_marks_change_nothing(bill: Bill, item: Item) -> None:
    with transaction():
        foreign = make_item(make_bill(make_foreign()))
    before = lines(bill)
    refused: list[tuple[type[DomainError], MarkPapers]] = [
        (PaperOfNothing, mark(bill)),
        (PaperOfNothing, mark(bill, (item.id, K.RESIGNATION))),
        (PaperOfNothing, mark(bill, (None, K.RESUME))),
        (NoSuchPaper, mark(bill, (foreign.id, K.RESUME))),
    ]
    for refusal, command in refused:
        with pytest.raises(refusal), transaction():
            papers.receive(command, TODAY, MACHINE, NINE)
    assert lines(bill) == before


def test_day_to_come_and_missing_reason_are_refused(bill: Bill, item: Item) -> None:
    with pytest.raises(PaperDayWrong), transaction():
        papers.receive(mark(bill, (item.id, K.RESUME)), TODAY + timedelta(days=1), MACHINE, NINE)
    with pytest.raises(AnswerMissing), transaction():
        papers.waive(mark(bill, (item.id, K.RESUME)), " ", MACHINE, NINE)
    assert (item.id, K.RESUME, True) in lines(bill)


def test_file_of_another_committee_does_not_exist(bill: Bill, item: Item) -> None:
    with transaction():
        other = make_foreign()
        row_id = papers.hand_in(handed(bill, item), MACHINE, NINE).id
        bare = papers.receive(mark(bill, (item.id, K.RESUME)), TODAY, MACHINE, NINE)[0].id
    for number, whose in ((row_id, other.id), (bare, bill.committee_id), (99999, bill.committee_id)):
        with pytest.raises((NoSuchPaper, NoSuchFile)):
            papers.file_of(number, whose)
