"""benchmarks.documents — make bench: all documents of a meeting with five hundred items, as pages and as a package.

The rows are inserted in bulk, as the services would leave them; what is measured goes through the real pages and the
real queue. The package is every document as PDF, Word and Excel file, drawn in child processes; 30 seconds are allowed.
"""

import shutil
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import insert, update

from benchmarks.report import keep
from exam_app.app import create_app
from exam_app.appointments.models import Bill, ExamRequirement, Item
from exam_app.appointments.states import ExamStep, Form, ItemState, Requirement
from exam_app.base.clock import FixedClock, stopwatch
from exam_app.base.config import Settings
from exam_app.base.db import db, transaction
from exam_app.documents.states import DocumentKind
from exam_app.jobs import queue
from exam_app.meetings.models import Meeting
from exam_app.meetings.states import MeetingKind, MeetingState
from exam_app.operations.models import Job
from exam_app.operations.service import get_file
from exam_app.people.models import Person
from exam_app.people.states import Role
from exam_app.proceedings.models import AgendaEntry
from question_bank.kinds import OrganType
from tests.appointments.factories import make_office
from tests.conftest import NINE
from tests.factories import PASSWORD, make_account

ITEMS, TIMES = 500, 5
PAGE_LIMIT_MS, PACKAGE_LIMIT_SECONDS = 200.0, 30.0
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", ("强", "敏", "建国", "文静", "志远", "海燕")
POSTS = (
    (OrganType.GOVERNMENT, Form.DECIDE_APPOINT, "甲市人民政府", "甲市第{number}局局长"),
    (OrganType.COURT, Form.APPOINT, "甲市中级人民法院", "甲市中级人民法院第{number}审判庭审判员"),
    (OrganType.PROCURATORATE, Form.APPOINT, "甲市人民检察院", "甲市人民检察院第{number}检察部检察员"),
    (OrganType.SUPERVISION, Form.APPOINT, "甲市监察委员会", "甲市监察委员会第{number}委员"),
    (OrganType.GOVERNMENT, Form.REMOVE, "甲市人民政府", "甲市第{number}局副局长"),
)


def main() -> None:
    """Measure, print the figures, write the JSON; exit 1 if a page or the package takes too long."""
    home = Path(tempfile.mkdtemp(prefix="bench-documents"))
    try:
        measured = measure(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    for name, value in measured.items():
        print(f"{name:<28}{value:>10}")
    keep({"documents": measured})
    slow = [name for name, value in measured.items() if name.endswith("_ms") and value > PAGE_LIMIT_MS]
    late = measured["package_seconds"] > PACKAGE_LIMIT_SECONDS
    print(f"{ITEMS} 项任免事项，页面上限 {PAGE_LIMIT_MS:g} ms，全部文件上限 {PACKAGE_LIMIT_SECONDS:g} s")
    raise SystemExit(bool(slow) or late)


def measure(home: Path) -> dict[str, Any]:
    """Return the milliseconds of each page, and the seconds and size of the package."""
    app = create_app(Settings(instance=home), FixedClock(NINE))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        upgrade()
        with transaction():
            meeting_id = fill()
        client = _signed_in(app)
        measured: dict[str, Any] = {"items": ITEMS}
        listed = f"/meetings/{meeting_id}/documents"
        measured["list_of_drafts_ms"] = _milliseconds(client, listed)
        for kind in (DocumentKind.HOST_SCRIPT, DocumentKind.NAME_LIST, DocumentKind.LETTERS):
            measured[f"{kind.value}_ms"] = _milliseconds(client, f"{listed}/{kind.value}")
        measured["issue_all_seconds"] = _seconds(lambda: client.post(f"{listed}/issue"))
        _change()
        measured["list_after_late_changes_ms"] = _milliseconds(client, listed)
        return measured | package(client, meeting_id)


def fill() -> int:
    """Insert the meeting and its items as the services would leave them; return the id of the meeting."""
    committee = make_office()
    make_account(committee, Role.OFFICER)
    meeting = Meeting(
        committee_id=committee.id,
        term_id=1,
        kind=MeetingKind.STANDING_COMMITTEE,
        number=2,
        held_on=NINE.date(),
        place="市人大常委会会议厅",
        state=MeetingState.OPEN,
        members_total=51,
        present=46,
        created_at=NINE,
    )
    db.session.add_all([meeting, *(_bill(committee.id, place) for place in range(len(POSTS)))])
    db.session.flush()
    numbers = range(1, ITEMS + 1)
    needed = {"outcome": Requirement.EXEMPT, "rule": "PASSED_THIS_TERM", "decided_at": NINE}
    db.session.execute(insert(Person), [_person(committee.id, number) for number in numbers])
    db.session.execute(insert(Item), [_item(number) for number in numbers])
    db.session.execute(insert(ExamRequirement), [{"item_id": number, **needed} for number in numbers])
    entries = [{"meeting_id": meeting.id, "item_id": number, "position": number} for number in numbers]
    db.session.execute(insert(AgendaEntry), entries)
    return meeting.id


def _bill(committee_id: int, place: int) -> Bill:
    return Bill(
        id=place + 1,
        committee_id=committee_id,
        title=f"关于提请任免王强等职务的议案（第{place + 1}批）",
        submitting_organ=POSTS[place][2],
        document_number=f"甲提〔2026〕{place + 1}号",
        received_on=NINE.date(),
        created_at=NINE,
    )


def _person(committee_id: int, number: int) -> dict[str, Any]:
    name = SURNAMES[number % 10] + GIVEN[number // 10 % 6] + ("" if number < 300 else SURNAMES[number // 60])
    return {"id": number, "committee_id": committee_id, "name": name, "unit": "甲市财政局", "created_at": NINE}


def _item(number: int) -> dict[str, Any]:
    place = number % len(POSTS)
    organ, form, _submitter, post = POSTS[place]
    return {
        "id": number,
        "bill_id": place + 1,
        "number": number,
        "person_id": number,
        "organ_type": organ,
        "form": form,
        "post": post.format(number=number),
        "state": ItemState.ON_AGENDA,
        "exam_step": ExamStep.CLEARED,
    }


def _change() -> None:
    """A post is corrected and two items leave, after everything was issued."""
    with transaction():
        db.session.execute(update(Item).where(Item.id == 77).values(post="甲市更名后的局局长"))
        db.session.execute(update(AgendaEntry).where(AgendaEntry.item_id.in_((111, 333))).values(left_at=NINE))


def package(client: FlaskClient, meeting_id: int) -> dict[str, Any]:
    """Ask for the package on its page and let the queue make it."""
    client.post(f"/meetings/{meeting_id}/documents/package")
    db.session.rollback()
    seconds = _seconds(lambda: queue.run(FixedClock(NINE)))
    job = db.session.query(Job).one()
    if job.file_id is None:
        raise SystemExit(f"the package failed: {job.failure}")
    size = len(get_file(job.file_id, job.committee_id).content)
    return {"package_files": job.total, "package_seconds": seconds, "package_megabytes": round(size / 1e6, 1)}


def _signed_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.post("/sign-in", data={"username": "officer-1", "password": PASSWORD})
    return client


def _milliseconds(client: FlaskClient, path: str) -> float:
    taken = []
    for _time in range(TIMES + 1):
        began = stopwatch()
        answer = client.get(path)
        taken.append((stopwatch() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")
    return round(median(taken[1:]), 1)


def _seconds(act: Any) -> float:
    began = stopwatch()
    act()
    return round(stopwatch() - began, 1)


if __name__ == "__main__":
    main()
