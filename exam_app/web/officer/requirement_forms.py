"""web.officer.requirement_forms — facts about a nominee as a form; which items the list of requirements shows."""

from collections.abc import Iterable

from wtforms import BooleanField, StringField
from wtforms.validators import Length

from exam_app.base.i18n import gettext as _
from exam_app.requirements.rules import Standing
from exam_app.requirements.service import MOST_EVIDENCE, SetFacts
from exam_app.texts.requirements import FACTS
from exam_app.web.forms import Form

CHANGED, UNAPPROVED = "changed", "unapproved"


class FactsForm(Form):
    """What the register does not know of a nominee."""

    continues_in_post = BooleanField(_(FACTS["continues_in_post"]))
    lateral_move = BooleanField(_(FACTS["lateral_move"]))
    legally_qualified = BooleanField(_(FACTS["legally_qualified"]))
    evidence = StringField(
        _("依据"),
        [Length(max=MOST_EVIDENCE)],
        description=_("勾选任何一项都要写明，如“法律职业资格证书 A20153401230001”“原任职文件甲人常〔2021〕3号”。"),
    )

    def command(self, item_id: int, committee_id: int) -> SetFacts:
        """Return what was ticked as a command."""
        return SetFacts(
            item_id=item_id,
            committee_id=committee_id,
            evidence=self.evidence.data or "",
            continues_in_post=self.continues_in_post.data,
            lateral_move=self.lateral_move.data,
            legally_qualified=self.legally_qualified.data,
        )


def choose(standings: Iterable[Standing], show: str, words: str) -> list[Standing]:
    """Return the items that a list shows: all, those that have changed, those that await approval; by name or post."""
    shown = []
    for one in standings:
        if show == CHANGED and not one.has_changed:
            continue
        if show == UNAPPROVED and not one.awaits_approval:
            continue
        if words in one.person.name or words in one.item.post or words in one.bill.document_number:
            shown.append(one)
    return shown
