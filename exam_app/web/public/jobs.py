"""web.public.jobs — how far a queued job has come, and the file it made; for whoever asked for it."""

import json
from io import BytesIO

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from exam_app.base.i18n import gettext as _
from exam_app.operations import service as operations
from exam_app.operations.errors import NoSuchFile, NoSuchJob
from exam_app.operations.models import Job
from exam_app.texts import all_words
from exam_app.web import who
from exam_app.web.public.blueprint import bp
from exam_app.web.who import allow_account

TITLES = {"print_certificates": "颁发并打印合格证", "package_documents": "生成会议文件归档包"}
STATES = {"queued": "等待中", "running": "正在进行", "done": "已完成", "failed": "未完成"}


@bp.get("/jobs/<int:job_id>")
@allow_account
def job(job_id: int) -> ResponseReturnValue:
    """Show the job, or only the part that keeps asking for itself."""
    found = _own_job(job_id)
    page = "public/_job.html" if request.args.get("poll") else "public/job.html"
    title = _(TITLES.get(found.kind, "任务"))
    return render_template(page, job=found, title=title, states=STATES, failure=_failure(found))


@bp.get("/jobs/<int:job_id>/file")
@allow_account
def file(job_id: int) -> ResponseReturnValue:
    """Hand out the file that the job made."""
    found = _own_job(job_id)
    if found.file_id is None:
        raise NoSuchFile(job=job_id)
    stored = operations.get_file(found.file_id, found.committee_id)
    return send_file(BytesIO(stored.content), stored.media_type, as_attachment=True, download_name=stored.name)


def _own_job(job_id: int) -> Job:
    """Return a job that this account asked for: its file may hold what other roles must not see."""
    found = operations.get_job(job_id, who.committee_id())
    if found.created_by != who.account().account_id:
        raise NoSuchJob(job=job_id)
    return found


def _failure(found: Job) -> str:
    """Return why it failed, in words: those of the refusal, else what to do."""
    if not found.failure:
        return ""
    try:
        refusal = json.loads(found.failure)
        return _(all_words()[refusal["code"]], **refusal["facts"])
    except (ValueError, KeyError, TypeError):
        return _("系统遇到意外错误，已记入日志。已完成的部分保留，请重新提交一次；若再次出现，请联系系统管理员。")
