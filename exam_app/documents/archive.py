"""documents.archive — the archive package of a meeting: a ZIP of every document in every shape, with a list of hashes.

Equal records give equal bytes: names, order and times are fixed.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - it is an exception

from exam_app.documents.models import Document
from exam_app.documents.queries import Draft, Papers
from exam_app.documents.states import NAMES, receiver_of
from exam_app.printing.official.files import FORMS, DrawFile
from exam_app.printing.official.text import to_content

MEDIA_TYPE = "application/zip"
HASHES, RECORD, DOCUMENTS = "哈希清单.txt", "会议记录.json", "文件内容.json"
UNFIT = re.compile(r'[\\/:*?"<>|\s]+')
ABOUT_SHOWN = 24


@dataclass(frozen=True)
class Findings:
    """What is wrong with a package: files that differ from their hash, that are missing, that are in no list."""

    altered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    is_readable: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether the package is as it was made."""
        return self.is_readable and not (self.altered or self.missing or self.added)


def orders(papers: Papers, contents: Mapping[int, Mapping[str, Any]]) -> list[DrawFile]:
    """Return the files of a meeting's package; `contents` are the words of issued documents by their id.

    What was issued goes in as it was issued; what was not goes in as a draft and is called one.
    """
    found: list[DrawFile] = []
    papers_of_all: list[Draft | Document] = [*papers.drafts, *papers.others]
    for serial, one in enumerate(papers_of_all, 1):
        content = _content(one, contents)
        found += [DrawFile(name=f"{_name(serial, one)}.{form}", form=form, content=content) for form in FORMS]
    return found


def _content(one: Draft | Document, contents: Mapping[int, Mapping[str, Any]]) -> Mapping[str, Any]:
    issued = one.issued if isinstance(one, Draft) else one
    if issued is not None:
        return contents[issued.id]
    assert isinstance(one, Draft) and one.text is not None  # only what was issued can lack words of now
    return to_content(one.text)


def _name(serial: int, one: Draft | Document) -> str:
    about = UNFIT.sub("", receiver_of(one.kind, one.about))[:ABOUT_SHOWN]
    is_draft = isinstance(one, Draft) and one.issued is None
    return f"{serial:02d}-{NAMES[one.kind]}{f'（{about}）' if about else ''}{'（草稿）' if is_draft else ''}"


def written_record(papers: Papers) -> bytes:
    """Return what the documents were made from, as JSON."""
    return _json(asdict(papers.record))


def written_documents(documents: Sequence[Document]) -> bytes:
    """Return all that was ever issued for the meeting, the replaced ones too, as JSON."""
    return _json(
        [
            {
                "id": one.id,
                "kind": one.kind.value,
                "about": one.about,
                "title": one.title,
                "number": one.number,
                "state": one.state.value,
                "replaced_by": one.replaced_by_id,
                "issued_at": one.issued_at.isoformat(),
                "digest": one.digest,
                "content": one.content,
            }
            for one in documents
        ]
    )


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, default=_plain).encode()


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(value)


def pack(files: Mapping[str, bytes], day: date) -> bytes:
    """Return the ZIP with the list of hashes; `sha256sum -c` reads the list."""
    listed = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as package:
        for name, content in (*sorted(files.items()), (HASHES, listed.encode())):
            info = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
            package.writestr(info, content)
    return kept.getvalue()


def verify(content: bytes) -> Findings:
    """Check every file of a package against its list of hashes."""
    try:
        with ZipFile(BytesIO(content)) as package:
            there = set(package.namelist()) - {HASHES}
            listed = _listed(package)
            altered = [name for name in sorted(there & listed.keys()) if _digest(package, name) != listed[name]]
    except (BadZipFile, KeyError, UnicodeDecodeError, ZlibError, NotImplementedError, EOFError):
        return Findings(is_readable=False)
    return Findings(tuple(altered), tuple(sorted(listed.keys() - there)), tuple(sorted(there - listed.keys())))


def _listed(package: ZipFile) -> dict[str, str]:
    lines = package.read(HASHES).decode().splitlines()
    return {name: value for value, _space, name in (line.partition("  ") for line in lines)}


def _digest(package: ZipFile, name: str) -> str:
    """Return the hash of a file; none where the archive itself finds it broken."""
    try:
        return hashlib.sha256(package.read(name)).hexdigest()
    except (BadZipFile, ZlibError, NotImplementedError, EOFError):
        return ""
