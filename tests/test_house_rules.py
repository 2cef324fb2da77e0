"""tests.test_house_rules — what a reviewer would say twice: headers, sizes, one commit site, states, mirrors, words."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from exam_app.base.config import ROOT

SOURCES = sorted(
    path
    for folder in ("exam_app", "question_bank", "tests", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if "__pycache__" not in path.parts
)
SCRIPTS = sorted((ROOT / "exam_app" / "web" / "static" / "js").rglob("*.js"))
APPLICATION = [path for path in SOURCES if path.relative_to(ROOT).parts[0] in ("exam_app", "question_bank")]
MODULE_LINES, FUNCTION_LINES, VIEW_LINES, ROOM_FILES = 300, 40, 20, 10
ENTRANCES = ("web", "jobs", "cli")
ROOMS = sorted(
    folder
    for folder in (ROOT / "exam_app").iterdir()
    if (folder / "__init__.py").exists() and folder.name not in ("web", "base")
)
DRAWERS = ("utils", "helpers", "common", "manager", "misc")


def name_of(path: Path) -> str:
    """Return a path as the parametrised tests name it."""
    return str(path.relative_to(ROOT))


def dotted(path: Path) -> str:
    """Return what the header of a module must open with."""
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    if parts[0] == "exam_app" and len(parts) > 1:
        parts.pop(0)
    return ".".join(parts)


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    """Yield every function of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


def length(node: ast.FunctionDef) -> int:
    """Return the lines of a function from its def to its end."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_module_says_what_it_is_for(path: Path) -> None:
    header = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    assert header.startswith(f"{dotted(path)} — "), f"the header must open with “{dotted(path)} — ”"


@pytest.mark.parametrize("path", [*SOURCES, *SCRIPTS], ids=name_of)
def test_module_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    long = {node.name: length(node) for node in functions(path) if length(node) > FUNCTION_LINES}
    assert not long


def _is_view(node: ast.FunctionDef) -> bool:
    return any("bp." in ast.unparse(decorator) for decorator in node.decorator_list)


@pytest.mark.parametrize("path", sorted((ROOT / "exam_app" / "web").rglob("*.py")), ids=name_of)
def test_views_translate_and_do_no_more(path: Path) -> None:
    long = {node.name: length(node) for node in functions(path) if _is_view(node) and length(node) > VIEW_LINES}
    assert not long


@pytest.mark.parametrize("path", APPLICATION, ids=name_of)
def test_public_functions_say_what_they_promise(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent


def test_commit_stands_in_one_file() -> None:
    sites = [name_of(path) for path in APPLICATION if re.search(r"\.commit\(", path.read_text(encoding="utf-8"))]
    assert sites == ["exam_app/base/db.py"]


def test_transactions_are_opened_by_entrances_alone() -> None:
    openers = {
        path.relative_to(ROOT / "exam_app").parts[0]
        for path in (ROOT / "exam_app").rglob("*.py")
        if "with transaction()" in path.read_text(encoding="utf-8")
    }
    assert openers <= set(ENTRANCES)


@pytest.mark.parametrize("path", APPLICATION, ids=name_of)
def test_state_changes_only_in_services(path: Path) -> None:
    """`.state = …` belongs to a room; web, jobs, cli and queries never assign it."""
    parts = path.relative_to(ROOT).parts
    text = path.read_text(encoding="utf-8")
    assigns = re.search(r"\.state\s*=[^=]", text)
    if assigns:
        assert parts[0] == "exam_app" and parts[1] not in ENTRANCES
        assert path.stem not in ("queries", "rules", "models", "states")


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_room_is_small_and_mirrored_by_tests(room: Path) -> None:
    if room.name not in ("printing", "texts", *ENTRANCES):
        assert len([path for path in room.glob("*.py") if path.name != "__init__.py"]) <= ROOM_FILES
    assert (ROOT / "tests" / room.name).is_dir(), f"no tests/{room.name}"
    assert list((ROOT / "tests" / room.name).rglob("test_*.py")), f"no tests in tests/{room.name}"


def test_no_drawer_for_leftovers() -> None:
    names = {part for path in APPLICATION for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not names & set(DRAWERS)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nothing_is_left_for_later(path: Path) -> None:
    marks = re.findall(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b", path.read_text(encoding="utf-8"))
    assert not marks


@pytest.mark.parametrize("path", sorted((ROOT / "exam_app" / "web").rglob("*.html")), ids=name_of)
def test_pages_hold_no_inline_script_or_style(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*(src=|application/json))", text)


@pytest.mark.parametrize("path", sorted((ROOT / "exam_app" / "web").rglob("*.html")), ids=name_of)
def test_visible_words_go_through_gettext(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.S)
    bare = re.findall(r"[\u4e00-\u9fff]+", text)
    assert not bare, f"not through _(): {bare[:5]}"
