"""texts.bank — words for refusals about questions, and for what a preview of an import says."""

from exam_app.bank.states import VersionState

WORDS = {
    "no_such_question": "没有找到该试题，或者您不能查看。",
    "question_invalid": "试题还不完整，没有保存：{problems}。",
    "question_code_taken": "编号“{taken}”已被另一题使用，没有保存。请换一个编号。",
    "classification_fixed": "试题 {code} 已经启用过，编号、题型、用途、部分和适用机关不能再改，没有保存。"
    "如确需更改，请停用此题后另建新题。",
    "open_version_exists": "试题 {code} 已有正在编写或待审的版本，没有另建。请先处理那个版本。",
    "reviewed_by_author": "命题人不能审定自己写的题，没有改动。请由另一位审题人审定。",
    "question_reason_missing": "请写明原因（不超过 {most} 字），没有改动。",
    "not_a_question_file": "这个文件读不出试题，没有导入：{problem}。",
    "nothing_to_import": "没有可以导入的试题，题库没有改动。请先改正有错误的行，或勾选需确认的题。",
    "file_imported": "这个文件已经导入过，没有重复导入。如要再次导入，请重新上传。",
    "import_in_use": "这批试题中已有送审或处理过的，不能整批撤销，没有改动。请逐题处理。",
}

DOUBTS = {
    "problem": "{problem}",
    "code_repeated": "编号在文件里重复，请改成不同的编号",
    "same_as_bank": "题库中已有完全相同的题，不必再导入",
    "open_version": "题库中此编号已有正在编写或待审的版本，请先处理那个版本",
    "classification_differs": "题库中此编号的题型、用途、部分或适用机关与这里不同，请换一个编号",
    "renews": "题库中已有编号 {code}，导入后作为它的新版本",
    "same_stem": "题干与 {code} 相同，请核对是否重复",
    "similar_stem": "题干与 {code} 相似（{score}%），请核对是否重复",
}

FIELDS = {
    "stem": "题干",
    "options": "选项",
    "key": "答案",
    "explanation": "解析",
    "difficulty": "难度",
    "citations": "法律依据",
}

STATES = {
    VersionState.DRAFT: "草稿",
    VersionState.IN_REVIEW: "待审",
    VersionState.LIVE: "启用",
    VersionState.RETIRED: "停用",
}
