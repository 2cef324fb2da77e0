"""intake.reading — reads a list for appointment and removal: sections, tables and sentences, as offices mix them.

A line is a heading (二、免职), a sentence (任命张三为…), a header, a row, or nothing of the kind; what was not
understood as a row is handed out as well, so that nobody is lost in silence. Pure.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from exam_app.appointments.positions import organ_named
from exam_app.appointments.states import APPOINTING_FORMS, Form
from exam_app.intake.sentences import (
    BODY,
    NOBODY,
    TITLE,
    Said,
    form_named,
    has_verb,
    heading,
    read_sentences,
    several_posts,
    side_named,
)
from exam_app.intake.sentences import NAME as PERSON
from exam_app.people.errors import ListEmpty, ListHeaderUnclear, ListTooLong
from exam_app.people.lists import (
    HEADS,
    MOST_ROWS,
    NAME,
    NOMINATED,
    ORGAN,
    ORGANS,
    PHONE,
    POST,
    UNIT,
    by_place,
    head_word,
    numbered_lines,
    parted,
)
from question_bank.kinds import OrganType

LEAVING, BOTH, FORM, REASON, PLAIN = "leaving_post", "either_post", "form", "reason", "plain_post"
OWN_HEADS: Mapping[str, tuple[str, ...]] = {
    NOMINATED: ("拟任职务名称", "拟任职", "决定任命职务", "拟任新职务"),
    LEAVING: ("拟免职务", "拟免去职务", "免去职务", "拟免", "拟免职", "免职职务", "决定免去职务", "辞去职务"),
    BOTH: ("任免职务", "拟任免职务", "任免事项", "提请任免职务"),
    FORM: ("任免方式", "任免类型", "任免形式", "任免类别", "任免", "方式", "形式"),
    REASON: ("理由", "任免理由", "任职理由", "免职理由", "原因", "备注", "说明"),
    PLAIN: ("职务",),
}
ITEM_HEADS = HEADS | {word: column for column, words in OWN_HEADS.items() for word in words}
OWN_POSTS = frozenset({NOMINATED, LEAVING, BOTH})
EITHER = re.compile(r"任[（(/]免[)）]?")
NOT_A_ROW = re.compile(r"^(?:合计|共计|总计|注[:：]|备注[:：]|说明[:：]|[（(]共)")


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One person and one post as the list has them. `key` names the row on the page: 12, or 12-2 for the line's second.

    `leaving` tells the side; None where neither a word nor a column does. Whatever has several `meanings` or `posts`
    has to be asked about before it becomes items.
    """

    key: str
    line: int
    name: str = ""
    unit: str = ""
    present: str = ""
    phone: str = ""
    post: str = ""
    reason: str = ""
    form: Form | None = None
    form_words: str = ""
    leaving: bool | None = None
    is_contradictory: bool = False
    is_post_unsure: bool = False
    organ: OrganType | None = None
    organ_words: str = ""
    words: str = ""
    meanings: tuple[Said, ...] = ()
    posts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a list holds, and the lines that hold nobody: titles, headings, remarks."""

    rows: tuple[Listed, ...]
    unread: tuple[tuple[int, str], ...]


@dataclass
class _Section:
    """Under which words the next lines stand."""

    header: dict[int, str] = field(default_factory=dict)
    words: str = ""
    form: Form | None = None
    leaving: bool | None = None
    organ: OrganType | None = None
    was_header: bool = False
    was_understood: bool = False


def read(text: str) -> Reading:
    """Read a list, or raise ListEmpty, ListTooLong or ListHeaderUnclear."""
    section, rows, unread = _Section(), list[Listed](), list[tuple[int, str]]()
    for number, line in numbered_lines(text):
        section.was_understood = False
        found = list(_line(number, line, section))
        rows += found
        if not found and not section.was_understood:
            unread.append((number, " ".join(dict.fromkeys(line.split()))))
    if not rows:
        raise ListEmpty
    if len(rows) > MOST_ROWS:
        raise ListTooLong(rows=len(rows), most=MOST_ROWS)
    return Reading(tuple(rows), tuple(unread))


def _line(number: int, line: str, section: _Section) -> Iterator[Listed]:
    cells = [cell.strip() for cell in line.split("\t")]
    filled = list(dict.fromkeys(cell for cell in cells if cell))
    after_header, section.was_header = section.was_header, False
    if len(filled) == 1 and (len(cells) == 1 or _spans(cells)):
        found = list(_single(number, filled[0], section, is_merged=len(cells) > 1))
        is_lone_name = not found and not section.was_understood and _is_lone_name(cells, section)
        yield from _row(number, cells, section) if is_lone_name else found
        return
    if len(cells) == 1:
        cells = parted(line)
    if names_people(cells) or (after_header and _goes_on(cells)):
        section.header = (section.header if after_header else {}) | _header(cells)
        section.was_header = section.was_understood = True
    elif not NOT_A_ROW.match(filled[0] if filled else ""):
        yield from _row(number, cells, section)


def _is_lone_name(cells: Sequence[str], section: _Section) -> bool:
    """Whether a row says a person's name and forgets the rest."""
    names = [cell for place, cell in enumerate(cells) if cell and section.header.get(place) == NAME]
    return len(set(cells)) > 1 and any(PERSON.fullmatch(name) and not NOBODY.search(name) for name in names)


def _spans(cells: Sequence[str]) -> bool:
    """Whether one text fills the whole row, as a merged cell does, or stands alone in front."""
    return len(set(cells)) == 1 or not any(cells[1:])


def _single(number: int, text: str, section: _Section, is_merged: bool) -> Iterator[Listed]:
    sentences = read_sentences(text, section.form, section.leaving)
    if sentences:
        yield from _said(number, text, sentences, section)
    elif _opens(text, section):
        section.was_understood = True
    elif has_verb(text):
        yield Listed(key=str(number), line=number, words=text)
    elif len(parted(text)) > 1 and not is_merged and not NOT_A_ROW.match(text):
        yield from _row(number, parted(text), section)


def _opens(text: str, section: _Section) -> bool:
    """Whether a line stands over the next ones; if so, what it says holds from here on."""
    words, form, leaving = heading(text) or ("", None, None)
    has_side = form is not None or leaving is not None
    if not has_side and not BODY.fullmatch(words):
        return False
    section.organ = organ_named(words)
    if has_side:
        section.words, section.form, section.leaving = words, form, leaving
    return True


def _said(number: int, text: str, sentences: Sequence[Sequence[Said]], section: _Section) -> Iterator[Listed]:
    blank = Listed(key=str(number), line=number, words=text, organ=section.organ)
    rows: list[Listed] = []
    for said in sentences:
        rows += [replace(blank, meanings=tuple(said))] if len(said) > 1 else meant(blank, said[0])
    yield from rows if len(rows) == 1 else _numbered(rows, number)


def meant(row: Listed, said: Said) -> list[Listed]:
    """Return the rows that one meaning of a sentence makes, a person each."""
    made = [
        replace(
            row,
            name=name,
            post=said.post,
            form=said.form,
            form_words=row.words,
            leaving=said.is_leaving,
            organ=None if organ_named(said.post) else row.organ,
            meanings=(),
            posts=several_posts(said.post),
        )
        for name in said.names
    ]
    return made if len(made) == 1 else _numbered(made, row.key)


def _numbered(rows: Sequence[Listed], key: int | str) -> list[Listed]:
    return [replace(row, key=f"{key}-{place}") for place, row in enumerate(rows, 1)]


def apart(row: Listed) -> list[Listed]:
    """Return a row for each of several posts."""
    return _numbered([replace(row, post=post, posts=()) for post in row.posts], row.key)


def names_people(cells: Sequence[str]) -> bool:
    """Whether a row is a header over people."""
    return len(set(cells)) > 1 and any(_column(cell) == NAME for cell in cells)


def _goes_on(cells: Sequence[str]) -> bool:
    """Whether a row is the second half of a header: column words only."""
    return all(_column(cell) or not cell for cell in cells)


def _column(cell: str) -> str | None:
    word = re.sub(r"\s", "", cell)
    return BOTH if EITHER.search(word) else ITEM_HEADS.get(head_word(word))


def _header(cells: Sequence[str]) -> dict[int, str]:
    """Return the column of each place; a merged head counts once, at its first place."""
    columns: dict[int, str] = {}
    for place, cell in enumerate(cells):
        column = _column(cell)
        if column is None or (place and cells[place - 1] == cell):
            continue
        if column in columns.values():
            raise ListHeaderUnclear(column=head_word(cell))
        columns[place] = column
    return columns


def _row(number: int, cells: Sequence[str], section: _Section) -> Iterator[Listed]:
    values = _by_header(cells, section.header) if section.header else _by_place(cells)
    told = [(False, values.get(NOMINATED, "")), (True, values.get(LEAVING, "")), (None, values.get(BOTH, ""))]
    posts = [(leaving, post) for leaving, post in told if post]
    unsure = not posts and not OWN_POSTS & set(section.header.values()) and values.get(PLAIN, "")
    plain = _listed(number, cells, values, section)
    for place, (leaving, post) in enumerate(posts or [(None, unsure or "")], 1):
        row = replace(_sided(plain, leaving), post=post, posts=several_posts(post))
        row = replace(row, is_post_unsure=bool(unsure) and POST not in section.header.values())
        yield row if len(posts) < 2 else replace(row, key=f"{number}-{place}")


def _by_place(cells: Sequence[str]) -> dict[str, str]:
    """Return the cells of a row without a header; of two, the second is the post if it looks like one."""
    kept = cells[1:] if re.fullmatch(r"[\d０-９]{1,4}[.、．]?", cells[0]) else cells
    if len(kept) == 2 and TITLE.search(kept[1]):
        return {NAME: kept[0], PLAIN: kept[1]}
    return by_place(kept)


def _listed(number: int, cells: Sequence[str], values: Mapping[str, str], section: _Section) -> Listed:
    own, organ_words = values.get(FORM, ""), values.get(ORGAN, "")
    form = form_named(own) if own else section.form
    leaving = side_named(own) if own else section.leaving
    is_plain_present = bool(OWN_POSTS & set(section.header.values()))
    return Listed(
        key=str(number),
        line=number,
        name=values.get(NAME, ""),
        unit=values.get(UNIT, ""),
        present=values.get(POST, "") or (values.get(PLAIN, "") if is_plain_present else ""),
        phone=values.get(PHONE, ""),
        reason=values.get(REASON, ""),
        form=form,
        form_words=own or section.words,
        leaving=leaving,
        organ=ORGANS.get(re.sub(r"\s", "", organ_words)) or organ_named(organ_words) or section.organ,
        organ_words=organ_words,
        words=" ".join(dict.fromkeys(cell for cell in cells if cell)),
    )


def _sided(row: Listed, leaving: bool | None) -> Listed:
    """Return the row with the side that its column tells; own words that say otherwise make it contradictory."""
    if leaving is None:
        return row
    says = row.leaving if row.form is None else row.form not in APPOINTING_FORMS
    if says is None or says is leaving:
        return replace(row, leaving=leaving)
    return replace(row, leaving=leaving, form=None, is_contradictory=True)


def _by_header(cells: Sequence[str], header: Mapping[int, str]) -> dict[str, str]:
    return {header[place]: cell for place, cell in enumerate(cells) if place in header and cell not in ("", "—", "无")}
