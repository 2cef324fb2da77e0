"""supervision.states — who reports how often, how far a duty has come, what is done to it, how ballots are counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from question_bank.kinds import OrganType


class DutyMode(StrEnum):
    """How an official reports."""

    ORAL = "oral"
    WRITTEN = "written"


class CountBase(StrEnum):
    """Against which number the shares of an assessment are taken."""

    ALL_MEMBERS = "all_members"
    PRESENT = "present"
    VALID_BALLOTS = "valid_ballots"


class DutyState(StrEnum):
    """plan -> notice -> draft -> final -> report -> assessment -> feedback -> rectification -> closed."""

    PLANNED = "planned"
    NOTIFIED = "notified"
    DRAFT_RECEIVED = "draft_received"
    FINAL_RECEIVED = "final_received"
    REPORTED = "reported"
    ASSESSED = "assessed"
    FEEDBACK_SENT = "feedback_sent"
    RECTIFYING = "rectifying"
    RECTIFIED = "rectified"
    CLOSED = "closed"
    DROPPED = "dropped"


DUTY_MOVES: Mapping[DutyState, frozenset[DutyState]] = {
    DutyState.PLANNED: frozenset({DutyState.NOTIFIED, DutyState.DROPPED}),
    DutyState.NOTIFIED: frozenset({DutyState.DRAFT_RECEIVED, DutyState.FINAL_RECEIVED, DutyState.DROPPED}),
    DutyState.DRAFT_RECEIVED: frozenset({DutyState.FINAL_RECEIVED, DutyState.DROPPED}),
    DutyState.FINAL_RECEIVED: frozenset({DutyState.REPORTED, DutyState.DROPPED}),
    DutyState.REPORTED: frozenset({DutyState.ASSESSED, DutyState.FEEDBACK_SENT, DutyState.CLOSED}),
    DutyState.ASSESSED: frozenset({DutyState.FEEDBACK_SENT}),
    DutyState.FEEDBACK_SENT: frozenset({DutyState.RECTIFYING, DutyState.CLOSED}),
    DutyState.RECTIFYING: frozenset({DutyState.RECTIFIED, DutyState.DROPPED}),
    DutyState.RECTIFIED: frozenset({DutyState.ASSESSED, DutyState.CLOSED}),
    DutyState.CLOSED: frozenset(),
    DutyState.DROPPED: frozenset({DutyState.PLANNED}),
}
BEFORE_REPORT = frozenset({DutyState.PLANNED, DutyState.NOTIFIED, DutyState.DRAFT_RECEIVED, DutyState.FINAL_RECEIVED})
FINISHED = frozenset({DutyState.CLOSED, DutyState.DROPPED})
OPEN_STATES = frozenset(DutyState) - FINISHED
HAS_REPORTED = OPEN_STATES - BEFORE_REPORT | {DutyState.CLOSED}


class DutyAct(StrEnum):
    """What is done to a duty; each act is one verb of the record."""

    SCHEDULE = "schedule"
    NOTIFY = "notify"
    RECEIVE_DRAFT = "receive_draft"
    RECEIVE_FINAL = "receive_final"
    REPORT = "report"
    RECORD_OPINIONS = "record_opinions"
    ASSESS = "assess"
    CORRECT_ASSESSMENT = "correct_assessment"
    SEND_FEEDBACK = "send_feedback"
    REQUIRE_RECTIFICATION = "require_rectification"
    RECEIVE_PLAN = "receive_plan"
    RECEIVE_RECTIFICATION = "receive_rectification"
    REASSESS = "reassess"
    CLOSE = "close"
    DROP = "drop"
    RESTORE = "restore"


DUTY_ACTS: Mapping[DutyAct, tuple[frozenset[DutyState], DutyState | None]] = {
    DutyAct.SCHEDULE: (BEFORE_REPORT, None),
    DutyAct.NOTIFY: (frozenset({DutyState.PLANNED}), DutyState.NOTIFIED),
    DutyAct.RECEIVE_DRAFT: (frozenset({DutyState.NOTIFIED}), DutyState.DRAFT_RECEIVED),
    DutyAct.RECEIVE_FINAL: (
        frozenset({DutyState.NOTIFIED, DutyState.DRAFT_RECEIVED}),
        DutyState.FINAL_RECEIVED,
    ),
    DutyAct.REPORT: (frozenset({DutyState.FINAL_RECEIVED}), DutyState.REPORTED),
    DutyAct.RECORD_OPINIONS: (frozenset({DutyState.REPORTED, DutyState.ASSESSED}), None),
    DutyAct.ASSESS: (frozenset({DutyState.REPORTED}), DutyState.ASSESSED),
    DutyAct.CORRECT_ASSESSMENT: (frozenset({DutyState.ASSESSED}), None),
    DutyAct.SEND_FEEDBACK: (frozenset({DutyState.REPORTED, DutyState.ASSESSED}), DutyState.FEEDBACK_SENT),
    DutyAct.REQUIRE_RECTIFICATION: (frozenset({DutyState.FEEDBACK_SENT}), DutyState.RECTIFYING),
    DutyAct.RECEIVE_PLAN: (frozenset({DutyState.RECTIFYING}), None),
    DutyAct.RECEIVE_RECTIFICATION: (frozenset({DutyState.RECTIFYING}), DutyState.RECTIFIED),
    DutyAct.REASSESS: (frozenset({DutyState.RECTIFIED}), DutyState.ASSESSED),
    DutyAct.CLOSE: (
        frozenset({DutyState.REPORTED, DutyState.FEEDBACK_SENT, DutyState.RECTIFIED}),
        DutyState.CLOSED,
    ),
    DutyAct.DROP: (BEFORE_REPORT | {DutyState.RECTIFYING}, DutyState.DROPPED),
    DutyAct.RESTORE: (frozenset({DutyState.DROPPED}), DutyState.PLANNED),
}


def acts_in(state: DutyState) -> frozenset[DutyAct]:
    """Return what can be done to a duty in that state."""
    return frozenset(act for act, (sources, _target) in DUTY_ACTS.items() if state in sources)


class Cycle(StrEnum):
    """How often somebody reports; `ON_CHOICE`: whenever the directors' meeting chooses him."""

    YEAR = "year"
    TERM = "term"
    FIVE_YEARS = "five_years"
    ON_CHOICE = "on_choice"


STRICTEST = (Cycle.YEAR, Cycle.TERM, Cycle.FIVE_YEARS, Cycle.ON_CHOICE)
ANHUI = "安徽省人大常委会任前审查和任后监督的规定（2014年）"
SHENZHEN = "深圳市人民代表大会常务委员会任免国家机关工作人员条例第二十八条"


@dataclass(frozen=True)
class Category:
    """Posts of one organ that end in these words and do not name the deputy of one."""

    label: str
    organ_type: OrganType
    endings: tuple[str, ...]
    cycle: Cycle
    source: str


CATEGORIES: tuple[Category, ...] = (
    Category("政府秘书长", OrganType.GOVERNMENT, ("秘书长",), Cycle.YEAR, ANHUI),
    Category(
        "政府工作部门主要负责人",
        OrganType.GOVERNMENT,
        ("厅长", "局长", "主任", "科长"),
        Cycle.YEAR,
        f"{ANHUI}、{SHENZHEN}",
    ),
    Category("法院副院长、审判委员会委员", OrganType.COURT, ("副院长", "审判委员会委员"), Cycle.YEAR, ANHUI),
    Category(
        "检察院副检察长、检察委员会委员", OrganType.PROCURATORATE, ("副检察长", "检察委员会委员"), Cycle.YEAR, ANHUI
    ),
    Category("其他审判人员", OrganType.COURT, ("副庭长", "庭长", "审判员"), Cycle.FIVE_YEARS, ANHUI),
    Category("其他检察人员", OrganType.PROCURATORATE, ("检察员",), Cycle.FIVE_YEARS, ANHUI),
)
CHOSEN = Category("其他任命人员", OrganType.CONGRESS, (), Cycle.ON_CHOICE, "由主任会议确定")
