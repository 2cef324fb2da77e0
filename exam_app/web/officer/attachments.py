"""web.officer.attachments — 材料与补正: the papers of a bill and its items, their files, what speaks against items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.appointments import bills as register
from exam_app.appointments import queries
from exam_app.appointments.models import Bill, Item
from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.base.paging import Page
from exam_app.people.models import Person
from exam_app.people.states import Role
from exam_app.submissions import papers, service
from exam_app.submissions import queries as submissions
from exam_app.submissions.papers import HandIn, MarkPapers
from exam_app.submissions.queries import ChecklistLine
from exam_app.submissions.service import AnswerObjection
from exam_app.submissions.states import AttachmentKind
from exam_app.texts.submissions import KINDS
from exam_app.web import who
from exam_app.web.acts import posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer.attachments_forms import AnswerAct, NominatorAct, PaperForm, PapersAct, choices_of
from exam_app.web.officer.blueprint import bp, shown_list
from exam_app.web.officer.objection_words import told
from exam_app.web.who import allow

SIZE = 50
TABS = ("papers", "objections", "notices")


@dataclass(frozen=True)
class PaperRow:
    """The papers of one item; of the bill itself where there is none."""

    item: Item | None
    person: Person | None
    lines: Sequence[ChecklistLine]

    @property
    def missing(self) -> int:
        """How many of them are still to come."""
        return sum(line.is_missing for line in self.lines)


@bp.get("/bills/<int:bill_id>/papers")
@allow(Role.OFFICER, Role.DIRECTOR)
def bill_papers(bill_id: int) -> ResponseReturnValue:
    """Show the papers of a bill, what speaks against its items, or its correction notices."""
    bill = queries.get_bill(bill_id, who.committee_id())
    tab = request.args.get("tab", "papers")
    tab = tab if tab in TABS else "papers"
    facts = {"papers": _papers, "objections": _objections, "notices": _notices}[tab](bill)
    nominators = choices_of(register.nominators(bill.committee_id), bill.nominator)
    return render_template(f"officer/bill_{tab}.html", bill=bill, tab=tab, nominators=nominators, **facts)


def _papers(bill: Bill) -> dict[str, object]:
    rows = _rows(submissions.checklist(bill.id))
    wanted = [row for row in rows if row.missing] if request.args.get("show") == "missing" else rows
    missing = sum(row.missing for row in rows)
    shows = [("missing", _("缺件"), sum(bool(row.missing) for row in rows))]
    facts = {"page": _page(wanted), "missing": missing, "shows": shows, "kinds": KINDS}
    return {**facts, "today": local_date(g.now)}


def _rows(lines: Iterable[ChecklistLine]) -> list[PaperRow]:
    groups: dict[int, list[ChecklistLine]] = {}
    for line in lines:
        groups.setdefault(line.item.id if line.item else 0, []).append(line)
    return [PaperRow(own[0].item, own[0].person, own) for own in groups.values()]


def _page(rows: Sequence[object]) -> Page[object]:
    """Return the page of rows that the address asks for."""
    pages = max(1, -(-len(rows) // SIZE))
    number = min(max(1, request.args.get("page", 1, type=int)), pages)
    shown = rows[(number - 1) * SIZE : number * SIZE]
    return Page(rows=shown, number=number, size=SIZE, total=len(rows))


def _objections(bill: Bill) -> dict[str, object]:
    found = submissions.objections_of(bill.id, local_date(g.now))
    persons = {row.item.id: row for row in queries.list_items(bill.id) if row.item.id in found}
    rows = [(persons[item_id], list(zip(ones, told(ones), strict=True))) for item_id, ones in found.items()]
    return {"page": _page(rows)}


def _notices(bill: Bill) -> dict[str, object]:
    notices = submissions.notices_of(bill.id)
    about = submissions.items_of_notices([notice.id for notice in notices]) if notices else {}
    return {"notices": [(notice, about[notice.id]) for notice in notices], "today": local_date(g.now)}


@bp.post("/bills/<int:bill_id>/papers/<any(receive, waive, take_back):act>")
@allow(Role.OFFICER)
def bill_papers_mark(bill_id: int, act: str) -> ResponseReturnValue:
    """Mark the ticked papers as received or waived, or take such a mark back."""
    with refusals_said():
        with transaction():
            form = posted(PapersAct)
            mark = MarkPapers(committee_id=who.committee_id(), bill_id=bill_id, papers=form.paper.data)
            if act == "receive":
                papers.receive(mark, form.received_on.data or local_date(g.now), who.actor(), g.now)
            elif act == "waive":
                papers.waive(mark, form.reason.data, who.actor(), g.now)
            else:
                papers.take_back(mark, who.actor(), g.now)
        flash(_("已登记 {count} 件材料。", count=len(form.paper.data)), "good")
    return redirect(url_for(".bill_papers", bill_id=bill_id, **shown_list()))


@bp.route("/bills/<int:bill_id>/papers/new", methods=["GET", "POST"])
@allow(Role.OFFICER)
def paper_new(bill_id: int) -> ResponseReturnValue:
    """Keep a file for a paper of the bill or of the item that the address names."""
    bill = queries.get_bill(bill_id, who.committee_id())
    item_id = request.args.get("item", type=int)
    item = queries.items_of(bill.id, [item_id])[0] if item_id else None
    form = PaperForm(kind=request.args.get("kind", ""), received_on=local_date(g.now))
    form.offer(item.form if item else None)
    if form.validate_on_submit():
        try:
            with transaction():
                papers.hand_in(_handed_in(form, bill_id, item_id), who.actor(), g.now)
            flash(_("材料已保存。"), "good")
            return redirect(url_for(".bill_papers", bill_id=bill_id))
        except DomainError as refusal:
            form.refuse(refusal, {"file_not_taken": "file", "paper_day_wrong": "received_on"}.get(refusal.code, ""))
    person = queries.item_row(item.id).person if item else None
    return render_template("officer/paper_new.html", form=form, bill=bill, item=item, person=person)


def _handed_in(form: PaperForm, bill_id: int, item_id: int | None) -> HandIn:
    return HandIn(
        committee_id=who.committee_id(),
        bill_id=bill_id,
        item_id=item_id,
        kind=AttachmentKind(form.kind.data),
        received_on=form.received_on.data,
        name=form.file.data.filename or "",
        content=form.file.data.read(papers.MOST_BYTES + 1),
    )


@bp.get("/papers/<int:attachment_id>/file")
@allow(Role.OFFICER)
def paper_file(attachment_id: int) -> ResponseReturnValue:
    """Hand out the file of a paper as it came, to be saved and never shown by the browser."""
    stored = papers.file_of(attachment_id, who.committee_id())
    answer = Response(stored.content, mimetype=stored.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=stored.name)
    return answer


@bp.post("/bills/<int:bill_id>/nominator")
@allow(Role.OFFICER)
def bill_nominator(bill_id: int) -> ResponseReturnValue:
    """Correct who nominated."""
    with refusals_said():
        with transaction():
            nominator = posted(NominatorAct).nominator.data
            register.correct_nominator(bill_id, who.committee_id(), nominator, who.actor(), g.now)
        flash(_("提名人已更正为{nominator}。", nominator=nominator), "good")
    return redirect(url_for(".bill_papers", bill_id=bill_id, tab="objections"))


@bp.post("/items/<int:item_id>/objection")
@allow(Role.OFFICER)
def objection_answer(item_id: int) -> ResponseReturnValue:
    """Record why an item may stand although something speaks against it."""
    _item, bill = queries.get_item(item_id, who.committee_id())
    bill_id = bill.id
    with refusals_said():
        with transaction():
            form = posted(AnswerAct)
            command = AnswerObjection(
                committee_id=who.committee_id(), item_id=item_id, objection=form.which(), reason=form.reason.data
            )
            service.answer_objection(command, who.actor(), g.now)
        flash(_("说明已登记，提请主任会议时一并显示。"), "good")
    return redirect(url_for(".bill_papers", bill_id=bill_id, tab="objections", page=request.args.get("page")))
