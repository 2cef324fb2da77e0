"""results.late — decides whether answers count that came late or by another way than the network."""

from collections.abc import Iterable
from datetime import datetime

from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.base.db import db
from exam_app.results.models import LateDecision


def decide(
    late_event_ids: Iterable[int], accepted: bool, reason: str, actor: Actor, now: datetime, *, committee_id: int
) -> None:
    """Record whether answers that were kept apart count; the latest decision about each stands."""
    ids = sorted(late_event_ids)
    for number in ids:
        decision = LateDecision(late_event_id=number, accepted=accepted, reason=reason)
        decision.decided_by, decision.decided_at = actor.account_id, now
        db.session.add(decision)
    db.session.flush()  # the marking that follows reads them
    verb, details = "late.accept" if accepted else "late.decline", {"reason": reason, "events": ids}
    audit.note(actor, verb, about=f"late_event:{ids[0]}", now=now, committee_id=committee_id, details=details)
