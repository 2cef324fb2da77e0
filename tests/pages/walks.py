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


def _walk(visitor: str, *visits: Visit | str) -> Walk:
    return Walk(visitor, tuple(Visit(visit) if isinstance(visit, str) else visit for visit in visits))


def _of(thing: str, endpoint: str, name: str, **query: str) -> Visit:
    """Return a visit to an address with one id in it."""
    return Visit(endpoint, {thing: name}, query)


def _exam(endpoint: str, name: str = "past_exam", **query: str) -> Visit:
    return _of("exam_id", endpoint, name, **query)


WALKS = {
    "stranger": _walk(STRANGER, "public.front", "public.sign_in", "public.seat", "public.verify"),
    "clerk-exams": _walk(
        "banshi",
        "public.today",
        "examiner.exams",
        "examiner.exam_new",
        *(_exam("examiner.exam", name) for name in ("past_exam", "open_exam", "coming_exam", "draft_exam")),
        _exam("examiner.exam_edit", "draft_exam"),
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
    "officer-bills": _walk(
        "kaowu",
        "officer.bills",
        "officer.bill_new",
        _of("bill_id", "officer.bill", "bill"),
        _of("bill_id", "officer.bill", "open_bill"),
        _of("bill_id", "officer.item_new", "open_bill"),
        _of("bill_id", "officer.items_paste", "open_bill"),
        _of("item_id", "officer.item", "item"),
        _of("item_id", "officer.item", "open_item"),
    ),
    "officer-certificates": _walk(
        "kaowu",
        "officer.certificates",
        _of("job_id", "officer.certificates_job", "job"),
        _of("job_id", "public.job", "job"),
        "officer.meetings",
        "officer.meeting_new",
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
    ),
    "security-administrator": _walk("anquan", "admin.roles", _of("account_id", "admin.role_edit", "account")),
    "audit-administrator": _walk("shenji", "public.today", "admin.audit", "admin.attempts"),
    "rules": _walk(
        "kaowu",
        "admin.committee",
        "admin.rules_new",
        _of("version_id", "admin.rules_version", "rules_version"),
        "admin.term_new",
    ),
    "invigilator": _walk(
        "jiankao",
        "public.today",
        _exam("examiner.board", "open_exam"),
        _exam("examiner.board", "coming_exam"),
        Visit("examiner.board_seat", {"exam_id": "open_exam", "entry_id": "sitting_entry"}),
        Visit("examiner.board_seat", {"exam_id": "past_exam", "entry_id": "absent_entry"}),
    ),
    "candidate-new": _walk("new", "candidate.home", "candidate.rehearsal"),
    "candidate-ready": _walk("ready", "candidate.home"),
    "candidate-sitting": _walk("sitting", "candidate.home", "candidate.exam"),
    "candidate-closed": _walk("closed", "candidate.home"),
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
    ),
    "auditor": _walk("shenji", "admin.audit_export"),
    "candidate": _walk("published", "candidate.certificate"),
}
"""Downloads: it matters that they come, and as what."""

PARTS = {
    "public.choose_committee": "sends the few with several committees on; chosen in the head band",
    "public.health": "a word for machines",
    "examiner.law_article": "a fragment beside the question editor, visited with it",
    "candidate.state": "JSON for the home page",
    "candidate.clock": "JSON for the exam page",
}
"""What is no page of its own, and why."""
