"""tests.documents.test_archive — the archive package holds everything, is the same each time, and shows any change."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from exam_app.documents import archive, queries
from exam_app.documents.archive import HASHES, Findings, pack, verify
from tests.conftest import NINE
from tests.documents.factories import make_stage

DAY = NINE.date()
FILES = {"01-议程.pdf": b"%PDF one", "02-主持词.docx": b"PK two", "会议记录.json": b"{}"}


def repacked(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    """Return the package with files changed, added, or (None) taken out, its list as it was."""
    kept = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(kept, "w") as other:
        for name in package.namelist():
            new = changes.get(name, package.read(name))
            if new is not None:
                other.writestr(name, new)
        for name in changes.keys() - set(package.namelist()):
            other.writestr(name, changes[name] or b"")
    return kept.getvalue()


def test_package_is_whole_and_the_same_each_time() -> None:
    content = pack(FILES, DAY)
    assert content == pack(dict(reversed(FILES.items())), DAY)
    assert verify(content) == Findings()
    with ZipFile(BytesIO(content)) as package:
        assert set(package.namelist()) == {*FILES, HASHES}
        assert all(len(line.split("  ")[0]) == 64 for line in package.read(HASHES).decode().splitlines())


def test_change_in_a_package_is_named() -> None:
    content = pack(FILES, DAY)
    assert verify(repacked(content, {"01-议程.pdf": b"%PDF 0ne"})).altered == ("01-议程.pdf",)
    assert verify(repacked(content, {"02-主持词.docx": None})).missing == ("02-主持词.docx",)
    assert verify(repacked(content, {"另加.txt": b"x"})).added == ("另加.txt",)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_any_flipped_byte_of_a_file_shows(place: int, flip: int) -> None:
    name = "01-议程.pdf"
    data = bytearray(FILES[name])
    data[place % len(data)] ^= flip
    assert not verify(repacked(pack(FILES, DAY), {name: bytes(data)})).is_whole


@pytest.mark.parametrize("content", [b"", b"no package", pack({}, DAY)[:-30]])
def test_what_is_no_package_is_unreadable(content: bytes) -> None:
    assert not verify(content).is_whole


def test_every_document_is_ordered_in_three_forms(app: Flask) -> None:
    stage = make_stage()
    stage.issue_all()
    papers = queries.papers(stage.meeting.id, stage.committee.id)
    issued = {one.id: one.content for one in queries.issued_for(stage.meeting.id)}

    names = [order.name for order in archive.orders(papers, issued)]

    assert len(names) == len(set(names)) == 3 * len(papers.drafts)
    assert not [name for name in names if "草稿" in name]
    assert {name.rsplit(".", 1)[1] for name in names} == {"pdf", "docx", "xlsx"}
