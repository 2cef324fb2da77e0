"""base.i18n — every visible string goes through here; Chinese is the language of the msgids."""

import gettext as catalogues
from functools import lru_cache
from pathlib import Path

from flask import current_app, has_app_context

FOLDER = Path(__file__).resolve().parents[1] / "translations"


@lru_cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    return catalogues.translation("messages", FOLDER, languages=[language], fallback=True)


def gettext(message: str, **values: object) -> str:
    """Return the message in the installation's language, with the named values set in."""
    language = current_app.config["LANGUAGE"] if has_app_context() else "zh_CN"
    text = _catalogue(language).gettext(message)
    return text.format(**values) if values else text
