"""tests.web.candidate.test_journal_script — the journal on computers that sleep, lie about the time, are full."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.candidate.exam_browsing import choose, heading, notice, open_exam, part, saved, wake
from tests.web.candidate.exam_stand_in import StandIn

pytestmark = pytest.mark.browser
DAYS = 24 * 3600 * 1000
OFF_BY = "(() => {{ const real = Date.now.bind(Date); Date.now = () => real() + {days} * 86400000; }})();"
SLEPT = """
const now = performance.now.bind(performance);
window.slept = 0;
performance.now = () => now() - window.slept;
"""
NO_ANSWER = "IDBFactory.prototype.open = () => ({});"
FORBIDDEN = "Object.defineProperty(window, 'indexedDB', {get() { throw new DOMException('no', 'SecurityError'); }});"
REFUSED = """IDBFactory.prototype.open = () => {
  const request = {};
  setTimeout(() => request.onerror(), 0);
  return request;
};"""
NO_LOCAL = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"
FULL = """() => {
  const full = () => { throw new DOMException('full', 'QuotaExceededError'); };
  IDBObjectStore.prototype.put = full;
  Storage.prototype.setItem = full;
}"""
EDIT = """([key, field, value]) => new Promise((resolve, reject) => {
  const request = indexedDB.open('exam-journal', 1);
  request.onsuccess = () => {
    const store = request.result.transaction('entries', 'readwrite').objectStore('entries');
    store.get(key).onsuccess = ({ target }) => {
      if (!target.result) return reject(new Error('no entry'));
      store.put({ ...target.result, [field]: value }).onsuccess = resolve;
    };
  };
})"""
KEPT = """() => new Promise((resolve) => {
  const request = indexedDB.open('exam-journal', 1);
  request.onsuccess = () => {
    const all = request.result.transaction('entries').objectStore('entries').getAllKeys();
    all.onsuccess = () => resolve(all.result);
  };
})"""


def go_offline_with(page: Page, office: StandIn, slot: int, *letters: str) -> None:
    """Give an answer that the server does not get."""
    office.is_down = True
    choose(page, slot, *letters)
    saved(page, "^网络中断")
    page.on("dialog", lambda dialog: dialog.accept())


def test_second_tab_gets_the_unsent_answers_of_the_first(exam: Page, office: StandIn) -> None:
    choose(exam, 1, "a")
    saved(exam)
    go_offline_with(exam, office, 2, "c")
    second = exam.context.new_page()
    second.goto(f"{office.address}/my/sitting")
    second.get_by_role("button", name="在此继续").click()
    notice(second, "已找回上次未上传的 1 题")
    heading(exam, "考试已在另一个窗口继续")
    office.is_down = False
    saved(second)
    assert office.answers == {1: "A", 2: "C"}
    exam.bring_to_front()
    exam.keyboard.press("b")
    choose(second, 3, "a", "b")
    saved(second)
    assert office.answers == {1: "A", 2: "C", 3: "AB"}


def test_only_one_of_three_tabs_answers(exam: Page, office: StandIn) -> None:
    others = [exam.context.new_page() for _ in range(2)]
    for other in others:
        other.goto(f"{office.address}/my/sitting")
        other.get_by_role("button", name="在此继续").click()
        expect(part(other, "desk")).to_be_visible()
    for old in (exam, others[0]):
        heading(old, "考试已在另一个窗口继续")
    choose(others[1], 1, "d")
    saved(others[1])
    assert office.events == {1: (1, "D")}


def test_replaced_machine_offers_its_answers_and_cannot_answer_again(
    exam: Page, office: StandIn, new_context: Callable[[], BrowserContext]
) -> None:
    choose(exam, 1, "a")
    saved(exam)
    exam.context.set_offline(True)
    choose(exam, 1, "b")
    choose(exam, 2, "c")
    saved(exam, "^网络中断")
    second = open_exam(new_context().new_page(), office)
    choose(second, 2, "d")
    saved(second)
    exam.context.set_offline(False)
    wake(exam)
    heading(exam, "本场考试已在另一台电脑继续")
    exam.keyboard.press("c")
    choose(second, 3, "b")
    saved(second)
    assert office.answers == {1: "A", 2: "D", 3: "B"}
    assert set(office.refused) == {(1, "B"), (2, "C")}, "each unsent answer was shown to the server"


@pytest.mark.parametrize("woken", [True, False], ids=["by an event", "by nothing"])
def test_sleeping_laptop_wakes_to_the_time_of_the_server(page: Page, office: StandIn, woken: bool) -> None:
    page.add_init_script(SLEPT)
    exam = open_exam(page, office)
    expect(part(exam, "time")).to_have_text(re.compile("^01:(30|29)$"))
    session = exam.context.new_cdp_session(exam)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    office.set_remaining(2_400_000)  # the lid was closed for fifty minutes, and the count of the computer stood still
    exam.wait_for_timeout(2000)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    if woken:
        wake(exam)  # the lid opens: the window gets the focus
        expect(part(exam, "time")).to_have_text(re.compile("^00:(40|39)$"), timeout=3000)
    else:
        exam.evaluate("window.slept = -6000")  # the clock of a computer that counts its sleep jumps
        expect(part(exam, "time")).to_have_text(re.compile("^00:(40|39)$"), timeout=20_000)
    choose(exam, 1, "a")
    saved(exam)
    assert office.answers == {1: "A"}


def test_sleep_past_the_end_hands_in_or_says_that_it_is_over(page: Page, office: StandIn) -> None:
    page.add_init_script(SLEPT)
    exam = open_exam(page, office)
    go_offline_with(exam, office, 1, "b")
    session = exam.context.new_cdp_session(exam)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    office.set_remaining(0)
    office.is_down = False
    exam.wait_for_timeout(1000)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    heading(exam, "交卷成功")
    assert office.answers == {1: "B"}


@pytest.mark.parametrize("days", [-9500, -8, 8, 4000])
def test_wrong_clock_changes_nothing_but_what_it_says_itself(page: Page, office: StandIn, days: int) -> None:
    page.add_init_script(OFF_BY.format(days=days))
    exam = open_exam(page, office)
    expect(part(exam, "time")).to_have_text(re.compile("^01:(30|29)$"))
    choose(exam, 1, "a")
    saved(exam, "^10:32:06 已保存$")
    go_offline_with(exam, office, 2, "c")
    exam.reload()
    notice(exam, "已找回上次未上传的 1 题")
    office.is_down = False
    saved(exam)
    expect(part(exam, "time")).to_have_text(re.compile("^01:(30|29)$"))
    assert office.answers == {1: "A", 2: "C"}
    real = exam.evaluate("new Date().getTime()")
    assert all(abs(at - real - days * DAYS) < 600_000 for at in office.client_times)


def test_clock_that_is_set_right_during_the_exam_loses_no_unsent_answer(page: Page, office: StandIn) -> None:
    page.add_init_script(
        "const days = Number(sessionStorage.getItem('days') || -9500);" + OFF_BY.format(days="days")
    )  # a flat battery: the computer starts in the year 2000, and the time service sets it right
    exam = open_exam(page, office)
    go_offline_with(exam, office, 1, "d")
    exam.evaluate("sessionStorage.setItem('days', '1')")
    exam.reload()
    notice(exam, "已找回上次未上传的 1 题")
    choose(exam, 1, "b")
    exam.evaluate("sessionStorage.setItem('days', '-9500')")
    exam.reload()
    office.is_down = False
    saved(exam)
    assert office.answers == {1: "B"}


def test_newest_answer_wins_between_both_stores_whatever_the_clock_said(page: Page, office: StandIn) -> None:
    page.add_init_script("let days = 0;" + OFF_BY.format(days="window.days || 0"))
    exam = open_exam(page, office)
    go_offline_with(exam, office, 1, "a")
    exam.evaluate(
        "() => { window.days = -30; IDBObjectStore.prototype.put = () => { throw new DOMException('', 'Quota'); }; }"
    )
    choose(exam, 1, "c")
    exam.reload()
    notice(exam, "已找回上次未上传的 1 题")
    office.is_down = False
    saved(exam)
    assert office.answers == {1: "C"}


@pytest.mark.parametrize("database", [NO_ANSWER, FORBIDDEN, REFUSED], ids=["silent", "forbidden", "refused"])
def test_private_window_without_database_keeps_answers_in_the_other_store(
    page: Page, office: StandIn, database: str
) -> None:
    page.add_init_script(database)
    exam = open_exam(page, office)
    expect(exam.locator("[data-notice=weak]")).to_have_count(0)
    go_offline_with(exam, office, 1, "c")
    exam.reload()
    notice(exam, "已找回上次未上传的 1 题")
    office.is_down = False
    saved(exam)
    assert office.answers == {1: "C"}


@pytest.mark.parametrize("database", [NO_ANSWER, FORBIDDEN], ids=["silent", "forbidden"])
def test_private_window_without_any_store_warns_at_once_and_still_saves(
    page: Page, office: StandIn, database: str
) -> None:
    page.add_init_script(database + NO_LOCAL)
    exam = open_exam(page, office)
    notice(exam, "不能暂存答案")
    office.faults = ["down"]
    choose(exam, 1, "b")
    saved(exam, "^网络中断，答案只在本页")
    saved(exam)
    assert office.answers == {1: "B"}


def test_stores_that_fill_up_during_the_exam_warn_and_answers_still_go(exam: Page, office: StandIn) -> None:
    choose(exam, 1, "a")
    saved(exam)
    exam.evaluate(FULL)
    choose(exam, 2, "b")
    notice(exam, "存储空间已满")
    saved(exam)
    exam.context.set_offline(True)
    choose(exam, 3, "a", "c")
    saved(exam, "^网络中断，答案只在本页")
    exam.context.set_offline(False)
    wake(exam)
    saved(exam)
    assert office.answers == {1: "A", 2: "B", 3: "AC"}


@pytest.mark.parametrize(
    ("field", "value"),
    [("checksum", "ffffffff"), ("checksum", None), ("body", None), ("body", "torn"), ("body", {"slot": 1})],
)
def test_torn_entry_is_dropped_and_the_others_are_sent(exam: Page, office: StandIn, field: str, value: object) -> None:
    go_offline_with(exam, office, 1, "a")
    choose(exam, 2, "c")
    exam.wait_for_timeout(300)
    exam.evaluate(EDIT, ["12:1", field, value])
    office.faults = ["down"] * 9  # what the old page still tries on its way out
    exam.reload()
    notice(exam, "已找回上次未上传的 1 题")
    office.faults, office.is_down = [], False
    saved(exam)
    assert office.answers == {2: "C"}
    assert "12:1" not in exam.evaluate(KEPT)


def test_torn_text_in_the_other_store_is_dropped(page: Page, office: StandIn) -> None:
    page.add_init_script(FORBIDDEN)
    exam = open_exam(page, office)
    go_offline_with(exam, office, 1, "a")
    choose(exam, 2, "c")
    exam.evaluate("""() => {
      const text = localStorage.getItem('exam-journal:12:1');
      localStorage.setItem('exam-journal:12:1', text.slice(0, 40));
    }""")
    exam.reload()
    notice(exam, "已找回上次未上传的 1 题")
    office.is_down = False
    saved(exam)
    assert office.answers == {2: "C"}


def test_journal_of_another_person_is_left_alone_and_never_sent(exam: Page, office: StandIn) -> None:
    go_offline_with(exam, office, 1, "a")
    exam.wait_for_timeout(300)
    exam.evaluate(EDIT, ["12:1", "key", "11:1"])
    office.is_down = False
    saved(exam)
    exam.reload()
    expect(part(exam, "desk")).to_be_visible()
    assert office.answers == {1: "A"} and "11:1" in exam.evaluate(KEPT)
