"""cli.laws — flask laws import: load law texts from files or a folder."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from exam_app.audit.service import MACHINE
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.laws import service
from exam_app.laws.files import read_words
from exam_app.texts import words_for
from question_bank.register import load_register

group = AppGroup("laws", help="Load law texts.")
commands = (group,)
ENDINGS = (".md", ".txt", ".docx")


@group.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def import_texts(paths: Sequence[Path]) -> None:
    """Load each file, or each law text in each folder; end with 1 when one was refused."""
    now = current_app.extensions["exam_clock"].now()
    with transaction():
        service.adopt_register(load_register(), now)
    refused = 0
    for path in _files(paths):
        try:
            text = read_words(path.read_bytes(), path.name)
            with transaction():
                loaded = service.load_text(text, MACHINE, now)
                count = loaded.edition.article_count
        except DomainError as refusal:
            refused += 1
            click.echo(f"✗ {path.name}  {words_for(refusal)}")
            continue
        words = _("已载入 {count} 条", count=count) if loaded.is_new else _("没有变化")
        click.echo(f"✓ {path.name}  {words}")
    sys.exit(1 if refused else 0)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.suffix in ENDINGS and one.stem != "README")
        else:
            yield path
