"""yearbook.laws — which laws the officials know least: marks of published results by the laws their questions cite.

A question that cites several articles of a law counts once for it. Few answers say little: below a least number a
share is shown as too small a sample, never ranked.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from exam_app.bank.models import CitationRow
from exam_app.base.db import db
from exam_app.exams.models import Exam, RosterEntry
from exam_app.laws.models import Law
from exam_app.papers.models import PaperSlot
from exam_app.results.models import Mark, Result
from exam_app.results.states import ResultState
from exam_app.sittings.models import Sitting
from exam_app.yearbook.definitions import Scope
from question_bank.kinds import OrganType

LEAST_ANSWERS = 20


@dataclass(frozen=True)
class Known:
    """How many answers on a law were given, and what they earned together."""

    answers: int
    earned: float

    @property
    def is_enough(self) -> bool:
        return self.answers >= LEAST_ANSWERS

    @property
    def rate(self) -> float:
        """The share of the marks that was earned, in per cent."""
        return 100 * self.earned / self.answers if self.answers else 0.0


NOTHING = Known(0, 0.0)


@dataclass(frozen=True)
class LawLine:
    """One law: in the year asked for, by organ in it, and in each of the years."""

    slug: str
    title: str
    all: Known
    organs: dict[OrganType, Known]
    years: tuple[Known, ...]


def known_laws(scopes: Sequence[Scope], only: OrganType | None = None) -> list[LawLine]:
    """Return the laws asked about in these years, the least known of the last year first, small samples at the end.

    With an organ given, its officials alone are counted.
    """
    counted: dict[tuple[str, str], dict[tuple[int, OrganType], Known]] = defaultdict(dict)
    for year, slug, title, organ, answers, earned in _asked(scopes):
        if only in (None, organ):
            counted[slug, title or slug][year, organ] = Known(answers, float(earned or 0))
    lines = [_line(slug, title, cells, [scope.year for scope in scopes]) for (slug, title), cells in counted.items()]
    return sorted(lines, key=lambda line: (not line.all.is_enough, line.all.rate, line.title))


def _asked(scopes: Sequence[Scope]) -> Sequence[Any]:
    """Return year, law, its title, organ, answers, what they earned: all years in one statement."""
    cited = select(CitationRow.version_id, CitationRow.law_slug).distinct().subquery()
    year = case(*((Sitting.started_at < scope.ends, scope.year) for scope in scopes)).label("in_year")
    about = (cited.c.law_slug, Law.title, RosterEntry.organ_type)
    query = (
        select(year, *about, func.count(), func.sum(Mark.fraction))
        .select_from(Mark)
        .join(Result, Result.id == Mark.result_id)
        .join(Exam, Exam.id == Result.exam_id)
        .join(Sitting, Sitting.id == Result.sitting_id)
        .join(RosterEntry, RosterEntry.id == Sitting.roster_entry_id)
        .join(PaperSlot, (PaperSlot.paper_id == Sitting.paper_id) & (PaperSlot.position == Mark.slot))
        .join(cited, cited.c.version_id == PaperSlot.version_id)
        .outerjoin(Law, Law.slug == cited.c.law_slug)
        .where(Exam.committee_id == scopes[0].committee_id, Result.state == ResultState.PUBLISHED)
        .where(Sitting.started_at >= scopes[0].begins, Sitting.started_at < scopes[-1].ends)
        .group_by("in_year", *about)
    )
    return db.session.execute(query).all()


def _line(slug: str, title: str, cells: dict[tuple[int, OrganType], Known], years: Sequence[int]) -> LawLine:
    organs = {organ: known for (year, organ), known in cells.items() if year == years[-1]}
    by_year = tuple(_together(known for (of, _organ), known in cells.items() if of == year) for year in years)
    return LawLine(slug=slug, title=title, all=by_year[-1], organs=organs, years=by_year)


def _together(many: Iterable[Known]) -> Known:
    known = list(many)
    return Known(sum(each.answers for each in known), sum(each.earned for each in known)) if known else NOTHING
