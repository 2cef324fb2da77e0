"""committees.table_words — how the facts, lines and outcomes of a decision table are called in Chinese."""

from collections.abc import Iterable, Mapping

from exam_app.committees.decision_table import NEVER, NO, PASSES, YES, Condition, Line
from question_bank.kinds import ORGAN_LABELS

OUTCOME_WORDS: Mapping[str, str] = {
    "required": "应参加考试",
    "common_part_only": "只考公共法律",
    "special_part_exempt": "免考专业法律部分",
    "exempt": "免试",
    "not_applicable": "不适用",
}
FACT_WORDS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "form": (
        "任免方式",
        {
            "decide_appoint": "决定任命",
            "appoint": "任命",
            "approve_appoint": "批准任命",
            "adopt": "通过",
            "acting": "代理",
            "removal": "免职、辞职、撤职等",
        },
    ),
    "organ": ("机关", {organ.value: words for organ, words in ORGAN_LABELS.items()}),
    "in_scope": ("职务", {YES: "在考试范围内", NO: "不在考试范围内"}),
    "passed": (
        "此前考试",
        {
            NEVER: "从未通过考试",
            "this_term_same_organ": "本届任同类机关职务时已通过",
            "this_term_other_organ": "本届任其他机关职务时已通过",
            "earlier_same_organ": "往届任同类机关职务时已通过",
            "earlier_other_organ": "往届任其他机关职务时已通过",
        },
    ),
    "continues_in_post": ("换届留任", {YES: "继续担任原职", NO: "不是留任"}),
    "lateral_move": ("平职调整", {YES: "平职调整", NO: "不是平职调整"}),
    "legally_qualified": ("法律职业资格", {YES: "具有法律职业资格", NO: "没有法律职业资格"}),
    "term_change": ("换届集中任命", {YES: "换届后两个月内提请", NO: "平时提请"}),
}
RULE_WORDS: Mapping[str, str] = {
    "REMOVAL": "免职、辞职、撤职不考试",
    "OUT_OF_SCOPE": "职务不在考试范围内",
    "ACTING_POST": "代理职务不考试",
    "APPROVED_APPOINTMENT": "批准任命的职务不考试",
    "PASSED_THIS_TERM": "已通过考试且仍然有效",
    "CONTINUING_AT_TERM_CHANGE": "换届后留任原职",
    "LATERAL_MOVE": "平职调整且已通过考试",
    "LEGALLY_QUALIFIED": "具有法律职业资格",
    "TERM_CHANGE": "换届集中任命",
    "EVERY_NOMINEE": "拟任命人员均须考试",
}
CODES: Mapping[str, str] = {words: code for code, words in RULE_WORDS.items()}


def rule_name(rule: str) -> str:
    """Return what a rule is called: a known code in words, own words as they are."""
    return RULE_WORDS.get(rule, rule)


def rule_of(name: str) -> str:
    """Return the rule that somebody named: its code if it is a known one."""
    return CODES.get(name.strip(), name.strip())


def say_conditions(when: Iterable[Condition]) -> str:
    """Return conditions in words, in the order of the vocabulary."""
    said = [_say(name, values) for name, values in when]
    return "，".join(said) or "其余一切情形"


def say_line(line: Line) -> str:
    """Return a line in words: on what, then what."""
    return f"{say_conditions(line.when)} → {OUTCOME_WORDS[line.outcome]}"


def _say(name: str, values: tuple[str, ...]) -> str:
    if values == PASSES:
        return "此前已通过考试"
    label, words = FACT_WORDS[name]
    said = "、".join(words[value] for value in values)
    return f"{label}为{said}" if name in ("form", "organ") else said
