"""tests.papers.test_papers — sealed until opened, opened once, provable afterwards."""

import json

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import undefer

from exam_app.bank.models import Question, QuestionVersion
from exam_app.bank.queries import contents
from exam_app.base.crypto import SealBroken
from exam_app.base.db import db, transaction
from exam_app.papers import queries, service
from exam_app.papers.errors import BankInsufficient, NoSuchBlueprint, NoSuchPaper, PaperStillSealed
from exam_app.papers.models import Paper, PaperSlot
from question_bank.items import LETTERS
from question_bank.kinds import Kind
from tests.conftest import NINE
from tests.factories import make_committee
from tests.papers.factories import fill_bank, make_ready_blueprint


def _prepared(seed: str = "seed", of_each: int = 4) -> Paper:
    committee = make_committee()
    fill_bank(committee, of_each)
    drawing = service.drawing_by(make_ready_blueprint(committee).id)
    return service.prepare(drawing, [], seed, NINE, "half_if_incomplete")


def test_unopened_paper_shows_nothing(app: Flask) -> None:
    with transaction():
        paper = _prepared()

    row = db.session.execute(text("SELECT * FROM paper")).mappings().one()
    whole = b"".join(value if isinstance(value, bytes) else str(value).encode() for value in row.values())
    stems = db.session.scalars(select(QuestionVersion.stem)).all()
    assert stems
    assert not [stem for stem in stems if stem.encode() in whole or stem[:6].encode() in whole]
    assert queries.slots(paper.id) == []
    for read in (queries.read_opened, queries.page_text, queries.verify):
        with pytest.raises(PaperStillSealed):
            read(paper.id)


def test_opened_paper_is_complete_and_always_the_same(app: Flask) -> None:
    with transaction():
        paper = _prepared()
    for _time in range(2):
        with transaction():
            opened_now = service.open_paper(paper.id, NINE)
            assert opened_now == (5, queries.page_text(paper.id))

    opened = queries.read_opened(paper.id)
    page = json.loads(queries.page_text(paper.id))
    assert [(each["slot"], each["stem"], tuple(each["options"])) for each in page["questions"]] == [
        (each.slot, each.stem, each.options) for each in opened.questions
    ]
    assert (page["fullMarks"], len(page["sections"])) == ("100", 3)
    assert opened.full_marks == 100
    assert [(section.title, section.first, section.last) for section in opened.sections] == [
        ("一、单选题", 1, 3),
        ("二、多选题", 4, 4),
        ("三、判断题", 5, 5),
    ]
    assert opened.sections[0].note == "每题20分，共3题，计60分。每题只有一个正确答案。"
    assert "少选得一半分" in opened.sections[1].note
    assert [question.slot for question in opened.questions] == [1, 2, 3, 4, 5]
    assert db.session.scalar(select(func.count()).select_from(PaperSlot)) == 5


def test_shown_options_are_the_stored_ones_in_the_slots_order(app: Flask) -> None:
    with transaction():
        paper = _prepared()
        service.open_paper(paper.id, NINE)
    opened = queries.read_opened(paper.id)

    slots = queries.slots(paper.id)
    words = contents(slot.version_id for slot in slots)
    for slot, question in zip(slots, opened.questions, strict=True):
        stored = words[slot.version_id]
        assert question.stem == stored.stem
        assert question.options == tuple(stored.options[LETTERS.index(letter)] for letter in slot.option_order)
        assert slot.kind is not Kind.TRUE_FALSE or question.options == ("正确", "错误")


def test_what_was_sat_before_is_not_drawn_again(app: Flask) -> None:
    with transaction():
        paper = _prepared()
        service.open_paper(paper.id, NINE)
    sat = {slot.version_id for slot in queries.slots(paper.id)}
    questions = db.session.scalars(select(QuestionVersion.question_id).where(QuestionVersion.id.in_(sat))).all()
    with transaction():
        other = service.prepare(service.drawing_by(paper.blueprint_id), questions, "other", NINE)
        service.open_paper(other.id, NINE)

    assert not sat & {slot.version_id for slot in queries.slots(other.id)}


def test_paper_that_cannot_be_drawn_leaves_nothing(app: Flask) -> None:
    with transaction():
        paper = _prepared()
    everything = db.session.scalars(select(Question.id)).all()
    with pytest.raises(BankInsufficient), transaction():
        service.prepare(service.drawing_by(paper.blueprint_id), everything, "other", NINE)

    assert db.session.scalar(select(func.count()).select_from(Paper)) == 1


def test_sound_paper_is_proven(app: Flask) -> None:
    with transaction():
        paper = _prepared()
        service.open_paper(paper.id, NINE)
    with transaction():
        db.session.execute(text("UPDATE question_version SET state = 'retired'"))

    assert queries.verify(paper.id).is_sound, "the pool of the day is in the seal, whatever became of the bank"


def test_changed_hash_and_changed_slots_show(app: Flask) -> None:
    with transaction():
        paper = _prepared()
        service.open_paper(paper.id, NINE)
    with transaction():
        db.session.execute(update(PaperSlot).where(PaperSlot.position == 1).values(option_order="DDDD"))
    assert queries.verify(paper.id) == (True, True, False)

    with transaction():
        db.session.execute(update(Paper).values(hash="0" * 64))
    assert queries.verify(paper.id) == (False, True, False)


def test_blobs_of_two_papers_cannot_change_places(app: Flask) -> None:
    with transaction():
        first = _prepared()
        second = service.prepare(service.drawing_by(first.blueprint_id), [], "other", NINE)
    with transaction():
        one, two = db.session.scalars(select(Paper).options(undefer(Paper.sealed_page)).order_by(Paper.id))
        one.sealed_page, two.sealed_page = two.sealed_page, one.sealed_page
    with pytest.raises(SealBroken), transaction():
        service.open_paper(second.id, NINE)

    assert second.opened_at is None
    assert queries.slots(second.id) == []


def test_unknown_ids_are_not_found(app: Flask) -> None:
    with pytest.raises(NoSuchBlueprint), transaction():
        service.drawing_by(99)
    with pytest.raises(NoSuchPaper), transaction():
        service.open_paper(99, NINE)
    with pytest.raises(NoSuchPaper):
        queries.read_opened(99)
    with pytest.raises(NoSuchPaper):
        queries.verify(99)
