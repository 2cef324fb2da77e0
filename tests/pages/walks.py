"""tests.pages.walks — which visitor looks at which pages: every GET endpoint is in here once at least."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from exam_app.printing.official.files import FORMS
from tests.pages.addresses import Ids
from tests.pages.demo import STRANGER


@dataclass(frozen=True)
class Visit:
    """One address: an endpoint, the names of the ids in it, and what follows the question mark."""

    endpoint: str
    ids: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)

    def path(self, app: Flask, ids: Ids) -> str:
        """Return the address."""
        values: dict[str, Any] = {**{name: ids[key] for name, key in self.ids.items()}, **self.query}
        with app.test_request_context():
            return app.url_for(self.endpoint, **values)


@dataclass(frozen=True)
class Walk:
    """What one visitor looks at, one page after the other."""

    visitor: str
    visits: tuple[Visit, ...]


def _walk(visitor: str, *visits: Visit | str) -> Walk:
    return Walk(visitor, tuple(Visit(visit) if isinstance(visit, str) else visit for visit in visits))


def _of(thing: str, endpoint: str, name: str, **query: str) -> Visit:
    """Return a visit to an address with one id in it."""
    return Visit(endpoint, {thing: name}, query)


def _exam(endpoint: str, name: str = "past_exam", **query: str) -> Visit:
    return _of("exam_id", endpoint, name, **query)


def _desk(page: str, name: str) -> Visit:
    return _of("meeting_id", f"officer.meeting{page}", name)


def _paper(kind: str, name: str) -> Visit:
    return _of("meeting_id", "officer.document", name, kind=kind)


BROUGHT = Visit("examiner.emergency_file", {"exam_id": "open_exam", "file_id": "emergency_file"})
DESK_PAGES = ("", "_agenda", "_attendance", "_reports", "_votes", "_announce", "_letters", "_oaths", "_close")
WALKS = {
    "stranger": _walk(STRANGER, "public.front", "public.sign_in", "public.seat", "public.verify", "public.receipts"),
    "clerk-exams": _walk(
        "banshi",
        "public.today",
        "examiner.exams",
        "examiner.exam_new",
        *(_exam("examiner.exam", name) for name in ("past_exam", "open_exam", "coming_exam", "draft_exam")),
        _exam("examiner.exam_edit", "draft_exam"),
        *(_exam("examiner.exam_check", name) for name in ("draft_exam", "coming_exam")),
        _exam("examiner.roster_import", "draft_exam"),
        _exam("examiner.roster_makeup", "makeup_exam"),
        "examiner.bank",
    ),
    "clerk-papers": _walk(
        "banshi",
        "examiner.blueprints",
        "examiner.blueprint_new",
        _of("blueprint_id", "examiner.blueprint", "ready_blueprint"),
        _of("blueprint_id", "examiner.blueprint", "draft_blueprint"),
        _of("blueprint_id", "examiner.blueprint_edit", "draft_blueprint"),
    ),
    "author": _walk(
        "mingti",
        "public.today",
        "public.password",
        "examiner.bank",
        Visit("examiner.bank", query={"q": "预算", "kind": "single"}),
        Visit("examiner.bank", query={"q": "查无此题"}),
        *(_of("question_id", "examiner.question", f"{state}_question") for state in ("live", "draft", "retired")),
        "examiner.question_new",
        _of("version_id", "examiner.question_edit", "draft_version"),
        "examiner.bank_import",
        _of("file_id", "examiner.bank_import_preview", "import_file"),
    ),
    "reviewer": _walk(
        "shenti",
        "public.today",
        _of("version_id", "examiner.question_review", "in_review_version"),
        "examiner.laws",
        _of("edition_id", "examiner.law_edition", "edition_with_text"),
        _of("edition_id", "examiner.law_edition", "edition_without_text"),
        "examiner.laws_import",
    ),
    "publisher": _walk(
        "kaowu",
        "public.today",
        _exam("examiner.results"),
        _exam("examiner.results", "open_exam"),
        Visit("examiner.result_sheet", {"exam_id": "past_exam", "result_id": "result"}),
    ),
    "chief": _walk(
        "zhujian",
        "public.today",
        _exam("examiner.late"),
        *(_exam(f"examiner.{page}", "open_exam") for page in ("board", "outages", "late")),
    ),
    "officer-bills": _walk(
        "kaowu",
        "officer.bills",
        "officer.bill_new",
        _of("bill_id", "officer.bill", "bill"),
        _of("bill_id", "officer.bill", "open_bill"),
        _of("bill_id", "officer.bill", "bill", state="under_review"),
        _of("bill_id", "officer.bill", "bill", q="查无此人"),
        _of("bill_id", "officer.item_new", "open_bill"),
        _of("bill_id", "officer.items_paste", "open_bill"),
        *(_of("bill_id", "officer.bill_papers", "open_bill", tab=tab) for tab in ("papers", "objections", "notices")),
        _of("bill_id", "officer.paper_new", "open_bill"),
        _of("bill_id", "officer.correction_new", "open_bill"),
        _of("notice_id", "officer.correction", "notice"),
        _of("item_id", "officer.item", "item"),
        _of("item_id", "officer.item", "open_item"),
        _of("item_id", "officer.item", "undecided_item"),
        _of("item_id", "officer.item", "failed_item"),
    ),
    "officer-certificates": _walk(
        "kaowu",
        "officer.certificates",
        _of("job_id", "officer.certificates_job", "job"),
        _of("job_id", "public.job", "job"),
    ),
    "officer-meetings": _walk(
        "banshi",
        "public.today",
        "officer.meetings",
        Visit("officer.meetings", query={"state": "open"}),
        "officer.meeting_new",
        _of("meeting_id", "officer.meeting_edit", "planned_standing_committee_meeting"),
        "officer.members",
        "officer.member_new",
        *(_desk(page, "planned_standing_committee_meeting") for page in ("", "_agenda", "_candidates", "_attendance")),
        *(_desk(page, "open_directors_meeting") for page in ("", "_agenda", "_decisions", "_overview", "_close")),
    ),
    "officer-desk": _walk(
        "banshi",
        *(_desk(page, "open_standing_committee_meeting") for page in DESK_PAGES),
        Visit("officer.meeting_votes", {"meeting_id": "open_standing_committee_meeting"}, {"show": "voted"}),
        Visit("officer.vote_correct", {"meeting_id": "open_standing_committee_meeting", "vote_id": "open_vote"}),
    ),
    "director-desk": _walk(
        "zhuren",
        *(_desk(page, "closed_standing_committee_meeting") for page in DESK_PAGES),
        _desk("_decisions", "closed_directors_meeting"),
        _desk("_overview", "open_standing_committee_meeting"),
        _desk("_documents", "closed_standing_committee_meeting"),
    ),
    "officer-documents": _walk(
        "banshi",
        _desk("_documents", "planned_standing_committee_meeting"),
        _desk("_documents", "closed_standing_committee_meeting"),
        *(_paper(kind, "closed_standing_committee_meeting") for kind in ("agenda", "host_script", "vote_result")),
        _paper("vote_sheet", "open_standing_committee_meeting"),
        _paper("directors_minutes", "closed_directors_meeting"),
        _of("document_id", "officer.issued_document", "document"),
        _of("job_id", "officer.documents_job", "package_job"),
        _of("archive_id", "officer.archive_check", "archive"),
    ),
    "officer-positions": _walk(
        "banshi",
        "officer.positions",
        "officer.position_new",
        "officer.positions_scope",
        Visit("officer.positions_scope", query={"from": "zhejiang"}),
        _of("position_id", "officer.position_edit", "position"),
        _of("item_id", "officer.item_correct", "undecided_item"),
    ),
    "officer-yearbook": _walk(
        "kaowu",
        "officer.yearbook",
        Visit("officer.yearbook", query={"year": "2024"}),
        Visit("officer.yearbook_list", query={"year": "2026", "key": "examined"}),
        Visit("officer.yearbook_list", query={"year": "2024", "key": "total"}),
        Visit("officer.yearbook_laws", query={"year": "2026"}),
        Visit("officer.yearbook_report", query={"year": "2026"}),
    ),
    "officer-duties": _walk(
        "kaowu",
        "officer.duties",
        Visit("officer.duties", query={"state": "planned"}),
        Visit("officer.duties", query={"q": "查无此人"}),
        "officer.duties_sheet",
        "officer.duties_plan",
        Visit("officer.duties_plan", query={"show": "all"}),
        *(_of("duty_id", "officer.duty", f"{step}_duty") for step in ("planned", "assessed", "rectifying", "closed")),
        _of("duty_id", "officer.duty_paper", "planned_duty", kind="report_notice"),
        _of("duty_id", "officer.duty_paper", "assessed_duty", kind="assessment_result"),
        _of("duty_id", "officer.duty_paper", "rectifying_duty", kind="feedback_letter"),
    ),
    "director": _walk("zhuren", "public.today", _of("item_id", "officer.item", "failed_item"), "officer.meetings"),
    "system-administrator": _walk(
        "xitong",
        "public.today",
        "admin.settings",
        "admin.accounts",
        "admin.account_new",
        _of("account_id", "admin.account", "account"),
        "admin.committee",
        "admin.self_check",
    ),
    "security-administrator": _walk("anquan", "admin.roles", _of("account_id", "admin.role_edit", "account")),
    "audit-administrator": _walk("shenji", "public.today", "admin.audit", "admin.attempts"),
    "rules": _walk(
        "kaowu",
        "admin.committee",
        "admin.rules_new",
        _of("version_id", "admin.rules_version", "rules_version"),
        "admin.term_new",
        "admin.rules_published",
        Visit("admin.rules_new", query={"from": "zhejiang"}),
        "admin.rules_table",
        Visit("admin.rules_table", query={"from": "shenzhen"}),
    ),
    "requirements": _walk(
        "kaowu",
        "officer.requirements",
        Visit("officer.requirements", query={"show": "changed"}),
        _of("item_id", "officer.item_facts", "undecided_item"),
        _of("item_id", "officer.item_failure_letter", "failed_item"),
    ),
    "approver": _walk("zhuren", "officer.requirements", _of("item_id", "officer.item_failure_letter", "failed_item")),
    "invigilator": _walk(
        "jiankao",
        "public.today",
        _exam("examiner.board", "open_exam"),
        _exam("examiner.board", "coming_exam"),
        Visit("examiner.board_seat", {"exam_id": "open_exam", "entry_id": "sitting_entry"}),
        Visit("examiner.board_seat", {"exam_id": "past_exam", "entry_id": "absent_entry"}),
        BROUGHT,
    ),
    "chief-invigilator": _walk("zhujian", _exam("examiner.emergency_files", "open_exam"), BROUGHT),
    "candidate-new": _walk("new", "candidate.home", "candidate.rehearsal"),
    "candidate-ready": _walk("ready", "candidate.home"),
    "candidate-sitting": _walk("sitting", "candidate.home", "candidate.exam"),
    "candidate-closed": _walk("closed", "candidate.home", "public.receipts"),
    "candidate-published": _walk("published", "candidate.home", "candidate.result"),
}
"""Pages that are looked at in a browser."""

FILES = {
    "author": _walk("mingti", "examiner.bank_template"),
    "examiner": _walk(
        "kaowu",
        _exam("examiner.results_export"),
        _exam("examiner.results_summary"),
        Visit("examiner.result_sheet_print", {"exam_id": "past_exam", "result_id": "result"}),
        _exam("examiner.roster_sheet", "coming_exam"),
        _of("certificate_id", "officer.certificate_file", "certificate"),
        _of("job_id", "officer.certificates_printed", "job"),
        _of("job_id", "public.file", "job"),
        _of("bill_id", "officer.bill_export", "bill"),
    ),
    "documents": _walk(
        "banshi",
        *(
            _of("meeting_id", "officer.document_file", "closed_standing_committee_meeting", kind="agenda", form=form)
            for form in FORMS
        ),
        *(_of("document_id", "officer.issued_document_file", "document", form=form) for form in FORMS),
        _of("archive_id", "officer.archive_file", "archive"),
        _of("attachment_id", "officer.paper_file", "attachment"),
    ),
    "yearbook": _walk(
        "kaowu",
        *(
            Visit(f"officer.yearbook_{name}", query={"year": "2026"})
            for name in ("pdf", "word", "workbook", "laws_file")
        ),
        Visit("officer.yearbook_list_file", query={"year": "2026", "key": "total"}),
    ),
    "duties": _walk(
        "kaowu",
        "officer.duties_export",
        *(
            _of("duty_id", "officer.duty_paper_file", "rectifying_duty", kind="feedback_letter", ending=ending)
            for ending in ("pdf", "docx")
        ),
        *(Visit("officer.duties_sheet_file", query={"form": form}) for form in FORMS),
    ),
    "auditor": _walk("shenji", "admin.audit_export"),
    "candidate": _walk("published", "candidate.certificate"),
}
"""Downloads: it matters that they come, and as what."""

PARTS = {
    "public.choose_committee": "sends the few with several committees on; chosen in the head band",
    "public.health": "a word for machines",
    "public.receipts_key": "plain text beside the page of receipts",
    "public.ready": "a word for machines",
    "public.metrics": "figures for machines",
    "examiner.law_article": "a fragment beside the question editor, visited with it",
    "candidate.state": "JSON for the home page",
    "candidate.clock": "JSON for the exam page",
}
"""What is no page of its own, and why."""
