"""requirements.scope — which positions sit the exam by a published rule, taken over into the committee's own table.

What the rules name in words is written here as patterns over the names of the table of positions. A committee may name
its positions otherwise: what fits no pattern counts as not named by the rule, and the page shows it before it is done.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from exam_app.appointments import bills
from exam_app.appointments.bills import SavePosition
from exam_app.appointments.models import Position
from exam_app.appointments.queries import list_positions
from exam_app.appointments.states import Form
from exam_app.audit import service as audit
from exam_app.audit.service import Actor
from exam_app.requirements.errors import NoSuchScope, ScopeDiffers
from question_bank.kinds import OrganType

EVERY = "(?!人民陪审员).*"
OFFICES = "常委会(副秘书长|办公厅（室）.*|研究室.*|工作委员会.*)"
SCOPES: Mapping[str, Mapping[OrganType, str]] = {
    "zhejiang": {
        OrganType.CONGRESS: "常委会(工作委员会|办公厅（室）|研究室)主任",
        OrganType.GOVERNMENT: "秘书长|厅长|局长|(委员会|办公室)主任",
    },
    "gaochun": {
        OrganType.CONGRESS: "常委会(办公厅（室）|研究室|工作委员会).*",
        OrganType.GOVERNMENT: "局长",
        OrganType.COURT: "副院长|审判委员会委员|副?庭长|审判员|执行局.*",
        OrganType.PROCURATORATE: ".*",
    },
    "shangzhou": dict.fromkeys((OrganType.GOVERNMENT, OrganType.COURT, OrganType.PROCURATORATE), EVERY),
    "zhangping": {OrganType.CONGRESS: OFFICES},
}
"""By the key of the published rule. 雅安 examines “some” of the government's: nobody can tell which; it is left out."""


@dataclass(frozen=True)
class Change:
    """A position, and whether its nominees sit by the published rule."""

    position: Position
    sits: bool

    @property
    def differs(self) -> bool:
        """Whether the committee's table says otherwise today."""
        return self.position.in_scope != self.sits


def compare(key: str, positions: Iterable[Position]) -> list[Change]:
    """Return what the rule says of each position that the committee fills; elected posts are not asked about."""
    if key not in SCOPES:
        raise NoSuchScope(key=key)
    patterns = SCOPES[key]
    filled = (one for one in positions if one.form is not Form.ACCEPT_RESIGNATION)
    return [Change(one, re.fullmatch(patterns.get(one.organ_type, "(?!)"), one.name) is not None) for one in filled]


def take_over(key: str, committee_id: int, position_ids: Sequence[int], actor: Actor, now: datetime) -> list[Position]:
    """Mark the positions as the rule does: those that were shown to differ, all in one act; or refuse."""
    changes = [one for one in compare(key, list_positions(committee_id)) if one.differs]
    if sorted(one.position.id for one in changes) != sorted(position_ids):
        raise ScopeDiffers(key=key)
    changed = [bills.save_position(_marked(one), actor, now) for one in changes]
    details = {
        "scope": key,
        "sits": [one.position.name for one in changes if one.sits],
        "spared": [one.position.name for one in changes if not one.sits],
    }
    about = f"committee:{committee_id}"
    audit.note(actor, "position.scope", about=about, now=now, committee_id=committee_id, details=details)
    return changed


def _marked(change: Change) -> SavePosition:
    position = change.position
    return SavePosition(
        committee_id=position.committee_id,
        organ_type=position.organ_type,
        name=position.name,
        form=position.form,
        nominator=position.nominator,
        legal_basis=position.legal_basis,
        in_scope=change.sits,
        position_id=position.id,
    )
