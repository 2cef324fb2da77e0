"""tests.people.test_persons — names and numbers as they are written, sealed and masked."""

import pytest
from flask import Flask
from sqlalchemy import text

from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.people import service as people
from exam_app.people.errors import NameInvalid, NoSuchPerson, PhoneInvalid
from exam_app.people.rules import clean_name, clean_phone, mask_name, mask_phone
from tests.conftest import NINE
from tests.factories import make_committee


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("王　强", "王强"),
        (" 李 明 ", "李明"),
        ("阿依古丽.买买提", "阿依古丽·买买提"),
        ("㛃䶮𬱖", "㛃䶮𬱖"),
        ("John  Smith", "John Smith"),
    ],
)
def test_name_is_stored_one_way(typed: str, stored: str) -> None:
    assert clean_name(typed) == stored


@pytest.mark.parametrize("typed", ["", "  ", "<b>王</b>", "王强2", "王" * 61])
def test_impossible_name_is_refused(typed: str) -> None:
    with pytest.raises(NameInvalid):
        clean_name(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("138 0000 1234", "13800001234"),
        ("１３８-0000-1234", "13800001234"),
        ("", ""),
        ("+8613800001234", "13800001234"),
    ],
)
def test_phone_is_stored_as_digits(typed: str, stored: str) -> None:
    assert clean_phone(typed) == stored


def test_impossible_phone_is_refused() -> None:
    with pytest.raises(PhoneInvalid):
        clean_phone("办公室")


def test_phone_is_sealed_in_the_database_and_found_by_its_index(app: Flask) -> None:
    with transaction():
        committee = make_committee()
        command = people.RegisterPerson(committee_id=committee.id, name="王强", phone="13800001234")
        person = people.register(command, MACHINE, NINE)

    row = db.session.execute(text("SELECT phone_sealed FROM person")).scalar_one()
    assert b"13800001234" not in bytes(row)
    assert person.phone_index == people.phone_index("138-0000-1234")
    assert people.phone_of(person) == "13800001234"


def test_person_of_another_committee_is_not_found(app: Flask) -> None:
    with transaction():
        committee, other = make_committee(), make_committee("乙县人大常委会")
        person = people.register(people.RegisterPerson(committee_id=committee.id, name="王强"), MACHINE, NINE)

    with pytest.raises(NoSuchPerson):
        people.get_person(person.id, other.id)


def test_masks_hide_the_middle() -> None:
    assert [mask_name(name) for name in ("王", "王强", "欧阳修远")] == ["王", "王*", "欧**远"]
    assert mask_phone("13800001234") == "138****1234"
