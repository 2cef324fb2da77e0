"""base.lookups — what every request or every board looks up: past the session, built once, prepared once.

What comes back are values of what is committed. Inside an act ask the session instead: it knows what the act changed.
"""

from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Select

from exam_app.base.lane import Lane, lane
from exam_app.base.statements import Row, Statement


class Lookup:
    """A SELECT; each application's lane compiles it when it is first asked. The name is for whoever reads its log."""

    def __init__(self, name: str, select: Select[*tuple[Any, ...]]) -> None:
        self._name, self._select = name, select
        self._compiled: WeakKeyDictionary[Lane, Statement] = WeakKeyDictionary()

    def rows(self, **values: Any) -> list[Row]:
        """Return all rows, each with the values that its columns stand for."""
        road = lane()
        statement = self._compiled.get(road)
        if statement is None:
            statement = self._compiled[road] = road.compile(self._name, self._select)
        return road.read(statement, road.adapt(values))
