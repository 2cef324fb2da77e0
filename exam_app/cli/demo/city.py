"""cli.demo.city — builds the demo step by step, each step one act, through the same services as the pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from exam_app.appointments import bills
from exam_app.appointments.models import Bill
from exam_app.appointments.positions import the_fitting
from exam_app.appointments.queries import list_positions
from exam_app.audit.service import MACHINE, Actor
from exam_app.bank import service as bank
from exam_app.base.clock import from_local, local_date
from exam_app.base.db import transaction
from exam_app.base.i18n import gettext as _
from exam_app.cli.demo import assembly, cast, reports, sittings
from exam_app.cli.demo.assembly import Clerk
from exam_app.cli.demo.cast import Nominee
from exam_app.committees import service as committees
from exam_app.committees.rules import LocalRules
from exam_app.committees.service import FoundCommittee
from exam_app.committees.states import Level
from exam_app.exams import service as exams
from exam_app.exams.models import Exam
from exam_app.laws import service as laws
from exam_app.papers import service as papers
from exam_app.papers.rules import usual_sections
from exam_app.people import accounts
from exam_app.people import service as people
from exam_app.people.states import Role
from question_bank.formats.yaml import load_content
from question_bank.kinds import ORGAN_LABELS, OrganType
from question_bank.register import load_register

Say = Callable[[str], None]


@dataclass(frozen=True)
class Office:
    """What the later steps need of the earlier ones."""

    committee_id: int
    actors: dict[str, Actor]
    blueprints: dict[OrganType, int]


def build(now: datetime, say: Say) -> None:
    """Build the whole demo as of now."""
    say(_("[1/5] 单位、人员和岗位"))
    city, actors = _found(now - timedelta(days=120))
    say(_("[2/5] 法律登记簿和题库"))
    _fill_bank(city, actors, now - timedelta(days=90))
    assembly.seat_members(Clerk(city, actors[cast.CLERK]), now - timedelta(days=120))
    office = Office(city, actors, make_blueprints(city, actors[cast.CLERK], now - timedelta(days=60)))
    say(_("[3/5] 已结束的考试：作答、阅卷、发布、证书"))
    _past_exam(office, now)
    say(_("[4/5] 正在进行的考试"))
    _open_exam(office, now)
    say(_("[5/5] 下周的考试和常委会会议，任后监督"))
    _next_exam(office, now)
    _next_meeting(office, now)
    reports.set_duties(Clerk(city, actors[cast.CLERK]), now)


def _found(then: datetime) -> tuple[int, dict[str, Actor]]:
    with transaction():
        city = committees.found(_committee(cast.CITY, Level.CITY, "990100", None), MACHINE, then)
        committees.open_term(city.id, 5, local_date(then - timedelta(days=30)), MACHINE, then)
        actors = {row[0]: hire(city.id, row, then) for row in cast.STAFF}
        for number, name in enumerate(cast.COUNTIES, 1):
            county = committees.found(_committee(name, Level.COUNTY, f"99012{number}", city.id), MACHINE, then)
            committees.open_term(county.id, 5, local_date(then - timedelta(days=30)), MACHINE, then)
            for user, title, post, roles in cast.COUNTY_STAFF:
                hire(county.id, (f"{user}{number}", f"{name[:3]}{title}", post, roles), then)
        laws.adopt_register(load_register(), then)
        return city.id, actors


def _committee(name: str, level: Level, region: str, parent: int | None) -> FoundCommittee:
    short = name.removesuffix("人民代表大会常务委员会")
    return FoundCommittee(name=name, short_name=short, level=level, region_code=region, parent_id=parent, is_demo=True)


def hire(committee_id: int, row: tuple[str, str, str, tuple[Role, ...]], then: datetime) -> Actor:
    """Open an account that holds the roles of a row of the cast."""
    username, name, _post, roles = row
    command = accounts.OpenAccount(username=username, display_name=name, password=cast.PASSWORD, must_change=False)
    account = accounts.open_account(command, MACHINE, then)
    for role in roles:
        people.grant_role(account.id, committee_id, role, MACHINE, then)
    return Actor(account.id, name)


def _fill_bank(city: int, actors: dict[str, Actor], then: datetime) -> None:
    author, reviewer = actors[cast.AUTHOR], actors[cast.REVIEWER]
    with transaction():
        bank.adopt(city, load_content(), author.account_id, reviewer.account_id, MACHINE, then)


def make_blueprints(city: int, actor: Actor, then: datetime) -> dict[OrganType, int]:
    """Make the usual blueprint of each organ, ready for use."""
    made = {}
    for organ in OrganType:
        command = papers.SaveBlueprint(
            committee_id=city,
            name=f"{ORGAN_LABELS[organ]}卷",
            organ_type=organ,
            full_marks=Decimal(100),
            sections=usual_sections(),
        )
        with transaction():
            blueprint = papers.save_blueprint(command, actor, then)
            papers.make_ready(blueprint.id, city, actor, then)
            made[organ] = blueprint.id
    return made


def _past_exam(office: Office, now: datetime) -> None:
    opened = _at_nine(now - timedelta(days=15))
    clerk = office.actors[cast.CLERK]
    came = _submit(office, "任职", 7, cast.LAST_BILL, opened - timedelta(days=12))
    removals = _submit(office, "免职", 8, cast.REMOVED, opened - timedelta(days=12))
    exam_id = _announce(office, came, (opened, opened + timedelta(hours=3)), opened - timedelta(days=10), {})
    with transaction():
        exams.release(exam_id, office.committee_id, clerk, opened)
    sittings.play(exam_id, cast.LAST_BILL, opened)
    sittings.publish(exam_id, office.actors[cast.EXAMINER], opened + timedelta(hours=4))
    sittings.certify(exam_id, office.actors[cast.EXAMINER], opened + timedelta(hours=4))
    desk, day = Clerk(office.committee_id, clerk), local_date(opened)
    directors = assembly.submit(desk, [*came, *removals], day + timedelta(days=2))
    meeting_id = assembly.plan(desk, directors, day + timedelta(days=4), opened + timedelta(days=3))
    assembly.hold(desk, meeting_id, day + timedelta(days=4))


def _next_meeting(office: Office, now: datetime) -> None:
    """Have a meeting planned, five days away, for those who leave the posts that others were nominated for."""
    desk, today = Clerk(office.committee_id, office.actors[cast.CLERK]), local_date(now)
    leaving = _submit(office, "免职", 11, cast.LEAVING, now - timedelta(days=6))
    directors = assembly.submit(desk, leaving, today - timedelta(days=2))
    assembly.plan(desk, directors, today + timedelta(days=5), now - timedelta(days=1))


def _open_exam(office: Office, now: datetime) -> None:
    opened = _at_nine(now - timedelta(days=1))
    came = _submit(office, "任职", 9, cast.OPEN_BILL, opened - timedelta(days=9))
    window = (opened, opened + timedelta(days=30))
    easy = {"late_entry_minutes": 0, "early_hand_in_minutes": 0}
    exam_id = _announce(office, came, window, opened - timedelta(days=8), easy)
    with transaction():
        exams.release(exam_id, office.committee_id, office.actors["jiankao"], opened)


def _next_exam(office: Office, now: datetime) -> None:
    opens = _at_nine(now + timedelta(days=7))
    came = _submit(office, "任职", 10, cast.NEXT_BILL, now - timedelta(days=2))
    _announce(office, came, (opens, opens + timedelta(hours=3)), now - timedelta(days=1), {})


def _submit(office: Office, what: str, number: int, nominees: Sequence[Nominee], then: datetime) -> list[Bill]:
    """Register the bills of those who nominate, each with its items, as the clerk does when the papers arrive."""
    return [
        _register(office, what, number, [one for one in nominees if one.organ is organ], then)
        for organ in dict.fromkeys(nominee.organ for nominee in nominees)
    ]


def _register(office: Office, what: str, number: int, nominees: Sequence[Nominee], then: datetime) -> Bill:
    clerk, (submitter, sign) = office.actors[cast.CLERK], cast.SUBMITTERS[nominees[0].organ]
    whom = f"{nominees[0].name}等同志" if len(nominees) > 1 else f"{nominees[0].name}同志"
    command = bills.RegisterBill(
        committee_id=office.committee_id,
        title=f"关于提请{whom}{what}的议案",
        submitting_organ=submitter,
        document_number=f"{sign}〔{local_date(then).year}〕{number}号",
        received_on=local_date(then),
    )
    with transaction():
        bill = bills.register_bill(command, clerk, then)
        posts = list_positions(office.committee_id)
        for serial, nominee in enumerate(nominees):
            position = the_fitting(nominee.nominated_post, nominee.organ, nominee.form, posts)
            phone = f"199{bill.id:04d}{serial:04d}"
            bills.add_item(_item(bill, nominee, phone, position.id if position else None), clerk, then)
        return bill


def _item(bill: Bill, nominee: Nominee, phone: str, position_id: int | None) -> bills.AddItem:
    person = bills.Nominee(name=nominee.name, unit=nominee.unit, post=nominee.post, phone=phone, choice=bills.NEW)
    return bills.AddItem(
        bill_id=bill.id,
        committee_id=bill.committee_id,
        nominee=person,
        organ_type=nominee.organ,
        post=nominee.nominated_post,
        form=nominee.form,
        position_id=position_id,
    )


def _announce(
    office: Office, came: Sequence[Bill], window: tuple[datetime, datetime], then: datetime, changes: dict[str, int]
) -> int:
    """Set up an exam for the nominees of bills and announce it; return its id."""
    clerk = office.actors[cast.CLERK]
    command = exams.SetUpExam(
        committee_id=office.committee_id,
        title=_exam_title(local_date(window[0])),
        place="市人大机关三楼机房",
        opens_at=window[0],
        closes_at=window[1],
        rules=LocalRules(**changes),  # type: ignore[arg-type]
        blueprints=office.blueprints,
    )
    with transaction():
        exam: Exam = exams.create(command, clerk, then)
        for bill in came:
            sittings.register(exam.id, bill, clerk, then)
        exams.announce(exam.id, office.committee_id, clerk, then)
        return exam.id


def _exam_title(day: date) -> str:
    return f"{day.year}年{day.month}月拟任命人员任前法律知识考试"


def _at_nine(moment: datetime) -> datetime:
    day = local_date(moment)
    return from_local(datetime(day.year, day.month, day.day, 9))  # noqa: DTZ001 - from_local gives the zone
