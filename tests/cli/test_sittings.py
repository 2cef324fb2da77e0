"""tests.cli.test_sittings — flask sittings verify names whatever is changed in the database behind its back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from click.testing import Result as Told
from flask import Flask
from sqlalchemy import delete, insert, select, update

from exam_app.audit.service import Actor
from exam_app.base.chance import token
from exam_app.base.crypto import sha256
from exam_app.base.db import db, transaction
from exam_app.base.keys import keys
from exam_app.results import late, proof
from exam_app.results.models import Mark, Result
from exam_app.sittings.models import AnswerEvent, JournalSeal, LateEvent, Sitting
from exam_app.sittings.queries import journal_of
from exam_app.sittings.rules import Acknowledged, receipt, seal_signature, seal_text
from tests.conftest import NINE
from tests.results.factories import right_answers, sit, sit_and_mark
from tests.sittings.factories import Room, answer, make_room

CHIEF = Actor(7, "韩致远")
MINUTE = timedelta(minutes=1)
Tamper = Callable[[], None]


@dataclass(frozen=True)
class Hall:
    """An exam with one who was marked and one who still sits."""

    app: Flask
    room: Room
    closed: int
    open: int
    result: int

    def verify(self, *options: str) -> Told:
        """Run the command."""
        db.session.rollback()
        return self.app.test_cli_runner().invoke(args=["sittings", "verify", *options])

    def event(self, revision: int, sitting: int = 0) -> AnswerEvent:
        """Return an acknowledged answer."""
        query = select(AnswerEvent).filter_by(sitting_id=sitting or self.closed, revision=revision)
        return db.session.scalars(query).one()


@pytest.fixture
def hall(app: Flask) -> Hall:
    """Two people, ten answers; the first has handed in."""
    room = make_room(2)
    result = sit_and_mark(room.entries[0], 3)
    still = sit(room.entries[1], 2, token=token())
    return Hall(app, room, result.sitting_id, still.id, result.id)


def change(table: Any, values: dict[str, Any], **where: Any) -> None:
    """Change rows past every service."""
    with transaction():
        assert db.session.execute(update(table).filter_by(**where).values(**values)).rowcount  # type: ignore[attr-defined]


def whose(hall: Hall, place: int = 0) -> str:
    """Return how a line begins that speaks of the person."""
    number = hall.closed if place == 0 else hall.open
    return f"答卷 {number}（准考证号 {hall.room.entries[place].admission_number}）"


def named(told: Told, sentence: str, faults: int = 1) -> None:
    """Expect the sentence, that many faults in all, and the exit code of a finding."""
    assert sentence in told.output, told.output
    assert f"发现 {faults} 处问题" in told.output and told.exit_code == 1, told.output


def test_untouched_hall_is_sound(hall: Hall) -> None:
    told = hall.verify()
    assert told.exit_code == 0, told.output
    assert told.output == "共核对 2 份答卷、10 条作答、5 个得分，发现 0 处问题。\n"


def test_changed_answer_is_named_with_what_it_was_and_is(hall: Hall) -> None:
    was = hall.event(2).response
    change(AnswerEvent, {"response": "CD"}, sitting_id=hall.closed, revision=2)
    at = "（2026-03-02 09:00:00）"
    named(hall.verify(), f"{whose(hall)}第 2 题：作答被改动，封存时为 {was}{at}，现为 CD{at}")


def test_answer_moved_to_another_question_or_time_is_named(hall: Hall) -> None:
    change(AnswerEvent, {"slot": 5}, sitting_id=hall.closed, revision=2)
    told = hall.verify()
    named(told, f"{whose(hall)}第 2 题：作答被改动，封存时为 第 2 题")
    assert "现为 第 5 题" in told.output
    change(AnswerEvent, {"slot": 2, "server_at": NINE - MINUTE}, sitting_id=hall.closed, revision=2)
    named(hall.verify(), "（2026-03-02 08:59:00）")


def test_removed_answer_is_named(hall: Hall) -> None:
    was = hall.event(4).response
    with transaction():
        db.session.execute(delete(AnswerEvent).filter_by(sitting_id=hall.closed, revision=4))
    named(hall.verify(), f"{whose(hall)}第 4 题：作答被删除，封存时为 {was}（2026-03-02 09:00:00）")


def add(sitting_id: int, proof_of: str = "f" * 128) -> None:
    """Put an answer into the table as if it had been acknowledged."""
    values = {"sitting_id": sitting_id, "revision": 90, "slot": 1, "response": "A", "server_at": NINE}
    with transaction():
        db.session.execute(insert(AnswerEvent).values(**values, client_at=None, receipt=proof_of))


def test_added_answer_is_named_and_so_is_its_forged_receipt(hall: Hall) -> None:
    add(hall.closed)
    told = hall.verify()
    named(told, f"{whose(hall)}第 1 题：作答是封存以后添加的，现为 A（2026-03-02 09:00:00）", faults=2)
    assert f"{whose(hall)}第 1 题：回执签名与作答不符" in told.output


def test_added_answer_with_a_genuine_receipt_is_still_named(hall: Hall) -> None:
    add(hall.closed, receipt(keys().receipts, hall.closed, Acknowledged(90, 1, "A", NINE)))
    named(hall.verify(), "作答是封存以后添加的")


@pytest.mark.parametrize("revision", [1, 90])
def test_open_sitting_cannot_be_touched_unseen_either(hall: Hall, revision: int) -> None:
    if revision == 90:
        add(hall.open)
    else:
        change(AnswerEvent, {"response": "CD"}, sitting_id=hall.open, revision=1)
    named(hall.verify(), f"{whose(hall, 1)}第 1 题：回执签名与作答不符")


def test_changed_receipt_is_named(hall: Hall) -> None:
    other = hall.event(2).receipt
    change(AnswerEvent, {"receipt": other}, sitting_id=hall.closed, revision=1)
    named(hall.verify(), f"{whose(hall)}第 1 题：回执签名与作答不符")


@pytest.mark.parametrize("forged", ["", "00", "z" * 128, "f" * 128])
def test_forged_signature_of_a_seal_is_named(hall: Hall, forged: str) -> None:
    change(JournalSeal, {"signature": forged}, sitting_id=hall.closed)
    named(hall.verify(), f"{whose(hall)}：封存系伪造")


def test_forged_seal_is_named(hall: Hall) -> None:
    change(Sitting, {"seal": "0" * 64}, id=hall.closed)
    told = hall.verify()
    named(told, f"{whose(hall)}：封存系伪造", faults=2)
    assert "封存值与交卷时的审计记录不符" in told.output


def test_answer_changed_together_with_text_and_seal_is_named(hall: Hall) -> None:
    change(AnswerEvent, {"response": "CD"}, sitting_id=hall.closed, revision=2)
    text = seal_text(hall.closed, journal_of(hall.closed))
    change(JournalSeal, {"text": text, "signature": seal_signature(b"0" * 32, sha256(text.encode()))})
    change(Sitting, {"seal": sha256(text.encode())}, id=hall.closed)
    told = hall.verify()
    for sentence in ("：封存系伪造", "：封存值与交卷时的审计记录不符", "第 2 题：回执签名与作答不符"):
        assert whose(hall) + sentence in told.output


def test_seal_of_somebody_else_is_forged(hall: Hall) -> None:
    other = sit_and_mark(make_room(name="乙市人大常委会").entries[0], 1)
    theirs = db.session.get_one(JournalSeal, other.sitting_id)
    text, signature, seal = theirs.text, theirs.signature, db.session.get_one(Sitting, other.sitting_id).seal
    change(JournalSeal, {"text": text, "signature": signature}, sitting_id=hall.closed)
    change(Sitting, {"seal": seal}, id=hall.closed)
    assert f"{whose(hall)}：封存系伪造" in hall.verify().output


def test_missing_seal_and_unreadable_text_are_named(hall: Hall) -> None:
    change(JournalSeal, {"text": "[]"}, sitting_id=hall.closed)
    named(hall.verify(), f"{whose(hall)}：封存系伪造")
    with transaction():
        db.session.execute(delete(JournalSeal))
    named(hall.verify(), f"{whose(hall)}：已收卷而没有封存记录")


def test_mark_of_another_answer_is_named(hall: Hall) -> None:
    was = hall.event(5).response
    change(Mark, {"response": "A" if was != "A" else "B"}, result_id=hall.result, slot=5)
    named(hall.verify(), f"{whose(hall)}第 5 题：评分所依据的作答不是计入的作答，应为 {was}，现为 ")


def test_removed_mark_is_named(hall: Hall) -> None:
    with transaction():
        db.session.execute(delete(Mark).filter_by(result_id=hall.result, slot=5))
    named(hall.verify(), f"{whose(hall)}第 5 题：没有得分记录")


def test_accepted_late_answer_is_sound_and_a_changed_one_is_named(hall: Hall) -> None:
    sitting = db.session.get_one(Sitting, hall.closed)
    right, committee_id = right_answers(sitting)[4], hall.room.committee.id
    answer(sitting, 4, right, 20, NINE + MINUTE)
    event_id = db.session.scalars(select(LateEvent.id)).one()
    with transaction():
        late.decide([event_id], True, "断网", CHIEF, NINE + MINUTE, committee_id=committee_id)
    assert hall.verify().exit_code == 0

    change(LateEvent, {"response": "CD"}, id=event_id)
    told = hall.verify()
    named(told, f"{whose(hall)}第 4 题：迟到作答的回执签名不符", faults=2)
    assert f"应为 CD，现为 {right}" in told.output


def test_waiting_result_has_no_marks_to_miss(hall: Hall) -> None:
    with transaction():
        db.session.execute(delete(Mark))
        db.session.execute(update(Result).values(state="waiting"))
    assert hall.verify().exit_code == 0


def test_only_the_exam_asked_for_is_checked(hall: Hall) -> None:
    other = make_room(name="乙市人大常委会")
    sit_and_mark(other.entries[0], 1)
    change(AnswerEvent, {"response": "CD"}, sitting_id=hall.closed, revision=2)
    told = hall.verify("--exam", str(other.exam.id))
    assert told.exit_code == 0 and "共核对 1 份答卷" in told.output
    assert hall.verify("--exam", str(hall.room.exam.id)).exit_code == 1
    assert hall.verify("--exam", "999").exit_code == 2


@pytest.mark.parametrize("lot", [1, 2, 200])
def test_sittings_are_read_in_lots(
    app: Flask, count_statements: Callable[[], Any], monkeypatch: pytest.MonkeyPatch, lot: int
) -> None:
    room = make_room(4)
    ids = [sit_and_mark(entry, 2).sitting_id for entry in room.entries]
    monkeypatch.setattr(proof, "LOT", lot)
    with count_statements() as statements:
        assert [facts.sitting_id for facts in proof.read_facts()] == ids

    lots = -(-len(ids) // lot)
    assert len(statements) == 6 * lots + 1, "six statements a lot, however large, and one that finds no more"
