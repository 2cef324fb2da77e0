"""texts.committees — words for refusals about committees and local rules."""

WORDS = {
    "no_such_committee": "没有找到该常委会，或者您没有它的岗位。",
    "rules_invalid": "本地规则中有一项取值不对，没有保存。请对照该项下的说明改正后再提交。",
    "table_has_gaps": "考试要求决定表还有没有规定到的情形，如：{example}。没有保存。"
    "请补上一行，或在最后加一行不限条件的规定。",
    "table_contradicts": "考试要求决定表第 {line} 行“{rule}”（{words}）永远用不到："
    "它的全部情形已由前面第 {by} 行作出不同规定。没有保存。请调整先后、改条件或删去其中一行。",
    "rules_backdated": "已有施行中的规则，新规则的施行日期不能早于今天，没有保存。请改为今天或以后的日期。",
    "rules_date_taken": "{valid_from} 起施行的规则已经登记过。请另选施行日期。",
    "term_invalid": "届次或起始日期不对：新一届的届次和日期都应晚于现任届次。没有保存。",
}
