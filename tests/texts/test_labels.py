"""tests.texts.test_labels — every way to vote, report and swear has a word of its own."""

from enum import StrEnum
from typing import Any

import pytest

from exam_app.proceedings.states import OathForm, OathOrganizer, ReportMode, VoteMethod
from exam_app.texts.proceedings import METHODS, OATH_FORMS, ORGANIZERS, REPORT_MODES


@pytest.mark.parametrize(
    ("kind", "labels"),
    [(VoteMethod, METHODS), (ReportMode, REPORT_MODES), (OathOrganizer, ORGANIZERS), (OathForm, OATH_FORMS)],
)
def test_every_member_has_a_word_of_its_own(kind: type[StrEnum], labels: dict[Any, str]) -> None:
    assert set(labels) == set(kind)
    assert len(set(labels.values())) == len(labels)
