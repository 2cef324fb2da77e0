"""tests.appointments.test_published_rules — every published rule as a table: nominations, and what each place says."""

import json
from dataclasses import replace
from datetime import date

import pytest

from exam_app.appointments.rules import Decision, Nomination, Pass, may_go_on, requirement
from exam_app.appointments.states import ExamStep, Form, Requirement
from exam_app.committees.decision_table import findings, gaps
from exam_app.committees.published import PUBLISHED, Published, find
from exam_app.committees.rules import LocalRules, from_document
from exam_app.texts.appointments import reason
from question_bank.kinds import OrganType

R, O = Requirement, OrganType  # noqa: E741
BUREAU = Nomination(form=Form.DECIDE_APPOINT, organ_type=O.GOVERNMENT)
JUDGE = Nomination(form=Form.APPOINT, organ_type=O.COURT)
STAFF = Nomination(form=Form.APPOINT, organ_type=O.CONGRESS)
PROSECUTOR = Nomination(form=Form.APPOINT, organ_type=O.PROCURATORATE)
SUPERVISOR = Nomination(form=Form.APPOINT, organ_type=O.SUPERVISION)
ACTING = Nomination(form=Form.DECIDE_ACTING, organ_type=O.GOVERNMENT)
COUNTY_CHIEF = Nomination(form=Form.APPROVE_APPOINT, organ_type=O.PROCURATORATE)
OUTSIDE = replace(BUREAU, in_scope=False)
REMOVED = replace(BUREAU, form=Form.REMOVE)
STAYS = replace(BUREAU, continues_in_post=True)
LAWYER = replace(JUDGE, legally_qualified=True)
AT_CHANGE = replace(JUDGE, at_term_change=True)
LATERAL = replace(BUREAU, lateral_move=True)
NOW_HERE = Pass(result_id=1, organ_type=O.GOVERNMENT, passed_on=date(2024, 5, 6), in_this_term=True)
NOW_THERE = replace(NOW_HERE, result_id=2, organ_type=O.COURT)
ONCE_HERE = replace(NOW_HERE, result_id=3, passed_on=date(2019, 5, 6), in_this_term=False)
ONCE_THERE = replace(ONCE_HERE, result_id=4, organ_type=O.COURT)


def having(nomination: Nomination, *passes: Pass) -> Nomination:
    """Return the nomination of somebody who has passed before."""
    return replace(nomination, passes=passes)


ROWS: dict[str, list[tuple[Nomination, Requirement, str]]] = {
    "chongqing": [
        (BUREAU, R.REQUIRED, "EVERY_NOMINEE"),
        (JUDGE, R.REQUIRED, "EVERY_NOMINEE"),
        (COUNTY_CHIEF, R.NOT_APPLICABLE, "不是决定任命、任命"),
        (ACTING, R.NOT_APPLICABLE, "不是决定任命、任命"),
        (having(BUREAU, NOW_HERE), R.EXEMPT, "PASSED_THIS_TERM"),
        (having(BUREAU, NOW_THERE), R.EXEMPT, "PASSED_THIS_TERM"),
        (having(BUREAU, ONCE_HERE), R.REQUIRED, "EVERY_NOMINEE"),
        (STAYS, R.REQUIRED, "EVERY_NOMINEE"),
        (LAWYER, R.REQUIRED, "EVERY_NOMINEE"),
    ],
    "zhejiang": [
        (BUREAU, R.REQUIRED, "EVERY_NOMINEE"),
        (STAFF, R.REQUIRED, "EVERY_NOMINEE"),
        (OUTSIDE, R.NOT_APPLICABLE, "OUT_OF_SCOPE"),
        (SUPERVISOR, R.NOT_APPLICABLE, "监委、法院、检察院人员不考试"),
        (JUDGE, R.NOT_APPLICABLE, "监委、法院、检察院人员不考试"),
        (PROSECUTOR, R.NOT_APPLICABLE, "监委、法院、检察院人员不考试"),
        (ACTING, R.NOT_APPLICABLE, "不在条例列举的职务之内"),
        (having(BUREAU, NOW_HERE), R.REQUIRED, "EVERY_NOMINEE"),
    ],
    "shenzhen": [
        (BUREAU, R.REQUIRED, "EVERY_NOMINEE"),
        (having(BUREAU, NOW_HERE), R.EXEMPT, "已经通过考试，再次提请任命"),
        (having(BUREAU, ONCE_HERE), R.EXEMPT, "已经通过考试，再次提请任命"),
        (having(BUREAU, NOW_THERE), R.REQUIRED, "在五类机关之间交流任职，重新考试"),
        (having(JUDGE, NOW_HERE), R.REQUIRED, "在五类机关之间交流任职，重新考试"),
        (SUPERVISOR, R.REQUIRED, "EVERY_NOMINEE"),
    ],
    "shitai": [(BUREAU, R.REQUIRED, "EVERY_NOMINEE"), (JUDGE, R.REQUIRED, "EVERY_NOMINEE")],
    "gaochun": [
        (BUREAU, R.REQUIRED, "EVERY_NOMINEE"),
        (JUDGE, R.REQUIRED, "EVERY_NOMINEE"),
        (STAYS, R.EXEMPT, "CONTINUING_AT_TERM_CHANGE"),
        (having(BUREAU, ONCE_HERE), R.EXEMPT, "已通过考试，在同类机关内调整"),
        (having(BUREAU, NOW_THERE), R.REQUIRED, "EVERY_NOMINEE"),
    ],
    "shangzhou": [
        (BUREAU, R.REQUIRED, "EVERY_NOMINEE"),
        (JUDGE, R.REQUIRED, "EVERY_NOMINEE"),
        (PROSECUTOR, R.REQUIRED, "EVERY_NOMINEE"),
        (STAFF, R.NOT_APPLICABLE, "常委会机关人员不考试"),
    ],
    "ningde": [
        (LATERAL, R.REQUIRED, "EVERY_NOMINEE"),
        (having(LATERAL, ONCE_THERE), R.EXEMPT, "LATERAL_MOVE"),
        (having(BUREAU, NOW_HERE), R.REQUIRED, "EVERY_NOMINEE"),
    ],
    "wulong": [
        (ACTING, R.REQUIRED, "EVERY_NOMINEE"),
        (having(ACTING, NOW_HERE), R.EXEMPT, "PASSED_THIS_TERM"),
        (having(JUDGE, ONCE_THERE), R.REQUIRED, "EVERY_NOMINEE"),
    ],
    "qishan": [
        (JUDGE, R.REQUIRED, "EVERY_NOMINEE"),
        (LAWYER, R.SPECIAL_PART_EXEMPT, "LEGALLY_QUALIFIED"),
        (AT_CHANGE, R.COMMON_PART_ONLY, "TERM_CHANGE"),
        (replace(LAWYER, at_term_change=True), R.COMMON_PART_ONLY, "TERM_CHANGE"),
    ],
    "lanzhou": [
        (COUNTY_CHIEF, R.REQUIRED, "EVERY_NOMINEE"),
        (BUREAU, R.REQUIRED, "EVERY_NOMINEE"),
        (ACTING, R.NOT_APPLICABLE, "ACTING_POST"),
    ],
    "kaijiang": [(BUREAU, R.REQUIRED, "EVERY_NOMINEE")],
    "xianan": [(BUREAU, R.REQUIRED, "EVERY_NOMINEE")],
    "langao": [(BUREAU, R.REQUIRED, "EVERY_NOMINEE")],
    "yaan": [(BUREAU, R.REQUIRED, "EVERY_NOMINEE")],
    "dazu": [(BUREAU, R.REQUIRED, "EVERY_NOMINEE")],
    "hanyin": [(BUREAU, R.REQUIRED, "EVERY_NOMINEE")],
    "zhangping": [
        (STAFF, R.REQUIRED, "EVERY_NOMINEE"),
        (BUREAU, R.NOT_APPLICABLE, "只对常委会机关拟任人员测试"),
        (JUDGE, R.NOT_APPLICABLE, "只对常委会机关拟任人员测试"),
    ],
}
CASES = [(key, *row) for key, rows in ROWS.items() for row in rows]
PARAMETERS = {
    "chongqing": {"gate": "hard", "makeups": 1, "second_failure": "block", "rejections_in_a_row": True},
    "zhejiang": {
        "gate": "report_only",
        "deferral_by": "meeting",
        "after_deferral": "directors",
        "rejections_in_a_row": False,
    },
    "shenzhen": {"gate": "hard", "exam_title": "宪法和法律考试", "renominate_months": 6},
    "shitai": {"book_mode": "closed", "pass_mark": 60, "notice_days": 3},
    "gaochun": {},
    "shangzhou": {"book_mode": "open", "pass_mark": 60, "makeups": 1, "gate": "hard"},
    "ningde": {"exam_title": "任前宪法法律知识考试"},
    "wulong": {},
    "qishan": {"book_mode": "open", "makeups": 1, "second_failure": "defer"},
    "lanzhou": {"pass_mark": 60, "makeups": 1, "second_failure": "withdraw", "gate": "hard"},
    "kaijiang": {"book_mode": "closed", "notice_days": 15, "second_failure": "defer"},
    "xianan": {"duration_minutes": 90, "pass_mark": 60, "makeups": 1, "second_failure": "withdraw"},
    "langao": {"duration_minutes": 120, "pass_mark": 60, "makeups": 1},
    "yaan": {"makeups": 1, "second_failure": "withdraw"},
    "dazu": {"report_label": "表态发言", "gate": "hard"},
    "hanyin": {"second_failure": "defer"},
    "zhangping": {"exam_title": "任前法律知识测试", "gate": "hard"},
}


def rules_of(key: str) -> LocalRules:
    """Return the published rules over the usual ones, as they would be recorded."""
    published = find(key)
    assert published is not None
    return from_document(json.loads(json.dumps(published.over(LocalRules()).to_document())))


def test_every_published_rule_has_its_cases() -> None:
    assert list(ROWS) == list(PARAMETERS) == [one.place.key for one in PUBLISHED]


@pytest.mark.parametrize(("key", "nomination", "outcome", "rule"), CASES)
def test_nomination_is_decided_as_the_place_says(
    key: str, nomination: Nomination, outcome: Requirement, rule: str
) -> None:
    decision = requirement(nomination, rules_of(key))
    assert (decision.outcome, decision.rule) == (outcome, rule)


@pytest.mark.parametrize("key", ROWS)
def test_removal_is_examined_nowhere(key: str) -> None:
    assert requirement(REMOVED, rules_of(key)).outcome is R.NOT_APPLICABLE


@pytest.mark.parametrize(("key", "values"), PARAMETERS.items())
def test_parameters_are_what_the_place_says(key: str, values: dict[str, object]) -> None:
    rules = rules_of(key)
    assert {name: getattr(rules, name) for name in values} == values


@pytest.mark.parametrize("published", PUBLISHED, ids=lambda one: one.place.key)
def test_table_is_complete_and_has_no_idle_line(published: Published) -> None:
    table = published.over(LocalRules()).table()
    assert (gaps(table), findings(table)) == ([], [])
    assert published.says and published.place.name and published.place.title


@pytest.mark.parametrize("published", PUBLISHED, ids=lambda one: one.place.key)
def test_what_a_place_leaves_open_stays_as_it_was(published: Published) -> None:
    own = LocalRules(
        duration_minutes=77, grace_seconds=3, letter_number="甲〔{year}〕{serial}号", grades=("好", "不好")
    )
    over = published.over(own)
    kept = {"duration_minutes", "grace_seconds", "letter_number", "grades"} - set(published.changes)
    assert all(getattr(over, name) == getattr(own, name) for name in kept)


def test_zhejiang_only_reports_and_chongqing_stops() -> None:
    assert may_go_on(ExamStep.BLOCKED, rules_of("zhejiang"))
    assert not may_go_on(ExamStep.BLOCKED, rules_of("chongqing"))


def test_basis_and_day_are_named_with_the_reason() -> None:
    decision = requirement(having(BUREAU, NOW_HERE), rules_of("chongqing"))
    assert decision == Decision(
        R.EXEMPT, "PASSED_THIS_TERM", "2024-05-06；重庆市各级人大常委会人事任免工作条例第十六条", 1
    )
    assert reason(decision.rule, decision.evidence) == (
        "2024-05-06 已通过考试，按本地规则仍然有效（重庆市各级人大常委会人事任免工作条例第十六条）。"
    )
    own = requirement(having(BUREAU, ONCE_HERE), rules_of("shenzhen"))
    assert reason(own.rule, own.evidence) == (
        "已经通过考试，再次提请任命（2019-05-06 已通过考试；深圳市人大常委会任免国家机关工作人员条例第十五条）。"
    )


def test_dazu_has_its_four_gates_in_order() -> None:
    labels = [label for _kind, label in rules_of("dazu").steps]
    assert labels[:4] == ["主任会议关", "法律考试关", "议案提请关", "表态发言关"]
