"""web.who — who is at the door: the only file touching Flask-Login. Denies whatever no view allows.

A view says who may enter with `@allow_public`, `@allow_device` (a sitting's device token is checked inside),
`@allow_seat`, `@allow_account` or `@allow(Role…)`, each right above the function. A view without one is closed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

from flask import Flask, abort, current_app, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user, logout_user

from exam_app.audit.service import Actor
from exam_app.base.config import Settings
from exam_app.base.i18n import gettext as _
from exam_app.committees import queries as committees
from exam_app.committees.models import Committee
from exam_app.exams import queries as exams
from exam_app.exams.queries import Seat
from exam_app.people import queries as people
from exam_app.people.queries import Identity
from exam_app.people.states import Role
from exam_app.sittings import queries as sittings

View = TypeVar("View", bound=Callable[..., Any])
SEEN_AGAIN = timedelta(seconds=30)
"""The cookie is not written anew more often than this: a minute's idleness needs no finer clock."""
PUBLIC, DEVICE, SEAT, ACCOUNT = "public", "device", "seat", "account"


class AccountUser:
    """Someone signed in with an account."""

    kind = ACCOUNT
    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.display_name = identity.display_name

    def get_id(self) -> str:
        """Return what the signed cookie holds; a new epoch makes it worthless."""
        return f"{ACCOUNT}:{self.identity.account_id}:{self.identity.epoch}"


class SeatUser:
    """A candidate who opened a seat with admission number and code."""

    kind = SEAT
    is_authenticated = is_active = True
    is_anonymous = False

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.display_name = seat.name

    def get_id(self) -> str:
        """Return what the signed cookie holds; a new code makes it worthless."""
        return f"{SEAT}:{self.seat.entry_id}:{self.seat.code_epoch}"


def allow_public(view: View) -> View:
    """Let anyone enter."""
    return _mark(view, PUBLIC)


def allow_device(view: View) -> View:
    """Let in requests that carry a sitting's device token; the service checks it in its guarded statement."""
    return _mark(view, DEVICE)


def allow_seat(view: View) -> View:
    """Let candidates in who opened a seat."""
    return _mark(view, SEAT)


def allow_account(view: View) -> View:
    """Let in whoever is signed in with an account, whatever the role."""
    return _mark(view, ACCOUNT)


def allow(*roles: Role) -> Callable[[View], View]:
    """Let in accounts that hold one of the roles for the committee they work for."""

    def mark(view: View) -> View:
        return _mark(view, frozenset(roles))

    return mark


def _mark(view: View, audience: str | frozenset[Role]) -> View:
    view.audience = audience  # type: ignore[attr-defined]
    return view


def audience_of(endpoint: str) -> str | frozenset[Role] | None:
    """Return who may enter an endpoint; None when nobody said."""
    return cast("str | frozenset[Role] | None", getattr(current_app.view_functions[endpoint], "audience", None))


def open_door(app: Flask) -> None:
    """Hang Flask-Login and the guard into the application."""
    manager = LoginManager(app)
    manager.session_protection = None  # behind a proxy addresses change; the epoch ends sessions instead
    manager.user_loader(_load)
    app.before_request(_guard)


def _load(user_id: str) -> AccountUser | SeatUser | None:
    kind, number, epoch = user_id.split(":")
    if kind == ACCOUNT:
        identity = people.find_identity(int(number), int(epoch))
        return AccountUser(identity) if identity else None
    seat = exams.find_seat(int(number), int(epoch))
    return SeatUser(seat) if seat else None


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint == "static":
        return None
    audience = audience_of(request.endpoint)
    if audience in (PUBLIC, DEVICE):
        return None
    user = find_user()
    if user is None or _is_idle(user):
        return _ask_to_sign_in(audience)
    if isinstance(user, SeatUser):
        return None if audience == SEAT else abort(404)
    if user.identity.must_change and request.endpoint != "public.password":
        return redirect(url_for("public.password"))
    if audience == ACCOUNT or (isinstance(audience, frozenset) and user.identity.holds(committee_id(), audience)):
        return None
    return abort(404)  # not "forbidden": whether the page exists is nobody else's business


def _ask_to_sign_in(audience: object) -> ResponseReturnValue:
    if request.method != "GET" or request.accept_mimetypes.best == "application/json":
        abort(401)
    page = "public.seat" if audience == SEAT else "public.sign_in"
    return redirect(url_for(page, next=request.full_path.rstrip("?")))


def _is_idle(user: AccountUser | SeatUser) -> bool:
    """Whether the person was away too long; signs out if so. A candidate whose sitting runs never is."""
    settings = cast(Settings, current_app.config["SETTINGS"])
    now: datetime = g.now
    seen = datetime.fromisoformat(session.get("seen_at", now.isoformat()))
    idle = now - seen > timedelta(minutes=settings.idle_minutes)
    if idle and isinstance(user, SeatUser) and sittings.is_open(user.seat.entry_id):
        idle = False
    if idle:
        leave()
        flash(_("您有一段时间没有操作，为安全起见已自动退出，请重新登录。"), "warn")
        return True
    is_at_work = "poll" not in request.args  # a board that refreshes itself is not a person
    if is_at_work and ("seen_at" not in session or now - seen > SEEN_AGAIN):
        session["seen_at"] = now.isoformat()
    return False


def enter_account(identity: Identity) -> None:
    """Sign an account in; its first committee is the one it works for until it chooses another."""
    session.clear()
    login_user(AccountUser(identity))
    session["seen_at"] = g.now.isoformat()


def enter_seat(seat: Seat) -> None:
    """Sign a candidate in at a seat."""
    session.clear()
    login_user(SeatUser(seat))
    session["seen_at"] = g.now.isoformat()


def leave() -> None:
    """Sign out and forget everything the browser was given."""
    logout_user()
    session.clear()


def find_user() -> AccountUser | SeatUser | None:
    """Return who is signed in, None for a stranger."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def account() -> Identity:
    """Return the account at work; only behind a guard that lets accounts in."""
    return cast(AccountUser, current_user).identity


def seat() -> Seat:
    """Return the candidate's seat; only behind a guard that lets seats in."""
    return cast(SeatUser, current_user).seat


def find_present_seat() -> Seat | None:
    """Return the seat that is open in this browser, on a page for anyone; None if its candidate was away too long."""
    user = find_user()
    return user.seat if isinstance(user, SeatUser) and not _is_idle(user) else None


def actor() -> Actor:
    """Return who acts, as the audit names them."""
    user = find_user()
    if isinstance(user, AccountUser):
        return Actor(user.identity.account_id, user.display_name)
    return Actor(None, user.display_name if user else _("访客"))


def my_committees() -> list[Committee]:
    """Return the committees that the signed-in account holds a role for."""
    mine = {committee for committee, _role in account().roles}
    return [committee for committee in committees.list_committees() if committee.id in mine]


def committee_id() -> int:
    """Return the committee that this request works for; 0 when the account holds no role anywhere."""
    user = find_user()
    if isinstance(user, SeatUser):
        return user.seat.committee_id
    if user is None:
        return 0
    mine = sorted({committee for committee, _role in user.identity.roles})
    chosen = session.get("committee_id")
    return chosen if chosen in mine else (mine[0] if mine else 0)


def may(*roles: Role) -> bool:
    """Whether the signed-in account holds one of the roles for the committee it works for."""
    user = find_user()
    return isinstance(user, AccountUser) and user.identity.holds(committee_id(), roles)
