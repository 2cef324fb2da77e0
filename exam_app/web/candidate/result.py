"""web.candidate.result — a candidate's own published result: polite words, the score if shown, weak laws."""

from dataclasses import dataclass
from datetime import date

from flask import abort, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from exam_app.certificates import queries as certificates
from exam_app.certificates.states import CertificateState
from exam_app.laws import queries as laws
from exam_app.laws.queries import ArticleView
from exam_app.results import queries as results
from exam_app.results.queries import LawShare
from exam_app.web import who
from exam_app.web.candidate.blueprint import bp
from exam_app.web.candidate.home import desk
from exam_app.web.candidate.steps import Step
from exam_app.web.who import allow_seat
from question_bank.numerals import article_label

MOST_LAWS = 5
MOST_ARTICLES = 8


@dataclass(frozen=True)
class CitedArticle:
    """An article that a missed question cites; its text where the office has loaded it."""

    edition: date
    number: str
    view: ArticleView | None

    @property
    def label(self) -> str:
        """第一百二十条之一"""
        return article_label(self.number)


@dataclass(frozen=True)
class WeakLaw:
    """A law to study again, with its articles."""

    share: LawShare
    articles: list[CitedArticle]


@bp.get("/my/result")
@allow_seat
def result() -> ResponseReturnValue:
    """Show the result once it is published."""
    here = desk()
    if here.step is not Step.PUBLISHED or here.result is None:
        abort(404)
    weak = _weak_laws(results.weak_laws(here.result.id)[:MOST_LAWS])
    return render_template("candidate/result.html", desk=here, weak=weak, certificate_url=_certificate_url())


def _weak_laws(shares: list[LawShare]) -> list[WeakLaw]:
    texts = laws.find_articles((share.slug, *cited) for share in shares for cited in share.missed)
    return [
        WeakLaw(
            share, [CitedArticle(*cited, texts.get((share.slug, *cited))) for cited in share.missed[:MOST_ARTICLES]]
        )
        for share in shares
    ]


def _certificate_url() -> str:
    """Return where the candidate's certificate is, empty until a valid one is issued."""
    found = certificates.find_for_seat(who.seat().entry_id)
    if found is None or found.state is not CertificateState.VALID:
        return ""
    return url_for("candidate.certificate") if "candidate.certificate" in current_app.view_functions else ""
