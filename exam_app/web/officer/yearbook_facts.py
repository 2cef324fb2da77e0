"""web.officer.yearbook_facts — puts the year together once, for its page and for what is printed of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from exam_app.appointments.states import Form
from exam_app.base.i18n import gettext as _
from exam_app.committees import queries as committees
from exam_app.committees.models import Committee
from exam_app.texts import appointments, meetings
from exam_app.yearbook import breakdown, laws, queries
from exam_app.yearbook.breakdown import Tally
from exam_app.yearbook.definitions import FIGURES, Key, Scope
from exam_app.yearbook.laws import Known, LawLine
from exam_app.yearbook.models import HandFigure
from exam_app.yearbook.paragraph import Counts, Part, adds_up, paragraph, words
from exam_app.yearbook.report import FigureLine, LawRow, YearFacts
from question_bank.kinds import ORGAN_LABELS, OrganType
from question_bank.numerals import to_chinese

UNEVEN = "注意：四类任免合计与总数不一致，请在“设置”中检查本地规则的统计归类。"
LAWS_PRINTED = 10


@dataclass(frozen=True, kw_only=True)
class Year:
    """One year of a committee, as it was read."""

    committee: Committee
    scope: Scope
    scopes: Sequence[Scope]
    counts: dict[int, dict[Key, int]]
    tallies: Sequence[Tally]
    days: dict[date, str]
    short_days: dict[date, str]
    by_hand: Sequence[HandFigure]
    recorded: range
    today: date

    @property
    def own(self) -> Counts:
        return self.counts[self.scope.year]

    @property
    def parts(self) -> list[Part]:
        return paragraph(self.own, self.scope.rules)

    @property
    def is_running(self) -> bool:
        return self.scope.year == self.today.year

    @property
    def warning(self) -> str:
        return "" if adds_up(self.own) else _(UNEVEN)

    @property
    def organs(self) -> list[breakdown.Split]:
        return breakdown.by_organ(self.tallies, self.scope.year, self.scope.rules, ORGAN_LABELS)

    @property
    def meetings(self) -> list[breakdown.Split]:
        return breakdown.by_day(self.tallies, self.scope.year, self.scope.rules, self.days)

    @property
    def short_meetings(self) -> list[breakdown.Split]:
        return breakdown.by_day(self.tallies, self.scope.year, self.scope.rules, self.short_days)

    @property
    def forms(self) -> list[tuple[str, int]]:
        return breakdown.by_form(self.tallies, self.scope.year, appointments.FORMS)

    @property
    def figures(self) -> list[tuple[Key, FigureLine]]:
        """The figures in their order, each with its numbers of the years compared that records reach back to."""
        first = min(self.recorded.start or self.scope.year, self.scope.year)
        return [
            (
                key,
                FigureLine(
                    figure.words(self.scope.rules),
                    figure.unit,
                    figure.counts,
                    tuple(self.counts[one.year][key] if one.year >= first else None for one in self.scopes),
                ),
            )
            for key, figure in FIGURES.items()
        ]

    @property
    def coverage(self) -> list[tuple[str, str]]:
        shares = breakdown.coverage(self.own)
        return [(FIGURES[key].words(self.scope.rules), share) for key, share in shares.items()]


def read_year(committee_id: int, asked: int | None, today: date) -> Year:
    """Read everything about a year, in a number of statements that does not grow with it.

    Unless one is asked for, it is the newest that has anything: in January that is the year to be summed up.
    """
    recorded = queries.recorded_years(committee_id)
    year = asked or (recorded[-1] if recorded else today.year)
    scope = queries.scope_of(committee_id, year)
    scopes = queries.compared(scope)
    held = queries.meetings_of(scope)
    terms = {term.id: term.number for term in committees.list_terms(committee_id)}
    return Year(
        committee=committees.get_committee(committee_id),
        scope=scope,
        scopes=scopes,
        counts=queries.counts_of(scopes),
        tallies=queries.tallies(scopes),
        days={meeting.held_on: meetings.label(meeting, terms[meeting.term_id]) for meeting in held},
        short_days={meeting.held_on: _("第{number}次", number=to_chinese(meeting.number)) for meeting in held},
        by_hand=queries.hand_figures(scope),
        recorded=recorded,
        today=today,
    )


def facts_of(year: Year) -> YearFacts:
    """Return what the printed report says."""
    known = laws.known_laws(year.scopes[-3:])
    return YearFacts(
        committee=year.committee.name,
        year=year.scope.year,
        until=year.today if year.is_running else None,
        printed_on=year.today,
        paragraph=words(year.parts),
        warning=year.warning,
        years=tuple(scope.year for scope in year.scopes),
        figures=tuple(line for _key, line in year.figures),
        coverage=tuple(year.coverage),
        organs=tuple(year.organs),
        forms=tuple(year.forms),
        meetings=tuple(year.meetings),
        laws=tuple(_law_row(line) for line in known if line.all.is_enough)[:LAWS_PRINTED],
        by_hand=tuple((figure.label, figure.value, figure.sentence) for figure in year.by_hand),
    )


def _law_row(line: LawLine) -> LawRow:
    return LawRow(line.title, line.all.answers, rate(line.all), tuple(map(rate, line.years)), line.all.rate)


def rate(known: Known) -> str:
    """Return the share earned; a dash where nothing was asked, the number of answers alone where they are too few."""
    if not known.answers:
        return "—"
    return f"{known.rate:.1f}%" if known.is_enough else _("{count}次", count=known.answers)


def form_label(form: Form | None) -> str:
    """Return the words for a legal form, nothing for who sat without an item."""
    return _(appointments.FORMS[form]) if form else ""


def organ_of(given: str) -> OrganType | None:
    """Return the kind of organ that an address names."""
    return OrganType(given) if given in set(OrganType) else None
