"""submissions.states — which papers belong to a bill and its items, and why an item may be impossible.

Usual local rules ask for the papers (深圳 §13, 浙江 §9, 重庆 §17, §31); one that a place does not ask for is waived.
"""

from collections.abc import Mapping
from enum import StrEnum

from exam_app.appointments.states import ACTING_FORMS, Form


class AttachmentKind(StrEnum):
    """A paper that belongs to a bill or to one of its items (domain.md 3.4, step 3)."""

    BILL = "bill"
    APPROVAL_FORM = "approval_form"
    RESUME = "resume"
    VETTING_MATERIAL = "vetting_material"
    REASONS = "reasons"
    PUBLICITY = "publicity"
    NEW_BODY_APPROVAL = "new_body_approval"
    RESIGNATION = "resignation"
    OTHER = "other"


KIND = AttachmentKind
OF_THE_BILL = (KIND.BILL,)
ALSO_OF_THE_BILL = (KIND.NEW_BODY_APPROVAL, KIND.PUBLICITY, KIND.OTHER)
ALSO_OF_AN_ITEM = (KIND.PUBLICITY, KIND.NEW_BODY_APPROVAL, KIND.OTHER)
ENTERING = (KIND.APPROVAL_FORM, KIND.RESUME, KIND.VETTING_MATERIAL)
NEEDED: Mapping[Form, tuple[AttachmentKind, ...]] = {
    Form.DECIDE_APPOINT: ENTERING,
    Form.APPOINT: ENTERING,
    Form.APPROVE_APPOINT: ENTERING,
    Form.ADOPT: (KIND.RESUME,),
    **dict.fromkeys(ACTING_FORMS, (KIND.APPROVAL_FORM, KIND.RESUME)),
    Form.REMOVE: (KIND.REASONS,),
    Form.APPROVE_REMOVE: (KIND.REASONS,),
    Form.ACCEPT_RESIGNATION: (KIND.RESIGNATION,),
    Form.DISMISS: (KIND.REASONS,),
    Form.REVOKE: (KIND.REASONS,),
}


def needed(form: Form | None) -> tuple[AttachmentKind, ...]:
    """Return which papers an item of this form needs; without a form, which the bill itself needs."""
    return OF_THE_BILL if form is None else NEEDED[form]


def offered(form: Form | None) -> tuple[AttachmentKind, ...]:
    """Return which papers may be recorded, the needed ones first."""
    also = ALSO_OF_THE_BILL if form is None else ALSO_OF_AN_ITEM
    return (*needed(form), *(kind for kind in also if kind not in needed(form)))


class Objection(StrEnum):
    """What speaks against an item; the clerk corrects it or says why it may stand."""

    WRONG_NOMINATOR = "wrong_nominator"
    WRONG_FORM = "wrong_form"
    SITTING_MEMBER = "sitting_member"
    REJECTED_TWICE = "rejected_twice"
    REJECTED_LATELY = "rejected_lately"
    NOT_IN_POST = "not_in_post"
    POST_TAKEN = "post_taken"
    DEPUTY_FIRST = "deputy_first"
    UNKNOWN_POSITION = "unknown_position"
