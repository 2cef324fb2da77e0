"""question_bank.statutes — the text of a law as articles, however untidily it was copied."""

import re
from dataclasses import dataclass, field

from question_bank.numerals import NUMERAL, article_label, article_order, chinese_number

_GAP = r"[\s　:：]"
_GAPS = re.compile(_GAP)
_ARTICLE = re.compile(rf"第({NUMERAL}+)条(?:之({NUMERAL}+))?(?:{_GAP}+|$)")
_DECISION_POINT = re.compile(rf"({NUMERAL}+)、\s*")
_LIST_LINE = re.compile(rf"[“\"]?(?:[（(]{NUMERAL}+[）)]|\d{{1,2}}[.．、])")
_HEADING = re.compile(rf"(第{NUMERAL}+(编|分编|章|节))[\s　:：]*(.*)")
_MARKDOWN_HEADING = re.compile(r"(#{1,6})[\s　]*(.+)")
_SPACES = re.compile(r"[\s　]+")
_RANKS = {"编": 2, "分编": 3, "章": 4, "节": 5}
_LONGEST_HEADING = 40


@dataclass(frozen=True)
class Article:
    """One article: number "120-1", label 第一百二十条之一; each paragraph (款) carries its items (项)."""

    number: str
    label: str
    chapter: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Statute:
    """A law text. Lines between or behind the articles that belong to none are kept as loose lines."""

    title: str
    preamble_lines: tuple[str, ...]
    articles: tuple[Article, ...]
    loose_lines: tuple[str, ...] = ()

    def find_article(self, number: str) -> Article | None:
        """Return the article "120-1", or None."""
        return next((article for article in self.articles if article.number == number), None)


def parse_statute(text: str) -> Statute:
    """Cut a law text into its articles; a decision without 第…条 into its points 一、二、."""
    lines = _clean_lines(text)
    has_articles = any(_ARTICLE.match(line) for line in lines)
    cutter = _Cutter(
        opening=_ARTICLE if has_articles else _DECISION_POINT,
        plain_headings=not any(line.startswith("##") for line in lines),
    )
    for line in lines:
        cutter.take(line)
    return cutter.statute()


def split_items(paragraph: str) -> tuple[str, ...]:
    """Return the items （一）（二） of one paragraph, each with the lines that follow it."""
    items: list[str] = []
    for line in paragraph.split("\n"):
        if re.match(rf"[“\"]?[（(]{NUMERAL}+[）)]", line):
            items.append(line)
        elif items:
            items[-1] += "\n" + line
    return tuple(items)


def _clean_lines(text: str) -> list[str]:
    text = re.sub(r"[\ufeff\u200b\u200c\u200d\u2060]", "", text).replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"\A\s*---\n.*?\n---(?:\n|\Z)", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).replace("**", "")
    return [line for line in (raw.strip() for raw in text.split("\n")) if line]


@dataclass
class _Cutter:
    opening: re.Pattern[str]
    plain_headings: bool
    title: str = ""
    preamble: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    number: str = ""
    paragraphs: list[str] | None = None
    last_quoted: str = ""

    def take(self, line: str) -> None:
        is_first = not (self.title or self.headings or self.preamble or self.number)
        if is_first and not _HEADING.fullmatch(line.lstrip("# 　")) and not self.opening.match(line):
            self.title = _SPACES.sub("", line.lstrip("#"))
            return
        heading = self._heading(line)
        if heading:
            self._open_heading(*heading)
            return
        match = self.opening.match(line)
        if match and self._opens_article(match):
            self._close_article()
            self.number = _number(match)
            self.paragraphs = [rest] if (rest := line[match.end() :]) else []
        else:
            self._keep(line)

    def statute(self) -> Statute:
        self._close_article()
        return Statute(self.title, tuple(self.preamble), tuple(self.articles), tuple(self.loose))

    def _heading(self, line: str) -> tuple[int, str] | None:
        markdown = _MARKDOWN_HEADING.fullmatch(line)
        text = markdown[2] if markdown else line
        named = _HEADING.fullmatch(text)
        if named:
            text = "　".join(part for part in (named[1], _SPACES.sub("", named[3])) if part)
        if markdown:
            return len(markdown[1]), text
        is_short = len(line) <= _LONGEST_HEADING and not re.search("[，。；]", line)
        if not named or not is_short or not self.plain_headings or self._announces(named[1]):
            return None
        return _RANKS[named[2]], text

    def _open_heading(self, level: int, text: str) -> None:
        self._close_article()
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        self.headings.append((level, text))

    def _opens_article(self, match: re.Match[str]) -> bool:
        """Tell a new article from one that the current article quotes at the start of a line.

        An amendment that inserts articles prints them in full: their numbers do not go on from its
        own, and its words name them or leave a quotation mark open.
        """
        number = _number(match)
        if not number or not self.number or _follows(number, self.number):
            return bool(number)
        said = "\n".join(self.paragraphs or ())
        if (
            self._announces(_GAPS.sub("", match[0]))
            or said.count("“") > said.count("”")
            or _follows(number, self.last_quoted)
        ):
            self.last_quoted = number
            return False
        return article_order(number) > article_order(self.number)

    def _announces(self, label: str) -> bool:
        """Whether the current article says that it adds the article or chapter of that label."""
        said = "\n".join(self.paragraphs or ())
        return label in said and "增加" in said

    def _keep(self, line: str) -> None:
        if self.paragraphs is None and _SPACES.sub("", line) != self.title:
            (self.loose if self.articles else self.preamble).append(line)
        elif self.paragraphs is None:
            return  # copies often repeat the title below the notes on adoption
        elif self.paragraphs and _LIST_LINE.match(line):
            self.paragraphs[-1] += "\n" + line
        else:
            self.paragraphs.append(line)

    def _close_article(self) -> None:
        if self.paragraphs is not None:
            is_point = self.opening is _DECISION_POINT
            label = article_label(self.number)
            label = label.removeprefix("第").replace("条", "、") if is_point else label
            path = " / ".join(text for _, text in self.headings)
            self.articles.append(Article(self.number, label, path, tuple(self.paragraphs)))
        self.paragraphs = None


def _number(match: re.Match[str]) -> str:
    """Return "120-1", or "" where the characters make no number."""
    groups = [group for group in match.groups() if group]
    try:
        return "-".join(str(chinese_number(group)) for group in groups)
    except ValueError:
        return ""


def _follows(number: str, previous: str) -> bool:
    if not previous:
        return False
    main, inserted = article_order(previous)
    return article_order(number) in ((main + 1, 0), (main, inserted + 1))
