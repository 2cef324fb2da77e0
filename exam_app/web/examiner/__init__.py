"""web.examiner — pages for authors, reviewers, examiners, invigilators."""
