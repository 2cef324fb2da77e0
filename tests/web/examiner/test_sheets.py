"""tests.web.examiner.test_sheets — the pages of the paper fallback: who sees and does what; errors at the question."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from exam_app.audit.models import AuditEntry
from exam_app.base.clock import FixedClock
from exam_app.base.db import db, transaction
from exam_app.people.states import Role
from exam_app.results.models import Result
from exam_app.results.states import ResultState
from exam_app.sheets.models import PaperEntry, PaperTurn
from exam_app.sittings.models import Sitting
from tests.factories import browser_of, make_account
from tests.printing.reading import lines
from tests.sheets.factories import BLANKS, OTHER, REASON, TURNED, code_of, collect, put, read, reading, sitting_of
from tests.sittings.factories import Room, answer, begin, make_room

Enter = Callable[..., FlaskClient]


@pytest.fixture
def room(app: Flask, clock: FixedClock) -> Room:
    """A released exam, ten minutes after its start."""
    clock.advance(TURNED - clock.now())
    return make_room(3)


@pytest.fixture
def sitting(room: Room) -> Sitting:
    sitting = begin(room.entries[0])
    answer(sitting, 1, "A", 1)
    answer(sitting, 2, "B", 2)
    return sitting


@pytest.fixture
def enter(app: Flask, room: Room) -> Enter:
    """Let somebody with these roles sign in."""

    def sign_in(*roles: Role, name: str = "", house: Room = room) -> FlaskClient:
        with transaction():
            account = make_account(house.committee, *roles, username=name)
        return browser_of(app, account)

    return sign_in


def sheets(room: Room) -> str:
    return f"/exams/{room.exam.id}/sheets"


def typed(sitting: Sitting, **answers: str) -> dict[str, str]:
    """Return the filled form: a dash where nothing is given."""
    boxes = {f"answer-{slot}": dash for slot, dash in BLANKS.items()}
    return {"sheet_code": code_of(sitting), **boxes, **{f"answer-{name[1:]}": each for name, each in answers.items()}}


def rows(table: type) -> int:
    db.session.rollback()
    return len(db.session.scalars(select(table)).all())


def test_invigilator_puts_prints_and_collects(enter: Enter, room: Room, sitting: Sitting) -> None:
    invigilator = enter(Role.INVIGILATOR)
    where = f"/exams/{room.exam.id}/board/seats/{room.entries[0].id}/on-paper"
    page = invigilator.post(where, data={"reason": REASON}, follow_redirects=True).text
    assert "已改用纸笔作答，原来的电脑已停用" in page and "已打印待收" in page and "已存 2 题" in page

    printed = invigilator.post(f"{sheets(room)}/{sitting.id}.pdf")
    assert (printed.status_code, printed.mimetype) == (200, "application/pdf")
    code = code_of(sitting)
    assert f"{code[:4]}-{code[4:]}" in lines(printed.data) and "已存答案　A" in lines(printed.data)

    page = invigilator.post(f"{sheets(room)}/{sitting.id}/collect", follow_redirects=True).text
    assert "可以录入" in page and "待第一人录入" in page
    verbs = select(AuditEntry.verb).where(AuditEntry.verb.startswith("paper.")).order_by(AuditEntry.id)
    assert db.session.scalars(verbs).all() == ["paper.put", "paper.print", "paper.collect"]


def test_several_are_put_on_paper_and_one_who_may_not_holds_nobody_up(
    enter: Enter, room: Room, sitting: Sitting
) -> None:
    put(room, 1)
    invigilator = enter(Role.INVIGILATOR)
    data = {"entry": [str(entry.id) for entry in room.entries], "reason": REASON}
    page = invigilator.post(f"{sheets(room)}/put", data=data, follow_redirects=True).text
    assert "2 人已改用纸笔作答" in page and "座位 02：该考生已经改用纸笔作答" in page
    assert rows(PaperTurn) == 3
    text = lines(invigilator.post(f"{sheets(room)}.pdf").data)
    assert sum(line == "满　　分" for line in text) == 3


def test_without_a_reason_nobody_is_put_on_paper(enter: Enter, room: Room, sitting: Sitting) -> None:
    data = {"entry": [str(room.entries[0].id)], "reason": " "}
    page = enter(Role.INVIGILATOR).post(f"{sheets(room)}/put", data=data, follow_redirects=True).text
    assert "没有" in page and rows(PaperTurn) == 0


def test_back_at_a_screen_the_new_code_is_shown_once(enter: Enter, room: Room, sitting: Sitting) -> None:
    put(room)
    invigilator = enter(Role.INVIGILATOR)
    done = invigilator.post(f"{sheets(room)}/{sitting.id}/back", data={"reason": "备用电脑"}, follow_redirects=True)
    assert "新考试码：" in done.text and "新考试码：" not in invigilator.get(sheets(room)).text


def test_two_read_the_chief_settles_and_it_is_marked(enter: Enter, room: Room, sitting: Sitting) -> None:
    put(room)
    collect(room, sitting)
    where = f"{sheets(room)}/{sitting.id}"
    one, other, chief = enter(Role.MARKER), enter(Role.EXAMINER), enter(Role.CHIEF_INVIGILATOR)
    page = one.get(f"{where}/read").text
    assert "第一遍录入" in page and 'value="A"' not in page, "what is saved is on the sheet, not in the boxes"
    done = one.post(f"{where}/read", data=typed(sitting, q1="A", q3="AB"), follow_redirects=True)
    assert "已录入第一遍" in done.text and "您已录入，等另一位" in done.text

    page = other.get(f"{where}/read").text
    assert "第二遍录入" in page and 'value="AB"' not in page
    done = other.post(f"{where}/read", data=typed(sitting, q1="A", q3="AC"), follow_redirects=True)
    assert "有 1 处不一致，等主监考核定" in done.text

    page = chief.get(f"{where}/settle").text
    assert "第 3 题" in page and "第 1 题" not in page and 'value="AB"' in page and 'value="AC"' in page
    data = {"choice-3": "other", "other-3": "ac", "reason-3": "卷面是 AC"}
    assert "已核定入卷并评分" in chief.post(f"{where}/settle", data=data, follow_redirects=True).text
    db.session.rollback()
    assert db.session.scalars(select(Result.state)).one() is ResultState.MARKED


def test_what_is_wrong_is_said_at_the_question_and_the_rest_stays(enter: Enter, room: Room, sitting: Sitting) -> None:
    put(room)
    collect(room, sitting)
    where = f"{sheets(room)}/{sitting.id}/read"
    done = enter(Role.MARKER).post(where, data=typed(sitting, q1="E", q2="", q4="BD"))
    assert done.status_code == 422 and "有 2 题的录入不对" in done.text
    assert '<a href="#answer-1">第 1 题：没有这个选项</a>' in done.text
    assert '<a href="#answer-2">第 2 题：没有录入；没有作答的请录 -</a>' in done.text
    assert 'aria-describedby="fault-1"' in done.text and 'value="BD"' in done.text and 'value="E"' in done.text
    assert rows(PaperEntry) == 0


@pytest.mark.parametrize(
    ("code", "words"), [("", "请填写"), ("AAAA-AAAA", "答卷编号不对"), ("七号答卷", "答卷编号不对")]
)
def test_wrong_sheet_is_said_at_the_code(enter: Enter, room: Room, sitting: Sitting, code: str, words: str) -> None:
    put(room)
    collect(room, sitting)
    where = f"{sheets(room)}/{sitting.id}/read"
    done = enter(Role.MARKER).post(where, data={**typed(sitting, q4="BD"), "sheet_code": code})
    assert done.status_code == 422 and words in done.text and '<a href="#sheet_code">' in done.text
    assert 'value="BD"' in done.text and rows(PaperEntry) == 0


def test_settling_without_reason_is_said_at_the_question(enter: Enter, room: Room, sitting: Sitting) -> None:
    differing(room, sitting)
    done = enter(Role.CHIEF_INVIGILATOR).post(f"{sheets(room)}/{sitting.id}/settle", data={"choice-3": "A"})
    assert done.status_code == 422 and "请选定答案并写明理由" in done.text
    assert 'value="A" checked' in done.text


def differing(room: Room, sitting: Sitting) -> None:
    """Let two people read a collected sheet, one of them wrongly at the third question."""
    put(room)
    collect(room, sitting)
    read(reading(room, sitting, {3: "A"}))
    read(reading(room, sitting, {}), OTHER)


def test_pages_that_come_too_early_or_late_lead_back_with_words(enter: Enter, room: Room, sitting: Sitting) -> None:
    put(room)
    marker, chief = enter(Role.MARKER), enter(Role.CHIEF_INVIGILATOR)
    where = f"{sheets(room)}/{sitting.id}"
    assert "还没有收回，不能录入" in marker.get(f"{where}/read", follow_redirects=True).text
    assert "还没有由两人录入" in chief.get(f"{where}/settle", follow_redirects=True).text


@pytest.mark.parametrize("role", [Role.MARKER, Role.OFFICER, Role.DIRECTOR])
def test_roles_that_only_look_or_read_turn_nobody(enter: Enter, room: Room, sitting: Sitting, role: Role) -> None:
    client = enter(role)
    assert "改用纸笔作答 …" not in client.get(sheets(room)).text
    for path in ("/put", ".pdf", f"/{sitting.id}.pdf", f"/{sitting.id}/back", f"/{sitting.id}/collect"):
        assert client.post(sheets(room) + path, data={"reason": REASON}).status_code == 404, path
    assert rows(PaperTurn) == 0


def test_director_reads_no_sheet_and_nobody_but_the_chief_settles(enter: Enter, room: Room, sitting: Sitting) -> None:
    differing(room, sitting)
    where = f"{sheets(room)}/{sitting.id}"
    assert enter(Role.DIRECTOR).get(f"{where}/read").status_code == 404
    others = enter(Role.INVIGILATOR, Role.EXAMINER, Role.OFFICER)
    assert others.get(f"{where}/settle").status_code == 404
    assert "等主监考核定" in others.get(sheets(room)).text


def test_other_committee_and_other_exam_find_nothing(enter: Enter, room: Room, sitting: Sitting) -> None:
    differing(room, sitting)
    other = make_room(name="乙市人大常委会")
    stranger = enter(Role.CHIEF_INVIGILATOR, Role.INVIGILATOR, name="stranger", house=other)
    for base in (sheets(room), sheets(other)):
        for path in (f"{base}/{sitting.id}/read", f"{base}/{sitting.id}/settle"):
            assert stranger.get(path).status_code == 404, path
        for act in (f"/{sitting.id}.pdf", f"/{sitting.id}/back", f"/{sitting.id}/collect"):
            stranger.post(base + act, data={"reason": REASON})
    assert stranger.get(sheets(room)).status_code == 404
    entry = room.entries[1].id
    for exam in (room.exam.id, other.exam.id):
        stranger.post(f"/exams/{exam}/sheets/put", data={"entry": [str(entry)], "reason": REASON})
        stranger.post(f"/exams/{exam}/board/seats/{entry}/on-paper", data={"reason": REASON})
    assert rows(PaperTurn) == 1 and sitting_of(room.entries[0]).on_paper_at == TURNED


def test_what_waits_is_said_on_the_first_page(enter: Enter, room: Room, sitting: Sitting) -> None:
    put(room)
    collect(room, sitting)
    marker, chief = enter(Role.MARKER), enter(Role.CHIEF_INVIGILATOR)
    assert "1 份纸质答卷待录入" in marker.get("/today").text
    read(reading(room, sitting, {3: "A"}))
    read(reading(room, sitting, {}), OTHER)
    assert "待录入" not in marker.get("/today").text
    assert "1 份纸质答卷录入不一致" in chief.get("/today").text
