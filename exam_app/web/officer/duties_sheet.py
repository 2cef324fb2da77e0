"""web.officer.duties_sheet — the results of all who were assessed on one day: looked at, downloaded, printed."""

from datetime import date

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from exam_app.printing.official import files
from exam_app.supervision import papers, queries
from exam_app.web import who
from exam_app.web.officer.blueprint import bp
from exam_app.web.officer.duties import READERS
from exam_app.web.pdf import fonts
from exam_app.web.who import allow

FORMS = "<any(pdf, docx, xlsx):form>"


@bp.get("/duties/results")
@allow(*READERS)
def duties_sheet() -> ResponseReturnValue:
    """Show the sheet of the day that is asked for, else of the last day on which anybody was assessed."""
    days = queries.assessment_days(who.committee_id())
    day = _asked(days)
    text = papers.sheet(who.committee_id(), day) if day else None
    return render_template("officer/duties_sheet.html", days=days, day=day, text=text)


@bp.get(f"/duties/results.{FORMS}")
@allow(*READERS)
def duties_sheet_file(form: str) -> ResponseReturnValue:
    """Hand out the sheet of a day."""
    day = _asked(queries.assessment_days(who.committee_id())) or abort(404)
    content = files.render(papers.sheet(who.committee_id(), day), form, fonts())
    answer = Response(content, mimetype=files.FORMS[form])
    answer.headers.set("Content-Disposition", "attachment", filename=f"assessments-{day.isoformat()}.{form}")
    return answer


def _asked(days: list[date]) -> date | None:
    """Return the day in the address; a day without an assessment is not there."""
    given = request.args.get("day", "")
    if not given:
        return days[0] if days else None
    return next((day for day in days if day.isoformat() == given), None) or abort(404)
