"""benchmarks.intake — make bench: a list of five hundred rows, a hundred of them known persons, shown and added.

The list is pasted into the real page; three seconds are allowed until it is shown as it was understood.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import func, select

from benchmarks.report import keep
from exam_app.app import create_app
from exam_app.appointments.models import Item
from exam_app.base.clock import FixedClock, stopwatch
from exam_app.base.config import Settings
from exam_app.base.db import db, transaction
from exam_app.people.states import Role
from tests.appointments.factories import make_bill, make_office
from tests.conftest import NINE
from tests.factories import browser_of, make_account, make_person

ROWS, KNOWN = 500, 100
PREVIEW_LIMIT_SECONDS = 3.0
HEAD = "姓名\t单位\t现任职务\t拟任职务"
FAMILIES, GIVEN = "王李张刘陈杨赵黄周吴", "强敏伟芳娜静磊军洋勇艳杰娟涛明超兰霞平刚"
POSTS = ("甲市中级人民法院审判员", "甲市人民检察院检察员", "甲市财政局局长", "甲市监察委员会委员", "甲市文联主席")


def main() -> None:
    """Measure, print the figures, write the JSON; exit 1 if the preview takes too long."""
    home = Path(tempfile.mkdtemp(prefix="bench-intake"))
    try:
        measured = measure(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    for name, value in measured.items():
        print(f"{name:<28}{value:>10}")
    keep({"intake": measured})
    print(f"{ROWS} 行名单，核对上限 {PREVIEW_LIMIT_SECONDS:g} s")
    raise SystemExit(measured["preview_seconds"] > PREVIEW_LIMIT_SECONDS)


def measure(home: Path) -> dict[str, Any]:
    """Return the seconds of showing a list and of adding it, and of showing one that has questions."""
    app = create_app(Settings(instance=home), FixedClock(NINE))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        upgrade()
        with transaction():
            office = make_office()
            for name in names()[:KNOWN]:
                make_person(office, name, "甲市法院")
            bill_id = make_bill(office).id
        client = browser_of(app, make_account(office, Role.OFFICER))
        address = f"/bills/{bill_id}/items/paste"
        doubtful, _page = _seconds(client, address, written(POSTS))
        preview, page = _seconds(client, address, written(POSTS[:4]))
        assert f"共 {ROWS} 行，都可以添加" in page
        adding, _page = _seconds(client, address, written(POSTS[:4]), confirmed="yes")
        added = db.session.scalar(select(func.count(Item.id)))
        assert added == ROWS, f"{added} items"
    return {
        "rows": ROWS,
        "known_persons": KNOWN,
        "preview_seconds": preview,
        "doubtful_preview_seconds": doubtful,
        "adding_seconds": adding,
    }


def names() -> list[str]:
    """Return as many different names as there are rows."""
    return [family + given + other for family in FAMILIES for given in GIVEN for other in GIVEN][:ROWS]


def written(posts: tuple[str, ...]) -> str:
    """Return the list as it is pasted."""
    rows = [f"{name}\t甲市法院\t副局长\t{posts[place % len(posts)]}" for place, name in enumerate(names())]
    return "\n".join([HEAD, *rows])


def _seconds(client: FlaskClient, address: str, text: str, **more: str) -> tuple[float, str]:
    began = stopwatch()
    answer = client.post(address, data={"text": text, **more}, follow_redirects=True)
    took = stopwatch() - began
    assert answer.status_code == 200, answer.text
    return round(took, 2), answer.text


if __name__ == "__main__":
    main()
