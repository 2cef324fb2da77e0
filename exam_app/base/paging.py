"""base.paging — one page of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, select

from exam_app.base.db import db

Row = TypeVar("Row")
SIZES = (20, 50, 100)


@dataclass(frozen=True, kw_only=True)
class Page(Generic[Row]):
    """Rows of page `number` (from 1), and how many there are in all."""

    rows: Sequence[Row]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Number of the first row shown, from 1; 0 when the list is empty."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return self.first + len(self.rows) - 1 if self.rows else 0


def fetch_page(query: Select[*tuple[Any, ...]], number: int, size: int) -> Page[Any]:
    """Run the query for one page in two statements; a number past the end gives the last page."""
    size = size if size in SIZES else SIZES[0]
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    total = db.session.scalar(counted) or 0
    number = min(max(1, number), max(1, -(-total // size)))
    rows = db.session.execute(query.limit(size).offset((number - 1) * size)).all()
    single = bool(rows) and len(rows[0]) == 1
    return Page(rows=[row[0] for row in rows] if single else rows, number=number, size=size, total=total)
