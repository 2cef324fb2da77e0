"""question_bank.formats.columns — the columns of the product's own Excel template."""

from question_bank.formats.words import plain
from question_bank.items import LETTERS

CODE, KIND, USE, PART, ORGANS, DIFFICULTY = "编号", "题型", "用途", "部分", "适用机关", "难度"
STEM, KEY, EXPLANATION = "题干", "答案", "解析"
LAW, EDITION, ARTICLE, PARAGRAPH, ITEM, EVIDENCE = "法律", "版本", "条", "款", "项", "依据原文"
OPTIONS = tuple(f"选项{letter}" for letter in LETTERS)
USUAL_OPTIONS = 6

CITATION = (LAW, EDITION, ARTICLE, PARAGRAPH, ITEM, EVIDENCE)
QUESTION = (KIND, USE, PART, ORGANS, DIFFICULTY, STEM, *OPTIONS, KEY, EXPLANATION)
REQUIRED = (CODE, KIND, STEM, KEY)
KNOWN = frozenset((CODE, *QUESTION, *CITATION))

SHEET, GUIDE_SHEET = "题目", "填写说明"


def headers(options: int) -> tuple[str, ...]:
    """The header row of a sheet with so many option columns."""
    before = (CODE, KIND, USE, PART, ORGANS, DIFFICULTY, STEM)
    return (*before, *OPTIONS[:options], KEY, EXPLANATION, *CITATION)


def header_name(text: str) -> str:
    """Reduce a header cell as clerks leave it (blanks, full width, a star for “required”) to its name."""
    return plain(text).replace("*", "").removesuffix("(必填)").removesuffix("(选填)").upper()
