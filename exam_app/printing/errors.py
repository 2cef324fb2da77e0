"""printing.errors — what cannot be printed or signed."""

from exam_app.base.errors import Invalid


class MissingGlyph(Invalid):
    """No font has these characters; printing would show empty boxes. Facts: text, characters."""

    code = "missing_glyph"


class FontUnusable(Invalid):
    """The committee's own font file cannot be embedded. Facts: path, reason."""

    code = "font_unusable"


class FileNotSignable(Invalid):
    """It is no PDF, or a signature on it already allows no change. Facts: reason."""

    code = "file_not_signable"
