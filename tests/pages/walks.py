"""tests.pages.walks — which visitor looks at which pages: every GET endpoint is in here once at least."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask

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


def walk(visitor: str, *visits: Visit | str) -> Walk:
    """Return a walk; a bare word is an endpoint without ids."""
    return Walk(visitor, tuple(Visit(visit) if isinstance(visit, str) else visit for visit in visits))


def of(thing: str, endpoint: str, name: str, **query: str) -> Visit:
    """Return a visit to an address with one id in it."""
    return Visit(endpoint, {thing: name}, query)


def exam(endpoint: str, name: str = "past_exam", **query: str) -> Visit:
    """Return a visit to a page of an exam."""
    return of("exam_id", endpoint, name, **query)


def _desk(page: str, name: str) -> Visit:
    return of("meeting_id", f"officer.meeting{page}", name)


def _paper(kind: str, name: str) -> Visit:
    return of("meeting_id", "officer.document", name, kind=kind)


def _sheet(page: str, name: str) -> Visit:
    return Visit(f"examiner.sheet_{page}", {"exam_id": "open_exam", "sitting_id": name})


BROUGHT = Visit("examiner.emergency_file", {"exam_id": "open_exam", "file_id": "emergency_file"})
DESK_PAGES = ("", "_agenda", "_attendance", "_reports", "_votes", "_announce", "_letters", "_oaths", "_close")
WALKS = {
    "stranger": walk(STRANGER, "public.front", "public.sign_in", "public.seat", "public.verify", "public.receipts"),
    "clerk-exams": walk(
        "banshi",
        "public.today",
        "examiner.exams",
        "examiner.exam_new",
        *(exam("examiner.exam", name) for name in ("past_exam", "open_exam", "coming_exam", "draft_exam")),
        exam("examiner.exam_edit", "draft_exam"),
        *(exam("examiner.exam_check", name) for name in ("draft_exam", "coming_exam")),
        exam("examiner.roster_import", "draft_exam"),
        exam("examiner.roster_makeup", "makeup_exam"),
        "examiner.bank",
    ),
    "clerk-papers": walk(
        "banshi",
        "examiner.blueprints",
        "examiner.blueprint_new",
        of("blueprint_id", "examiner.blueprint", "ready_blueprint"),
        of("blueprint_id", "examiner.blueprint", "draft_blueprint"),
        of("blueprint_id", "examiner.blueprint_edit", "draft_blueprint"),
    ),
    "author": walk(
        "mingti",
        "public.today",
        "public.password",
        "examiner.bank",
        Visit("examiner.bank", query={"q": "预算", "kind": "single"}),
        Visit("examiner.bank", query={"q": "查无此题"}),
        *(of("question_id", "examiner.question", f"{state}_question") for state in ("live", "draft", "retired")),
        "examiner.question_new",
        of("version_id", "examiner.question_edit", "draft_version"),
        "examiner.bank_import",
        of("file_id", "examiner.bank_import_preview", "import_file"),
    ),
    "reviewer": walk(
        "shenti",
        "public.today",
        of("version_id", "examiner.question_review", "in_review_version"),
        "examiner.laws",
        of("edition_id", "examiner.law_edition", "edition_with_text"),
        of("edition_id", "examiner.law_edition", "edition_without_text"),
        "examiner.laws_import",
    ),
    "publisher": walk(
        "kaowu",
        "public.today",
        exam("examiner.results"),
        exam("examiner.results", "open_exam"),
        exam("examiner.sheets", "open_exam"),
        exam("examiner.sheets"),
        _sheet("read", "unread_sheet"),
        Visit("examiner.result_sheet", {"exam_id": "past_exam", "result_id": "result"}),
    ),
    "chief": walk(
        "zhujian",
        "public.today",
        exam("examiner.late"),
        *(exam(f"examiner.{page}", "open_exam") for page in ("board", "outages", "late", "sheets")),
        _sheet("settle", "differing_sheet"),
    ),
    "officer-bills": walk(
        "kaowu",
        "officer.bills",
        "officer.bill_new",
        of("bill_id", "officer.bill", "bill"),
        of("bill_id", "officer.bill", "open_bill"),
        of("bill_id", "officer.bill", "bill", state="under_review"),
        of("bill_id", "officer.bill", "bill", q="查无此人"),
        of("bill_id", "officer.item_new", "open_bill"),
        of("bill_id", "officer.items_paste", "open_bill"),
        *(of("bill_id", "officer.bill_papers", "open_bill", tab=tab) for tab in ("papers", "objections", "notices")),
        of("bill_id", "officer.paper_new", "open_bill"),
        of("bill_id", "officer.correction_new", "open_bill"),
        of("notice_id", "officer.correction", "notice"),
        of("item_id", "officer.item", "item"),
        of("item_id", "officer.item", "open_item"),
        of("item_id", "officer.item", "undecided_item"),
        of("item_id", "officer.item", "failed_item"),
    ),
    "officer-certificates": walk(
        "kaowu",
        "officer.certificates",
        of("job_id", "officer.certificates_job", "job"),
        of("job_id", "public.job", "job"),
    ),
    "officer-meetings": walk(
        "banshi",
        "public.today",
        "officer.meetings",
        Visit("officer.meetings", query={"state": "open"}),
        "officer.meeting_new",
        of("meeting_id", "officer.meeting_edit", "planned_standing_committee_meeting"),
        "officer.members",
        "officer.member_new",
        *(_desk(page, "planned_standing_committee_meeting") for page in ("", "_agenda", "_candidates", "_attendance")),
        *(_desk(page, "open_directors_meeting") for page in ("", "_agenda", "_decisions", "_overview", "_close")),
    ),
    "officer-desk": walk(
        "banshi",
        *(_desk(page, "open_standing_committee_meeting") for page in DESK_PAGES),
        Visit("officer.meeting_votes", {"meeting_id": "open_standing_committee_meeting"}, {"show": "voted"}),
        Visit("officer.vote_correct", {"meeting_id": "open_standing_committee_meeting", "vote_id": "open_vote"}),
    ),
    "director-desk": walk(
        "zhuren",
        *(_desk(page, "closed_standing_committee_meeting") for page in DESK_PAGES),
        _desk("_decisions", "closed_directors_meeting"),
        _desk("_overview", "open_standing_committee_meeting"),
        _desk("_documents", "closed_standing_committee_meeting"),
    ),
    "officer-documents": walk(
        "banshi",
        _desk("_documents", "planned_standing_committee_meeting"),
        _desk("_documents", "closed_standing_committee_meeting"),
        *(_paper(kind, "closed_standing_committee_meeting") for kind in ("agenda", "host_script", "vote_result")),
        _paper("vote_sheet", "open_standing_committee_meeting"),
        _paper("directors_minutes", "closed_directors_meeting"),
        of("document_id", "officer.issued_document", "document"),
        of("job_id", "officer.documents_job", "package_job"),
        of("archive_id", "officer.archive_check", "archive"),
    ),
    "officer-positions": walk(
        "banshi",
        "officer.positions",
        "officer.position_new",
        "officer.positions_scope",
        Visit("officer.positions_scope", query={"from": "zhejiang"}),
        of("position_id", "officer.position_edit", "position"),
        of("item_id", "officer.item_correct", "undecided_item"),
    ),
    "officer-yearbook": walk(
        "kaowu",
        "officer.yearbook",
        Visit("officer.yearbook", query={"year": "2024"}),
        Visit("officer.yearbook_list", query={"year": "2026", "key": "examined"}),
        Visit("officer.yearbook_list", query={"year": "2024", "key": "total"}),
        Visit("officer.yearbook_laws", query={"year": "2026"}),
        Visit("officer.yearbook_report", query={"year": "2026"}),
    ),
    "officer-duties": walk(
        "kaowu",
        "officer.duties",
        Visit("officer.duties", query={"state": "planned"}),
        Visit("officer.duties", query={"q": "查无此人"}),
        "officer.duties_sheet",
        "officer.duties_plan",
        Visit("officer.duties_plan", query={"show": "all"}),
        *(of("duty_id", "officer.duty", f"{step}_duty") for step in ("planned", "assessed", "rectifying", "closed")),
        of("duty_id", "officer.duty_paper", "planned_duty", kind="report_notice"),
        of("duty_id", "officer.duty_paper", "assessed_duty", kind="assessment_result"),
        of("duty_id", "officer.duty_paper", "rectifying_duty", kind="feedback_letter"),
    ),
    "director": walk("zhuren", "public.today", of("item_id", "officer.item", "failed_item"), "officer.meetings"),
    "system-administrator": walk(
        "xitong",
        "public.today",
        "admin.settings",
        "admin.accounts",
        "admin.account_new",
        of("account_id", "admin.account", "account"),
        "admin.committee",
        "admin.self_check",
    ),
    "security-administrator": walk("anquan", "admin.roles", of("account_id", "admin.role_edit", "account")),
    "audit-administrator": walk("shenji", "public.today", "admin.audit", "admin.attempts"),
    "rules": walk(
        "kaowu",
        "admin.committee",
        "admin.rules_new",
        of("version_id", "admin.rules_version", "rules_version"),
        "admin.term_new",
        "admin.rules_published",
        Visit("admin.rules_new", query={"from": "zhejiang"}),
        "admin.rules_table",
        Visit("admin.rules_table", query={"from": "shenzhen"}),
    ),
    "requirements": walk(
        "kaowu",
        "officer.requirements",
        Visit("officer.requirements", query={"show": "changed"}),
        of("item_id", "officer.item_facts", "undecided_item"),
        of("item_id", "officer.item_failure_letter", "failed_item"),
    ),
    "approver": walk("zhuren", "officer.requirements", of("item_id", "officer.item_failure_letter", "failed_item")),
    "invigilator": walk(
        "jiankao",
        "public.today",
        exam("examiner.board", "open_exam"),
        exam("examiner.board", "coming_exam"),
        Visit("examiner.board_seat", {"exam_id": "open_exam", "entry_id": "sitting_entry"}),
        Visit("examiner.board_seat", {"exam_id": "past_exam", "entry_id": "absent_entry"}),
        Visit("examiner.board_seat", {"exam_id": "open_exam", "entry_id": "on_paper_entry"}),
        exam("examiner.sheets", "open_exam"),
        BROUGHT,
    ),
    "marker": walk("yuejuan", "public.today", exam("examiner.sheets", "open_exam"), _sheet("read", "read_sheet")),
    "chief-invigilator": walk("zhujian", exam("examiner.emergency_files", "open_exam"), BROUGHT),
    "candidate-new": walk("new", "candidate.home", "candidate.rehearsal"),
    "candidate-ready": walk("ready", "candidate.home"),
    "candidate-sitting": walk("sitting", "candidate.home", "candidate.exam"),
    "candidate-closed": walk("closed", "candidate.home", "public.receipts"),
    "candidate-published": walk("published", "candidate.home", "candidate.result"),
}
"""Pages that are looked at in a browser."""
