"""tests.bank.factories — questions as values and in the bank."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from exam_app.audit.service import MACHINE
from exam_app.bank import service as bank
from exam_app.bank.models import QuestionVersion
from exam_app.bank.states import VersionState
from exam_app.base.db import db
from exam_app.committees.models import Committee
from exam_app.people.models import Account
from exam_app.people.states import Role
from question_bank.items import TRUE_FALSE_OPTIONS, Citation, Item
from question_bank.kinds import Kind, Part, Use
from tests.conftest import NINE
from tests.factories import actor_of, make_account

SUBJECTS = (
    "任命监察委员会副主任",
    "决定代理审判员人选",
    "审查和批准预算调整",
    "撤销下级政府命令",
    "组织特定问题调查委员会",
)
CITATION = Citation(
    "constitution", date(2018, 3, 11), "104", None, None, "依照法律规定的权限决定国家机关工作人员的任免"
)


def make_item(code: str = "T001", kind: Kind = Kind.SINGLE, use: Use = Use.FORMAL, **changes: Any) -> Item:
    """Return a complete question; the number in its code makes its stem one of its own."""
    number = int("".join(char for char in code if char.isdecimal()) or 0)
    subject = SUBJECTS[number % len(SUBJECTS)]
    options = TRUE_FALSE_OPTIONS if kind is Kind.TRUE_FALSE else ("人大常委会", "人民政府", "监察委员会", "人民法院")
    key = frozenset("AC") if kind is Kind.MULTIPLE else frozenset("A")
    item = Item(
        code=code,
        kind=kind,
        use=use,
        part=Part.COMMON,
        organs=(),
        stem=f"某市第{number}号议案提出{subject}，应当由哪个机关决定？",
        options=options,
        key=key,
        explanation="依据《宪法》第一百零四条，由县级以上地方各级人大常委会依照法律规定的权限决定。",
        difficulty=number % 5 + 1,
        citations=(CITATION,),
    )
    return replace(item, **changes)


def make_authors(committee: Committee) -> tuple[Account, Account]:
    """Open the accounts of an author and of a reviewer."""
    return make_account(committee, Role.AUTHOR), make_account(committee, Role.REVIEWER)


def make_version(
    committee: Committee,
    author: Account,
    item: Item | None = None,
    state: VersionState = VersionState.DRAFT,
    now: datetime = NINE,
) -> QuestionVersion:
    """Write a question and put its version into the state."""
    version = bank.draft(committee.id, item or make_item(), actor_of(author), now)
    version.state = state
    db.session.flush()
    return version


def adopt_live(committee: Committee, *items: Item, now: datetime = NINE) -> int:
    """Put live questions in, as a first set-up does."""
    return bank.adopt(committee.id, items or (make_item(),), None, None, MACHINE, now)
