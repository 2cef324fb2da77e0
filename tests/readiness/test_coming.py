"""tests.readiness.test_coming — what the coming exam still lacks is found before the day."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, update

from exam_app.audit import service as audit
from exam_app.audit.service import MACHINE
from exam_app.bank.models import QuestionVersion
from exam_app.bank.states import VersionState
from exam_app.base.db import db, transaction
from exam_app.exams.models import Exam, ExamBlueprint
from exam_app.exams.states import ExamState
from exam_app.operations.stamps import BACKUP, REHEARSAL, stamp
from exam_app.people.states import Role
from exam_app.readiness import coming
from exam_app.texts.readiness import words_of
from tests.conftest import NINE
from tests.factories import browser_of, make_account
from tests.sittings.factories import Room, add_person, begin, make_room


def wrong(room: Room) -> dict[str, str]:
    """Return what has to be done, by check, in words."""
    findings = coming.examine(room.exam, NINE)
    assert all(words_of(finding) for finding in findings)
    return {finding.check: words_of(finding) for finding in findings if not finding.is_fine}


def note(room: Room, verb: str) -> None:
    """Put an act about the exam on record."""
    with transaction():
        audit.note(MACHINE, verb, about=f"exam:{room.exam.id}", now=NINE, committee_id=room.committee.id)


def test_exam_that_has_everything_needs_nothing(app: Flask) -> None:
    room, folder = make_room(3), Path(app.config["INSTANCE"])
    assert set(wrong(room)) == {"exam_codes_unprinted", "exam_backup", "exam_unrehearsed"}
    note(room, "roster.add")
    note(room, "roster.print_slips")
    stamp(folder, BACKUP, NINE)
    stamp(folder, REHEARSAL, NINE, exams={str(room.exam.id): {"holds": True, "candidates": 3}})
    assert wrong(room) == {}


def test_slips_printed_before_somebody_joined_are_not_enough(app: Flask) -> None:
    room = make_room()
    note(room, "roster.print_slips")
    note(room, "roster.add")
    assert "重新打印" in wrong(room)["exam_codes"]


def test_rehearsal_that_did_not_hold_is_told(app: Flask) -> None:
    room = make_room()
    held = {str(room.exam.id): {"holds": False, "candidates": 80}}
    stamp(Path(app.config["INSTANCE"]), REHEARSAL, NINE, exams=held)
    assert "按 80 人演练过，本机承受不住" in wrong(room)["exam_rehearsed"]


def test_bank_that_shrank_leaves_people_without_a_paper(app: Flask) -> None:
    room = make_room(3)
    with transaction():
        query = update(QuestionVersion).where(QuestionVersion.key == "B", QuestionVersion.id > 1)
        db.session.execute(query.values(state=VersionState.RETIRED))
    assert "有 3 人抽不出试卷（政府" in wrong(room)["exam_papers"]


def test_who_sat_most_of_the_bank_before_is_counted_alone(app: Flask) -> None:
    """Each paper takes two of six single-choice questions: after two exams a third still goes, after three none."""
    rooms = [make_room(2)]
    for _again in range(3):
        with transaction():
            first = rooms[0].exam
            columns = {c.name: getattr(first, c.name) for c in Exam.__table__.columns if c.name != "id"}
            exam = Exam(**columns)
            db.session.add(exam)
            db.session.flush()
            blueprint = db.session.get_one(ExamBlueprint, (first.id, rooms[0].entries[0].organ_type))
            db.session.add(
                ExamBlueprint(exam_id=exam.id, organ_type=blueprint.organ_type, blueprint_id=blueprint.blueprint_id)
            )
            room = Room(rooms[0].committee, exam)
            room.entries = [add_person(room, number) for number in (1, 2)]
            room.entries[0].person_id = rooms[0].entries[0].person_id
        rooms.append(room)
    for room in rooms[:2]:
        begin(room.entries[0])
    assert "exam_papers" not in wrong(rooms[2])
    begin(rooms[2].entries[0])
    assert "有 1 人抽不出试卷" in wrong(rooms[3])["exam_papers"]


def test_organ_without_a_blueprint_is_named(app: Flask) -> None:
    room = make_room()
    with transaction():
        db.session.execute(delete(ExamBlueprint))
    assert "政府" in wrong(room)["exam_plans"]


def test_draft_is_told_to_be_announced(app: Flask) -> None:
    room = make_room()
    with transaction():
        db.session.execute(update(Exam).values(state=ExamState.DRAFT))
    assert "exam_announced" in wrong(room)


def test_page_says_it_in_words_to_those_who_prepare_an_exam(app: Flask, client: FlaskClient) -> None:
    room = make_room()
    with transaction():
        account = make_account(room.committee, Role.CHIEF_INVIGILATOR)
    said = browser_of(app, account).get(f"/exams/{room.exam.id}/check").text
    assert "还没有打印，考生没有考试码" in said
    assert "要处理" in said and "正常" in said


def test_exam_of_another_committee_is_not_found(app: Flask) -> None:
    room, other = make_room(), make_room(name="乙县人大常委会")
    with transaction():
        account = make_account(other.committee, Role.EXAMINER)
    assert browser_of(app, account).get(f"/exams/{room.exam.id}/check").status_code == 404
