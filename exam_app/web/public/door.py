"""web.public.door — the front page, signing in and out, passwords, choosing a committee."""

from urllib.parse import urlsplit

from flask import flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.exams import seating
from exam_app.exams.queries import find_seat
from exam_app.exams.rules import Entrance
from exam_app.people import accounts
from exam_app.people.queries import find_identity
from exam_app.people.states import SignIn
from exam_app.web import who
from exam_app.web.acts import CommitteeAct, posted
from exam_app.web.public.blueprint import bp
from exam_app.web.public.forms import PasswordForm, SeatForm, SignInForm
from exam_app.web.shell import moment
from exam_app.web.who import allow_account, allow_public

REASONS = {
    SignIn.WRONG: "用户名或密码不对，请核对后再输。连续输错 5 次将锁定 15 分钟。",
    SignIn.LOCKED: "该账号因连续输错密码已锁定，请 15 分钟后再试，或请系统管理员解锁。",
    SignIn.DISABLED: "该账号已停用，请联系系统管理员。",
    SignIn.THROTTLED: "尝试过于频繁，请稍等一分钟再试。",
}
SEAT_REASONS = {
    SignIn.WRONG: "准考证号或考试码不对，请对照准考证重新输入。",
    SignIn.LOCKED: "考试码多次输错已锁定，请举手请监考员解锁。",
    SignIn.DISABLED: "本场考试已取消，或现在还不能进入。请向监考员询问。",
    SignIn.THROTTLED: "尝试过于频繁，请稍等一分钟再试。",
}


@bp.get("/")
@allow_public
def front() -> ResponseReturnValue:
    """Show the two doors; whoever is inside goes on to their own first page."""
    user = who.find_user()
    if user is not None:
        return redirect(url_for("public.today" if user.kind == who.ACCOUNT else "candidate.home"))
    return render_template("public/front.html")


@bp.route("/sign-in", methods=["GET", "POST"])
@allow_public
def sign_in() -> ResponseReturnValue:
    """Sign an account in; a wrong attempt is an outcome that stays on record."""
    form = SignInForm()
    if form.validate_on_submit():
        with transaction():
            attempt = accounts.sign_in(form.username.data.strip(), form.password.data, _address(), g.now)
        identity = attempt.account and find_identity(attempt.account.id, attempt.account.epoch)
        if identity:
            who.enter_account(identity)
            return redirect(_next_page(url_for("public.today")))
        form.form_errors.append(_(REASONS[attempt.outcome]))
    return render_template("public/sign_in.html", form=form)


@bp.route("/seat", methods=["GET", "POST"])
@allow_public
def seat() -> ResponseReturnValue:
    """Open a seat with admission number and code."""
    form = SeatForm()
    if form.validate_on_submit():
        with transaction():
            attempt = seating.enter(form.admission_number.data, form.code.data, _address(), g.now)
        opened = attempt.entry and find_seat(attempt.entry.id, attempt.entry.code_epoch)
        if opened:
            who.enter_seat(opened)
            return redirect(url_for("candidate.home"))
        form.form_errors.append(_wrong_time(attempt.entrance) or _(SEAT_REASONS[attempt.outcome]))
    return render_template("public/seat.html", form=form)


@bp.post("/sign-out")
@allow_public
def sign_out() -> ResponseReturnValue:
    """Sign out and leave nothing behind in the browser."""
    who.leave()
    answer = redirect(url_for("public.front"))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


@bp.route("/password", methods=["GET", "POST"])
@allow_account
def password() -> ResponseReturnValue:
    """Let someone change their own password; every other session of theirs ends."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            with transaction():
                changed = accounts.change_password(who.account().account_id, form.present.data, form.fresh.data, g.now)
        except DomainError as refusal:
            form.refuse(refusal, "present" if refusal.code == "password_wrong" else "fresh")
        else:
            identity = find_identity(changed.id, changed.epoch)
            assert identity is not None
            who.enter_account(identity)
            flash(_("密码已修改，其他地方的登录已全部退出。"), "good")
            return redirect(url_for("public.today"))
    return render_template("public/password.html", form=form, forced=who.account().must_change)


@bp.route("/committee", methods=["GET", "POST"])
@allow_account
def choose_committee() -> ResponseReturnValue:
    """Work for another of one's committees."""
    if request.method == "GET":
        return render_template("public/committee.html")
    chosen = posted(CommitteeAct).committee.data
    if chosen in {committee.id for committee in who.my_committees()}:
        session["committee_id"] = chosen
    return redirect(url_for("public.today"))


def _wrong_time(entrance: Entrance | None) -> str:
    """Say when the seat opens; empty when the time is not what is wrong."""
    if entrance is None:
        return ""
    if entrance.is_early(g.now):
        begins = moment(entrance.begins)
        return _(
            "考试 {opens} 开始，{begins} 起可以进入。请到时再输入。", opens=moment(entrance.opens_at), begins=begins
        )
    return _("本场考试已于 {ends} 结束，不能再进入。如有疑问请向监考员询问。", ends=moment(entrance.ends))


def _address() -> str:
    return request.remote_addr or ""


def _next_page(fallback: str) -> str:
    """Return the page that was asked for before signing in, if it is one of ours."""
    target = request.args.get("next", "")
    parts = urlsplit(target)
    ours = target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return target if ours else fallback
