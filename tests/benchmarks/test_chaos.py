"""tests.benchmarks.test_chaos — a tiny exam under kills loses nothing; acknowledging before the commit is caught.

Each is one test, so that each exam happens once however many workers the tests have. The long forms are `make chaos`.
"""

import pytest

from benchmarks.chaos.run import Order, Outcome, run

pytestmark = pytest.mark.filterwarnings("ignore")
PEOPLE, SECONDS = 20, 14.0


def sit(target: str) -> Outcome:
    return run(Order("sqlite", PEOPLE, 0, "tiny", SECONDS, target))


def test_nothing_is_lost_while_the_server_is_killed() -> None:
    outcome = sit("wsgi:app")

    assert outcome.verdict.named == []
    assert outcome.verdict.is_clean
    assert outcome.ledger.broken == []
    # and it was a real exam under real blows
    assert outcome.ledger.counts["starts"] >= PEOPLE / 2
    assert outcome.ledger.counts["saves"] >= PEOPLE / 2
    assert outcome.faults["server_killed"] + outcome.faults["web_worker_killed"] >= 1


def test_an_acknowledgement_before_the_commit_is_caught() -> None:
    assert sit("benchmarks.chaos.planted:app").verdict.acknowledged_lost > 0
