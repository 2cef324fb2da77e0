"""tests.base.test_fairness — the writer's lock: one at a time, in the order of asking, given back whatever happens."""

import os
import signal
import threading
import time
from collections.abc import Callable

import pytest

from exam_app.base.fairness import FairLock

WAITERS = 8
PATIENCE = 10.0


def until(condition: Callable[[], bool]) -> None:
    """Wait until the condition holds; fail if it does not."""
    last = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < last, "did not come about in time"
        time.sleep(0.001)


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
            until(lambda number=number: lock.waiting() == number)
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
                until(lambda: len(turns) > 1 or lock.waiting() == 1)

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


@pytest.mark.skipif(os.name == "nt", reason="signals wake a waiting thread on POSIX alone")
def test_who_is_interrupted_while_waiting_keeps_nobody_out() -> None:
    lock, me = FairLock(), threading.get_ident()
    is_held, may_go = threading.Event(), threading.Event()

    def hold() -> None:
        with lock:
            is_held.set()
            until(lambda: lock.waiting() == 1)
            signal.pthread_kill(me, signal.SIGINT)
            may_go.wait(PATIENCE)

    holder = threading.Thread(target=hold)
    holder.start()
    is_held.wait(PATIENCE)
    with pytest.raises(KeyboardInterrupt), lock:
        raise AssertionError("it was held by another")
    assert lock.waiting() == 0
    may_go.set()
    join([holder])
    with lock:
        assert lock.waiting() == 0
