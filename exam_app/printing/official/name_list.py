"""printing.official.name_list — 任免名单, 公告, 任免通知: who was appointed to and removed from what."""

from collections.abc import Iterator, Sequence

from exam_app.printing.official.facts import ItemFacts, MeetingFacts
from exam_app.printing.official.phrases import (
    BLANK,
    DRAFT,
    INTERNAL,
    REMOVALS,
    adopted,
    comrades,
    grouped,
    name_lines,
    numbered_draft,
)
from exam_app.printing.official.text import Block, OfficialText, Paragraph, Signature, full_day

THE_COMMITTEE_ITSELF = "主任会议"


def name_list(meeting: MeetingFacts, items: Sequence[ItemFacts]) -> OfficialText:
    """Return the list of names; a draft until every item has been voted on."""
    final = is_decided(items)
    return OfficialText(
        title=f"{meeting.committee}{list_kind(items)}名单",
        subtitle=adopted(meeting) if final else DRAFT,
        mark="" if final else INTERNAL,
        blocks=tuple(grouped(items)),
    )


def announcement(meeting: MeetingFacts, items: Sequence[ItemFacts]) -> OfficialText:
    """Return the announcement to the public, with a blank for its number."""
    final = is_decided(items)
    opening = f"{meeting.title}于{full_day(meeting.day)}通过："
    return OfficialText(
        title=f"{meeting.committee}公告",
        number=f"〔{meeting.day.year}〕第{BLANK}号",
        mark="" if final else INTERNAL,
        blocks=(
            Paragraph(opening),
            *grouped(items),
            Paragraph("现予公告。"),
            Signature(meeting.committee, full_day(meeting.day)),
        ),
    )


def organ_notice(meeting: MeetingFacts, items: Sequence[ItemFacts], rejected: Sequence[ItemFacts]) -> OfficialText:
    """Return the notice to one submitting organ: what of its bills was passed, and what was not."""
    final = is_decided(items)
    organ = (*items, *rejected)[0].bill.organ
    named = items or rejected
    return OfficialText(
        title=f"{meeting.committee}关于{comrades(named)}职务{list_kind(named)}的通知",
        number=numbered_draft(meeting),
        salutation="有关单位" if organ == THE_COMMITTEE_ITSELF else organ,
        mark="" if final else INTERNAL,
        blocks=tuple(_notice(meeting, items, rejected)),
    )


def _notice(meeting: MeetingFacts, items: Sequence[ItemFacts], rejected: Sequence[ItemFacts]) -> Iterator[Block]:
    bills = list(dict.fromkeys(f"《{item.bill.title}》（{item.bill.number}）" for item in (*items, *rejected)))
    if items:
        yield Paragraph(f"{meeting.title}于{full_day(meeting.day)}审议了{'、'.join(bills)}，通过下列事项：")
        yield from grouped(items)
    if rejected:
        opening = "下列事项" if items else f"{meeting.title}于{full_day(meeting.day)}审议了{'、'.join(bills)}，下列事项"
        yield Paragraph(f"{opening}未获常务委员会全体组成人员过半数赞成，没有通过：")
        yield from name_lines(rejected)
    yield Paragraph("特此通知。")
    yield Signature(meeting.committee, full_day(meeting.day))


def is_decided(items: Sequence[ItemFacts]) -> bool:
    """Whether every item of the list has been voted on."""
    return all(item.passed is not None for item in items)


def list_kind(items: Sequence[ItemFacts]) -> str:
    """Return whether the list appoints, removes, or does both."""
    removing = {item.form in REMOVALS for item in items}
    return {frozenset({True}): "免职", frozenset({False}): "任命"}.get(frozenset(removing), "任免")
