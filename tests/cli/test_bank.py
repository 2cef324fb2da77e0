"""tests.cli.test_bank — flask bank: the shipped questions are counted, found fit and taken over."""

from pathlib import Path

import pytest
from flask import Flask

from exam_app.base.db import transaction
from exam_app.cli import bank
from question_bank.formats.yaml import read_content
from question_bank.items import Fault, ReadResult
from tests.factories import make_committee


def test_shipped_bank_is_fit(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "unknown.txt").write_text("没有的法\n第一条　无。", encoding="utf-8")
    (tmp_path / "broken.docx").write_bytes(b"PK broken")
    done = app.test_cli_runner().invoke(args=["bank", "check", "--laws", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert f"共 {len(read_content().items)} 题，0 处错误" in done.output
    for words in ("按法律", "按题型", "按适用机关", "题量是否够", "已对照 0 部"):
        assert words in done.output


def test_fault_in_the_content_ends_with_one(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    items = read_content().items[:1]
    faulty = ReadResult((items[0], items[0]), (Fault("common/x.yaml", "第1题", "broken", "题干是空的"),))
    monkeypatch.setattr(bank, "read_content", lambda: faulty)
    done = app.test_cli_runner().invoke(args=["bank", "check"])
    assert done.exit_code == 1
    assert "common/x.yaml 第1题 题干是空的" in done.output
    assert "用了 2 次" in done.output


def test_shipped_questions_are_taken_over_once(app: Flask) -> None:
    with transaction():
        make_committee()

    first = app.test_cli_runner().invoke(args=["bank", "adopt"])
    again = app.test_cli_runner().invoke(args=["bank", "adopt"])

    assert f"装入 {len(read_content().items)} 道试题" in first.output
    assert "装入 0 道试题" in again.output


def test_committee_must_be_named_where_there_are_two(app: Flask) -> None:
    with transaction():
        make_committee()
        make_committee("乙县人大常委会")

    unclear = app.test_cli_runner().invoke(args=["bank", "adopt"])
    named = app.test_cli_runner().invoke(args=["bank", "adopt", "--committee", "乙县"])

    assert unclear.exit_code == 1 and "--committee" in unclear.output
    assert named.exit_code == 0 and "乙县人大常委会" in named.output
