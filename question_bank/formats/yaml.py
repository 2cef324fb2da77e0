"""question_bank.formats.yaml — questions kept as YAML, one file for each area and law."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from question_bank.formats.strict_yaml import UnreadableYamlError, load_strictly
from question_bank.formats.words import (
    DoubtError,
    Word,
    clean_text,
    understand_date,
    understand_difficulty,
    understand_key,
)
from question_bank.items import LETTERS, TRUE_FALSE_OPTIONS, Citation, Fault, Item, ReadResult
from question_bank.kinds import Kind, OrganType, Part, Use
from question_bank.numerals import parse_article_reference

CONTENT = Path(__file__).parents[1] / "content"
Value = TypeVar("Value")
_MISSING: Any = object()
_FILE_FIELDS = {"law", "edition", "part", "organs", "questions"}
_QUESTION_FIELDS = {
    *("code", "kind", "use", "difficulty", "stem", "options", "key", "answer", "explanation", "citations"),
}
_CITATION_FIELDS = {"law", "edition", "article", "paragraph", "item", "evidence"}


class FaultyContentError(ValueError):
    """The shipped content cannot be read; a defect of the release, not of a user's file."""


def load_content(root: Path | None = None) -> list[Item]:
    """Return every question that ships with the product."""
    result = read_content(root)
    if result.faults:
        first = result.faults[0]
        raise FaultyContentError(f"{len(result.faults)}：{first.source} {first.where} {first.message}")
    return list(result.items)


def read_content(root: Path | None = None) -> ReadResult:
    """Read <area>/<law>.yaml under a folder, in the order of their names."""
    folder = root or CONTENT
    results = [
        read_yaml(path.read_bytes(), f"{path.parent.name}/{path.name}") for path in sorted(folder.glob("*/*.yaml"))
    ]
    return ReadResult(
        tuple(item for result in results for item in result.items),
        tuple(fault for result in results for fault in result.faults),
    )


def read_yaml(text: str | bytes, source: str) -> ReadResult:
    """Read one file; a question with any fault is left out, and its faults say why."""
    faults: list[Fault] = []
    page = _Fields(source, "文件", {}, faults)
    try:
        content = load_strictly(text.decode("utf-8-sig") if isinstance(text, bytes) else text)
    except UnicodeDecodeError:
        page.fault("unreadable", "文件不是 UTF-8 编码，请另存为 UTF-8")
        return ReadResult((), tuple(faults))
    except UnreadableYamlError as error:
        page.fault("unreadable", str(error))
        return ReadResult((), tuple(faults))
    if not isinstance(content, dict):
        page.fault("unreadable", f"文件开头应当有这些字段：{'、'.join(sorted(_FILE_FIELDS))}")
        return ReadResult((), tuple(faults))
    items = _read_file(_Fields(source, "文件", content, faults))
    return ReadResult(tuple(items), tuple(faults))


@dataclass
class _Fields:
    """The fields of one mapping; what is missing or odd is noted as a fault, never guessed."""

    source: str
    where: str
    values: Mapping[Any, Any]
    faults: list[Fault] = field(default_factory=list)

    def fault(self, code: str, message: str) -> None:
        self.faults.append(Fault(self.source, self.where, code, message))

    def only(self, known: set[str]) -> None:
        for name in self.values:
            if name not in known:
                self.fault("unknown_field", f"不认识字段“{name}”，可用：{'、'.join(sorted(known))}")

    def take(self, name: str, understand: Callable[[Any], Value], default: Value = _MISSING) -> Value | None:
        if self.values.get(name) is None:
            if default is _MISSING:
                self.fault("missing", f"缺少字段“{name}”，请补上")
                return None
            return default
        try:
            return understand(self.values[name])
        except DoubtError as doubt:
            self.fault(doubt.code, f"字段“{name}”：{doubt.message}")
            return None

    def below(self, where: str, values: object) -> "_Fields | None":
        inner = _Fields(self.source, where, values if isinstance(values, dict) else {}, self.faults)
        if isinstance(values, dict):
            return inner
        inner.fault("unknown_value", "这里应当是一组“字段: 内容”，请检查缩进")
        return None


@dataclass(frozen=True)
class _Setting:
    """What the head of a file says for all its questions."""

    law: str
    edition: date
    part: Part
    organs: tuple[OrganType, ...]


def _read_file(page: _Fields) -> list[Item]:
    page.only(_FILE_FIELDS)
    no_organs: tuple[OrganType, ...] = ()
    law, edition = page.take("law", _text), page.take("edition", _date)
    part, organs = page.take("part", _one_of(Part)), page.take("organs", _organs, no_organs)
    questions: list[Any] = page.take("questions", _list) or []
    if law is None or edition is None or part is None or organs is None:
        return []
    if (part is Part.COMMON) == bool(organs):
        page.fault(
            "part_and_organs",
            "公共题（common）不写机关，专业题（special）至少写一个机关；请改 part 或 organs",
        )
        return []
    setting = _Setting(law, edition, part, organs)
    read = (_read_question(page, number, raw, setting) for number, raw in enumerate(questions, start=1))
    return [item for item in read if item]


def _read_question(page: _Fields, number: int, raw: object, setting: _Setting) -> Item | None:
    code = raw.get("code") if isinstance(raw, dict) else None
    question = page.below(str(code) if code else f"第{number}题", raw)
    if question is None:
        return None
    before = len(question.faults)
    question.only(_QUESTION_FIELDS)
    kind = question.take("kind", _one_of(Kind))
    options = _options(question, kind)
    key, answer = _key_and_answer(question, kind, options)
    facts: dict[str, Any] = {
        "code": question.take("code", _text),
        "use": question.take("use", _one_of(Use)),
        "stem": question.take("stem", _text),
        "explanation": question.take("explanation", _text),
        "difficulty": question.take("difficulty", _difficulty),
        "citations": _citations(question, setting),
    }
    if len(question.faults) > before:
        return None
    facts |= {"kind": kind, "options": options, "key": key, "answer": answer}
    return Item(part=setting.part, organs=setting.organs, **facts)


def _options(question: _Fields, kind: Kind | None) -> tuple[str, ...]:
    if kind not in (Kind.SINGLE, Kind.MULTIPLE):
        if kind and question.values.get("options") is not None:
            question.fault("options_not_expected", "这种题型不写选项（options），请删去，或改题型")
        return TRUE_FALSE_OPTIONS if kind is Kind.TRUE_FALSE else ()
    return question.take("options", _lettered) or ()


def _key_and_answer(question: _Fields, kind: Kind | None, options: tuple[str, ...]) -> tuple[frozenset[str], str]:
    if kind is None:
        return frozenset(), ""
    wanted, unwanted = ("key", "answer") if kind.is_objective else ("answer", "key")
    if question.values.get(unwanted) is not None:
        question.fault("unknown_field", f"这种题型的答案写在“{wanted}”，请删去“{unwanted}”")
    if not kind.is_objective:
        return frozenset(), question.take("answer", _text) or ""
    if kind is not Kind.TRUE_FALSE and not options:
        return frozenset(), ""
    given = TRUE_FALSE_OPTIONS if kind is Kind.TRUE_FALSE else options
    key = question.take("key", lambda value: understand_key(kind, _text(value), given))
    return key or frozenset(), ""


def _citations(question: _Fields, setting: _Setting) -> tuple[Citation, ...]:
    raw: list[Any] = question.take("citations", _list) or []
    read = (
        _citation(question.below(f"{question.where} 依据{number}", values), setting)
        for number, values in enumerate(raw, start=1)
    )
    return tuple(citation for citation in read if citation)


def _citation(fields: _Fields | None, setting: _Setting) -> Citation | None:
    if fields is None:
        return None
    fields.only(_CITATION_FIELDS)
    if "law" in fields.values and "edition" not in fields.values and fields.values["law"] != setting.law:
        fields.fault("missing", "另引一部法律时要写明版本，请补上字段“edition”")
    article = fields.take("article", _article)
    law, edition = fields.take("law", _text, setting.law), fields.take("edition", _date, setting.edition)
    evidence = fields.take("evidence", _text, "")
    paragraph, item = fields.take("paragraph", _count, 0), fields.take("item", _count, 0)
    if article is None or law is None or edition is None:
        return None
    return Citation(law, edition, article, paragraph or None, item or None, evidence or "")


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise DoubtError("unknown_value", f"应当是文字，这里是“{value}”；数字、日期、是否等请加引号")
    return clean_text(value)


def _list(value: object) -> list[Any]:
    if not isinstance(value, list) or not value:
        raise DoubtError("unknown_value", "应当是以“- ”开头的列表，至少一项")
    return value


def _date(value: object) -> date:
    return value if type(value) is date else understand_date(str(value))


def _difficulty(value: object) -> int:
    return understand_difficulty(str(value))


def _count(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise DoubtError("unknown_value", f"应当是 1、2、3 这样的整数，这里是“{value}”")
    return value


def _article(value: object) -> str:
    try:
        return parse_article_reference(str(value))
    except ValueError as error:
        raise DoubtError("unknown_value", f'不认识条文序号“{value}”，请写 47 或 "120-1"') from error


def _organs(value: object) -> tuple[OrganType, ...]:
    if not isinstance(value, list):
        raise DoubtError("unknown_value", "应当是列表，例如 [government]；公共题写 []")
    named = {_one_of(OrganType)(word) for word in value}
    return tuple(organ for organ in OrganType if organ in named)


def _lettered(value: object) -> tuple[str, ...]:
    letters = list(value) if isinstance(value, dict) else []
    if not isinstance(value, dict) or len(letters) < 2 or letters != list(LETTERS[: len(letters)]):
        raise DoubtError("unknown_value", "选项应当从 A 起依次排列，最多到 H，至少两个")
    return tuple(_text(text) for text in value.values())


def _one_of(words: type[Word]) -> Callable[[object], Word]:
    def understand(value: object) -> Word:
        for word in words:
            if word == value:
                return word
        raise DoubtError("unknown_value", f"不认识“{value}”，可用：{'、'.join(words)}")

    return understand
