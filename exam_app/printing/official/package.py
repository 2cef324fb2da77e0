"""printing.official.package — packs a Word document again so that equal texts give equal bytes.

A zip archive notes the hour of every part; here it is one fixed day. The font table is replaced too: it says which
font stands in where the official one is not installed.
"""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

FIXED_DAY = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
FONT_TABLE = "word/fontTable.xml"
STAND_INS = (
    ("仿宋_GB2312", "仿宋", "modern"),
    ("方正小标宋简体", "小标宋", "auto"),
    ("楷体_GB2312", "楷体", "modern"),
    ("黑体", "SimHei", "modern"),
    ("宋体", "SimSun", "auto"),
    ("Times New Roman", "", "roman"),
)


def repacked(content: bytes) -> bytes:
    """Return the same document with fixed times and our font table."""
    kept = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(kept, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = _font_table() if name == FONT_TABLE else old.read(name)
            info = ZipInfo(name, FIXED_DAY.timetuple()[:6])
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
            new.writestr(info, part)
    return kept.getvalue()


def _font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}">{_alternative(other)}<w:charset w:val="{"86" if other else "00"}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, other, family in STAND_INS
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return (
        f'{head}<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{fonts}</w:fonts>'
    ).encode()


def _alternative(name: str) -> str:
    return f'<w:altName w:val="{name}"/>' if name else ""
