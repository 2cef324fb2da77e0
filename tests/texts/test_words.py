"""tests.texts.test_words — every refusal has a code and words of its own; no words are left over."""

import string
from collections.abc import Iterator
from importlib import import_module

import pytest

from exam_app.base.config import ROOT
from exam_app.base.errors import Conflict, DomainError, NotFound
from exam_app.texts import all_words, words_for


def refusals(base: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    """Yield every refusal of the house, with the errors of all rooms imported."""
    for path in (ROOT / "exam_app").glob("*/*.py"):
        if path.parent.name not in ("web", "cli", "jobs") and path.stem != "__init__":
            import_module(f"exam_app.{path.parent.name}.{path.stem}")
    yield from _below(base)


def _below(base: type[DomainError]) -> Iterator[type[DomainError]]:
    for refusal in base.__subclasses__():
        if refusal.__module__.startswith("exam_app"):
            yield refusal
        yield from _below(refusal)


def test_every_refusal_has_a_code_of_its_own_and_words() -> None:
    codes = [refusal.code for refusal in refusals()]
    assert len(codes) == len(set(codes)), "two refusals share a code"
    assert not set(codes) - set(all_words())


def test_words_belong_to_a_refusal() -> None:
    assert set(all_words()) <= {refusal.code for refusal in refusals()}


@pytest.mark.parametrize("code", sorted(all_words()))
def test_words_are_chinese_sentences_with_named_facts(code: str) -> None:
    words = all_words()[code]
    assert words.endswith(("。", "？"))
    assert all(name is None or name.isidentifier() for _text, name, _form, _change in string.Formatter().parse(words))


def test_facts_are_set_into_the_words() -> None:
    class Planted(Conflict):
        """A refusal with the code of a known one."""

        code = "illegal_move"

    assert "draft" in words_for(Planted(current="draft", target="live"))


def test_refusal_without_words_of_its_own_speaks_as_its_base() -> None:
    class Unworded(NotFound):
        """A refusal nobody has found words for."""

        code = "planted_without_words"

    assert words_for(Unworded()) == words_for(NotFound())
