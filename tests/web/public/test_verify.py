"""tests.web.public.test_verify — whether a certificate stands; nothing of a nominee before the vote."""

import re
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.appointments.models import Bill, Item
from exam_app.appointments.states import ItemState
from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.certificates import service
from exam_app.certificates.drawing import draw_signed
from exam_app.certificates.models import Certificate
from exam_app.operations.service import get_file
from tests.appointments.factories import make_bill, make_item, make_office
from tests.certificates.factories import make_entry, make_exam, make_result
from tests.conftest import NINE
from tests.factories import make_person
from tests.proceedings.factories import bring, hold_meeting

SECRETS = ("王坚强", "王*强", "甲市财政局", "副局长", "92", "优秀", "任前法律知识考试</dd>")


def told(page: str) -> list[str]:
    """Return the facts that the page gives away; the form token is random and may hold any digits."""
    plain = re.sub(r'(content|value)="[^"]{60,}"', "", page)
    return [secret for secret in SECRETS if secret in plain]


@pytest.fixture
def certificate(app: Flask) -> Certificate:
    """The certificate of a nominee whose item rests on it."""
    with transaction():
        office = make_office()
        result = make_result(make_entry(make_exam(office), make_person(office, "王坚强")))
        make_item(make_bill(office), "王坚强")
        return service.issue(result.id, MACHINE, NINE)


def ask(client: FlaskClient, number: str, code: str) -> str:
    """Ask as the QR code does."""
    return client.get("/verify", query_string={"number": number, "code": code}).text


def come_to(state: ItemState) -> None:
    """Bring the nominee's item on at a meeting of the standing committee."""
    with transaction():
        item = db.session.scalars(select(Item)).one()
        bring(item, state, hold_meeting(db.session.get_one(Bill, item.bill_id).committee_id))


def test_valid_certificate_shows_nothing_of_the_nominee_before_the_vote(
    client: FlaskClient, certificate: Certificate
) -> None:
    page = ask(client, certificate.number, certificate.code)
    assert "有效" in page and certificate.number in page
    assert not told(page)


@pytest.mark.parametrize("state", [ItemState.ON_AGENDA, ItemState.VOTED_PASSED, ItemState.VOTED_FAILED])
def test_nothing_of_the_nominee_shows_until_the_announcement(
    client: FlaskClient, certificate: Certificate, state: ItemState
) -> None:
    come_to(state)
    page = ask(client, certificate.number, certificate.code)
    assert "有效" in page
    assert not told(page)


def test_masked_facts_show_once_announced(client: FlaskClient, certificate: Certificate) -> None:
    come_to(ItemState.ANNOUNCED)
    page = ask(client, "2026-1", certificate.code)
    assert "王*强" in page and "甲市人大常委会" in page
    assert "王坚强" not in page and "甲市财政局" not in page


def test_revoked_certificate_says_so_with_the_day(client: FlaskClient, certificate: Certificate) -> None:
    with transaction():
        service.revoke(certificate.id, certificate.committee_id, "成绩经复核无效", MACHINE, NINE)
    page = ask(client, certificate.number, certificate.code)
    assert "已撤销" in page and "2026年3月2日" in page
    assert "成绩经复核无效" not in page


def test_wrong_code_and_unknown_number_are_answered_alike(client: FlaskClient, certificate: Certificate) -> None:
    wrong_code = ask(client, "2026-1", "A" * 12)
    unknown = ask(client, "2026-9", certificate.code)
    assert "没有查到" in wrong_code
    echoed = (("2026-9", "2026-1"), (certificate.code, "A" * 12))
    for one, other in echoed:
        unknown = unknown.replace(one, other)
    assert without_token(unknown) == without_token(wrong_code)


def without_token(page: str) -> str:
    """Return the page without what differs from one answer to the next in any case."""
    return "\n".join(line for line in page.splitlines() if "csrf" not in line)


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (lambda pdf: pdf, "文件未被改动"),
        (lambda pdf: pdf + b"\n", "文件与存档不符"),
        (lambda pdf: pdf[:200] + bytes([pdf[200] ^ 1]) + pdf[201:], "文件与存档不符"),
        (lambda pdf: b"not a pdf", "文件与存档不符"),
    ],
)
def test_uploaded_file_is_compared(client: FlaskClient, certificate: Certificate, tamper, words: str) -> None:  # type: ignore[no-untyped-def]
    pdf = draw_signed(service.work_order(certificate, NINE))
    with transaction():
        stored = service.keep_signed(certificate.id, pdf, NINE)
    assert stored.file_id is not None
    original = get_file(stored.file_id, stored.committee_id).content
    data = {
        "number": certificate.number,
        "code": certificate.code,
        "file": (BytesIO(tamper(original)), "证书.pdf"),
    }
    page = client.post("/verify", data=data, content_type="multipart/form-data").text
    assert words in page
    assert not told(page)


def test_asking_too_often_is_stopped(client: FlaskClient, certificate: Certificate) -> None:
    for _each in range(20):
        ask(client, "2026-1", "A" * 12)
    page = ask(client, "2026-1", certificate.code)
    assert "操作太频繁" in page and "真实有效" not in page


def test_empty_page_asks_for_both(client: FlaskClient) -> None:
    assert "核验码" in client.get("/verify").text
    assert client.post("/verify", data={"number": "2026-1", "code": ""}).status_code == 200
