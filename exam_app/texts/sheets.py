"""texts.sheets — words for refusals about answers on paper."""

WORDS = {
    "already_on_paper": "该考生已经改用纸笔作答。没有改动。",
    "not_on_paper": "该考生没有改用纸笔作答，或者本次作答已作废。没有改动。",
    "sheet_not_collected": "这份纸质答卷还没有收回，不能录入。请先收回答卷。",
    "sheet_begun": "这份纸质答卷已收回或已开始录入，不能再回到电脑作答。没有改动。",
    "sheet_read_by_you": "这份答卷您已经录入过，没有保存。第二遍须由另一位同志录入。",
    "sheet_read_twice": "这份答卷已由两人录入，没有保存。如有不一致，请主监考核对。",
    "sheet_settled": "这份答卷的录入已经核定入卷，没有改动。",
    "sheet_not_read_twice": "这份答卷还没有由两人录入，不能核对。没有改动。",
    "settler_has_read": "您录入过这份答卷，不能再核定其中的不一致，没有改动。请另一位主监考核定。",
    "sheet_code_wrong": "答卷编号不对，没有保存。请核对所拿的答卷是不是这位考生的，编号印在每页右下角。",
    "reading_invalid": "有 {count} 题的录入不对，没有保存。请按提示改正。",
    "choice_missing": "还有不一致的题没有选定答案或没有写明理由，没有保存。",
}
