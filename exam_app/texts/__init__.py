"""texts — refusal code → words: what happened, what it means, what to do. A file for each room."""

import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module

from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _

GENERAL: Mapping[str, str] = {
    "not_found": "没有找到您要的内容：可能地址有误，或者您的岗位不能查看。",
    "not_allowed": "您不能进行这项操作。",
    "conflict": "当前状态下不能这样做，没有改动任何内容。请刷新页面查看最新状态。",
    "invalid": "填写的内容有误，没有保存。请检查后再提交。",
    "unreadable": "提交的内容不对，没有改动任何内容。{problem}请改正后再提交。",
    "illegal_move": "当前状态（{current}）下不能进行这一步，没有改动任何内容。请刷新页面查看最新状态。",
    "seal_broken": "密封的数据与密钥不符，可能被改动过，已停止操作。请联系系统管理员核查。",
}


def words_for(refusal: DomainError) -> str:
    """Return the words for a refusal, with its facts set in; the words of its base if its code has none."""
    template = _template(refusal.code)
    if template is None:
        template = next(
            (found for base in type(refusal).__mro__ if (found := _template(getattr(base, "code", "")))), ""
        )
    return _(template, **refusal.facts)


def _template(code: str) -> str | None:
    return all_words().get(code)


@lru_cache
def all_words() -> Mapping[str, str]:
    """Return the words of every room's file, and the general ones."""
    words = dict(GENERAL)
    for module in pkgutil.iter_modules(__path__):
        words |= import_module(f"{__name__}.{module.name}").WORDS
    return words
