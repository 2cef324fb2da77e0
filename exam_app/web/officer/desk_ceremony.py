"""web.officer.desk_ceremony — after the vote: letters of appointment, oaths, taking office, the end of the meeting."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exam_app.appointments.states import APPOINTING_FORMS, ItemState
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.people.states import Role
from exam_app.proceedings import agenda, ceremony
from exam_app.proceedings.ceremony import RecordOaths
from exam_app.proceedings.queries import AgendaRow
from exam_app.proceedings.rules import OATHS, oath_edition
from exam_app.proceedings.states import OathForm, OathOrganizer
from exam_app.texts.proceedings import OATH_FORMS, ORGANIZERS
from exam_app.web import who
from exam_app.web.acts import ItemsAct, posted
from exam_app.web.errors import refusals_said
from exam_app.web.officer.blueprint import bp, shown_list
from exam_app.web.officer.desk import DESK
from exam_app.web.officer.desk_facts import TO_ENTER, TO_SWEAR, MeetingDesk, letters_due, oaths_due, page_of
from exam_app.web.officer.desk_forms import LettersAct, OathsAct
from exam_app.web.officer.desk_steps import open_desk
from exam_app.web.who import allow


def _to_letter(desk: MeetingDesk) -> list[AgendaRow]:
    return [row for row in letters_due(desk) if row.item.state is ItemState.ANNOUNCED]


def _to_swear(desk: MeetingDesk) -> list[AgendaRow]:
    return [row for row in oaths_due(desk) if row.item.state in TO_SWEAR]


def _to_enter(desk: MeetingDesk) -> list[AgendaRow]:
    return [row for row in desk.rows if row.item.form in APPOINTING_FORMS and row.item.state in TO_ENTER]


def _chosen(act: ItemsAct, rows: list[AgendaRow]) -> list[int]:
    return [row.item.id for row in rows] if act.everything.data else list(act.item.data)


@bp.get(DESK + "/letters")
@allow(Role.OFFICER, Role.DIRECTOR)
def meeting_letters(meeting_id: int) -> ResponseReturnValue:
    """Show which appointments get a letter, and its number."""
    desk = open_desk(meeting_id)
    rows, left = letters_due(desk), _to_letter(desk)
    return render_template("officer/meeting_letters.html", desk=desk, page=page_of(rows), left=len(left))


@bp.post(DESK + "/letters")
@allow(Role.OFFICER)
def meeting_letters_issue(meeting_id: int) -> ResponseReturnValue:
    """Issue letters for the chosen appointments, or for all that get one."""
    with refusals_said():
        with transaction():
            act, committee_id = posted(LettersAct), who.committee_id()
            ids = _chosen(act, _to_letter(open_desk(meeting_id)))
            issued = ceremony.issue_letters(meeting_id, committee_id, ids, act.issued_on.data, who.actor(), g.now)
            count = len(issued)
        flash(_("已颁发任命书 {count} 份。", count=count), "good")
    return redirect(url_for(".meeting_letters", meeting_id=meeting_id, **shown_list()))


@bp.get(DESK + "/oaths")
@allow(Role.OFFICER, Role.DIRECTOR)
def meeting_oaths(meeting_id: int) -> ResponseReturnValue:
    """Show who swears, who has sworn, and the words that are sworn."""
    desk = open_desk(meeting_id)
    rows = sorted(oaths_due(desk), key=lambda row: row.oath is not None)
    return render_template(
        "officer/meeting_oaths.html",
        desk=desk,
        page=page_of(rows),
        left=len(_to_swear(desk)),
        edition=oath_edition(desk.meeting.held_on),
        oaths=OATHS,
        organizers=ORGANIZERS,
        forms_of_oath=OATH_FORMS,
        ready=TO_SWEAR,
    )


@bp.post(DESK + "/oaths")
@allow(Role.OFFICER)
def meeting_swear(meeting_id: int) -> ResponseReturnValue:
    """Record who swore."""
    with refusals_said():
        with transaction():
            act = posted(OathsAct)
            is_collective = act.form.data == OathForm.COLLECTIVE.value
            command = RecordOaths(
                committee_id=who.committee_id(),
                meeting_id=meeting_id,
                item_ids=_chosen(act, _to_swear(open_desk(meeting_id))),
                sworn_on=act.sworn_on.data,
                organizer=OathOrganizer(act.organizer.data),
                form=OathForm(act.form.data),
                lead_item_id=act.lead.data if is_collective else None,
            )
            count = len(ceremony.record_oaths(command, who.actor(), g.now))
        flash(_("已登记 {count} 人宣誓。", count=count), "good")
    return redirect(url_for(".meeting_oaths", meeting_id=meeting_id, **shown_list()))


@bp.get(DESK + "/close")
@allow(Role.OFFICER, Role.DIRECTOR)
def meeting_close(meeting_id: int) -> ResponseReturnValue:
    """Show who takes office, and what is left before the meeting is closed."""
    desk = open_desk(meeting_id)
    return render_template(
        "officer/meeting_close.html",
        desk=desk,
        page=page_of([row for row in desk.rows if row.item.form in APPOINTING_FORMS and row.item.announced_on]),
        entering={row.item.id for row in _to_enter(desk)},
        left=[step for step in desk.steps if step.key != "close" and step.is_ready and not step.is_done],
    )


@bp.post(DESK + "/office")
@allow(Role.OFFICER)
def meeting_take_office(meeting_id: int) -> ResponseReturnValue:
    """Record that the chosen appointees took office."""
    with refusals_said():
        with transaction():
            ids = _chosen(posted(ItemsAct), _to_enter(open_desk(meeting_id)))
            count = len(ceremony.take_office(who.committee_id(), ids, who.actor(), g.now))
        flash(_("已登记 {count} 人就任。", count=count), "good")
    return redirect(url_for(".meeting_close", meeting_id=meeting_id, **shown_list()))


@bp.post(DESK + "/close")
@allow(Role.OFFICER)
def meeting_close_do(meeting_id: int) -> ResponseReturnValue:
    """Close the meeting."""
    with refusals_said():
        with transaction():
            agenda.close(meeting_id, who.committee_id(), who.actor(), g.now)
        flash(_("会议已结束。任命书、宣誓和就任仍可继续登记。"), "good")
    return redirect(url_for(".meeting_close", meeting_id=meeting_id))
