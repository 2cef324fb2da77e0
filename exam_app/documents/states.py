"""documents.states — kinds of official documents, and whether one holds."""

from collections.abc import Mapping
from enum import StrEnum

from exam_app.printing.official.filing_report import RECEIVERS


class DocumentKind(StrEnum):
    """What a document is; the number in domain.md 3.4 of the step it belongs to."""

    CORRECTION_NOTICE = "correction_notice"
    SUGGEST_WITHDRAWAL = "suggest_withdrawal"
    SUGGEST_DEFERRAL = "suggest_deferral"
    REVIEW_REPORT = "review_report"
    DIRECTORS_MINUTES = "directors_minutes"
    AGENDA = "agenda"
    HOST_SCRIPT = "host_script"
    VOTE_SHEET = "vote_sheet"
    VOTE_RESULT = "vote_result"
    NAME_LIST = "name_list"
    ANNOUNCEMENT = "announcement"
    ORGAN_NOTICE = "organ_notice"
    LETTERS = "letters"
    OATH_SHEET = "oath_sheet"
    FILING_REPORT = "filing_report"
    ARCHIVE_CATALOGUE = "archive_catalogue"
    REPORT_NOTICE = "report_notice"
    ASSESSMENT_RESULT = "assessment_result"
    FEEDBACK_LETTER = "feedback_letter"


NAMES: Mapping[DocumentKind, str] = {
    DocumentKind.CORRECTION_NOTICE: "补正通知",
    DocumentKind.SUGGEST_WITHDRAWAL: "建议撤回函",
    DocumentKind.SUGGEST_DEFERRAL: "暂缓提请函",
    DocumentKind.REVIEW_REPORT: "初审报告",
    DocumentKind.DIRECTORS_MINUTES: "主任会议纪要",
    DocumentKind.AGENDA: "议程",
    DocumentKind.HOST_SCRIPT: "主持词",
    DocumentKind.VOTE_SHEET: "表决票",
    DocumentKind.VOTE_RESULT: "表决结果报告单",
    DocumentKind.NAME_LIST: "任免名单",
    DocumentKind.ANNOUNCEMENT: "公告",
    DocumentKind.ORGAN_NOTICE: "任免通知",
    DocumentKind.LETTERS: "任命书",
    DocumentKind.OATH_SHEET: "宪法宣誓",
    DocumentKind.FILING_REPORT: "备案报告",
    DocumentKind.ARCHIVE_CATALOGUE: "归档目录",
    DocumentKind.REPORT_NOTICE: "履职报告通知",
    DocumentKind.ASSESSMENT_RESULT: "测评结果",
    DocumentKind.FEEDBACK_LETTER: "反馈函",
}
"""What the kinds are called in catalogues and as files."""


def receiver_of(kind: DocumentKind, about: str) -> str:
    """Return whom a document goes to where a meeting has several of its kind; empty for one that is alone."""
    if kind is DocumentKind.ORGAN_NOTICE:
        return about
    return RECEIVERS.get(about, "") if kind is DocumentKind.FILING_REPORT else ""


class DocumentState(StrEnum):
    """An issued document holds until a newer one replaces it."""

    ISSUED = "issued"
    REPLACED = "replaced"


DOCUMENT_MOVES: Mapping[DocumentState, frozenset[DocumentState]] = {
    DocumentState.ISSUED: frozenset({DocumentState.REPLACED}),
    DocumentState.REPLACED: frozenset(),
}
