"""tests.papers.test_blueprints — saving, making ready, retiring blueprints; each refusal changes nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select

from exam_app.audit.service import MACHINE
from exam_app.base.db import db, transaction
from exam_app.base.states import IllegalMove, move
from exam_app.papers import queries, service
from exam_app.papers.errors import (
    BankInsufficient,
    BlueprintFixed,
    BlueprintInvalid,
    BlueprintNameTaken,
    MarksDoNotSum,
    NoSuchBlueprint,
)
from exam_app.papers.models import Blueprint, BlueprintCell
from exam_app.papers.service import SaveBlueprint
from exam_app.papers.states import BLUEPRINT_MOVES, BlueprintState
from question_bank.kinds import OrganType
from tests.conftest import NINE
from tests.factories import make_committee
from tests.papers.factories import SMALL, fill_bank, make_blueprint


def _save(blueprint: Blueprint, **changes: object) -> SaveBlueprint:
    command = SaveBlueprint(
        committee_id=blueprint.committee_id,
        name=blueprint.name,
        organ_type=blueprint.organ_type,
        full_marks=blueprint.full_marks,
        sections=SMALL,
        blueprint_id=blueprint.id,
    )
    return replace(command, **changes)  # type: ignore[arg-type]


def test_saved_plan_reads_back(app: Flask) -> None:
    with transaction():
        blueprint = make_blueprint(make_committee())

    assert queries.plan_of(queries.get_blueprint(blueprint.id, blueprint.committee_id)) == SMALL
    assert blueprint.state is BlueprintState.DRAFT


def test_saving_a_draft_again_replaces_its_sections(app: Flask) -> None:
    with transaction():
        blueprint = make_blueprint(make_committee())
    with transaction():
        service.save_blueprint(_save(blueprint, sections=SMALL[:1], name="新名"), MACHINE, NINE)

    assert queries.plan_of(queries.get_blueprint(blueprint.id, blueprint.committee_id)) == SMALL[:1]
    assert db.session.scalar(select(func.count()).select_from(BlueprintCell)) == 2


@pytest.mark.parametrize("changes", [{"name": " "}, {"name": "长" * 81}, {"full_marks": Decimal(0)}, {"sections": ()}])
def test_impossible_values_change_nothing(app: Flask, changes: dict[str, object]) -> None:
    with transaction():
        blueprint = make_blueprint(make_committee())
    with pytest.raises(BlueprintInvalid), transaction():
        service.save_blueprint(_save(blueprint, **changes), MACHINE, NINE)

    assert (blueprint.name, len(blueprint.sections)) == ("政府方案", 3)


def test_a_name_is_given_once_in_a_committee(app: Flask) -> None:
    with transaction():
        committee = make_committee()
        make_blueprint(committee)
        make_blueprint(make_committee("乙市人大常委会"))
    with pytest.raises(BlueprintNameTaken), transaction():
        make_blueprint(committee)

    assert db.session.scalar(select(func.count()).select_from(Blueprint)) == 2


def test_ready_blueprint_warns_where_a_make_up_would_lack(app: Flask) -> None:
    with transaction():
        committee = make_committee()
        fill_bank(committee, of_each=2)
        blueprint = make_blueprint(committee)
    with transaction():
        warnings = service.make_ready(blueprint.id, committee.id, MACHINE, NINE)

    assert blueprint.state is BlueprintState.READY
    assert [(warning.needed, warning.available) for warning in warnings] == [(4, 2)]


def test_marks_must_sum_to_full_marks(app: Flask) -> None:
    with transaction():
        committee = make_committee()
        fill_bank(committee)
        blueprint = make_blueprint(committee, sections=SMALL[:2])
    with pytest.raises(MarksDoNotSum), transaction():
        service.make_ready(blueprint.id, committee.id, MACHINE, NINE)

    assert blueprint.state is BlueprintState.DRAFT


def test_blueprint_that_the_bank_cannot_fill_is_not_made_ready(app: Flask) -> None:
    with transaction():
        committee = make_committee()
        fill_bank(committee, of_each=1)
        blueprint = make_blueprint(committee)
    with pytest.raises(BankInsufficient) as refusal, transaction():
        service.make_ready(blueprint.id, committee.id, MACHINE, NINE)

    assert refusal.value.facts["lacking"] == 1
    assert blueprint.state is BlueprintState.DRAFT


def test_special_questions_of_another_organ_do_not_count(app: Flask) -> None:
    with transaction():
        committee = make_committee()
        fill_bank(committee)
        blueprint = make_blueprint(committee, organ=OrganType.COURT)
    with pytest.raises(BankInsufficient), transaction():
        service.make_ready(blueprint.id, committee.id, MACHINE, NINE)

    assert blueprint.state is BlueprintState.DRAFT


@pytest.mark.parametrize("retired", [False, True])
def test_ready_and_retired_blueprints_do_not_change_but_may_be_copied(app: Flask, retired: bool) -> None:
    with transaction():
        committee = make_committee()
        fill_bank(committee)
        blueprint = make_blueprint(committee)
        service.make_ready(blueprint.id, committee.id, MACHINE, NINE)
        if retired:
            service.retire(blueprint.id, committee.id, MACHINE, NINE)
    with pytest.raises(BlueprintFixed), transaction():
        service.save_blueprint(_save(blueprint, name="改名"), MACHINE, NINE)
    assert blueprint.name == "政府方案"

    with transaction():
        copy = service.copy_blueprint(blueprint.id, committee.id, "副本", MACHINE, NINE)
    assert copy.state is BlueprintState.DRAFT
    assert queries.plan_of(copy) == SMALL


def test_foreign_blueprint_is_not_found(app: Flask) -> None:
    with transaction():
        blueprint = make_blueprint(make_committee())
        other = make_committee("乙市人大常委会")
    for act in (service.make_ready, service.retire):
        with pytest.raises(NoSuchBlueprint), transaction():
            act(blueprint.id, other.id, MACHINE, NINE)
    with pytest.raises(NoSuchBlueprint), transaction():
        service.save_blueprint(_save(blueprint, committee_id=other.id), MACHINE, NINE)

    assert blueprint.state is BlueprintState.DRAFT


@pytest.mark.parametrize("current", list(BlueprintState))
@pytest.mark.parametrize("target", list(BlueprintState))
def test_blueprint_moves(current: BlueprintState, target: BlueprintState) -> None:
    allowed = {("draft", "ready"), ("draft", "retired"), ("ready", "retired")}
    if (current.value, target.value) in allowed:
        assert move(current, target, BLUEPRINT_MOVES) is target
    else:
        with pytest.raises(IllegalMove):
            move(current, target, BLUEPRINT_MOVES)
