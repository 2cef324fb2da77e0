"""tables — names the rooms that own tables, so that migrations and tests see them all."""

from exam_app.appointments import models as appointments
from exam_app.audit import models as audit
from exam_app.bank import models as bank
from exam_app.base.db import Base
from exam_app.certificates import models as certificates
from exam_app.committees import models as committees
from exam_app.documents import models as documents
from exam_app.exams import models as exams
from exam_app.incidents import models as incidents
from exam_app.laws import models as laws
from exam_app.meetings import models as meetings
from exam_app.operations import models as operations
from exam_app.papers import models as papers
from exam_app.people import models as people
from exam_app.proceedings import models as proceedings
from exam_app.results import models as results
from exam_app.sheets import models as sheets
from exam_app.sittings import models as sittings
from exam_app.submissions import models as submissions
from exam_app.supervision import models as supervision
from exam_app.yearbook import models as yearbook

ROOMS = (
    operations,
    audit,
    committees,
    people,
    meetings,
    laws,
    bank,
    papers,
    exams,
    sittings,
    incidents,
    sheets,
    results,
    certificates,
    appointments,
    submissions,
    proceedings,
    documents,
    supervision,
    yearbook,
)
metadata = Base.metadata
