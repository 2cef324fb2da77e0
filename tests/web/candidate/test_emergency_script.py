"""tests.web.candidate.test_emergency_script — the browser's own SHA-256 and HMAC, and the file that the page saves."""

import hashlib
import hmac
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from exam_app.incidents import emergency
from exam_app.incidents.emergency import Content
from exam_app.sittings.answers import token_hash
from tests.web.candidate.exam_browsing import choose, hand_in, heading, notice, open_exam, part, saved, wake
from tests.web.candidate.exam_stand_in import EMERGENCY_KEY, StandIn

pytestmark = pytest.mark.browser
SHIFTED = """
const now = performance.now.bind(performance);
window.shift = 0;
performance.now = () => now() + window.shift;
"""
HASHES = """async (messages) => {
  const { fromHex, sha256, toHex } = await import("/static/js/exam/emergency.js");
  return messages.map((message) => toHex(sha256(fromHex(message))));
}"""
CODES = """async (pairs) => {
  const { fromHex, hmac, toHex } = await import("/static/js/exam/emergency.js");
  return pairs.map(([key, message]) => toHex(hmac(fromHex(key), fromHex(message))));
}"""
FILE = """async ([facts, text]) => {
  const { emergencyBytes, toHex } = await import("/static/js/exam/emergency.js");
  return toHex(emergencyBytes(facts, text));
}"""
FIPS_180 = {
    b"abc": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    b"": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq": (
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    b"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
    b"hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu": (
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
    ),
    b"a" * 1_000_000: "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
}
RFC_4231 = (
    (b"\x0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (b"Jefe", b"what do ya want for nothing?", "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    (b"\xaa" * 20, b"\xdd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    (bytes(range(1, 26)), b"\xcd" * 50, "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    (b"\x0c" * 20, b"Test With Truncation", "a3b6167473100ee06e0c796c2955552b"),
    (
        b"\xaa" * 131,
        b"Test Using Larger Than Block-Size Key - Hash Key First",
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    ),
    (
        b"\xaa" * 131,
        b"This is a test using a larger than block-size key and a larger than block-size data. "
        b"The key needs to be hashed before being used by the HMAC algorithm.",
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
    ),
)


@pytest.fixture
def shifting(page: Page, office: StandIn) -> Page:
    """The exam page on a computer whose count of the time can be moved."""
    page.add_init_script(SHIFTED)
    return open_exam(page, office)


def offer(exam: Page) -> Locator:
    return exam.locator("[data-notice=emergency]")


def save_file(exam: Page, place: Locator) -> tuple[str, bytes]:
    """Press the button there; return the name and the bytes of what was downloaded."""
    with exam.expect_download() as download:
        place.get_by_role("button", name="保存应急文件").click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def read(content: bytes) -> Content:
    """Read a file as the server does."""
    header = emergency.read_header(content)
    assert header is not None and header[:2] == (12, token_hash("1")[:16])
    found = emergency.open_file(content, header, EMERGENCY_KEY)
    assert found is not None
    return found


def test_hash_gives_what_the_standard_says(exam: Page) -> None:
    assert exam.evaluate(HASHES, [message.hex() for message in FIPS_180]) == list(FIPS_180.values())


def test_code_gives_what_the_standard_says(exam: Page) -> None:
    codes = exam.evaluate(CODES, [[key.hex(), message.hex()] for key, message, _code in RFC_4231])
    assert [code[: len(known)] for code, (*_, known) in zip(codes, RFC_4231, strict=True)] == [
        known for *_, known in RFC_4231
    ]


def test_hash_and_code_agree_with_python_at_every_length_around_the_blocks(exam: Page) -> None:
    messages = [hashlib.shake_128(bytes([length])).digest(length) for length in range(200)]
    assert exam.evaluate(HASHES, [each.hex() for each in messages]) == [
        hashlib.sha256(each).hexdigest() for each in messages
    ]
    pairs = [(messages[-length - 1], messages[length]) for length in range(200)]
    assert exam.evaluate(CODES, [[key.hex(), message.hex()] for key, message in pairs]) == [
        hmac.digest(key, message, "sha256").hex() for key, message in pairs
    ]


def test_file_of_any_size_is_read_by_the_server_and_never_twice_the_same(exam: Page) -> None:
    facts = {"sitting": 12, "token": "1", "key": EMERGENCY_KEY.hex()}
    answers: list[dict[str, Any]] = []
    made = set()
    for slot in range(1, 41):
        answers.append({"slot": slot, "response": "ABCD"[: slot % 5], "revision": slot, "base": 0, "tried": ["A"],
                        "clientAt": 1, "savedAt": None, "acknowledged": False})  # fmt: skip
        document = {"version": 1, "sitting": 12, "admissionNumber": "20261123003", "madeAt": 1, "answers": answers}
        text = exam.evaluate("(document) => JSON.stringify(document)", document) + " " * slot
        content = bytes.fromhex(exam.evaluate(FILE, [facts, text]))
        assert len(read(content).answers) == slot
        made.add(content)
    again = {bytes.fromhex(exam.evaluate(FILE, [facts, text])) for _ in range(3)}
    assert len(made | again) == 43


def test_file_is_offered_after_a_minute_without_network_and_holds_every_answer(shifting: Page, office: StandIn) -> None:
    exam = shifting
    choose(exam, 1, "a")
    choose(exam, 2, "b")
    saved(exam)
    exam.context.set_offline(True)
    choose(exam, 2, "c", "d")
    choose(exam, 3, "a", "c")
    saved(exam, "^网络中断")
    expect(offer(exam)).to_have_count(0)
    exam.evaluate("window.shift += 61000")
    expect(offer(exam)).to_contain_text("用 U 盘拷到监考电脑")
    name, content = save_file(exam, offer(exam))
    assert name == "应急文件-20261123003-03.exam"
    expect(offer(exam)).to_contain_text("已存到本机“下载”文件夹")
    found = read(content)
    assert found.admission_number == "20261123003"
    held = {answer.slot: answer for answer in found.answers}
    assert {slot: answer.response for slot, answer in held.items()} == {1: "A", 2: "D", 3: "AC"}
    assert {slot: answer.is_acknowledged for slot, answer in held.items()} == {1: True, 2: False, 3: False}
    assert held[1].saved_at is not None and held[2].saved_at is None
    assert (held[1].base, held[2].base, held[3].base, held[2].tried) == (1, 2, 2, frozenset("C"))
    exam.context.set_offline(False)
    wake(exam)
    saved(exam)
    expect(offer(exam)).to_have_count(0)
    assert office.answers == {1: "A", 2: "D", 3: "AC"}


def test_answers_of_before_a_reload_are_in_the_file_too(shifting: Page, office: StandIn) -> None:
    choose(shifting, 1, "a")
    saved(shifting)
    shifting.reload()
    expect(part(shifting, "desk")).to_be_visible()
    office.is_down = True
    choose(shifting, 2, "b")
    saved(shifting, "^网络中断")
    shifting.evaluate("window.shift += 61000")
    _name, content = save_file(shifting, offer(shifting))
    header = emergency.read_header(content)
    assert header is not None and header.device == token_hash("2")[:16]
    found = emergency.open_file(content, header, EMERGENCY_KEY)
    assert found is not None and [each.response for each in found.answers] == ["A", "B"]


def test_offer_that_was_put_away_comes_back_with_the_next_outage(shifting: Page, office: StandIn) -> None:
    for answer in ("a", "b"):
        office.is_down = True
        choose(shifting, 1, answer)
        saved(shifting, "^网络中断")
        shifting.evaluate("window.shift += 61000")
        offer(shifting).get_by_role("button", name="知道了").click()
        shifting.wait_for_timeout(1200)
        expect(offer(shifting)).to_have_count(0)
        office.is_down = False
        wake(shifting)
        saved(shifting)


def test_offer_that_was_put_away_comes_back_after_some_minutes(shifting: Page, office: StandIn) -> None:
    office.is_down = True
    choose(shifting, 1, "a")
    saved(shifting, "^网络中断")
    shifting.evaluate("window.shift += 61000")
    offer(shifting).get_by_role("button", name="知道了").click()
    shifting.evaluate("window.shift += 300000")
    expect(offer(shifting)).to_be_visible()


def test_trouble_with_the_hand_in_offers_the_file(exam: Page, office: StandIn) -> None:
    choose(exam, 1, "b")
    saved(exam)
    office.is_down = True
    hand_in(exam)
    dialog = exam.get_by_role("dialog")
    expect(dialog).to_contain_text("用 U 盘拷到监考电脑")
    _name, content = save_file(exam, dialog)
    assert [answer.response for answer in read(content).answers] == ["B"]
    office.is_down = False
    heading(exam, "交卷成功")


def test_time_up_with_unsent_answers_offers_the_file_and_still_hands_in(page: Page, office: StandIn) -> None:
    office.set_remaining(5000)
    exam = open_exam(page, office)
    office.is_down = True
    choose(exam, 1, "d")
    expect(offer(exam)).to_contain_text("时间到，还有答案没能上传")
    _name, content = save_file(exam, offer(exam))
    assert [answer.response for answer in read(content).answers] == ["D"]
    office.is_down = False
    heading(exam, "交卷成功")
    assert office.answers == {1: "D"}


def test_time_up_with_everything_saved_offers_nothing(page: Page, office: StandIn) -> None:
    office.set_remaining(3000)
    office.grace_ms = 60_000  # hands in at some moment of it, and the notice goes
    exam = open_exam(page, office)
    choose(exam, 1, "a")
    saved(exam)
    notice(exam, "时间到，正在自动交卷")
    expect(offer(exam)).to_have_count(0)


def test_answers_that_stay_behind_after_the_end_can_be_saved(exam: Page, office: StandIn) -> None:
    office.is_down = True
    choose(exam, 1, "c")
    saved(exam, "^网络中断")
    office.faults, office.is_down, office.state = ["down"] * 9, False, "expired"
    wake(exam)
    expect(part(exam, "screen")).to_contain_text("有 1 题没能送达")
    _name, content = save_file(exam, part(exam, "screen"))
    assert [answer.response for answer in read(content).answers] == ["C"]


def test_rehearsal_has_no_file_to_give(page: Page, office: StandIn) -> None:
    page.add_init_script(SHIFTED)
    page.goto(f"{office.address}/my/rehearsal")
    expect(part(page, "desk")).to_be_visible()
    choose(page, 1, "c")
    saved(page)
    expect(page.get_by_role("button", name="保存应急文件")).to_have_count(0)
