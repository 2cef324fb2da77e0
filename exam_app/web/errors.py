"""web.errors — refusals become statuses, and words that help."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, flash, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from exam_app.base.db import db
from exam_app.base.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from exam_app.base.i18n import gettext as _
from exam_app.texts import words_for
from exam_app.web.watching import BROKEN, note_failure, request_id

STATUSES: tuple[tuple[type[DomainError], int], ...] = (
    (NotFound, 404),
    (NotAllowed, 403),
    (Conflict, 409),
    (Invalid, 422),
)


def status_of(refusal: DomainError) -> int:
    """Return the status of a refusal by its base."""
    return next((status for base, status in STATUSES if isinstance(refusal, base)), 400)


@contextmanager
def refusals_said() -> Iterator[None]:
    """Say a refusal above the page that the act leads back to; what is not there stays "not found"."""
    try:
        yield
    except NotFound:
        raise
    except DomainError as refusal:
        flash(words_for(refusal), "bad")


def open_errors(app: Flask) -> None:
    """Make every refusal and every failure an answer that a person can use."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(Exception, _broken)


def _refused(refusal: DomainError) -> ResponseReturnValue:
    return _answer(status_of(refusal), words_for(refusal), refusal.code)


def _expired(_error: CSRFError) -> ResponseReturnValue:
    words = _("这一页打开太久或您已重新登录，表单已失效，没有保存任何内容。请返回上一页，刷新后再提交一次。")
    return _answer(400, words, "page_expired")


def _failed(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    return _answer(code, _words(code), f"http_{code}")


def _broken(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    note_failure(error)
    return _answer(500, _words(500), "http_500")


def _words(status: int) -> str:
    """Return the words for a status that no refusal stands behind."""
    words = {
        401: _("您尚未登录或登录已过期，没有保存任何内容。请重新登录后再操作。"),
        404: _("没有找到您要的内容：可能地址有误，或者您的岗位不能查看。请返回首页重新进入。"),
        405: _("不能这样打开此地址。请从页面上的按钮进入。"),
        413: _("文件太大（上限 25 MB），没有读取。请拆分后再上传。"),
        429: _("操作太频繁，请稍等一分钟再试。"),
        500: _("系统遇到意外错误，本次操作没有生效，已记入日志。请重试；若再次出现，请联系系统管理员。"),
    }
    return words.get(status, _("请求无法完成，没有改动任何内容。请返回上一页重试。"))


def _answer(status: int, words: str, code: str) -> ResponseReturnValue:
    number = request_id() if status >= BROKEN else ""  # only of these the log knows more
    if request.is_json or request.accept_mimetypes.best == "application/json":
        return jsonify(code=code, message=words, **({"request": number} if number else {})), status
    return render_template("error.html", status=status, words=words, number=number), status
