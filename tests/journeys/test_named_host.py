"""tests.journeys.test_named_host — the office's real address: a name, which browsers trust less than loopback.

Over plain http a name is no secure context: no crypto.subtle, no service worker. Nothing of the exam may need them.
"""

import base64
import hashlib
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Playwright, expect

from exam_app.base.clock import SystemClock
from exam_app.operations.tls import make_certificates
from tests.journeys.conftest import Seats
from tests.journeys.house import House, copy_of
from tests.journeys.seats import answer, begin, check_in, open_seat, shown_answers
from tests.journeys.witness import Witness
from tests.web.candidate.exam_browsing import hand_in, heading, part, saved

pytestmark = pytest.mark.browser
HOST = "exam.example.test"
ANSWERS, CUT_OFF = {1: "A", 2: "C", 26: "BD"}, {3: "B", 36: "A"}


@pytest.fixture(params=["http", "https"])
def named(request: pytest.FixtureRequest, demo: tuple[Path, Seats], tmp_path: Path) -> Iterator[House]:
    """The demo served under a name: plainly, or with a certificate of the office's own authority."""
    instance, tls = tmp_path / "instance", None
    if request.param == "https":
        _authority, certificate, key = make_certificates(tmp_path / "tls", HOST, SystemClock().now())
        tls = (certificate, key)
    served = copy_of(demo[0], instance, HOST, tls)
    served.open()
    yield served
    served.kill()
    assert not served.has_failed(), served.log()


@pytest.fixture
def browser_in_the_room(
    playwright: Playwright, browser_type_launch_args: dict[str, Any], named: House, tmp_path: Path
) -> Iterator[Browser]:
    """A browser that finds the name, and trusts the office's certificate and no other."""
    more = [f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
    certificate = tmp_path / "tls" / f"{HOST}.pem"
    if certificate.exists():
        more.append(f"--ignore-certificate-errors-spki-list={fingerprint(certificate)}")
    launch = {**browser_type_launch_args, "args": [*browser_type_launch_args.get("args", []), *more]}
    browser = playwright.chromium.launch(**launch)
    yield browser
    browser.close()


def fingerprint(certificate: Path) -> str:
    """Return the hash of a certificate's public key, as Chromium names keys."""
    public = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
    digest = hashlib.sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    return base64.b64encode(digest).decode()


def listen(context: BrowserContext) -> list[str]:
    """List what the consoles complain of; that a cut line is cut is no complaint."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "ERR_INTERNET_DISCONNECTED" not in message.text:
            said.append(message.text)

    context.on("console", note)
    context.on("weberror", lambda error: said.append(str(error.error)))
    return said


def test_exam_is_sat_under_a_name_through_a_cut_and_a_reload(
    named: House, browser_in_the_room: Browser, seats: Seats, witness: Witness, browser_context_args: dict[str, Any]
) -> None:
    context = witness.watch(browser_in_the_room.new_context(**browser_context_args))
    complaints = listen(context)
    page = begin(check_in(open_seat(context.new_page(), named.address, seats["叶知秋"])))
    is_secure = named.address.startswith("https")
    assert page.evaluate("[isSecureContext, crypto.subtle !== undefined]") == [is_secure, is_secure]

    answer(page, ANSWERS)
    saved(page)
    context.set_offline(True)
    answer(page, CUT_OFF)
    saved(page, r"^网络中断，已存在本机，恢复后自动上传（2 题待上传）$")
    context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(part(page, "desk")).to_be_visible()
    saved(page)
    assert shown_answers(page) == {**ANSWERS, **CUT_OFF}
    hand_in(page)
    heading(page, "交卷成功")

    sitting = named.newest_sitting()
    assert {slot: letters for _revision, slot, letters, _receipt in named.journal(sitting)} == {**ANSWERS, **CUT_OFF}
    assert witness.lost(named, sitting) == []
    cookies = context.cookies()
    assert cookies and all(cookie["secure"] == is_secure for cookie in cookies)
    context.close()
    assert complaints == []


@pytest.mark.parametrize("named", ["https"], indirect=True)
def test_certificate_holds_for_whoever_trusts_the_offices_authority(named: House, tmp_path: Path) -> None:
    trusting = ssl.create_default_context(cafile=str(tmp_path / "tls" / "authority.pem"))
    line = socket.create_connection(("127.0.0.1", named.port))
    with trusting.wrap_socket(line, server_hostname=HOST) as safe:
        assert safe.version() in ("TLSv1.2", "TLSv1.3")
    with socket.create_connection(("127.0.0.1", named.port)) as line, pytest.raises(ssl.SSLCertVerificationError):
        ssl.create_default_context().wrap_socket(line, server_hostname=HOST)
