"""tests.bank.test_import — a file is previewed, its rows sorted, and what was chosen comes in as drafts."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.service import Actor
from exam_app.bank import errors, intake, service
from exam_app.bank.intake import ConfirmImport, Verdict
from exam_app.bank.models import QuestionVersion
from exam_app.bank.queries import item_of, list_versions
from exam_app.bank.search import Filter
from exam_app.bank.states import VersionState
from exam_app.base.clock import stopwatch
from exam_app.base.db import db
from exam_app.committees.models import Committee
from exam_app.operations import service as operations
from exam_app.operations.errors import NoSuchFile
from exam_app.people.models import Account
from exam_app.people.states import Role
from question_bank.formats.xlsx import read_xlsx, write_xlsx
from question_bank.items import Item
from question_bank.kinds import Kind, Use
from tests.bank.factories import adopt_live, make_item
from tests.conftest import NINE
from tests.factories import actor_of, make_account, make_committee


@pytest.fixture
def committee(app: Flask) -> Committee:
    """A committee."""
    return make_committee()


@pytest.fixture
def author(committee: Committee) -> Account:
    """An author of the committee."""
    return make_account(committee, Role.AUTHOR)


def _keep(committee: Committee, *items: Item, content: bytes = b"") -> int:
    content = content or write_xlsx(items)
    return operations.keep_file(committee.id, "试题.xlsx", "application/octet-stream", content, NINE).id


def _confirm(committee: Committee, file_id: int, actor: Actor, **choice: object) -> int:
    command = ConfirmImport(file_id=file_id, committee_id=committee.id, author_id=actor.account_id, **choice)  # type: ignore[arg-type]
    return intake.confirm(command, actor, NINE)


def _versions() -> int:
    return db.session.scalar(select(func.count()).select_from(QuestionVersion)) or 0


def test_rows_are_sorted_by_what_stands_against_them(committee: Committee) -> None:
    adopt_live(committee, make_item("T001"), make_item("T002"))
    file_id = _keep(
        committee,
        make_item("T001"),
        make_item("T002", stem="某市另有一项议案，改由哪个国家机关依法作出决定？"),
        make_item("T003"),
        make_item("T003", stem="编号重复的一行，题干却与别的题完全不同？"),
        make_item("T004", stem=make_item("T001").stem),
        make_item("T005", stem=make_item("T003").stem.replace("应当由", "应由")),
        make_item("T006", citations=()),
        make_item("T010", Kind.MULTIPLE),
    )
    preview = intake.preview(file_id, committee.id, NINE)
    found = {(row.item.code, row.verdict): [doubt.code for doubt in row.doubts] for row in preview.rows}
    assert found == {
        ("T001", Verdict.WRONG): ["same_as_bank"],
        ("T002", Verdict.DOUBTFUL): ["renews"],
        ("T003", Verdict.READY): [],
        ("T003", Verdict.WRONG): ["code_repeated"],
        ("T004", Verdict.DOUBTFUL): ["same_stem"],
        ("T005", Verdict.DOUBTFUL): ["similar_stem"],
        ("T006", Verdict.WRONG): ["problem"],
        ("T010", Verdict.READY): [],
    }
    assert _versions() == 2


def test_ready_rows_come_in_as_drafts_of_whoever_imports(committee: Committee, author: Account) -> None:
    items = (make_item("T001"), make_item("T002", Kind.TRUE_FALSE))
    file_id = _keep(committee, *items)
    assert _confirm(committee, file_id, actor_of(author)) == 2
    versions = list(db.session.scalars(select(QuestionVersion).order_by(QuestionVersion.id)))
    assert [item_of(version) for version in versions] == list(items)
    assert {(version.state, version.author_id) for version in versions} == {(VersionState.DRAFT, author.id)}


def test_import_of_a_clerk_has_no_author_yet(committee: Committee) -> None:
    clerk = make_account(committee, Role.EXAMINER)
    file_id = _keep(committee, make_item())
    intake.confirm(ConfirmImport(file_id=file_id, committee_id=committee.id), actor_of(clerk), NINE)
    assert list(db.session.scalars(select(QuestionVersion.author_id))) == [None]


def test_doubtful_rows_come_in_when_chosen(committee: Committee, author: Account) -> None:
    adopt_live(committee, make_item("T001"))
    renewed = make_item("T001", stem="某市另有一项议案，改由哪个国家机关依法作出决定？")
    file_id = _keep(committee, renewed, make_item("T002"), make_item("T003", stem=make_item("T002").stem))
    assert _confirm(committee, file_id, actor_of(author), doubtful=frozenset({0})) == 2
    first = db.session.scalars(select(QuestionVersion).order_by(QuestionVersion.id)).first()
    assert first is not None
    newest, live = list_versions(first.question_id)
    assert (item_of(newest), newest.state, live.state) == (renewed, VersionState.DRAFT, VersionState.LIVE)


def test_all_doubtful_rows_come_in_at_once(committee: Committee, author: Account) -> None:
    file_id = _keep(committee, make_item("T001"), make_item("T002", stem=make_item("T001").stem))
    assert _confirm(committee, file_id, actor_of(author), all_doubtful=True) == 2


def test_question_being_written_is_not_overwritten(committee: Committee, author: Account) -> None:
    service.draft(committee.id, make_item(), actor_of(author), NINE)
    file_id = _keep(committee, make_item(explanation="另一个解析，同样讲清楚了由谁决定以及依据是什么。"))
    (row,) = intake.preview(file_id, committee.id, NINE).rows
    assert [doubt.code for doubt in row.doubts] == ["open_version"]
    with pytest.raises(errors.NothingToImport):
        _confirm(committee, file_id, actor_of(author), all_doubtful=True)
    assert _versions() == 1


def test_other_kind_under_a_known_code_is_wrong(committee: Committee) -> None:
    adopt_live(committee, make_item())
    (row,) = intake.preview(_keep(committee, make_item(kind=Kind.MULTIPLE)), committee.id, NINE).rows
    assert [doubt.code for doubt in row.doubts] == ["classification_differs"]


def test_file_comes_in_once(committee: Committee, author: Account) -> None:
    file_id = _keep(committee, make_item())
    _confirm(committee, file_id, actor_of(author))
    with pytest.raises(errors.FileImported):
        _confirm(committee, file_id, actor_of(author))
    assert _versions() == 1


@pytest.mark.parametrize("content", [b"not a workbook", b"\xd0\xcf\x11\xe0 old", b"PK\x03\x04"])
def test_other_files_are_refused_with_a_reason(committee: Committee, author: Account, content: bytes) -> None:
    file_id = _keep(committee, content=content)
    for act in (intake.preview, lambda *args: _confirm(committee, file_id, actor_of(author))):
        with pytest.raises(errors.NotAQuestionFile) as refusal:
            act(file_id, committee.id, NINE)
        assert refusal.value.facts["problem"]
    assert _versions() == 0


def test_file_of_another_committee_is_not_found(committee: Committee) -> None:
    other = make_committee("乙市人大常委会")
    with pytest.raises(NoSuchFile):
        intake.preview(_keep(committee, make_item()), other.id, NINE)


def test_import_is_taken_back_until_a_question_is_sent_on(committee: Committee, author: Account) -> None:
    file_id = _keep(committee, make_item("T001"), make_item("T002", Kind.MULTIPLE))
    _confirm(committee, file_id, actor_of(author))
    assert intake.outcome(file_id, committee.id) == intake.Imported(2, can_undo=True)
    assert intake.undo(file_id, committee.id, actor_of(author), NINE) == 2
    assert set(db.session.scalars(select(QuestionVersion.state))) == {VersionState.RETIRED}
    with pytest.raises(errors.ImportInUse):
        intake.undo(file_id, committee.id, actor_of(author), NINE)


def test_import_in_use_is_not_taken_back(committee: Committee, author: Account) -> None:
    file_id = _keep(committee, make_item("T001"), make_item("T002", Kind.MULTIPLE))
    _confirm(committee, file_id, actor_of(author))
    version = db.session.scalars(select(QuestionVersion)).first()
    assert version is not None
    service.submit_for_review(version.id, committee.id, actor_of(author), NINE)
    with pytest.raises(errors.ImportInUse):
        intake.undo(file_id, committee.id, actor_of(author), NINE)
    assert sorted(db.session.scalars(select(QuestionVersion.state))) == [VersionState.DRAFT, VersionState.IN_REVIEW]


def test_export_comes_back_as_it_was(committee: Committee, author: Account) -> None:
    items = (make_item("T001"), make_item("T002", Kind.TRUE_FALSE), make_item("T003", use=Use.PRACTICE))
    adopt_live(committee, *items)
    written = intake.export(committee.id, Filter(reads_formal=True), actor_of(author), NINE)
    assert read_xlsx(written).items == items


def test_export_leaves_formal_questions_out_for_who_may_not_read_them(committee: Committee, author: Account) -> None:
    practice = make_item("T002", use=Use.PRACTICE)
    adopt_live(committee, make_item("T001"), practice)
    written = intake.export(committee.id, Filter(reads_formal=False), actor_of(author), NINE)
    assert read_xlsx(written).items == (practice,)


def test_sheet_of_ten_thousand_rows_is_previewed_and_imported_in_seconds(committee: Committee, author: Account) -> None:
    words = "依法审查批准决定任命撤销监督调查报告执法检查质询罢免宣誓选举代表议案预算决算备案规范性文件"
    items = [
        replace(
            make_item(f"N{number:05d}"),
            stem="".join(words[(number * step + step * step) % len(words)] for step in range(3, 25))
            + f"第{number}号？",
        )
        for number in range(10_000)
    ]
    file_id = _keep(committee, *items)
    began = stopwatch()
    preview = intake.preview(file_id, committee.id, NINE)
    assert len(preview.rows) == 10_000
    assert _confirm(committee, file_id, actor_of(author), all_doubtful=True) == 10_000
    assert stopwatch() - began < 30
