"""tests.cli.test_papers — flask papers verify: draws again, finds a paper that was changed afterwards."""

from flask import Flask
from sqlalchemy import update

from exam_app.base import chance
from exam_app.base.db import db, transaction
from exam_app.cli.demo import SEED, city
from exam_app.papers.models import PaperSlot
from tests.conftest import NINE


def test_papers_of_the_demo_can_be_drawn_again_and_a_changed_one_is_named(app: Flask) -> None:
    with chance.repeatable(SEED):
        city.build(NINE, lambda _line: None)

    sound = app.test_cli_runner().invoke(args=["papers", "verify"])
    with transaction():
        db.session.execute(
            update(PaperSlot).where(PaperSlot.paper_id == 1, PaperSlot.position == 1).values(option_order="DCBA")
        )
        db.session.execute(
            update(PaperSlot).where(PaperSlot.paper_id == 1, PaperSlot.position == 2).values(option_order="DCBA")
        )
    changed = app.test_cli_runner().invoke(args=["papers", "verify"])

    assert sound.exit_code == 0 and "共核对 9 份试卷，0 份不符" in sound.output
    assert changed.exit_code == 1 and "试卷 1：" in changed.output
