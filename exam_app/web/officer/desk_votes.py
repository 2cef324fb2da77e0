"""web.officer.desk_votes — the vote: totals row by row or the same for several, correcting them, announcing."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from exam_app.appointments.states import AT_THE_MEETING, ItemState
from exam_app.base.db import transaction
from exam_app.base.errors import DomainError
from exam_app.base.i18n import gettext as _
from exam_app.people.states import Role
from exam_app.proceedings import review, votes
from exam_app.proceedings.errors import NoSuchVote
from exam_app.proceedings.review import Defer
from exam_app.proceedings.states import VoteMethod
from exam_app.proceedings.votes import CorrectVote, RecordVote
from exam_app.texts.proceedings import METHODS
from exam_app.web import who
from exam_app.web.acts import ItemsAct, posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer.blueprint import bp, shown_list
from exam_app.web.officer.desk import DESK
from exam_app.web.officer.desk_facts import ANNOUNCED, MeetingDesk, page_of
from exam_app.web.officer.desk_forms import TakeOffAct
from exam_app.web.officer.desk_steps import open_desk
from exam_app.web.officer.vote_forms import TALLY, TOGETHER, CommonVoteAct, CorrectVoteForm, RowVotesAct
from exam_app.web.who import allow

PASSED = frozenset({ItemState.VOTED_PASSED})


@bp.get(DESK + "/votes")
@allow(Role.OFFICER, Role.DIRECTOR)
def meeting_votes(meeting_id: int) -> ResponseReturnValue:
    """Show what is voted on: open rows to type totals in, or the results."""
    return _votes_page(open_desk(meeting_id))


def _votes_page(desk: MeetingDesk, form: RowVotesAct | None = None) -> str:
    """Show the votes; with a form that was refused, what was typed stays."""
    waiting = [row for row in desk.rows if row.item.state in AT_THE_MEETING]
    voted = [row for row in desk.rows if row.vote is not None]
    show = request.args.get("show", "") or ("waiting" if waiting else "voted")
    return render_template(
        "officer/meeting_votes.html",
        desk=desk,
        form=form or RowVotesAct(formdata=None, method=desk.rules.vote_method),
        typed={totals.item_id: totals for totals in form.rows.data} if form else {},
        show=show,
        counts={"waiting": len(waiting), "voted": len(voted)},
        page=page_of(waiting if show == "waiting" else voted),
        methods=METHODS,
        tally=TALLY,
    )


@bp.post(DESK + "/votes")
@allow(Role.OFFICER)
def meeting_vote_rows(meeting_id: int) -> ResponseReturnValue:
    """Record the totals of every row in which some were typed: all rows or none."""
    form = RowVotesAct()
    if form.validate():
        try:
            with transaction():
                _record_rows(meeting_id, form)
            flash(_("已登记 {count} 项表决结果。", count=len(form.rows.data)), "good")
            return redirect(url_for(".meeting_votes", meeting_id=meeting_id, **shown_list()))
        except DomainError as refusal:
            form.refuse(refusal)
    return _votes_page(open_desk(meeting_id), form)


def _record_rows(meeting_id: int, form: RowVotesAct) -> None:
    order = [row.item.id for row in open_desk(meeting_id).rows]
    typed = {totals.item_id: totals for totals in form.rows.data}
    for item_id in sorted(typed, key=lambda one: order.index(one) if one in order else len(order)):
        totals = typed[item_id]
        _record(meeting_id, form.method.data, [item_id], {name: getattr(totals, name) for name in TALLY})


def _record(meeting_id: int, method: str, item_ids: list[int], counted: dict[str, int]) -> None:
    command = RecordVote(
        meeting_id=meeting_id,
        committee_id=who.committee_id(),
        item_ids=item_ids,
        method=VoteMethod(method),
        **counted,
    )
    votes.record_vote(command, who.actor(), g.now)


@bp.post(DESK + "/votes/common")
@allow(Role.OFFICER)
def meeting_vote_common(meeting_id: int) -> ResponseReturnValue:
    """Record the same totals for several items, as one vote or one by one."""
    count = 0
    with refusals_said():
        act = posted(CommonVoteAct)
        for group in _groups(meeting_id, act):
            with transaction():  # each vote is an act of its own; hundreds in one would keep every other writer waiting
                _record(meeting_id, act.method.data, group, act.counted())
            count += len(group)
    flash(_("已登记 {count} 项表决结果。", count=count), "good" if count else "warn")
    return redirect(url_for(".meeting_votes", meeting_id=meeting_id, **shown_list()))


def _groups(meeting_id: int, act: CommonVoteAct) -> list[list[int]]:
    """Return the items of each vote, in the order of the agenda; what was ticked but is not on it comes last."""
    waiting = open_desk(meeting_id).ids(AT_THE_MEETING)
    ticked = act.item.data
    ids = waiting if act.everything.data else [*filter(ticked.__contains__, waiting), *(set(ticked) - set(waiting))]
    return [ids] if act.how.data == TOGETHER and ids else [[item_id] for item_id in ids]


@bp.post(DESK + "/votes/defer")
@allow(Role.OFFICER)
def meeting_defer(meeting_id: int) -> ResponseReturnValue:
    """Record that the meeting does not put the chosen items to the vote."""
    with refusals_said():
        with transaction():
            act = posted(TakeOffAct)
            command = Defer(
                committee_id=who.committee_id(),
                meeting_id=meeting_id,
                item_ids=act.item.data,
                reason=act.reason.data,
            )
            count = len(review.defer(command, who.actor(), g.now))
        flash(_("已登记 {count} 项暂不付表决。", count=count), "good")
    return redirect(url_for(".meeting_votes", meeting_id=meeting_id, **shown_list()))


@bp.route(DESK + "/votes/<int:vote_id>", methods=["GET", "POST"])
@allow(Role.OFFICER)
def vote_correct(meeting_id: int, vote_id: int) -> ResponseReturnValue:
    """Correct the totals of a vote that is not announced yet; the old ones stay on record."""
    desk = open_desk(meeting_id)
    rows = [row for row in desk.rows if row.vote is not None and row.vote.id == vote_id]
    if not rows:
        raise NoSuchVote(vote=vote_id)
    form = CorrectVoteForm(obj=rows[0].vote)
    if form.validate_on_submit():
        with refusals_said():
            _correct(vote_id, form)
            flash(_("表决结果已更正，原结果保留在记录中。"), "good")
        return redirect(url_for(".meeting_votes", meeting_id=meeting_id, show="voted"))
    return render_template("officer/vote_correct.html", desk=desk, rows_voted=rows, form=form, methods=METHODS)


def _correct(vote_id: int, form: CorrectVoteForm) -> None:
    command = CorrectVote(vote_id=vote_id, committee_id=who.committee_id(), reason=form.reason.data, **form.counted())
    with transaction():
        votes.correct_vote(command, who.actor(), g.now)


@bp.get(DESK + "/announce")
@allow(Role.OFFICER, Role.DIRECTOR)
def meeting_announce(meeting_id: int) -> ResponseReturnValue:
    """Show what was passed, and what of it is announced."""
    desk = open_desk(meeting_id)
    rows = [row for row in desk.rows if row.item.state in PASSED | ANNOUNCED]
    return render_template(
        "officer/meeting_announce.html", desk=desk, page=page_of(rows), waiting=len(desk.ids(PASSED))
    )


@bp.post(DESK + "/announce")
@allow(Role.OFFICER)
def meeting_announce_do(meeting_id: int) -> ResponseReturnValue:
    """Announce all that was passed, or the chosen ones."""
    with refusals_said():
        with transaction():
            act = posted(ItemsAct)
            ids = open_desk(meeting_id).ids(PASSED) if act.everything.data else act.item.data
            count = len(votes.announce(meeting_id, who.committee_id(), ids, who.actor(), g.now))
        flash(_("已公布 {count} 项。", count=count), "good")
    return redirect(url_for(".meeting_announce", meeting_id=meeting_id, **shown_list()))
