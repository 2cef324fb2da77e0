"""question_bank.lint.likeness — questions that stand twice in the list, word for word or nearly."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from question_bank.items import Item
from question_bank.kinds import Use
from question_bank.lint.finding import Finding, bare, error, warning

ALIKE = 80.0


def equal_codes(items: Sequence[Item]) -> Iterator[Finding]:
    """Find codes that are given more than once."""
    seen: dict[str, int] = defaultdict(int)
    for item in items:
        seen[item.code] += 1
    for code, times in seen.items():
        if times > 1 and code.strip():
            yield error("duplicate_code", code, f"编号 {code} 用了 {times} 次，请改成不同的编号")


def equal_stems(items: Sequence[Item]) -> Iterator[Finding]:
    """Find stems with the same words; an error where the options are the same too."""
    first: dict[str, Item] = {}
    for item in items:
        other = first.setdefault(bare(item.stem), item)
        if other is item:
            continue
        find = error if _options(other) == _options(item) else warning
        yield find("duplicate_stem", item.code, f"题干与 {other.code} 相同，请删去一题或改写")


def alike_stems(items: Sequence[Item], alike: float = ALIKE) -> Iterator[Finding]:
    """Find stems that are nearly the same, `alike` of 100; a practice question may give a formal one away."""
    stems = [bare(item.stem) for item in items]
    for place, stem in enumerate(stems):
        rest = stems[place + 1 :]
        for other_stem, score, offset in process.extract(
            stem, rest, scorer=fuzz.ratio, processor=None, score_cutoff=alike, limit=None
        ):
            if other_stem != stem:
                yield _alike(items[place], items[place + 1 + offset], score)


def _alike(one: Item, other: Item, score: float) -> Finding:
    if {one.use, other.use} == set(Use):
        practice, formal = (one, other) if one.use is Use.PRACTICE else (other, one)
        return warning(
            "practice_like_formal",
            practice.code,
            f"与正式考试题 {formal.code} 的题干相似（{score:.0f}%），可能泄露考题，请改写练习题",
        )
    return warning("near_duplicate", other.code, f"与 {one.code} 的题干相似（{score:.0f}%），请核对是否重复")


def _options(item: Item) -> frozenset[str]:
    return frozenset(bare(option) for option in item.options)
