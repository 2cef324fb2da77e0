"""tests.web.admin.test_table — the decision table on a page: moved, checked, recorded; published rules."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from exam_app.base.db import transaction
from exam_app.committees.decision_table import line_of
from exam_app.committees.models import Committee
from exam_app.committees.published import PUBLISHED, find
from exam_app.committees.queries import list_rules, rules_on
from exam_app.committees.rules import LocalRules, usual_table
from exam_app.people.states import Role
from exam_app.web.admin.rules_form import typed
from exam_app.web.admin.table_form import typed_table
from tests.factories import browser_of, make_account, make_committee
from tests.requirements.factories import TODAY

PATH = "/settings/committee/table"
COURT = line_of("exempt", "法院免考", "办法第三条", {"organ": ["court"]})
COURT_MUST = line_of("required", "法院须考", when={"organ": ["court"]})
REST = line_of("required", "EVERY_NOMINEE")


@pytest.fixture
def home(app: Flask) -> Committee:
    """The committee whose rules are recorded."""
    with transaction():
        return make_committee()


@pytest.fixture
def officer(app: Flask, home: Committee) -> FlaskClient:
    """An officer's browser."""
    return browser_of(app, make_account(home, Role.OFFICER))


def posted(do: str, *lines: Any) -> dict[str, Any]:
    """Return the form as a browser sends it."""
    data = typed_table(lines, TODAY, "第9次主任会议通过")
    sent = {"do": do, "valid_from": "2026-03-02", "basis": data["basis"]}
    for at, line in enumerate(data["lines"]):
        sent |= {f"lines-{at}-{name}": value for name, value in line.items()}
    return sent


def page(officer: FlaskClient, do: str, *lines: Any, **changes: Any) -> str:
    """Press a button and return the page that comes back."""
    answer = officer.post(PATH, data=posted(do, *lines) | changes)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def order(text: str) -> list[int]:
    """Return where the two lines and the last stand on the page."""
    return [text.find("法院免考"), text.find("法院须考"), text.find("拟任命人员均须考试")]


def test_page_starts_with_the_table_in_use(officer: FlaskClient) -> None:
    text = officer.get(PATH).get_data(as_text=True)
    assert "各种情形都有规定" in text
    assert text.count('id="line-') == len(usual_table(LocalRules()))
    assert "任免方式为免职、辞职、撤职等 → <b>不适用</b>" in text


def test_page_starts_from_a_published_table(officer: FlaskClient, home: Committee) -> None:
    text = officer.get(f"{PATH}?from=shenzhen").get_data(as_text=True)
    assert "在五类机关之间交流任职，重新考试" in text
    assert list_rules(home.id) == []


@pytest.mark.parametrize(
    ("do", "first"), [("up-2", "法院须考"), ("down-1", "法院须考"), ("up-1", "法院免考"), ("down-9", "法院免考")]
)
def test_lines_are_moved_without_being_saved(officer: FlaskClient, home: Committee, do: str, first: str) -> None:
    places = order(page(officer, do, COURT, COURT_MUST, REST))
    assert (places[0] < places[1]) is (first == "法院免考")
    assert list_rules(home.id) == []


def test_line_is_added_and_deleted_without_being_saved(officer: FlaskClient, home: Committee) -> None:
    assert page(officer, "add", COURT, REST).count('id="line-') == 3
    left = page(officer, "delete-1", COURT, REST)
    assert left.count('id="line-') == 1 and "法院免考" not in left
    assert list_rules(home.id) == []


@pytest.mark.parametrize("do", ["delete-0", "delete-x", "up-", "walk", "", "delete-99999999999999999999"])
def test_button_that_is_none_changes_nothing(officer: FlaskClient, do: str) -> None:
    assert page(officer, do, COURT, REST).count('id="line-') == 2


def test_gap_is_shown_in_words(officer: FlaskClient, home: Committee) -> None:
    text = page(officer, "check", COURT)
    assert "还有没有规定到的情形" in text and "机关为人大、政府、监委、检察院" in text
    assert list_rules(home.id) == []


def test_contradiction_is_shown_at_its_line(officer: FlaskClient) -> None:
    text = page(officer, "check", COURT, COURT_MUST, REST)
    assert "与第 1 行条件相同、结论不同" in text
    late = page(officer, "check", REST, COURT)
    assert "永远用不到：它的情形已由第 1 行作出不同规定" in late
    again = page(officer, "check", COURT, line_of("exempt", "再说", when={"organ": ["court"]}), REST)
    assert "用不到，可以删去：第 1 行已经作出相同规定" in again


def test_table_is_recorded_as_a_new_version_and_nothing_else_changes(officer: FlaskClient, home: Committee) -> None:
    answer = officer.post(PATH, data=posted("save", COURT, REST))
    assert answer.status_code == 302
    rules = rules_on(home.id, TODAY).rules
    assert rules == LocalRules(requirement_table=(COURT, REST))
    shown = officer.get("/settings/committee").get_data(as_text=True)
    assert "法院免考" in shown and "决定表，2 行" in shown and "办法第三条" in shown


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ((COURT,), "还有没有规定到的情形"),
        ((COURT, COURT_MUST, REST), "第 2 行“法院须考”"),
        ((), "决定表至少要有一行"),
    ],
)
def test_table_that_cannot_hold_is_not_recorded(
    officer: FlaskClient, home: Committee, lines: tuple[Any, ...], words: str
) -> None:
    answer = officer.post(PATH, data=posted("save", *lines))
    assert answer.status_code == 200
    assert words in answer.get_data(as_text=True)
    assert list_rules(home.id) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lines-0-rule", ""),
        ("lines-0-rule", "长" * 41),
        ("lines-0-basis", "长" * 61),
        ("lines-0-outcome", "maybe"),
        ("lines-0-on_organ", ["navy"]),
        ("basis", ""),
        ("valid_from", "2026-02-30"),
    ],
)
def test_impossible_entry_is_shown_and_not_recorded(
    officer: FlaskClient, home: Committee, name: str, value: Any
) -> None:
    text = page(officer, "save", COURT, REST, **{name: value})
    assert "尚未保存" in text
    assert list_rules(home.id) == []


def test_table_is_for_officers_alone(app: Flask, home: Committee) -> None:
    reader = browser_of(app, make_account(home, Role.SYSTEM_ADMINISTRATOR))
    assert reader.get(PATH).status_code == 404
    assert reader.post(PATH, data=posted("save", COURT, REST)).status_code == 404
    assert list_rules(home.id) == []


def test_published_rules_are_offered_and_fill_the_form_only(officer: FlaskClient, home: Committee) -> None:
    shelf = officer.get("/settings/committee/rules/published").get_data(as_text=True)
    assert all(one.place.name in shelf for one in PUBLISHED)
    text = officer.get("/settings/committee/rules?from=zhejiang").get_data(as_text=True)
    assert "已按浙江省的公开规则填好，还没有保存" in text and "只报告结果，不影响表决" in text
    assert '<option selected value="zhejiang">' in text
    assert list_rules(home.id) == []


@pytest.mark.parametrize("key", [one.place.key for one in PUBLISHED])
def test_form_that_a_published_rule_filled_records_it(officer: FlaskClient, home: Committee, key: str) -> None:
    published = find(key)
    assert published is not None
    values = typed(published.over(LocalRules()), TODAY, key if published.table else "") | {"basis": "主任会议通过"}
    data = {name: "y" if value is True else value for name, value in values.items() if value is not False}
    assert officer.post("/settings/committee/rules", data=data).status_code == 302
    assert rules_on(home.id, TODAY).rules == published.over(LocalRules())


def test_table_that_is_held_is_kept_or_given_up(officer: FlaskClient, home: Committee) -> None:
    officer.post(PATH, data=posted("save", COURT, REST))
    held = rules_on(home.id, TODAY).rules
    for chosen, day in (("kept", "2026-03-03"), ("", "2026-03-04")):
        values = typed(held, TODAY, chosen) | {"basis": "主任会议通过", "valid_from": day}
        data = {name: "y" if value is True else value for name, value in values.items() if value is not False}
        assert officer.post("/settings/committee/rules", data=data).status_code == 302
        assert rules_on(home.id, TODAY.replace(day=int(day[-1]))).rules.requirement_table == (
            (COURT, REST) if chosen else ()
        )


def test_a_set_of_steps_takes_the_place_of_what_is_typed(officer: FlaskClient, home: Committee) -> None:
    values = typed(LocalRules(), TODAY) | {"basis": "主任会议通过", "steps_from": "dazu", "steps": "提请：提请"}
    data = {name: "y" if value is True else value for name, value in values.items() if value is not False}
    officer.post("/settings/committee/rules", data=data)
    assert rules_on(home.id, TODAY).rules.steps[0] == ("directors", "主任会议关")
