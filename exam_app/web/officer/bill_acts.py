"""web.officer.bill_acts — what is done to chosen items of a bill: sent to an exam, taken into review, reviewed."""

from flask import flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.appointments import lists, queries, service
from exam_app.appointments.states import ACTS, Act
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.people.states import Role
from exam_app.proceedings import review
from exam_app.proceedings.review import ConcludeReview
from exam_app.web import who
from exam_app.web.acts import ItemsAct, OpinionAct, RegisterAct, posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer.bills import asked_of
from exam_app.web.officer.blueprint import bp, shown_list
from exam_app.web.who import allow


def _back(bill_id: int) -> ResponseReturnValue:
    """Return to the list as it was, or to the item's own page."""
    item_id = request.args.get("item_page", type=int)
    if item_id:
        return redirect(url_for(".item", item_id=item_id))
    return redirect(url_for(".bill", bill_id=bill_id, **shown_list()))


def _chosen(act: ItemsAct, bill_id: int, step: Act) -> list[int]:
    """Return what was ticked; where all were meant, all that the list shows and that the step can follow on."""
    if not act.everything.data:
        return list(act.item.data)
    return lists.ids_asked(asked_of(bill_id), ACTS[step][0])


@bp.post("/bills/<int:bill_id>/exam")
@allow(Role.OFFICER)
def bill_exam(bill_id: int) -> ResponseReturnValue:
    """Put the chosen items' nominees on the roster of an exam."""
    with refusals_said():
        with transaction():
            found = queries.get_bill(bill_id, who.committee_id())
            act = posted(RegisterAct)
            ids = lists.ids_to_register(asked_of(bill_id)) if act.everything.data else act.item.data
            count = len(service.send_to_exam(act.exam.data, found, ids, who.actor(), g.now))
        flash(_("已报名 {count} 项，准考证号和考试码已生成。", count=count), "good")
    return _back(bill_id)


@bp.post("/bills/<int:bill_id>/review")
@allow(Role.OFFICER)
def bill_review(bill_id: int) -> ResponseReturnValue:
    """Begin the review of the chosen items."""
    with refusals_said():
        with transaction():
            queries.get_bill(bill_id, who.committee_id())
            ids = _chosen(posted(ItemsAct), bill_id, Act.BEGIN_REVIEW)
            count = len(review.begin_review(bill_id, who.committee_id(), ids, who.actor(), g.now))
        flash(_("已开始初审 {count} 项。", count=count), "good")
    return _back(bill_id)


@bp.post("/bills/<int:bill_id>/conclude")
@allow(Role.OFFICER)
def bill_conclude(bill_id: int) -> ResponseReturnValue:
    """Conclude the review of the chosen items with an opinion."""
    with refusals_said():
        with transaction():
            queries.get_bill(bill_id, who.committee_id())
            act = posted(OpinionAct)
            command = ConcludeReview(
                bill_id=bill_id,
                committee_id=who.committee_id(),
                item_ids=_chosen(act, bill_id, Act.CLEAR),
                opinion=act.opinion.data,
            )
            count = len(review.conclude_review(command, who.actor(), g.now))
        flash(_("已登记 {count} 项初审完毕，可以提交主任会议。", count=count), "good")
    return _back(bill_id)
