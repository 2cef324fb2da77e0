"""web.examiner.bank_forms — a question as a form, and back as a value."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    Field,
    FieldList,
    FormField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from exam_app.base.i18n import gettext as _
from exam_app.laws.queries import LawView
from exam_app.laws.states import Standing
from exam_app.texts.laws import STANDINGS
from exam_app.web.forms import Form
from question_bank.items import TRUE_FALSE_OPTIONS, Citation, Item
from question_bank.kinds import KIND_LABELS, ORGAN_LABELS, USE_LABELS, Kind, OrganType, Part, Use
from question_bank.numerals import parse_article_reference, parse_item_reference, parse_paragraph_reference

OFFERED = "ABCDEF"
CITATIONS = 3
DIFFICULTIES = {1: "1 容易", 2: "2 较易", 3: "3 中等", 4: "4 较难", 5: "5 难"}


class CitationForm(PlainForm):  # type: ignore[misc]
    """Which words of which article a question rests on; an empty edition means none."""

    edition = SelectField(_("法律和版本"), default="", validate_choice=True)
    article = StringField(_("条"), [Length(max=20)], render_kw={"placeholder": _("47 或 第四十七条")})
    paragraph = StringField(_("款"), [Length(max=10)])
    item = StringField(_("项"), [Length(max=10)])
    evidence = TextAreaField(_("依据原文"), [Length(max=200)], render_kw={"rows": 2})

    def validate_article(self, field: Field) -> None:
        """An edition needs an article of it."""
        if self.edition.data and not field.data:
            raise ValidationError(_("请填写条文序号，例如 47 或 第四十七条。"))
        _parsed(parse_article_reference, field.data)

    def validate_paragraph(self, field: Field) -> None:
        """A number, or nothing."""
        _parsed(parse_paragraph_reference, field.data)

    def validate_item(self, field: Field) -> None:
        """A number, or nothing."""
        _parsed(parse_item_reference, field.data)

    def citation(self) -> Citation:
        """Return what was filled in as a value."""
        slug, _at, day = self.edition.data.partition("@")
        return Citation(
            slug,
            date.fromisoformat(day),
            parse_article_reference(self.article.data),
            _parsed(parse_paragraph_reference, self.paragraph.data),
            _parsed(parse_item_reference, self.item.data),
            self.evidence.data.strip(),
        )


def _parsed(parse: Any, text: str | None) -> Any:
    """Return the number, None where nothing is written; a ValueError shows at the field."""
    if not text or not text.strip():
        return None
    try:
        return parse(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class QuestionForm(Form):
    """Everything that makes a question."""

    code = StringField(_("编号"), [InputRequired(), Length(max=30)], render_kw={"placeholder": _("例如 ZF001")})
    kind = SelectField(_("题型"), [InputRequired()], choices={kind.value: label for kind, label in KIND_LABELS.items()})
    use = SelectField(_("用途"), [InputRequired()], choices={use.value: label for use, label in USE_LABELS.items()})
    organs = SelectMultipleField(
        _("适用机关"),
        choices={organ.value: label for organ, label in ORGAN_LABELS.items()},
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_("都不选就是面向所有人的公共法律题。"),
    )
    difficulty = SelectField(_("难度"), [InputRequired()], choices=DIFFICULTIES, coerce=int, default=3)
    stem = TextAreaField(_("题干"), [InputRequired(), Length(max=3000)], render_kw={"rows": 4})
    options = FieldList(StringField(_("选项"), [Length(max=300)]), min_entries=len(OFFERED), max_entries=len(OFFERED))
    key = SelectMultipleField(_("正确答案"), choices={letter: letter for letter in OFFERED})
    answer = TextAreaField(_("参考答案"), [Length(max=5000)], render_kw={"rows": 5})
    explanation = TextAreaField(
        _("解析"), [Length(max=2000)], description=_("讲清规则、易错点和依据，考后给考生看。"), render_kw={"rows": 4}
    )
    citations = FieldList(FormField(CitationForm), min_entries=CITATIONS, max_entries=CITATIONS)

    def offer(self, laws: Sequence[LawView]) -> None:
        """Offer the editions of the register, those in force first, and whatever the question cites already."""
        order = (Standing.IN_FORCE, Standing.NOT_YET, Standing.SUPERSEDED, Standing.REPEALED)
        groups: dict[str, dict[str, str]] = {STANDINGS[standing]: {} for standing in order}
        for edition in (edition for law in laws for edition in law.editions):
            label = f"{edition.short_title}（{edition.adopted_on}）"
            groups[STANDINGS[edition.standing]][f"{edition.slug}@{edition.adopted_on}"] = label
        offered = {name: editions for name, editions in groups.items() if editions}
        for entry in self.citations:
            cited = (entry.object_data or {}).get("edition")
            is_known = not cited or any(cited in editions for editions in groups.values())
            outside = {} if is_known else {_("目录外"): {cited: cited}}
            entry.form.edition.choices = {"": _("（不填）"), **offered, **outside}

    def validate_options(self, _field: Field) -> None:
        """Options stand in a row without gaps."""
        filled = [bool(text) for text in self._texts()]
        if not self._has_fixed_options() and True in filled and False in filled[: _last(filled) + 1]:
            raise ValidationError(_("选项中间有空，请依次填写。"))

    def to_item(self) -> Item:
        """Return what was filled in as a value; only after the form was found valid."""
        kind = Kind(self.kind.data)
        organs = tuple(organ for organ in OrganType if organ.value in (self.organs.data or ()))
        return Item(
            code=self.code.data.strip(),
            kind=kind,
            use=Use(self.use.data),
            part=Part.SPECIAL if organs else Part.COMMON,
            organs=organs,
            stem=self.stem.data.strip(),
            options=self._options(kind),
            key=frozenset(self.key.data or ()) if kind.is_objective else frozenset(),
            explanation=(self.explanation.data or "").strip(),
            difficulty=self.difficulty.data,
            citations=tuple(entry.form.citation() for entry in self.citations if entry.form.edition.data),
            answer="" if kind.is_objective else (self.answer.data or "").strip(),
        )

    def _has_fixed_options(self) -> bool:
        kind = Kind(self.kind.data) if self.kind.data in set(Kind) else Kind.SINGLE
        return kind is Kind.TRUE_FALSE or not kind.is_objective

    def _options(self, kind: Kind) -> tuple[str, ...]:
        if kind is Kind.TRUE_FALSE:
            return TRUE_FALSE_OPTIONS
        return tuple(text for text in self._texts() if text) if kind.is_objective else ()

    def _texts(self) -> list[str]:
        return [(entry.data or "").strip() for entry in self.options]


def _last(filled: Sequence[bool]) -> int:
    return max(place for place, is_filled in enumerate(filled) if is_filled)


def form_data(item: Item) -> dict[str, Any]:
    """Return a question as the form's data."""
    options = () if item.kind is Kind.TRUE_FALSE else item.options
    return {
        "code": item.code,
        "kind": item.kind.value,
        "use": item.use.value,
        "organs": [organ.value for organ in item.organs],
        "difficulty": item.difficulty,
        "stem": item.stem,
        "options": [*options, *[""] * (len(OFFERED) - len(options))],
        "key": sorted(item.key),
        "answer": item.answer,
        "explanation": item.explanation,
        "citations": [
            {
                "edition": f"{citation.law}@{citation.edition}",
                "article": citation.article,
                "paragraph": citation.paragraph or "",
                "item": citation.item or "",
                "evidence": citation.evidence,
            }
            for citation in item.citations
        ],
    }


class QuestionFileForm(Form):
    """An Excel file with questions."""

    file = FileField(
        _("试题文件"), [FileRequired(message=_("请选择要导入的 .xlsx 文件。"))], render_kw={"accept": ".xlsx"}
    )


class ReasonForm(Form):
    """A reason that goes on record."""

    reason = TextAreaField(
        _("退回意见"),
        [InputRequired(message=_("请写明哪里需要修改。")), Length(max=500)],
        description=_("写明哪里不对、怎样修改，命题人会看到。"),
        render_kw={"rows": 3},
    )
