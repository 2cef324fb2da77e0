"""laws.errors — refusals about laws and their texts."""

from exam_app.base.errors import Invalid, NotFound


class NoSuchEdition(NotFound):
    """No such edition of a law."""

    code = "no_such_edition"


class LawTextUnreadable(Invalid):
    """The file holds no text that could be cut into articles."""

    code = "law_text_unreadable"


class LawUnknown(Invalid):
    """The register knows no law of that title."""

    code = "law_unknown"


class LawUndated(Invalid):
    """The text does not say when it was adopted or amended."""

    code = "law_undated"


class EditionUnknown(Invalid):
    """The register knows the law, but no edition of that day."""

    code = "edition_unknown"


class ArticleCountDiffers(Invalid):
    """The text has more or fewer articles than the edition is known to have."""

    code = "article_count_differs"
