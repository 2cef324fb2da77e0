"""tests.sittings.test_verify_receipts — receipts and seals are genuine for exactly what they were made for."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from exam_app.base.crypto import public_key, sha256
from exam_app.sittings.rules import (
    Acknowledged,
    is_receipt,
    is_seal,
    read_seal_text,
    receipt,
    receipt_text,
    seal_signature,
    seal_text,
)
from tests.conftest import NINE

SEED, OTHER_SEED = b"s" * 32, b"t" * 32
PUBLIC = public_key(SEED)
instants = st.integers(0, 10**10).map(lambda number: NINE + timedelta(microseconds=number))
answers = st.builds(
    Acknowledged,
    revision=st.integers(1, 1000),
    slot=st.integers(1, 500),
    response=st.sampled_from(["", "A", "BD", "ABCDEFGH"]),
    server_at=instants,
)
journals = st.lists(answers, max_size=8, unique_by=lambda each: each.revision)


@given(st.integers(1, 99), answers, st.integers(1, 99), answers)
def test_receipt_proves_its_own_answer_alone(sitting: int, one: Acknowledged, other: int, two: Acknowledged) -> None:
    proof = receipt(SEED, sitting, one)
    assert is_receipt(PUBLIC, sitting, one, proof)
    assert is_receipt(PUBLIC, other, two, proof) == ((sitting, one) == (other, two))
    assert not is_receipt(public_key(OTHER_SEED), sitting, one, proof)


@given(answers, st.text(max_size=140))
def test_whatever_is_no_signature_proves_nothing(answer: Acknowledged, proof: str) -> None:
    assert not is_receipt(PUBLIC, 1, answer, proof)


def test_receipt_text_is_for_a_person_to_read() -> None:
    told = receipt_text(12, Acknowledged(5, 3, "AC", datetime.fromisoformat("2026-03-02T09:00:00.000001+08:00")))
    assert told == b"receipt 1|12|3|AC|5|2026-03-02T01:00:00.000001+00:00"


@given(st.integers(1, 99), journals)
def test_seal_text_is_read_back_as_it_was_written(sitting: int, journal: list[Acknowledged]) -> None:
    assert read_seal_text(seal_text(sitting, journal)) == sorted(journal)


@given(st.text(max_size=40))
def test_what_is_no_seal_text_is_read_as_none_or_nothing(text: str) -> None:
    assert not read_seal_text(text)


@given(st.integers(1, 99), journals, st.integers(1, 99), journals)
def test_seal_is_genuine_for_its_own_journal_alone(
    sitting: int, one: list[Acknowledged], other: int, two: list[Acknowledged]
) -> None:
    text, foreign = seal_text(sitting, one), seal_text(other, two)
    seal = sha256(text.encode())
    signature = seal_signature(SEED, seal)
    assert is_seal(PUBLIC, sitting, seal, text, signature)
    assert is_seal(PUBLIC, sitting, seal, foreign, signature) == (text == foreign)
    assert not is_seal(PUBLIC, sitting + 100, seal, text, signature)
    assert not is_seal(PUBLIC, sitting, seal, text, seal_signature(OTHER_SEED, seal))
    assert not is_seal(PUBLIC, sitting, sha256(b"?"), text, signature)
