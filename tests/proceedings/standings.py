"""tests.proceedings.standings — items as far as they can come, for the track and what is next."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from exam_app.appointments.states import ExamStep, Form, ItemState, Requirement
from exam_app.committees.rules import LocalRules
from exam_app.proceedings.track import Standing

S = ItemState
DAY = date(2026, 3, 2)
DAYS = [DAY + timedelta(days=number) for number in range(9)]
RULES = LocalRules()
SPEECH_AFTER = replace(
    RULES,
    report_when="after_letter",
    steps=(("vote", "表决"), ("letter", "任命书"), ("report", "表态发言"), ("oath", "宪法宣誓")),
)
FOUR_GATES = replace(
    RULES,
    steps=(
        ("directors", "主任会议关"),
        ("exam", "法律考试关"),
        ("submission", "议案提请关"),
        ("report", "表态发言关"),
    ),
)
ITEM = Standing(
    state=S.SUBMITTED,
    form=Form.DECIDE_APPOINT,
    post="甲市财政局局长",
    received_on=date(2026, 2, 20),
    requirement=Requirement.REQUIRED,
    exam_step=ExamStep.OPEN,
)
CLEARED = replace(ITEM, exam_step=ExamStep.CLEARED, exam_on=DAYS[0], reviewed_on=DAYS[1])
APPROVED = replace(CLEARED, state=S.DIRECTOR_MEETING_APPROVED, decided_on=DAYS[2])
PLACED = replace(APPROVED, state=S.ON_AGENDA, meeting_on=DAYS[3])
ANNOUNCED = replace(PLACED, state=S.ANNOUNCED, voted_on=DAYS[3])
LETTERED = replace(ANNOUNCED, state=S.LETTER_ISSUED, letter_on=DAYS[4])
SWORN = replace(LETTERED, state=S.SWORN, sworn_on=DAYS[5])
IN_OFFICE = replace(SWORN, state=S.IN_OFFICE)
STANDINGS = st.builds(
    Standing,
    state=st.sampled_from(S),
    form=st.sampled_from(Form),
    post=st.sampled_from(["甲市财政局局长", "甲区人民陪审员"]),
    received_on=st.just(DAY),
    requirement=st.sampled_from(Requirement),
    exam_step=st.sampled_from(ExamStep),
    **{
        day: st.none() | st.just(DAY)
        for day in ("exam_on", "reviewed_on", "decided_on", "meeting_on", "reported_on", "voted_on", "letter_on")
    },
    sworn_on=st.none() | st.just(DAY),
    ended_on=st.none() | st.just(DAY),
    has_objections=st.booleans(),
)
ALL_RULES = st.sampled_from([RULES, SPEECH_AFTER, FOUR_GATES, replace(RULES, gate="advise")])
