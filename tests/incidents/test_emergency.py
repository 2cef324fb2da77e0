"""tests.incidents.test_emergency — the file's bytes and comparison: one altered bit shows, no answer is overruled."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam_app.incidents import emergency
from exam_app.incidents.emergency import Difference, FileAnswer, compare, fingerprint, open_file, read_header
from exam_app.sittings.rules import Acknowledged
from tests.conftest import NINE
from tests.incidents.emergency_files import document, held, sealed

SECRET, DEVICE, SITTING, NUMBER = b"s" * 32, "0123456789abcdef" * 4, 12, "202600010001"
KEY = emergency.key_of(SECRET, SITTING, DEVICE)
RESPONSES = st.sampled_from(["", "A", "B", "AC", "BCD"])


def opened(content: bytes, key: bytes = KEY) -> emergency.Content | None:
    """Read a file as the server does."""
    header = read_header(content)
    return open_file(content, header, key) if header else None


def file_with(*answers: dict[str, Any]) -> bytes:
    """Return a file of the one sitting."""
    return sealed(KEY, SITTING, DEVICE, document(SITTING, NUMBER, *answers))


def in_file(slot: int = 1, response: str = "A", revision: int = 9, base: int = 0, tried: str = "") -> FileAnswer:
    """Return an answer as it was read."""
    return FileAnswer(
        slot=slot,
        response=response,
        revision=revision,
        base=base,
        tried=frozenset(tried),
        is_acknowledged=False,
        client_at=None,
        saved_at=None,
    )


def test_key_is_one_for_each_sitting_and_device() -> None:
    others = {emergency.key_of(SECRET, SITTING + 1, DEVICE), emergency.key_of(SECRET, SITTING, DEVICE[::-1])}
    assert len({KEY, *others, emergency.key_of(b"t" * 32, SITTING, DEVICE)}) == 4
    assert len(KEY) == 32


def test_file_says_whose_it_is_and_hides_the_rest() -> None:
    content = file_with(held(3, "AC", 7))
    header = read_header(content)
    assert header is not None and header[:2] == (SITTING, DEVICE[:16])
    assert NUMBER.encode() not in content and b"response" not in content


@given(st.dictionaries(st.integers(1, 500), RESPONSES, max_size=40))
def test_whatever_was_held_is_read_again(answers: dict[int, str]) -> None:
    found = opened(file_with(*(held(slot, response, slot) for slot, response in answers.items())))
    assert found is not None and (found.admission_number, found.made_at) == (NUMBER, NINE)
    assert {answer.slot: answer.response for answer in found.answers} == answers


WHOLE = file_with(held(1, "A", 1, acknowledged=True, savedAt="2026-03-02T09:00:00.000+08:00"), held(2, "B", 2))


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_one_altered_byte_anywhere_is_noticed(place: int, change: int) -> None:
    altered = bytearray(WHOLE)
    altered[place] ^= change
    assert opened(bytes(altered)) is None


@given(st.integers(0, len(WHOLE) - 1))
def test_cut_file_is_noticed(length: int) -> None:
    assert opened(WHOLE[:length]) is None and opened(WHOLE + b"x") is None


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_a_fall(content: bytes) -> None:
    assert opened(content) is None
    assert opened(b"EXAM-EMERGENCY 1 12 0123456789abcdef\n" + content) is None


def test_receipt_times_and_client_times_are_kept_apart() -> None:
    found = opened(WHOLE)
    assert found is not None
    assert [answer.saved_at for answer in found.answers] == [NINE, None]
    assert [answer.is_acknowledged for answer in found.answers] == [True, False]
    assert found.answers[1].client_at == NINE


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * 100_000,
        document(SITTING + 1, NUMBER),
        document(SITTING, NUMBER).replace(b'"version": 1', b'"version": 2'),
        document(SITTING, NUMBER, held(1, "A", 1), held(1, "B", 2)),
        document(SITTING, NUMBER, held(1, "BA", 1)),
        document(SITTING, NUMBER, held(0, "A", 1)),
        document(SITTING, NUMBER, held(1, "A", 0)),
        document(SITTING, NUMBER, held(1, "A", True)),
        document(SITTING, NUMBER, held(1, "A", 1, base="x")),
        document(SITTING, NUMBER, held(1, 5, 1)),  # type: ignore[arg-type]
        document(SITTING, NUMBER, held(1, "A", 1, savedAt="yesterday")),
        document(SITTING, NUMBER, *(held(slot, "A", slot) for slot in range(1, 502))),
        json.dumps({"version": 1, "sitting": SITTING, "admissionNumber": NUMBER, "madeAt": 0}).encode(),
    ],
    ids=range(17),
)
def test_what_no_page_writes_is_refused_though_it_is_sealed_rightly(plain: bytes) -> None:
    assert opened(sealed(KEY, SITTING, DEVICE, plain)) is None


@pytest.mark.parametrize("made_at", [float("nan"), 1e30, "noon", None])
def test_clock_that_cannot_be_is_no_reason_to_lose_answers(made_at: object) -> None:
    facts = {"version": 1, "sitting": SITTING, "admissionNumber": NUMBER, "madeAt": made_at}
    found = opened(sealed(KEY, SITTING, DEVICE, json.dumps({**facts, "answers": [held(1, "A", 1)]}).encode()))
    assert found is not None and found.made_at is None and len(found.answers) == 1


def test_too_large_and_too_high_are_no_emergency_files() -> None:
    assert read_header(WHOLE + b"x" * emergency.LARGEST_FILE) is None
    assert read_header(WHOLE.replace(b" 12 ", b" 9999999999 ")) is None


def server(revision: int, response: str = "B", slot: int = 1) -> Acknowledged:
    """Return an answer that the server acknowledged."""
    return Acknowledged(revision, slot, response, NINE + timedelta(seconds=revision))


@pytest.mark.parametrize(
    ("journal", "answer", "difference"),
    [
        ([], in_file(), Difference.ONLY_FILE),
        ([], in_file(response=""), Difference.EQUAL),
        ([server(3, "A")], in_file(), Difference.EQUAL),
        ([server(2, "A"), server(3)], in_file(base=3), Difference.NEWER),
        ([server(3)], in_file(base=2, tried="B"), Difference.NEWER),
        ([server(3)], in_file(base=2), Difference.CONFLICT),
        ([server(3)], in_file(base=2, tried="C"), Difference.CONFLICT),
        ([server(3, "")], in_file(base=2), Difference.CONFLICT),
        ([server(3, slot=2)], None, Difference.ONLY_SERVER),
    ],
)
def test_difference_is_judged_by_the_order_of_the_server(
    journal: list[Acknowledged], answer: FileAnswer | None, difference: Difference
) -> None:
    [row] = compare(journal, [answer] if answer else [])
    assert row.difference is difference
    assert row.prefers_file is (difference in (Difference.ONLY_FILE, Difference.NEWER))


@given(
    st.lists(st.builds(server, st.integers(1, 99), RESPONSES, st.integers(1, 6)), unique_by=lambda a: a.revision),
    st.lists(st.builds(in_file, st.integers(1, 6), RESPONSES, base=st.integers(0, 99)), unique_by=lambda a: a.slot),
)
def test_no_later_answer_of_the_server_is_proposed_to_be_replaced(
    journal: list[Acknowledged], answers: list[FileAnswer]
) -> None:
    rows = compare(journal, answers)
    assert [row.slot for row in rows] == sorted({each.slot for each in [*journal, *answers]})
    for row in rows:
        if row.prefers_file:
            assert row.file is not None
            assert row.server is None or row.server.revision <= row.file.base
        if row.is_open:
            assert row.file is not None and row.file.response != (row.server.response if row.server else "")


def test_fingerprint_changes_with_each_answer_the_server_takes() -> None:
    answers = [in_file(1), in_file(2)]
    seen = {fingerprint(compare(journal, answers)) for journal in ([], [server(1)], [server(2)], [server(1, "A")])}
    assert len(seen) == 4
    assert fingerprint(compare([server(1)], answers)) == fingerprint(compare([server(1)], answers))
