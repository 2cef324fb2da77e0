"""question_bank.formats.strict_yaml — safe YAML that refuses what a writer cannot have meant.

Equal keys would lose a value in silence, and references (&, *) can blow a small file up.
"""

from collections.abc import Hashable
from typing import Any

import yaml


class _StrictLoader(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(None, None, "alias", event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            name = str(key.value)
            if name in seen:
                raise yaml.constructor.ConstructorError(None, None, f"duplicate {name}", key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep)


class UnreadableYamlError(ValueError):
    """The text is not YAML of the kind accepted here; the message says where and what to do."""


def load_strictly(text: str) -> Any:
    """Read one YAML document."""
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a subclass of the safe loader
    except yaml.MarkedYAMLError as error:
        raise UnreadableYamlError(_explain(error)) from error
    except yaml.YAMLError as error:
        raise UnreadableYamlError("文件中有不能识别的字符，请另存为 UTF-8 编码") from error
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        # PyYAML lets these through where a value does not fit its (given or implied) tag.
        raise UnreadableYamlError("文件中有写错的日期或数字，或者嵌套过深，请检查") from error


def _explain(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark
    place = f"第{mark.line + 1}行第{mark.column + 1}列：" if mark else ""
    problem = error.problem or ""
    if problem.startswith("duplicate "):
        return f"{place}字段“{problem.removeprefix('duplicate ')}”写了两次，请删去一个"
    if problem == "alias":
        return f"{place}不接受引用（*），请写出全文；以 * 开头的文字请加引号"
    return f"{place}格式有误，请检查缩进，含有“: ”或以特殊符号开头的文字请加引号"
