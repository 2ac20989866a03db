"""Who steps goes first: a page that is being drawn waits while a step of somebody else is answered.

Python's threads share one interpreter. An answer to a step is many short pieces of work in two
threads, and each of them would wait for the page. So a page waits before each message that it
sends, as long as a step is being answered or its answer is being sent. It loses no more than twice
the time that it takes, and nothing where nobody steps.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ParamSpec

from streamlit.runtime.scriptrunner import get_script_run_ctx

P = ParamSpec("P")

SENDING = 0.005  # seconds for which the server sends an answer after it is made
ONCE, EACH = 0.1, 2.0  # seconds that a page waits at most: so many, and so many a second of its own


class Steps:
    """The steps that are being answered. Any thread may call any method."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ):
        """Begin with none. `wait` waits so many seconds, or until a step is answered."""
        self._moved = threading.Condition()
        self._clock, self._wait = clock, wait or self._moved.wait
        self._answered = 0  # now, each in a thread of its own
        self._sent = -math.inf  # when the last answer will have been sent
        self._here = threading.local()

    def first(self, part: Callable[P, None]) -> Callable[P, None]:
        """Return a part of a page that goes first where it is drawn alone, as after a step."""

        @wraps(part)
        def drawn(*given: P.args, **named: P.kwargs) -> None:
            if getattr(self._here, "draws_page", False):
                part(*given, **named)
            else:
                with self._answering():
                    part(*given, **named)

        return drawn

    @contextmanager
    def page(self) -> Iterator[None]:
        """Draw a whole page in the block, which gives way before each message that it sends."""
        context: Any = get_script_run_ctx(suppress_warning=True)
        if context is None:
            yield
            return
        send, begun, waited = context._enqueue, self._clock(), 0.0

        def give_way_and_send(message: Any) -> None:
            nonlocal waited
            own = self._clock() - begun - waited
            waited += self._give_way(ONCE + EACH * own - waited)
            send(message)

        context._enqueue, self._here.draws_page = give_way_and_send, True
        try:
            yield
        finally:
            context._enqueue, self._here.draws_page = send, False

    def answered_lately(self, seconds: float) -> bool:
        """Return whether a step is being answered, or was within so many seconds."""
        return self._answered > 0 or self._clock() < self._sent + seconds

    @contextmanager
    def _answering(self) -> Iterator[None]:
        with self._moved:
            self._answered += 1
        try:
            yield
        finally:
            with self._moved:
                self._answered -= 1
                self._sent = self._clock() + SENDING
                self._moved.notify_all()

    def _give_way(self, most: float) -> float:
        """Wait until no step is answered, `most` seconds at most; return how long that took."""
        begun = self._clock()
        with self._moved:
            while (left := min(self._left(), begun + most - self._clock())) > 0:
                self._wait(left)
        return self._clock() - begun

    def _left(self) -> float:
        return math.inf if self._answered else self._sent - self._clock()


steps = Steps()
