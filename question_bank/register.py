"""question_bank.register — which laws there are, in which editions, and which one holds on a day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from question_bank.numerals import article_order

REGISTER_FILE = Path(__file__).parent / "content" / "register.yaml"
_COUNTRY = "中华人民共和国"


@dataclass(frozen=True)
class Edition:
    """One text of a law, named by the day it was adopted.

    `effective` is None where no source states the day; then the day of adoption stands in for it.
    `ends_on` is the first day on which it no longer holds: its repeal, or the start of the next edition.
    """

    law: str
    adopted: date
    effective: date | None
    article_count: int
    inserted_articles: int = 0
    repealed_on: date | None = None
    ends_on: date | None = None

    @property
    def starts_on(self) -> date:
        """The first day it holds, as far as known."""
        return self.effective or self.adopted

    @property
    def last_article(self) -> int:
        """The number of the last article, inserted ones (之一) not counted."""
        return self.article_count - self.inserted_articles

    def holds_on(self, on: date) -> bool:
        """Whether it is the law on that day."""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)

    def may_have_article(self, number: str) -> bool:
        """Whether an article of that number can stand in it; which articles have a 之一 is not known."""
        main, inserted = article_order(number)
        return 1 <= main <= self.last_article and (inserted == 0 or self.inserted_articles > 0)


@dataclass(frozen=True)
class Law:
    """A law and its editions, oldest first."""

    slug: str
    title: str
    short_title: str
    other_names: tuple[str, ...]
    editions: tuple[Edition, ...]


class Register:
    """The laws that questions may cite."""

    def __init__(self, laws: Iterable[Law]) -> None:
        self.laws = tuple(laws)
        self._by_name: dict[str, Law] = {}
        for law in self.laws:
            for name in (law.slug, law.title, law.short_title, *law.other_names):
                if self._by_name.setdefault(_plain(name), law) is not law:
                    raise ValueError(f"法律目录中有两部法律同名：{name}")

    def find(self, slug_or_title: str) -> Law | None:
        """Find a law by slug, title, short title or usual name, 《》 or not."""
        return self._by_name.get(_plain(slug_or_title))

    def edition(self, slug: str, adopted: date) -> Edition | None:
        """Find the edition adopted on that day."""
        return next((one for one in self._editions(slug) if one.adopted == adopted), None)

    def current(self, slug: str, on: date | None = None) -> Edition | None:
        """Return the edition that holds on a day; without a day, the one that has no end yet."""
        for edition in reversed(self._editions(slug)):
            if edition.holds_on(on) if on else edition.ends_on is None:
                return edition
        return None

    def _editions(self, slug: str) -> tuple[Edition, ...]:
        law = self.find(slug)
        return law.editions if law else ()


@lru_cache(maxsize=1)
def load_register() -> Register:
    """Read the register that ships with the content."""
    entries = yaml.safe_load(REGISTER_FILE.read_text(encoding="utf-8"))["laws"]
    return Register(
        Law(
            slug=entry["slug"],
            title=entry["title"],
            short_title=entry["short_title"],
            other_names=tuple(entry.get("other_names", ())),
            editions=build_editions(Edition(law=entry["slug"], **facts) for facts in entry["editions"]),
        )
        for entry in entries
    )


def build_editions(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """Sort the editions of one law and let each end where it was repealed or the next one starts."""
    ordered = sorted(editions, key=lambda edition: edition.adopted)
    starts = [edition.starts_on for edition in ordered[1:]]
    ended = []
    for number, edition in enumerate(ordered):
        ends = [day for day in (edition.repealed_on, *starts[number : number + 1]) if day]
        ended.append(replace(edition, ends_on=min(ends, default=None)))
    return tuple(ended)


def _plain(name: str) -> str:
    bare = re.sub(r"[\s　《》]+", "", name).replace("(", "（").replace(")", "）")
    return bare.removeprefix(_COUNTRY) or bare
