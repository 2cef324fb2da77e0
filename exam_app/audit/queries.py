"""audit.queries — reads the record, for its page and for verification."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, or_, select

from exam_app.audit.models import AuditEntry, AuditHead
from exam_app.audit.rules import FIRST_HASH, Fault, find_faults
from exam_app.audit.witness import read_heads
from exam_app.base.db import db
from exam_app.base.keys import keys


def entries(committee_ids: list[int], words: str = "", verbs: Sequence[str] = ()) -> Select[AuditEntry]:
    """Return the acts of these chains, newest first, that contain the words or are one of the verbs."""
    query = select(AuditEntry).where(AuditEntry.committee_id.in_(committee_ids))
    if words:
        texts = (AuditEntry.actor_name, AuditEntry.verb, AuditEntry.about)
        hits = [text.contains(words, autoescape=True) for text in texts]
        query = query.where(or_(*hits, AuditEntry.verb.in_(verbs)))
    return query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc())


def verify(committee_ids: Collection[int] | None = None) -> tuple[int, list[Fault]]:
    """Check these chains, or every one; return how many entries were read and every fault found."""
    heads = {row.committee_id: (row.sequence, row.hash) for row in db.session.scalars(select(AuditHead))}
    witnessed = read_heads()
    faults: list[Fault] = []
    count = 0
    chains = set(heads) | set(witnessed) | set(db.session.scalars(select(AuditEntry.committee_id).distinct()))
    for committee_id in sorted(chains if committee_ids is None else chains & set(committee_ids)):
        rows = db.session.scalars(
            select(AuditEntry).where(AuditEntry.committee_id == committee_id).order_by(AuditEntry.sequence)
        ).all()
        count += len(rows)
        nothing = (0, FIRST_HASH)
        faults += find_faults(
            keys().audit,
            committee_id,
            rows,
            heads.get(committee_id, nothing),
            witnessed.get(committee_id, nothing),
        )
    return count, faults
