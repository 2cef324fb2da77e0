"""base.fairness — a lock that serves whoever came first.

An ordinary lock goes to whoever is awake when it is free: a task that takes it again and again, two hundred papers in a
row, would keep everybody who saves an answer waiting until it is through.
"""

import threading
from collections import deque
from types import TracebackType


class FairLock:
    """Held by one thread at a time, handed on in the order of asking."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_held = False

    def waiting(self) -> int:
        """Return how many threads wait for their turn."""
        return len(self._waiting)

    def __enter__(self) -> None:
        with self._mutex:
            if not self._is_held:
                self._is_held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        try:
            turn.acquire()
        except BaseException:
            self._give_up(turn)
            raise

    def _give_up(self, turn: threading.Lock) -> None:
        """Leave the queue when the waiting was interrupted; if the lock was handed over just then, hand it on."""
        with self._mutex:
            if turn in self._waiting:
                self._waiting.remove(turn)
            else:
                self._hand_on()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._mutex:
            self._hand_on()

    def _hand_on(self) -> None:
        if self._waiting:
            self._waiting.popleft().release()
        else:
            self._is_held = False
