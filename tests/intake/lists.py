"""tests.intake.lists — lists as offices send them: a Word document with two tables, a workbook."""

import io
from collections.abc import Sequence

import docx
from docx.document import Document

from exam_app.printing.tables import Listed, write_tables

JUDGE = "甲市中级人民法院审判员"


def word_list() -> bytes:
    """Return a document: appointments and removals of a court in one table each, a sentence, a title."""
    document = docx.Document()
    document.add_paragraph("关于提请任免王强等职务的议案")
    document.add_paragraph("一、任命")
    _table(document, [("序号", "姓名", "现任职务", "拟任职务"), ("1", "王　强", "法官助理", JUDGE)])
    document.add_paragraph("二、免职")
    _table(document, [("序号", "姓名", "拟免职务"), ("1", "李 敏", JUDGE), ("2", "赵建国", JUDGE)])
    document.add_paragraph("接受陈文辞去甲市人民政府副市长职务的请求。")
    return _saved(document)


def mixed_list(rows: Sequence[Sequence[str]]) -> bytes:
    """Return a workbook with a cover sheet and a sheet of rows."""
    head, body = (rows[0], rows[1:]) if rows else ((), ())
    return write_tables("名单", [Listed("封面", ("说明",), []), Listed("名单", head, body)])


def _table(document: Document, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words


def _saved(document: Document) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()
