"""printing.official.titles — breaks a long title into lines that look like a trapezoid or a rhombus; pure.

GB/T 9704-2012 wants words kept whole and lines that narrow or widen evenly: never a rectangle, never an hourglass.
"""

import re
from itertools import combinations, pairwise

TERMS = (
    "常务委员会|人民代表大会|人大常委会|主任会议|人民政府|人民法院|人民检察院|监察委员会|委员会|检察院|代表大会|任前法律知识|法律知识|任命书|"
    "国家工作人员|拟任命人员|工作人员|拟任人员|提请|任免|任命|免职|辞职|人事|名单|议案|草案|审查|初步|报告|情况|表决|结果|办法|通知|公告|会议|议程|日程|"
    "主持词|宪法宣誓|宣誓|誓词|仪式|统计|年度|供职|履职|建议|决定|接受|关于|考试|成绩|汇总|补考|测评|满意度|整改|意见|纪要|说明|"
    r"第[一二三四五六七八九十百〇]+[次届](?:会议)?|[一二三四五六七八九十百]{2,}[名件人次项个]?|\d+[名件人次项个]+|\d+年\d+月\d+日|\d+年度?|\d[\d.]*|[A-Za-z]+|《[^》]{1,12}》|〔\d+〕\d+号|（[^）]{1,10}）|."
)
TOKENS = re.compile(TERMS, re.DOTALL)
GOOD_ENDS = "的于和及与、，：》）会届次院府案年"
BAD_STARTS = "的、，。：；》）〕"
CHARACTERS_A_LINE, MOST_LINES = 18, 5


def break_title(title: str, most: int = CHARACTERS_A_LINE) -> list[str]:
    """Return the lines; a line feed in the title decides before any rule."""
    if "\n" in title:
        return [line for line in title.split("\n") if line]
    if width(title) <= most:
        return [title]
    tokens = TOKENS.findall(title)
    for count in range(2, MOST_LINES + 1):
        fitting = [lines for lines in _partings(tokens, count) if max(map(width, lines)) <= most]
        if fitting:
            return min(fitting, key=_ugliness)
    return _filled(tokens, most)


def width(text: str) -> float:
    """Return the width in Chinese characters; figures and Latin letters take half of one."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)


def _partings(tokens: list[str], count: int) -> list[list[str]]:
    if len(tokens) > 40 and count > 3:
        return []
    cuts = combinations(range(1, len(tokens)), count - 1)
    edges = ((0, *cut, len(tokens)) for cut in cuts)
    return [["".join(tokens[a:b]) for a, b in pairwise(edge)] for edge in edges]


def _ugliness(lines: list[str]) -> float:
    """Words come first, then the shape, then evenness."""
    words = sum((line[-1] not in GOOD_ENDS) + 4 * (after[0] in BAD_STARTS) for line, after in pairwise(lines))
    widths = [width(line) for line in lines]
    steps = [abs(one - other) for one, other in pairwise(widths)]
    shape = sum(3.0 for step in steps if step < 1) + sum(0.25 * abs(step - 3) for step in steps)
    return 2.0 * words + shape + (6.0 if _is_hourglass(widths) else 0.0)


def _is_hourglass(widths: list[float]) -> bool:
    return any(a > b < c for a, b, c in zip(widths, widths[1:], widths[2:], strict=False))


def _filled(tokens: list[str], most: int) -> list[str]:
    lines = [""]
    for token in tokens:
        if width(lines[-1] + token) > most:
            lines.append("")
        lines[-1] += token
    return [line for line in lines if line]
