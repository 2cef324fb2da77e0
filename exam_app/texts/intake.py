"""texts.intake — words for lists on their way to items: what is wrong with a row, and what has to be asked."""

from exam_app.base.i18n import gettext as _
from exam_app.intake.placing import Doubt
from exam_app.texts.submissions import said

WORDS = {
    "rows_unsettled": "还有 {count} 行需要确认或改正，没有添加任何一项。请在表中处理后再提交。",
    "no_rows_left": "名单中的每一行都已选择不导入，没有添加。",
    "row_post_missing": "没有“拟任职务”（免职的写“拟免职务”），或超过 120 字。请填写职务全称。",
    "row_twice": "与第 {first} 行重复：同一人、同一职务、同一任免方式。请勾选不导入其中一行，或改正职务。",
    "row_known": "本案中已有此人的同一职务、同一任免方式。请勾选不导入这一行，或改正职务。",
    "sentence_unclear": "这句话读不出姓名和职务。请在表中填写，或改写后重新核对。",
}

DOUBTS = {
    "meaning": "这句话有几种断句，请选择正确的一种。",
    "split": "写了 {count} 个职务，请选择分为 {count} 项还是作为一项。",
    "position_unknown": "职务表中没有对应的职务，请选择职务类别。",
    "position_several": "职务表中有几个职务都可能对应，请选择。",
    "organ_contradicts": "名单写的机关是“{organ}”，职务名称说的是“{named}”，请选择机关和职务类别。",
    "organ_missing": "看不出属于哪一机关，请选择。",
    "form_contradicts": "名单写的是“{form}”，按职务表应为{forms}，请选择任免方式。",
    "form_contradictory": "“{words}”与所在的列不一致，请选择任免方式。",
    "form_missing": "名单没有写明任免方式，请选择。",
    "post_unsure": "“{post}”写在“职务”一列，请确认是拟任免的职务，不是现任职务。",
    "person": "已登记有同名人员，请选择是谁。",
}


def doubt_words(doubt: Doubt) -> str:
    """Return the question that a row asks."""
    return _(DOUBTS[doubt.code], **said(doubt.facts))
