"""web.examiner.laws — 法律: the register with its editions, the text of an edition, one article beside a question."""

from datetime import date

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import MultipleFileField
from wtforms.validators import InputRequired

from exam_app.bank import queries as bank
from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.laws import queries, service
from exam_app.laws.files import read_words
from exam_app.people.states import Role
from exam_app.texts import words_for
from exam_app.web import who
from exam_app.web.examiner.bank_views import BANK
from exam_app.web.examiner.blueprint import bp
from exam_app.web.forms import Form
from exam_app.web.who import allow
from question_bank.numerals import parse_article_reference
from question_bank.register import load_register

READERS = (*BANK, Role.OFFICER, Role.DIRECTOR)


class LawFilesForm(Form):
    """Files with law texts."""

    files = MultipleFileField(
        _("法律文本"),
        [InputRequired(message=_("请选择要载入的文件。"))],
        description=_("可一次选多个文件：.docx、.txt 或 .md，每个文件一部法律。"),
        render_kw={"accept": ".docx,.txt,.md", "multiple": True},
    )


@bp.get("/laws")
@allow(*READERS)
def laws() -> ResponseReturnValue:
    """Show every law and its editions."""
    words = request.args.get("q", "").strip()[:60]
    found = queries.list_laws(local_date(g.now), words)
    cited = bank.cited_editions(who.committee_id())
    return render_template("examiner/laws.html", laws=found, cited=cited, words=words, may_load=who.may(*BANK))


@bp.get("/laws/<int:edition_id>")
@allow(*READERS)
def law_edition(edition_id: int) -> ResponseReturnValue:
    """Show the text of an edition, whole or where it holds some words."""
    law, edition = queries.get_edition(edition_id, local_date(g.now))
    words = request.args.get("q", "").strip()[:60]
    return render_template(
        "examiner/law_edition.html",
        law=law,
        edition=edition,
        articles=queries.list_articles(edition_id, words),
        cited=bank.cited_articles(who.committee_id(), edition.slug, edition.adopted_on),
        words=words,
    )


@bp.get("/laws/article")
@allow(*BANK)
def law_article() -> ResponseReturnValue:
    """Give the fragment that stands beside a question: an article, or why there is none."""
    slug, _at, day = request.args.get("edition", "").partition("@")
    try:
        adopted, number = date.fromisoformat(day), parse_article_reference(request.args.get("number", ""))
    except ValueError:
        return render_template("examiner/_article.html", edition=None, article=None)
    edition = queries.find_edition(slug, adopted, local_date(g.now))
    article = queries.find_article(slug, adopted, number)
    return render_template("examiner/_article.html", edition=edition, article=article)


@bp.route("/laws/import", methods=["GET", "POST"])
@allow(*BANK)
def laws_import() -> ResponseReturnValue:
    """Load texts; each file stands for itself, so that a bad one does not hold up the others."""
    form = LawFilesForm()
    if form.validate_on_submit():
        for file in form.files.data:
            words, tone = _load(file.filename, file.read())
            flash(words, tone)
        return redirect(url_for("examiner.laws_import"))
    return render_template("examiner/laws_import.html", form=form)


def _load(name: str, content: bytes) -> tuple[str, str]:
    """Load one file; return what to say about it, and how it sounds."""
    try:
        text = read_words(content, name)
        with transaction():
            service.adopt_register(load_register(), g.now)
            loaded = service.load_text(text, who.actor(), g.now)
            count = loaded.edition.article_count
    except DomainError as refusal:
        return _("{name}：{words}", name=name, words=words_for(refusal)), "bad"
    if loaded.is_new:
        return _("{name}：已载入，共 {count} 条。", name=name, count=count), "good"
    return _("{name}：与已载入的文本相同，没有改动。", name=name), "info"


@bp.post("/laws/register")
@allow(*BANK)
def laws_register() -> ResponseReturnValue:
    """Take the shipped register of laws over."""
    with transaction():
        service.adopt_register(load_register(), g.now)
    flash(_("法律目录已载入。"), "good")
    return redirect(url_for("examiner.laws"))
