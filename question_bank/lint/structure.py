"""question_bank.lint.structure — whether a question is complete and hangs together."""

from collections.abc import Iterator

from question_bank.items import EASIEST, FALSE_KEY, HARDEST, LETTERS, TRUE_FALSE_OPTIONS, TRUE_KEY, Item
from question_bank.kinds import KIND_LABELS, Kind, Part
from question_bank.lint.finding import Finding, error, squeeze, warning

STEM_LENGTH = (8, 400)
CASE_LENGTH = 3_000
OPTION_LENGTH = 120
EXPLANATION_LENGTH = (20, 400)
EVIDENCE_LENGTH = (6, 200)


def structure(item: Item) -> Iterator[Finding]:
    """Check one question by itself."""
    if not item.code.strip():
        yield error("code_missing", item.code, "没有编号，请补上")
    if not EASIEST <= item.difficulty <= HARDEST:
        yield error("difficulty", item.code, f"难度应当是 {EASIEST} 到 {HARDEST}")
    if (item.part is Part.COMMON) == bool(item.organs) or len(set(item.organs)) != len(item.organs):
        yield error("part_and_organs", item.code, "公共法律题不写适用机关，专业法律题至少写一个机关且不重复")
    if not item.citations:
        yield error("no_citation", item.code, "没有法律依据，请写明法律、版本和条文")
    yield from _options(item)
    yield from _key(item)
    yield from _lengths(item)


def _options(item: Item) -> Iterator[Finding]:
    if item.kind is Kind.TRUE_FALSE:
        if item.options != TRUE_FALSE_OPTIONS:
            yield error("options", item.code, "判断题的选项应当是“正确”“错误”")
        return
    if not item.kind.is_objective:
        if item.options:
            yield error("options", item.code, f"{KIND_LABELS[item.kind]}没有选项，请删去")
        return
    if not 2 <= len(item.options) <= len(LETTERS):
        yield error("options", item.code, f"应当有 2 到 {len(LETTERS)} 个选项，这里有 {len(item.options)} 个")
    texts = [squeeze(option) for option in item.options]
    if "" in texts:
        yield error("empty_option", item.code, "有空白的选项，请补上")
    if len(set(texts)) != len(texts):
        yield error("equal_options", item.code, "有两个相同的选项，请修改")


def _key(item: Item) -> Iterator[Finding]:
    if not item.kind.is_objective:
        if item.key or not item.answer.strip():
            yield error("answer_missing", item.code, f"{KIND_LABELS[item.kind]}要有参考答案，没有字母答案")
        return
    if item.answer:
        yield error("answer_not_expected", item.code, f"{KIND_LABELS[item.kind]}的答案只用选项字母，请删去文字答案")
    if not item.key <= set(LETTERS[: len(item.options)]):
        yield error("key_beyond_options", item.code, "答案里有不存在的选项，请核对")
    if item.kind is Kind.SINGLE and len(item.key) != 1:
        yield error("key_size", item.code, "单选题应当恰有一个答案")
    if item.kind is Kind.MULTIPLE and len(item.key) < 2:
        yield error("key_size", item.code, "多选题至少应当有两个答案")
    if item.kind is Kind.TRUE_FALSE and item.key not in (TRUE_KEY, FALSE_KEY):
        yield error("key_size", item.code, "判断题的答案只能是正确或错误")


def _lengths(item: Item) -> Iterator[Finding]:
    longest = CASE_LENGTH if item.kind is Kind.CASE else STEM_LENGTH[1]
    yield from _length(item, "stem_length", "题干", item.stem, (STEM_LENGTH[0], longest))
    yield from _length(item, "explanation_length", "解析", item.explanation, EXPLANATION_LENGTH)
    for letter, option in item.lettered_options:
        yield from _length(item, "option_length", f"选项{letter}", option, (1, OPTION_LENGTH))
    for citation in item.citations:
        yield from _length(item, "evidence_length", "依据原文", squeeze(citation.evidence), EVIDENCE_LENGTH)


def _length(item: Item, code: str, name: str, text: str, bounds: tuple[int, int]) -> Iterator[Finding]:
    shortest, longest = bounds
    if not shortest <= len(text) <= longest:
        yield warning(code, item.code, f"{name}有 {len(text)} 字，一般为 {shortest} 到 {longest} 字，请核对")
