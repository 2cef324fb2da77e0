"""tests.pages.stage — goes on where the demo ends: people in every state, a question at every stage, a law's text."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from exam_app.audit.service import Actor
from exam_app.bank import queries as bank_queries
from exam_app.bank import service as bank
from exam_app.bank.models import CitationRow, Question
from exam_app.base.clock import local_date
from exam_app.base.db import db, transaction
from exam_app.base.errors import Invalid
from exam_app.cli.demo import cast
from exam_app.cli.demo import sittings as demo_sittings
from exam_app.committees import service as committees
from exam_app.committees.rules import LocalRules
from exam_app.exams import queries as exams
from exam_app.exams import seating
from exam_app.exams import service as exam_service
from exam_app.exams.models import Exam
from exam_app.exams.queries import RosterLine
from exam_app.laws import service as laws
from exam_app.operations import service as operations
from exam_app.papers import queries as papers
from exam_app.papers import service as blueprints
from exam_app.papers.rules import shown_letters
from exam_app.papers.states import BlueprintState
from exam_app.people.models import Account
from exam_app.results import late
from exam_app.results import service as results
from exam_app.sittings import answers
from exam_app.sittings import queries as sitting_queries
from exam_app.sittings import service as sittings
from exam_app.sittings.models import Sitting
from question_bank.formats.xlsx import write_xlsx
from question_bank.numerals import article_label
from question_bank.register import Edition, Law, load_register

PUBLISHED, READY, SITTING, LOST, HANDED_IN, WAITING = range(6)
"""Which place of the open exam's roster is in which state."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def actor_named(username: str) -> Actor:
    """Return the demo's account as the audit names it."""
    account = db.session.scalars(select(Account).where(Account.username == username)).one()
    return Actor(account.id, account.display_name)


def open_exam() -> Exam:
    """Return the exam that people can sit now: the second of the demo."""
    return db.session.scalars(select(Exam).order_by(Exam.id)).all()[1]


def seat_people(now: datetime) -> None:
    """Put the people of the open exam into every state there is, the earliest first."""
    lines = exams.roster(open_exam().id)
    _finish(_sit(lines[PUBLISHED], 50, now - timedelta(hours=2)), now - timedelta(minutes=50))
    demo_sittings.publish(open_exam().id, actor_named(cast.EXAMINER), now - timedelta(minutes=45))
    demo_sittings.certify(open_exam().id, actor_named(cast.EXAMINER), now - timedelta(minutes=45))
    handed_in = _sit(lines[HANDED_IN], 48, now - timedelta(minutes=70))
    _finish(handed_in, now - timedelta(minutes=8))
    _answer_late(handed_in, lines[HANDED_IN], now - timedelta(minutes=7))
    _sit(lines[LOST], 21, now - timedelta(minutes=22), quiet_since=now - timedelta(seconds=75))
    _sit(lines[SITTING], 31, now - timedelta(minutes=30), quiet_since=now)
    for place in (READY, WAITING):
        _check_in(lines[place], now)


def _check_in(line: RosterLine, now: datetime) -> None:
    with transaction():
        seating.check_in(line.entry_id, open_exam().committee_id, Actor(None, line.name), now)


def _sit(line: RosterLine, answered: int, now: datetime, quiet_since: datetime | None = None) -> int:
    """Sit somebody down who answers so many questions; return the sitting."""
    _check_in(line, now)
    token = _token(line)
    with transaction():
        sitting = sittings.start(line.entry_id, token, now).sitting
        sitting_id, paper_id = sitting.id, sitting.paper_id
        slots = papers.slots(paper_id)[:answered]
        keys = bank_queries.keys_of(slot.version_id for slot in slots)
    with transaction():
        for slot in slots:
            right, place = shown_letters(sorted(keys[slot.version_id]), slot.option_order), slot.position
            response = "A" if place % 7 == 0 else right
            command = answers.SaveAnswer(
                sitting_id=sitting_id, token=token, slot=place, response=response, revision=place, answered=place
            )
            answers.save_answer(command, now + timedelta(seconds=35 * place))
        if quiet_since:
            db.session.get_one(Sitting, sitting_id).last_seen_at = quiet_since
    return sitting_id


def _token(line: RosterLine) -> str:
    return f"device-of-{line.entry_id}"


def _answer_late(sitting_id: int, line: RosterLine, now: datetime) -> None:
    """Send three answers when it is too late; one is declined, the others wait for the chief invigilator."""
    for revision, (slot, response) in enumerate(((3, "A"), (49, "A"), (50, "B")), start=60):
        command = answers.SaveAnswer(
            sitting_id=sitting_id,
            token=_token(line),
            slot=slot,
            response=response,
            revision=revision,
            client_at=now - timedelta(minutes=2),
        )
        with transaction():
            answers.save_answer(command, now)
    first = sitting_queries.list_late(sitting_id)[0].id
    home, chief = open_exam().committee_id, actor_named("zhujian")
    with transaction():
        reason = "查看监控，考生交卷以后才改动"
        late.decide([first], False, reason, chief, now + timedelta(minutes=3), committee_id=home)


def _finish(sitting_id: int, now: datetime) -> None:
    with transaction():
        finished = results.finish(sitting_id, now)
    with transaction():
        results.mark(finished.result_id, now)


def stock_bank(now: datetime) -> None:
    """Leave a question at every stage: revised, in review, sent back, draft; and a file that waits to be imported."""
    author, reviewer = actor_named(cast.AUTHOR), actor_named(cast.REVIEWER)
    revised, reviewed, returned, drafted = db.session.scalars(select(Question.id).order_by(Question.id).limit(4)).all()
    home = open_exam().committee_id
    with transaction():
        for question_id in (revised, reviewed, returned, drafted):
            _revise(question_id, home, author, now)
        for question_id in (revised, reviewed, returned):
            bank.submit_for_review(_newest(question_id), home, author, now)
        bank.approve(_newest(revised), home, reviewer, now)
        bank.send_back(_newest(returned), home, "选项乙的表述与条文不一致，请核对后再送审。", reviewer, now)
        operations.keep_file(home, "新题.xlsx", XLSX, _workbook(revised), now)


def _newest(question_id: int) -> int:
    return bank_queries.list_versions(question_id)[0].id


def _revise(question_id: int, home: int, author: Actor, now: datetime) -> None:
    version = bank.revise(question_id, home, author, now)
    item = bank_queries.item_of(version)
    changed = replace(item, explanation=f"{item.explanation}作答时请注意区分法定职权与工作程序。")
    bank.edit(version.id, home, changed, author, now)


def _workbook(question_id: int) -> bytes:
    """Return a workbook with a question that is new, one that is like another, and one that is wrong."""
    item = bank_queries.item_of(bank_queries.list_versions(question_id)[0])
    fresh = replace(item, code="XT-001", stem="地方各级人民代表大会常务委员会会议由谁召集并主持？")
    return write_xlsx([fresh, replace(item, code="XT-002"), replace(fresh, code="XT-003", key=frozenset())])


def print_once(now: datetime) -> None:
    """Leave a job that is done, with the file that it made."""
    asked_by, home = actor_named(cast.EXAMINER), open_exam().committee_id
    with transaction():
        payload = {"exam": open_exam().id, "actor": asked_by.name}
        operations.queue_job(home, "print_certificates", payload, 1, asked_by.account_id, now)
        job = operations.take_job(now)
        assert job is not None
        operations.attach_file(job.id, operations.keep_file(home, "合格证.pdf", "application/pdf", b"%PDF-", now).id)
        operations.finish_job(job.id, now)


def set_up_drafts(now: datetime) -> None:
    """Leave an exam, a make-up exam and a blueprint that are not ready yet, and local rules of two dates."""
    clerk, home = actor_named(cast.CLERK), open_exam().committee_id
    first = db.session.scalars(select(Exam.id).order_by(Exam.id).limit(1)).one()
    with transaction():
        exam_service.create(_exam("年终拟任命人员任前法律知识考试", 31), clerk, now)
        exam_service.create(replace(_exam("补考", 11), makeup_of_id=first), clerk, now)
        ready = db.session.scalars(papers.blueprints_of(home, BlueprintState.READY)).first()
        assert ready is not None
        blueprints.copy_blueprint(ready.id, home, f"{ready.name}（修订）", clerk, now)
        today = local_date(now)
        committees.record_rules(home, today - timedelta(days=200), LocalRules(), "第3次主任会议通过", clerk, now)
        committees.record_rules(
            home, today + timedelta(days=9), LocalRules(pass_mark=70), "第8次主任会议通过", clerk, now
        )


def _exam(title: str, days: int) -> exam_service.SetUpExam:
    model = open_exam()
    opens = model.opens_at + timedelta(days=days)
    return exam_service.SetUpExam(
        committee_id=model.committee_id,
        title=title,
        place="市人大机关三楼机房",
        opens_at=opens,
        closes_at=opens + timedelta(hours=3),
        rules=exams.rules_of(model),
        blueprints=exams.blueprints_of(model.id),
    )


def load_law(now: datetime) -> None:
    """Load a text that fits the most cited edition without inserted articles; its words are invented."""
    cited = select(CitationRow.law_slug, CitationRow.edition).group_by(CitationRow.law_slug, CitationRow.edition)
    for slug, adopted in db.session.execute(cited.order_by(func.count().desc())):
        law, edition = load_register().find(slug), load_register().edition(slug, adopted)
        if law and edition and not edition.inserted_articles:
            with transaction():
                laws.load_text(_invented_text(law, edition), actor_named(cast.AUTHOR), now)
            return


def load_laws(texts: Iterable[Path], now: datetime) -> None:
    """Load real texts from files; what the register does not know is passed over."""
    for path in texts:
        with suppress(Invalid), transaction():
            laws.load_text(path.read_text(encoding="utf-8"), actor_named(cast.AUTHOR), now)


def _invented_text(law: Law, edition: Edition) -> str:
    day = f"{edition.adopted.year}年{edition.adopted.month}月{edition.adopted.day}日通过"
    articles = (
        f"{article_label(str(number))}　这里是示范文字，用来看排版，不是法律条文。"
        for number in range(1, edition.last_article + 1)
    )
    return "\n".join((law.title, day, "第一章　总则", *articles))
