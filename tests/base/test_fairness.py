"""tests.base.test_fairness — the writer's lock: one at a time, in the order of asking, given back whatever happens."""

import threading
import time

import pytest

from exam_app.base.fairness import FairLock

WAITERS = 8
PATIENCE = 10.0


def join(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_turns_come_in_the_order_of_asking() -> None:
    lock, served = FairLock(), list[int]()

    def ask(number: int) -> None:
        with lock:
            served.append(number)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(WAITERS)]
    with lock:
        for number, thread in enumerate(threads, 1):
            thread.start()
            while lock.waiting() < number:
                time.sleep(0.001)
    join(threads)
    assert served == list(range(WAITERS))


def test_who_takes_it_again_and_again_lets_the_others_through() -> None:
    lock, turns = FairLock(), list[str]()
    first_is_in = threading.Event()

    def greedy() -> None:
        for _turn in range(100):
            with lock:
                turns.append("greedy")
                first_is_in.set()
                while len(turns) < 2 and not lock.waiting():
                    time.sleep(0.001)

    def patient() -> None:
        first_is_in.wait(PATIENCE)
        with lock:
            turns.append("patient")

    threads = [threading.Thread(target=work) for work in (greedy, patient)]
    for thread in threads:
        thread.start()
    join(threads)
    assert turns[1] == "patient", "whoever waited came next, not whoever let go"
    assert turns.count("greedy") == 100


def test_only_one_holds_it() -> None:
    lock, inside, most = FairLock(), list[int](), list[int]()

    def work() -> None:
        for number in range(200):
            with lock:
                inside.append(number)
                most.append(len(inside))
                inside.pop()

    threads = [threading.Thread(target=work) for _waiter in range(WAITERS)]
    for thread in threads:
        thread.start()
    join(threads)
    assert (len(most), max(most)) == (200 * WAITERS, 1)


def test_failure_inside_gives_it_back() -> None:
    lock = FairLock()
    with pytest.raises(ValueError, match="inside"), lock:
        raise ValueError("inside")
    with lock:
        assert lock.waiting() == 0
