"""web.examiner.bank_views — what pages of the bank share: a version with its laws and checks, labels, who reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from exam_app.bank.models import QuestionVersion
from exam_app.bank.queries import item_of
from exam_app.bank.rules import citation_words
from exam_app.base.clock import local_date
from exam_app.laws import queries as laws
from exam_app.laws.queries import ArticleView, EditionView
from exam_app.people.states import Role
from exam_app.texts.bank import FIELDS, STATES
from exam_app.texts.laws import STANDINGS, TONES
from exam_app.web import who
from exam_app.web.examiner.bank_forms import DIFFICULTIES
from exam_app.web.examiner.blueprint import bp
from question_bank.checks import Finding, check_items
from question_bank.items import Citation, Item
from question_bank.kinds import KIND_LABELS, ORGAN_LABELS, PART_LABELS, USE_LABELS, Use

LABELS = {
    "kinds": KIND_LABELS,
    "uses": USE_LABELS,
    "parts": PART_LABELS,
    "organs": ORGAN_LABELS,
    "states": STATES,
    "difficulties": DIFFICULTIES,
    "fields": FIELDS,
    "standings": STANDINGS,
    "tones": TONES,
}
READERS = (Role.AUTHOR, Role.REVIEWER)
BANK = (Role.AUTHOR, Role.REVIEWER, Role.EXAMINER)


@bp.context_processor
def _words() -> dict[str, object]:
    """Give templates the words for the closed lists of the bank."""
    return {"labels": LABELS}


def reads_formal() -> bool:
    """Whether the account may read the words of formal questions: who only runs exams may not."""
    return who.may(*READERS)


def may_read(use: Use) -> bool:
    """Whether the account may read the words of a question of that use."""
    return use is Use.PRACTICE or reads_formal()


@dataclass(frozen=True)
class Cited:
    """A citation with the edition as it stands today and, where the text is loaded, the article."""

    citation: Citation
    words: str
    edition: EditionView | None
    article: ArticleView | None


@dataclass(frozen=True)
class Shown:
    """A version as pages show it."""

    version: QuestionVersion
    item: Item
    cited: tuple[Cited, ...]


def shown(version: QuestionVersion, now: datetime) -> Shown:
    """Return the version with all that stands beside it."""
    item = item_of(version)
    return Shown(version, item, cited(item, local_date(now)))


def cited(item: Item, on: date) -> tuple[Cited, ...]:
    """Return the citations of a question with their editions and articles, in two statements."""
    editions = laws.editions_by_name(on) if item.citations else {}
    articles = laws.find_articles((one.law, one.edition, one.article) for one in item.citations)
    return tuple(_cited(one, editions, articles) for one in item.citations)


def _cited(
    citation: Citation,
    editions: Mapping[tuple[str, date], EditionView],
    articles: Mapping[laws.Reference, ArticleView],
) -> Cited:
    edition = editions.get((citation.law, citation.edition))
    article = articles.get((citation.law, citation.edition, citation.article))
    return Cited(citation, citation_words(citation, edition.short_title if edition else ""), edition, article)


def findings(item: Item, now: datetime) -> list[Finding]:
    """Return what the checks say of one question, against today's law and the texts that are loaded."""
    statutes = laws.find_statutes((citation.law, citation.edition) for citation in item.citations)
    return check_items([item], on=local_date(now), statutes=statutes)
