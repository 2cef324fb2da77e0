"""tests.journeys.test_restored — the machine is lost during an exam; a backup on an empty one, and the exam goes on."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from exam_app.base.config import ROOT
from tests.journeys.house import PROGRAMS, House, environ_of
from tests.journeys.seats import answer, begin, check_in, open_seat, shown_answers
from tests.journeys.witness import Witness
from tests.web.candidate.exam_browsing import hand_in, heading, notice, part, saved

pytestmark = pytest.mark.browser
BEFORE, AFTER = {1: "A", 2: "C", 26: "BD"}, {2: "D", 3: "B", 36: "A"}


def operate(house: House, verb: str, file: Path) -> None:
    """Run flask backup or flask restore."""
    done = subprocess.run(
        [PROGRAMS / "flask", "--app", "wsgi", verb, file],
        env=environ_of(house.instance, EXAM_PASSPHRASE="correct horse battery"),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_answers_acknowledged_after_the_backup_come_back_from_the_browser(
    house: House,
    seats: dict[str, tuple[str, str]],
    new_context: Callable[[], BrowserContext],
    witness: Witness,
    tmp_path: Path,
) -> None:
    page = begin(check_in(open_seat(witness.watch(new_context()).new_page(), house.address, seats["邵安然"])))
    other = begin(check_in(open_seat(witness.watch(new_context()).new_page(), house.address, seats["万里程"])))
    for each in (page, other):
        answer(each, BEFORE)
        saved(each)
    operate(house, "backup", tmp_path / "exam.tar")
    for each in (page, other):
        answer(each, AFTER)
        saved(each)

    house.kill()
    shutil.rmtree(house.instance)
    operate(house, "restore", tmp_path / "exam.tar")
    answer(page, {4: "C"})  # given while there is no server at all
    saved(page, "^网络中断")
    house.open()

    notice(page, "网络已恢复")  # an open page notices by itself
    saved(page)
    other.reload()  # and one that is loaded again
    expect(part(other, "desk")).to_be_visible()
    saved(other)
    assert shown_answers(page) == {**BEFORE, **AFTER, 4: "C"}
    assert shown_answers(other) == {**BEFORE, **AFTER}
    for each in (page, other):
        hand_in(each)
        heading(each, "交卷成功")
    check_journals(house, witness, ({**BEFORE, **AFTER, 4: "C"}, {**BEFORE, **AFTER}))


def check_journals(house: House, witness: Witness, expected: tuple[dict[int, str], ...]) -> None:
    """Compare what the restored house holds of the last sittings with what was chosen, and what was acknowledged."""
    rows = house.read("SELECT id FROM sitting WHERE state = 'submitted' ORDER BY id DESC LIMIT 2")
    for (sitting_id,), chosen in zip(sorted(rows), expected, strict=True):
        kept = house.journal(sitting_id)
        assert {slot: response for _revision, slot, response, _receipt in kept} == chosen
        assert {heard[:3] for heard in witness.heard(sitting_id)} <= {row[:3] for row in kept}
