"""tests.cli.test_yearbook — flask yearbook: the paragraph, the figures, plain words for what is not there."""

from click.testing import Result
from flask import Flask

from exam_app.appointments.states import Form
from exam_app.base.db import transaction
from exam_app.committees.models import Committee
from tests.appointments.factories import make_foreign, make_office
from tests.yearbook.factories import DAY, make_decided

YEAR = str(DAY.year)


def office() -> Committee:
    """A committee that decided two items in the year."""
    with transaction():
        committee = make_office()
        committee.code = "jia"
        make_decided(committee, Form.DECIDE_APPOINT)
        make_decided(committee, Form.REMOVE)
        return committee


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["yearbook", *words])


def test_paragraph_stands_before_every_figure_with_its_count(app: Flask) -> None:
    office()
    done = run(app, YEAR, "--committee", "jia")
    lines = done.output.splitlines()

    assert done.exit_code == 0
    assert lines[0].startswith("全年常委会任免国家工作人员2人次，其中决定任命1人，免职1人。")
    assert lines[2:] == [
        "任免国家工作人员\t2人次",
        "决定任命\t1人",
        "任命\t0人",
        "免职\t1人",
        "批准辞职\t0人",
        "参加任前法律知识考试\t0名",
        "到会作供职报告\t0人",
        "接受任命书和宪法宣誓\t0人",
    ]


def test_committee_is_known_by_code_short_name_name_and_number(app: Flask) -> None:
    committee = office()
    with transaction():
        make_foreign()
    outputs = {
        run(app, YEAR, "--committee", called).output
        for called in ("jia", committee.short_name, committee.name, str(committee.id))
    }

    assert len(outputs) == 1
    assert "2人次" in outputs.pop()


def test_only_committee_needs_no_name(app: Flask) -> None:
    office()

    assert run(app, YEAR).exit_code == 0


def test_unknown_committee_is_refused_with_those_there_are(app: Flask) -> None:
    office()
    done = run(app, YEAR, "--committee", "nowhere")

    assert done.exit_code == 1
    assert "没有找到常委会“nowhere”。已有：jia（甲市人大常委会）。" in done.output


def test_several_committees_without_a_name_are_refused(app: Flask) -> None:
    office()
    with transaction():
        make_foreign()
    done = run(app, YEAR)

    assert done.exit_code == 1
    assert "请用 --committee 指明" in done.output


def test_installation_without_a_committee_says_what_to_do(app: Flask) -> None:
    done = run(app, YEAR)

    assert done.exit_code == 1
    assert "还没有建立常委会" in done.output


def test_year_that_has_not_begun_is_refused(app: Flask) -> None:
    office()
    done = run(app, "2999", "--committee", "jia")

    assert done.exit_code == 1
    assert "没有 2999 年的统计" in done.output
