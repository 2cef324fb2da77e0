"""web.examiner.results_views — an exam's results as the page lists them: filtered, sorted, counted. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from exam_app.base.i18n import gettext as _
from exam_app.exams.states import Absence
from exam_app.results.queries import ResultRow
from exam_app.results.states import ResultState
from exam_app.sittings.states import SittingState
from question_bank.kinds import ORGAN_LABELS, OrganType

STATES = {
    ResultState.WAITING: "评分中",
    ResultState.MARKED: "待发布",
    ResultState.PUBLISHED: "已发布",
    ResultState.VOIDED: "已作废",
}
COUNTING = (ResultState.MARKED, ResultState.PUBLISHED)


@dataclass(frozen=True)
class Figures:
    """How a group did."""

    label: str
    expected: int
    sat: int
    passed: int
    mean: Decimal | None
    best: Decimal | None
    worst: Decimal | None

    @property
    def pass_rate(self) -> int | None:
        """Percent of those who sat."""
        return round(100 * self.passed / self.sat) if self.sat else None


def state_words(row: ResultRow) -> tuple[str, str]:
    """Return the state for the badge and its words."""
    if row.on_paper_at is not None and row.state in (None, ResultState.WAITING):
        return "paper", _("纸笔作答") if row.state is None else _("纸质答卷待录入")
    if row.state is not None:
        return row.state.value, _(STATES[row.state])
    if row.sitting_state is SittingState.OPEN:
        return "open", _("答题中")
    if row.absence is not Absence.NONE:
        return "absent", _("缺考（请假）") if row.absence is Absence.EXCUSED else _("缺考")
    return "quiet", _("未参加")


def outcome_words(row: ResultRow) -> str:
    """Return 合格 or 不合格, empty while it is open or void."""
    if row.state not in COUNTING:
        return ""
    return _("合格") if row.passed else _("不合格")


def chosen(rows: Iterable[ResultRow], words: str, outcome: str, sort: str) -> list[ResultRow]:
    """Return the rows that hold the words and have the outcome, in the order asked for."""
    kept = [row for row in rows if words in f"{row.name}{row.unit}{row.admission_number}"]
    if outcome:
        kept = [row for row in kept if _outcome(row) == outcome]
    name = sort.lstrip("-")
    if name == "score":
        kept.sort(key=lambda row: -1 if row.score is None else row.score)
    elif name == "name":
        kept.sort(key=lambda row: row.name)
    else:
        kept.sort(key=lambda row: row.seat.zfill(10))
    return kept[::-1] if sort.startswith("-") else kept


def figures(rows: Sequence[ResultRow]) -> list[Figures]:
    """Return the figures of everybody, then of each organ that is there."""
    groups = [(_("全部"), list(rows))]
    for organ in OrganType:
        of_organ = [row for row in rows if row.organ_type is organ]
        if of_organ and len(of_organ) < len(rows):
            groups.append((_(ORGAN_LABELS[organ]), of_organ))
    return [_figures(label, group) for label, group in groups]


def _figures(label: str, rows: Sequence[ResultRow]) -> Figures:
    scores = [row.score for row in rows if row.state in COUNTING and row.score is not None]
    mean = (sum(scores, Decimal(0)) / len(scores)).quantize(Decimal("0.1")) if scores else None
    passed = sum(1 for row in rows if row.state in COUNTING and row.passed)
    extremes = (max(scores), min(scores)) if scores else (None, None)
    return Figures(label, len(rows), len(scores), passed, mean, *extremes)


def _outcome(row: ResultRow) -> str:
    if row.state not in COUNTING:
        return "none"
    return "passed" if row.passed else "failed"
