"""question_bank.kinds — the closed lists a question is sorted by, and their Chinese names."""

from enum import StrEnum


class Kind(StrEnum):
    """What form the question and its answer have."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"
    FILL_IN = "fill_in"
    SHORT_ANSWER = "short_answer"
    ESSAY = "essay"
    CASE = "case"

    @property
    def is_objective(self) -> bool:
        """Whether the answer is a set of letters, so that a machine can mark it alone."""
        return self in (Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE)


class Part(StrEnum):
    """Whether everybody is asked, or only the nominees of certain organs."""

    COMMON = "common"
    SPECIAL = "special"


class OrganType(StrEnum):
    """The organ a nominee is to be appointed to."""

    CONGRESS = "congress"
    GOVERNMENT = "government"
    SUPERVISION = "supervision"
    COURT = "court"
    PROCURATORATE = "procuratorate"


class Use(StrEnum):
    """Formal questions are kept from practice; practice questions never count."""

    FORMAL = "formal"
    PRACTICE = "practice"


KIND_LABELS = {
    Kind.SINGLE: "单选题",
    Kind.MULTIPLE: "多选题",
    Kind.TRUE_FALSE: "判断题",
    Kind.FILL_IN: "填空题",
    Kind.SHORT_ANSWER: "简答题",
    Kind.ESSAY: "论述题",
    Kind.CASE: "案例分析题",
}
PART_LABELS = {Part.COMMON: "公共法律", Part.SPECIAL: "专业法律"}
ORGAN_LABELS = {
    OrganType.CONGRESS: "人大",
    OrganType.GOVERNMENT: "政府",
    OrganType.SUPERVISION: "监委",
    OrganType.COURT: "法院",
    OrganType.PROCURATORATE: "检察院",
}
USE_LABELS = {Use.FORMAL: "正式考试", Use.PRACTICE: "练习"}
