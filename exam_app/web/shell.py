"""web.shell — what every page has: navigation by role, filters, versioned assets, security headers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from flask import Flask, Response, current_app, g, request, url_for
from werkzeug.local import LocalProxy

from exam_app.base.clock import local
from exam_app.base.i18n import gettext as _
from exam_app.charts.figures import number, sentence
from exam_app.charts.shapes import draw
from exam_app.committees import queries as committees
from exam_app.people.states import Role
from exam_app.printing.drawing.words import spaced_name
from exam_app.web import who
from exam_app.web.assets import address

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "frame-src 'self'",
        "frame-ancestors 'self'",
        "base-uri 'none'",
        "object-src 'self'",
    )
)
STAFF = (Role.EXAMINER, Role.INVIGILATOR, Role.CHIEF_INVIGILATOR, Role.MARKER, Role.OFFICER, Role.DIRECTOR)
BANK = (Role.AUTHOR, Role.REVIEWER, Role.EXAMINER)
ADMINISTRATORS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)


@dataclass(frozen=True)
class Destination:
    """One entry of the navigation."""

    label: str
    href: str
    icon: str
    current: bool


PLACES: tuple[tuple[str, str, str, tuple[Role, ...]], ...] = (
    ("今日", "public.today", "today", tuple(Role)),
    ("任免", "officer.bills", "stamp", (Role.OFFICER, Role.DIRECTOR)),
    ("考试", "examiner.exams", "exam", STAFF),
    ("证书", "officer.certificates", "award", (Role.OFFICER, Role.DIRECTOR, Role.EXAMINER)),
    ("会议", "officer.meetings", "users", (Role.OFFICER, Role.DIRECTOR)),
    ("任后监督", "officer.duties", "flag", (Role.OFFICER, Role.DIRECTOR)),
    ("年度统计", "officer.yearbook", "chart", (Role.OFFICER, Role.DIRECTOR)),
    ("题库", "examiner.bank", "library", BANK),
    ("组卷", "examiner.blueprints", "sheet", (Role.EXAMINER,)),
    ("法律", "examiner.laws", "scale", (*BANK, Role.OFFICER, Role.DIRECTOR)),
    ("设置", "admin.settings", "settings", (*ADMINISTRATORS, Role.OFFICER)),
)


def navigation() -> list[Destination]:
    """Return the places that the signed-in account may go to, the present one marked."""
    here = request.path
    places = []
    for label, endpoint, icon, roles in PLACES:
        if endpoint in current_app.view_functions and who.may(*roles):
            href = url_for(endpoint)
            places.append(Destination(_(label), href, icon, here == href or here.startswith(href.rstrip("/") + "/")))
    return places


def open_shell(app: Flask) -> None:
    """Give templates their globals and filters, and every answer its headers."""
    app.jinja_env.globals.update(_=_, asset=asset, is_demo=app.config["SETTINGS"].demo, Role=Role)
    app.jinja_env.globals.update(drawing=draw, told=sentence, plain=number)
    filters: dict[str, Callable[..., Any]] = {"moment": moment, "clock": clock, "day": day, "marks": marks}
    filters["spaced"] = spaced_name
    app.jinja_env.filters.update(filters)
    app.context_processor(_page_facts)
    app.after_request(_headers)


def _page_facts() -> dict[str, Any]:
    user = who.find_user()
    is_account = user is not None and user.kind == who.ACCOUNT
    return {
        "user": user,
        "now": g.now,
        "navigation": _when_asked(navigation if is_account else list),
        "committees": _when_asked(who.my_committees if is_account else list),
        "committee": _when_asked(_committee),
        "may": who.may,
    }


def _when_asked(find: Callable[[], Any]) -> Any:
    """Stand for what is found when a template first looks at it: a fragment never looks at the frame of its page."""
    return LocalProxy(lru_cache(maxsize=1)(find))


def _committee() -> Any:
    committee_id = who.committee_id()
    return committees.get_committee(committee_id) if committee_id else None


def asset(name: str) -> str:
    """Return the address of a style, script or icon, which browsers may keep for good."""
    return address(name, request.script_root)


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if current_app.config["SETTINGS"].trustworthy:  # elsewhere browsers ignore it, and complain in the console
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if current_app.config["SETTINGS"].secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    response.headers["Cache-Control"] = "no-cache" if request.endpoint == "static" else "no-store"
    return response


def moment(instant: datetime | None) -> str:
    """Write an instant as people here do: 2018年3月2日 9:00."""
    if instant is None:
        return "—"
    at = local(instant)
    return f"{at.year}年{at.month}月{at.day}日 {at.hour}:{at.minute:02d}"


def clock(instant: datetime | None) -> str:
    """Write the time of day to the second."""
    return "—" if instant is None else local(instant).strftime("%H:%M:%S")


def day(value: date | datetime | None) -> str:
    """Write a calendar day: 2018年3月2日."""
    if value is None:
        return "—"
    at = local(value) if isinstance(value, datetime) else value
    return f"{at.year}年{at.month}月{at.day}日"


def marks(value: Decimal | int | None) -> str:
    """Write marks without idle zeros: 86, 86.5."""
    return "—" if value is None else f"{Decimal(value).normalize():f}"
