"""tests.cli.test_laws — flask laws import: files and folders, what was refused, and the exit code."""

from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from exam_app.base.db import db
from exam_app.laws.models import Article
from question_bank.numerals import article_label
from question_bank.register import load_register


def _oath_decision() -> str:
    law = next(law for law in load_register().laws if law.slug == "constitution-oath-decision")
    day, count = law.editions[-1].adopted, law.editions[-1].article_count
    articles = (f"{article_label(str(number))}　宣誓场所应当庄重。" for number in range(1, count + 1))
    return "\n".join((law.title, f"{day.year}年{day.month}月{day.day}日修订", *articles))


def test_folder_is_loaded_and_loaded_again_changes_nothing(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "laws"
    folder.mkdir()
    (folder / "oath.txt").write_text(_oath_decision(), encoding="utf-8")
    (folder / "README.md").write_text("no law", encoding="utf-8")
    for words in ("已载入", "没有变化"):
        done = app.test_cli_runner().invoke(args=["laws", "import", str(folder)])
        assert done.exit_code == 0
        assert words in done.output
    assert db.session.scalar(select(func.count()).select_from(Article)) == len(_oath_decision().split("\n")) - 2


def test_refused_file_is_named_and_the_exit_code_says_so(app: Flask, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text(_oath_decision(), encoding="utf-8")
    bad.write_text("中华人民共和国没有的法\n第一条　无。", encoding="utf-8")
    done = app.test_cli_runner().invoke(args=["laws", "import", str(bad), str(good)])
    assert done.exit_code == 1
    assert "✗ bad.txt" in done.output and "✓ good.txt" in done.output
