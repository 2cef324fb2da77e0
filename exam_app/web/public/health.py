"""web.public.health — whether this process is alive and its database answers; no facts about anyone."""

from flask import jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from exam_app.base.db import db
from exam_app.web.public.blueprint import bp
from exam_app.web.who import allow_public


@bp.get("/healthz")
@allow_public
def health() -> ResponseReturnValue:
    """Answer that the process lives and reaches its database."""
    db.session.execute(text("SELECT 1"))
    return jsonify(status="ok")
