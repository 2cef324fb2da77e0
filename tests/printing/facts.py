"""tests.printing.facts — facts to print; every name is invented."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from exam_app.printing.certificate import CertificateFacts
from exam_app.printing.sheets import (
    AdmissionSlip,
    RosterFacts,
    RosterRow,
    ScorePart,
    ScoreSheetFacts,
    ScoreSummaryFacts,
    SummaryRow,
)

COMMITTEE = "田州市人民代表大会常务委员会"
EXAM = "2018年第二次任前法律知识考试"
RARE = "㛃䶮𬱖堃犇龘·"

CERTIFICATE = CertificateFacts(
    committee_name=COMMITTEE,
    exam_title=EXAM,
    number="田人常法证〔2018〕16号",
    person_name="王强",
    unit="田州市发展和改革委员会",
    post="副主任",
    nominated_post="田州市发展和改革委员会主任",
    organ_label="政府卷",
    exam_date=date(2018, 3, 2),
    score=Decimal("92.00"),
    full_marks=Decimal(100),
    grade="优秀",
    issued_on=date(2018, 3, 5),
    verify_url="https://exam.example/verify/K7QMX2PA",
    verify_code="K7QM-X2PA",
    laws_note="本次考试以2018年2月24日有效的法律为准。",
)

SLIP = AdmissionSlip(
    exam_title=EXAM,
    person_name="王强",
    unit="田州市发展和改革委员会",
    admission_number="20180201",
    exam_code="K7QMX2PA",
    seat="01",
    begins_at=datetime(2018, 3, 2, 9, 0),  # noqa: DTZ001 - a wall clock
    minutes=90,
    place="市人大机关三楼会议室",
    notice="请携带本证和身份证，于考试开始前15分钟到场签到。",
)

SCORE_SHEET = ScoreSheetFacts(
    committee_name=COMMITTEE,
    exam_title=EXAM,
    exam_date=date(2018, 3, 2),
    person_name="欧阳𬱖",
    unit="田州市中级人民法院",
    post="审判员",
    nominated_post="",
    admission_number="20180202",
    score=Decimal("92.5"),
    full_marks=Decimal(100),
    pass_mark=Decimal(60),
    outcome="合格（优秀）",
    parts=[ScorePart(label="单项选择题", questions=25, full_marks=Decimal(50), score=Decimal("47.50"))],
    issued_on=date(2018, 3, 5),
    note="如对成绩有异议，可申请复核。",
)


def certificate(**changes: Any) -> CertificateFacts:
    return replace(CERTIFICATE, **changes)


def roster(people: int) -> RosterFacts:
    row = RosterRow(person_name="李㛃堃", unit="田州市民政局", post="副局长", admission_number="20180203", seat="03")
    return RosterFacts(
        committee_name=COMMITTEE,
        exam_title=EXAM,
        begins_at=SLIP.begins_at,
        minutes=90,
        place="三楼会议室",
        rows=[row] * people,
    )


def summary(people: int) -> ScoreSummaryFacts:
    row = SummaryRow(
        person_name="赵䶮", unit="田州市民政局", nominated_post="局长", score=None, outcome="缺考", remark=""
    )
    return ScoreSummaryFacts(
        committee_name=COMMITTEE,
        exam_title=EXAM,
        exam_date=date(2018, 3, 2),
        rows=[row] * people,
        expected=people,
        present=19,
        passed=18,
        notice="内部资料",
    )
