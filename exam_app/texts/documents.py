"""texts.documents — words for documents: kinds, states, refusals."""

from exam_app.base.i18n import gettext as _
from exam_app.documents.rules import Standing
from exam_app.documents.states import NAMES, DocumentKind, DocumentState, receiver_of

WORDS = {
    "no_such_document": "没有找到该文件。",
    "no_such_archive": "没有找到该归档包。",
    "nothing_to_issue": "会议目前没有这份文件可以印发：可能相关事项已撤回。请刷新页面查看最新状态。",
    "document_changed": "《{title}》在您打开页面之后又有变化，没有印发。请重新查看后再印发。",
    "document_number_invalid": "文号不能超过 60 个字，没有印发。请核对文号。",
}

KINDS = NAMES

STATES = {
    DocumentState.ISSUED: "已印发",
    DocumentState.REPLACED: "已被替换",
}

STANDINGS = {
    Standing.DRAFT: "草稿",
    Standing.ISSUED: "已印发",
    Standing.BEHIND: "已印发，可换发定稿",
    Standing.CHANGED: "已印发但有变化",
    Standing.GONE: "已印发但事项已不在会上",
}


def called(kind: DocumentKind, about: str) -> str:
    """Return what a document is called in lists, with its receiver where there are several of a kind."""
    return (
        f"{_(NAMES[kind])}{_('（{receiver}）', receiver=receiver_of(kind, about)) if receiver_of(kind, about) else ''}"
    )
