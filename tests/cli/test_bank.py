"""tests.cli.test_bank — flask bank check: the shipped questions are counted and found fit."""

from pathlib import Path

import pytest
from flask import Flask

from exam_app.cli import bank
from question_bank.formats.yaml import read_content
from question_bank.items import Fault, ReadResult


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
