"""texts.papers — words for refusals about blueprints and papers."""

WORDS = {
    "no_such_blueprint": "没有找到该组卷方案。",
    "no_such_paper": "没有找到该试卷。",
    "blueprint_invalid": "名称、题数、分值或难度有一项不对，没有保存。题数至少 1，每题不超过 100 分。",
    "blueprint_name_taken": "已有名为“{name}”的组卷方案，没有保存。请换一个名称。",
    "blueprint_fixed": "“{name}”已启用或停用，不能再改，没有保存。请复制一份后修改。",
    "marks_do_not_sum": "各题分值合计 {total} 分，与满分 {full} 分不一致，没有启用。请修改题数、分值或满分。",
    "bank_insufficient": "题库题目不够，组不成试卷（{lacking} 处缺题）。请看“题量是否够用”，补充题目或减少题数。",
    "paper_still_sealed": "试卷尚未启封：开考前任何人都不能查看。",
}
