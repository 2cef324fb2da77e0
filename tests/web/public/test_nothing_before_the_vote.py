"""tests.web.public.test_nothing_before_the_vote — strangers and other candidates read no nominee's name anywhere.

The demo is loaded, every address of the house is asked for with every id in use, and every link is followed.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.appointments.models import Item
from exam_app.appointments.states import UNDECIDED, ItemState
from exam_app.audit.service import MACHINE
from exam_app.base import chance
from exam_app.base.db import db, transaction
from exam_app.certificates.models import Certificate
from exam_app.cli.demo import SEED, cast, city, sittings
from exam_app.exams import queries as exams
from exam_app.exams import roster
from exam_app.exams.models import Exam
from exam_app.exams.rules import Phase, phase
from exam_app.people.models import Person
from exam_app.results.models import Result
from tests.conftest import NINE
from tests.pages.stage import actor_named

IDS = range(1, 40)
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)"')


@pytest.fixture
def demo(app: Flask) -> Flask:
    """The application with the demo in it, nine o'clock."""
    with chance.repeatable(SEED):
        city.build(NINE, lambda words: None)
    return app


def nominees() -> set[str]:
    """Return the names of all whose items are not decided, or not yet announced."""
    waiting = UNDECIDED | {ItemState.VOTED_PASSED, ItemState.VOTED_FAILED, ItemState.WITHDRAWN}
    query = select(Person.name).join(Item, Item.person_id == Person.id).where(Item.state.in_(waiting))
    return set(db.session.scalars(query))


def addresses(app: Flask) -> Iterator[str]:
    """Yield the addresses of all pages, those with one id in them for each id that may be in use."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static":
            continue
        names = list(rule._converters)
        if not names:
            yield rule.rule
        elif all("int" in str(one).lower() for one in rule._converters.values()):
            for number in IDS if len(names) == 1 else (1, 2, 3):
                built = rule.build(dict.fromkeys(names, number))
                assert built is not None
                yield built[1]


def crawl(client: FlaskClient, starts: Iterator[str]) -> dict[str, str]:
    """Return what every address and every link on the way answers, by address; files only by their words."""
    waiting, seen = list(starts), {}
    while waiting:
        path = waiting.pop()
        if path in seen or path.startswith("/static"):
            continue
        answer = client.get(path)
        is_text = (answer.mimetype or "").startswith(("text/", "application/json"))
        seen[path] = answer.get_data(as_text=True) if is_text else ""
        waiting.extend(LINK.findall(seen[path]))
        if "Location" in answer.headers and answer.headers["Location"].startswith("/"):
            waiting.append(answer.headers["Location"])
    return seen


def names_in(pages: dict[str, str], names: set[str]) -> dict[str, set[str]]:
    """Return which of the names each page tells."""
    told = {path: {name for name in names if name in text} for path, text in pages.items()}
    return {path: found for path, found in told.items() if found}


def test_stranger_reads_no_nominee_on_any_page(demo: Flask) -> None:
    waiting = nominees()
    assert len(waiting) > 10

    pages = crawl(demo.test_client(), addresses(demo))

    assert "/verify" in pages and len(pages) > 40
    assert names_in(pages, waiting) == {}


def test_certificate_tells_no_name_before_the_vote(demo: Flask) -> None:
    certify_the_open_exam()
    waiting = nominees()
    query = select(Certificate).where(Certificate.result_id.in_(results_of_undecided()))
    certificates = list(db.session.scalars(query))
    assert len(certificates) == len(cast.OPEN_BILL)
    client = demo.test_client()
    pages = {}
    for one in certificates[:15]:
        answer = client.get("/verify", query_string={"number": one.number, "code": one.code})
        pages[one.number] = answer.get_data(as_text=True)
        assert one.number in pages[one.number]

    assert names_in(pages, waiting) == {}


def certify_the_open_exam() -> None:
    """Let everyone of the open exam sit and pass, and certify them all: the vote on them is still to come."""
    running = next(exam for exam in db.session.scalars(select(Exam)) if phase(exam, NINE) is Phase.RUNNING)
    exam_id, opened, publisher = running.id, running.opens_at, actor_named(cast.EXAMINER)
    sittings.play(exam_id, [replace(one, ability=0.95) for one in cast.OPEN_BILL], opened)
    sittings.publish(exam_id, publisher, NINE)
    sittings.certify(exam_id, publisher, NINE)


def results_of_undecided() -> list[int]:
    """Return the results of persons none of whose items is announced."""
    query = select(Result.id).join(Item, Item.person_id == Result.person_id).where(Item.state.in_(UNDECIDED))
    return list(db.session.scalars(query))


def test_candidate_reads_no_other_nominee(demo: Flask) -> None:
    running = next(exam for exam in db.session.scalars(select(Exam)) if phase(exam, NINE) is Phase.RUNNING)
    with transaction():
        codes = roster.codes_for_printing(running.id, running.committee_id, MACHINE, NINE)
    line = exams.roster(running.id)[0]
    number, own, code = line.admission_number, line.name, codes[line.entry_id]
    others = nominees() - {own}
    client = demo.test_client()
    client.post("/seat", data={"admission_number": number, "code": code})

    pages = crawl(client, addresses(demo))

    assert any(own in text for text in pages.values())
    assert names_in(pages, others) == {}
