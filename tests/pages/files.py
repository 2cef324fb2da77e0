"""tests.pages.files — which visitor fetches which downloads, and which endpoints are no page of their own."""

from exam_app.printing.official.files import FORMS
from tests.pages.walks import Visit, exam, of, walk

FILES = {
    "author": walk("mingti", "examiner.bank_template"),
    "examiner": walk(
        "kaowu",
        exam("examiner.results_export"),
        exam("examiner.results_summary"),
        Visit("examiner.result_sheet_print", {"exam_id": "past_exam", "result_id": "result"}),
        exam("examiner.roster_sheet", "coming_exam"),
        of("certificate_id", "officer.certificate_file", "certificate"),
        of("job_id", "officer.certificates_printed", "job"),
        of("job_id", "public.file", "job"),
        of("bill_id", "officer.bill_export", "bill"),
    ),
    "documents": walk(
        "banshi",
        *(
            of("meeting_id", "officer.document_file", "closed_standing_committee_meeting", kind="agenda", form=form)
            for form in FORMS
        ),
        *(of("document_id", "officer.issued_document_file", "document", form=form) for form in FORMS),
        of("archive_id", "officer.archive_file", "archive"),
        of("attachment_id", "officer.paper_file", "attachment"),
    ),
    "yearbook": walk(
        "kaowu",
        *(
            Visit(f"officer.yearbook_{name}", query={"year": "2026"})
            for name in ("pdf", "word", "workbook", "laws_file")
        ),
        Visit("officer.yearbook_list_file", query={"year": "2026", "key": "total"}),
    ),
    "duties": walk(
        "kaowu",
        "officer.duties_export",
        *(
            of("duty_id", "officer.duty_paper_file", "rectifying_duty", kind="feedback_letter", ending=ending)
            for ending in ("pdf", "docx")
        ),
        *(Visit("officer.duties_sheet_file", query={"form": form}) for form in FORMS),
    ),
    "auditor": walk("shenji", "admin.audit_export"),
    "candidate": walk("published", "candidate.certificate"),
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
