"""web.officer.desk — the desk of a meeting: where it stands, its agenda, its other topics."""

from collections.abc import Sequence

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exam_app.base.clock import local_date
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.committees import queries as committees
from exam_app.meetings import queries as meetings
from exam_app.meetings import service as meeting_service
from exam_app.people.states import Role
from exam_app.proceedings import agenda
from exam_app.proceedings import queries as proceedings
from exam_app.proceedings.queries import AgendaRow
from exam_app.web import who
from exam_app.web.acts import ItemsAct, posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.desk_facts import page_of
from exam_app.web.officer.desk_forms import MoveAct, ReorderAct, TakeOffAct, TopicAct
from exam_app.web.officer.desk_steps import open_desk
from exam_app.web.who import allow

DESK = "/meetings/<int:meeting_id>"


@bp.get(DESK)
@allow(Role.OFFICER, Role.DIRECTOR)
def meeting(meeting_id: int) -> ResponseReturnValue:
    """Show a meeting: its steps in order, what is done and what is left."""
    return render_template("officer/meeting.html", desk=open_desk(meeting_id))


@bp.get(DESK + "/agenda")
@allow(Role.OFFICER, Role.DIRECTOR)
def meeting_agenda(meeting_id: int) -> ResponseReturnValue:
    """Show the agenda in its order: items and other topics."""
    desk = open_desk(meeting_id)
    topics = meetings.topics_of(meeting_id)
    return render_template("officer/meeting_agenda.html", desk=desk, page=page_of(desk.rows), topics=topics)


@bp.get(DESK + "/agenda/add")
@allow(Role.OFFICER)
def meeting_candidates(meeting_id: int) -> ResponseReturnValue:
    """Show the items that may be placed on the agenda, by bill."""
    desk = open_desk(meeting_id)
    return render_template("officer/meeting_candidates.html", desk=desk, page=page_of(_candidates(meeting_id)))


def _candidates(meeting_id: int) -> Sequence[AgendaRow]:
    found = meetings.get_meeting(meeting_id, who.committee_id())
    on_it = {row.item.id for row in proceedings.meeting_items(meeting_id)}
    rules = committees.rules_on(who.committee_id(), local_date(g.now)).rules
    candidates = proceedings.candidates_for_agenda(who.committee_id(), found.kind, rules.after_deferral == "agenda")
    return [row for row in candidates if row.item.id not in on_it]


@bp.post(DESK + "/agenda/add")
@allow(Role.OFFICER)
def meeting_place(meeting_id: int) -> ResponseReturnValue:
    """Place the chosen items on the agenda."""
    with refusals_said():
        with transaction():
            act = posted(ItemsAct)
            chosen = [row.item.id for row in _candidates(meeting_id)] if act.everything.data else act.item.data
            agenda.place(meeting_id, who.committee_id(), chosen, who.actor(), g.now)
        flash(_("已列入 {count} 项。", count=len(chosen)), "good")
    return redirect(url_for(".meeting_agenda", meeting_id=meeting_id))


@bp.post(DESK + "/agenda/take-off")
@allow(Role.OFFICER)
def meeting_take_off(meeting_id: int) -> ResponseReturnValue:
    """Take the chosen items off the agenda, for a reason."""
    with refusals_said():
        with transaction():
            act, committee_id = posted(TakeOffAct), who.committee_id()
            items = agenda.take_off(meeting_id, committee_id, act.item.data, act.reason.data, who.actor(), g.now)
            count = len(items)
        flash(_("已移出议程 {count} 项。", count=count), "good")
    return redirect(url_for(".meeting_agenda", meeting_id=meeting_id))


@bp.post(DESK + "/agenda/order")
@allow(Role.OFFICER)
def meeting_reorder(meeting_id: int) -> ResponseReturnValue:
    """Put items in another order: to a place, up, down, or all as usual."""
    with refusals_said():
        with transaction():
            act, rows = posted(ReorderAct), open_desk(meeting_id).rows
            ids = [row.item.id for row in (agenda.ordered(rows) if act.usual.data else rows)]
            order = ids if act.usual.data else act.arranged(ids)
            agenda.reorder(meeting_id, who.committee_id(), order, who.actor(), g.now)
        flash(_("议程次序已更改。"), "good")
    return redirect(url_for(".meeting_agenda", meeting_id=meeting_id))


@bp.post(DESK + "/topics")
@allow(Role.OFFICER)
def topic_add(meeting_id: int) -> ResponseReturnValue:
    """Add a topic that is no appointment item."""
    with refusals_said(), transaction():
        title = posted(TopicAct).title.data
        meeting_service.add_topic(meeting_id, who.committee_id(), title, who.actor(), g.now)
    return redirect(url_for(".meeting_agenda", meeting_id=meeting_id, _anchor="topics"))


@bp.post(DESK + "/topics/<int:topic_id>/move")
@allow(Role.OFFICER)
def topic_move(meeting_id: int, topic_id: int) -> ResponseReturnValue:
    """Move a topic to a place."""
    with refusals_said(), transaction():
        position = posted(MoveAct).position.data
        meeting_service.move_topic(topic_id, who.committee_id(), position, who.actor(), g.now)
    return redirect(url_for(".meeting_agenda", meeting_id=meeting_id, _anchor="topics"))


@bp.post(DESK + "/topics/<int:topic_id>/drop")
@allow(Role.OFFICER)
def topic_drop(meeting_id: int, topic_id: int) -> ResponseReturnValue:
    """Take a topic off the agenda."""
    with refusals_said(), transaction():
        meeting_service.drop_topic(topic_id, who.committee_id(), who.actor(), g.now)
    return redirect(url_for(".meeting_agenda", meeting_id=meeting_id, _anchor="topics"))
