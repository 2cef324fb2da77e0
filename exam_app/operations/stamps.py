"""operations.stamps — when something was last done to this installation: a small file each, outside the database.

A backup must not write into what it copies, and a rehearsal must leave the real data alone.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

BACKUP, REHEARSAL, SERVED = "last-backup.json", "rehearsals.json", "last-served.json"


def stamp(instance: Path, name: str, now: datetime, **facts: Any) -> None:
    """Note that it was done now; the file appears whole or not at all."""
    draft = instance / f"{name}.draft"
    draft.touch(mode=0o600)
    draft.write_text(json.dumps({"at": now.isoformat(), **facts}))
    draft.replace(instance / name)


def read_stamp(instance: Path, name: str) -> dict[str, Any]:
    """Return the facts noted last, `at` as an instant; nothing where it was never done."""
    try:
        facts = json.loads((instance / name).read_text())
        return {**facts, "at": datetime.fromisoformat(facts["at"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
