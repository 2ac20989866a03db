"""The store never holds more than its bound, forgets what is used least, and computes once."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.session import shared_store
from app.session.size import size_of
from app.session.store import LARGE, LARGE_SHARE, Key, Store

ROOT = Path(__file__).parents[3]
LIMIT = 64_000
IDLE = 100.0
WAIT = 20.0  # seconds until a test of threads gives up


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def emptied(limit: int = LIMIT, clock: Clock | None = None) -> Store:
    return Store(limit, IDLE, clock or Clock())


def thing(nbytes: int) -> bytes:
    return bytes(nbytes)


@cache
def size(key: Key, nbytes: int) -> int:
    return size_of((key, thing(nbytes))).total


# Against a model: a list of (key, value, last use), last used last


class Model:
    """The same rules, said as plainly as can be."""

    def __init__(self) -> None:
        self.held: list[tuple[Key, bytes, float]] = []

    def expire(self, now: float) -> None:
        self.held = [one for one in self.held if now - one[2] <= IDLE]

    def get(self, key: Key, now: float) -> bytes | None:
        self.expire(now)
        value = next((v for k, v, _ in self.held if k == key), None)
        if value is not None:
            self._without(key)
            self.held.append((key, value, now))
        return value

    def put(self, key: Key, value: bytes, now: float) -> bool:
        self._without(key)
        if size(key, len(value)) > LARGE_SHARE * LIMIT:
            return False
        self.held.append((key, value, now))
        while sum(map(self._size, filter(self._large, self.held))) > LARGE_SHARE * LIMIT:
            self.held.remove(next(filter(self._large, self.held)))
        while sum(map(self._size, self.held)) > LIMIT:
            del self.held[0]
        return True

    def _without(self, key: Key) -> None:
        self.held = [one for one in self.held if one[0] != key]

    @staticmethod
    def _size(one: tuple[Key, bytes, float]) -> int:
        return size(one[0], len(one[1]))

    def _large(self, one: tuple[Key, bytes, float]) -> bool:
        return self._size(one) > LARGE * LIMIT


acts = st.tuples(
    st.sampled_from(["put", "put", "put", "put", "get", "get", "compute", "wait"]),
    st.integers(0, 30),  # which key
    st.sampled_from([100, 2500, 3000, 3500, 3800, 5000, 20_000, 44_000, 60_000]),  # bytes
)


@settings(max_examples=50)
@given(st.lists(acts, min_size=40, max_size=80))
def test_whatever_is_put_and_asked_for_the_store_does_what_the_model_does(acts) -> None:
    clock, model = Clock(), Model()
    store = emptied(clock=clock)
    for act, number, amount in acts:
        key: Key = ("thing", number)
        if act == "wait":
            clock.now += amount / 1000
        elif act == "put":
            assert store.put(key, thing(amount)) == model.put(key, thing(amount), clock.now)
        elif act == "get":
            assert store.get(key) == model.get(key, clock.now)
        else:
            kept = model.get(key, clock.now)
            if kept is None:
                model.put(key, thing(amount), clock.now)
            expected = thing(amount) if kept is None else kept
            assert store.get_or_compute(key, partial(thing, amount)) == expected
        held = store.statistics()
        model.expire(clock.now)
        assert held.bytes == sum(map(Model._size, model.held)) <= LIMIT
        assert held.entries == len(model.held)


@given(st.lists(st.integers(5000, 60_000), max_size=30))
def test_large_things_never_push_out_small_ones_that_take_less_than_a_quarter(sizes) -> None:
    store = emptied()
    small = [("small", k) for k in range(5)]
    for key in small:
        store.put(key, thing(2000))
    for number, nbytes in enumerate(sizes):
        store.put(("large", number), thing(nbytes))
    assert all(store.get(key) is not None for key in small)


# Examples


def test_what_was_used_longest_ago_goes_first() -> None:
    store = emptied(10_000)
    for number in range(60):
        store.put(("thing", number), thing(300))
        assert store.get(("thing", 0)) is not None
    kept = [number for number in range(60) if store.get(("thing", number)) is not None]
    assert 10 < len(kept) < 30
    assert kept == [0, *range(61 - len(kept), 60)]


def test_what_nobody_has_used_for_long_is_gone() -> None:
    clock = Clock()
    store = emptied(clock=clock)
    store.put(("used",), b"a")
    store.put(("idle",), b"b")
    clock.now = IDLE
    assert store.get(("used",)) == b"a"
    clock.now = IDLE + 1
    assert (store.get(("used",)), store.get(("idle",))) == (b"a", None)
    assert store.statistics().expirations == 1


def test_what_is_absent_is_none_and_what_was_computed_as_none_is_not_computed_again() -> None:
    store, calls = emptied(), []
    assert store.get(("nothing",)) is None
    for _ in range(2):
        assert store.get_or_compute(("nothing",), lambda: calls.append(1)) is None
    assert calls == [1]


def test_what_is_too_large_is_given_back_and_not_kept() -> None:
    store = emptied()
    store.put(("small",), b"s")
    value = thing(LIMIT)
    assert store.get_or_compute(("huge",), lambda: value) is value
    assert not store.put(("huge",), value)
    held = store.statistics()
    assert (held.entries, held.refusals, held.evictions) == (1, 2, 0)


def test_what_takes_a_key_anew_frees_what_had_it() -> None:
    store = emptied()
    store.put(("thing",), thing(20_000))
    store.put(("thing",), thing(100))
    assert store.statistics().bytes == size(("thing",), 100)


def test_what_two_things_share_is_counted_once_and_until_both_are_gone() -> None:
    weights = np.zeros(4000)
    store = Store(60_000, IDLE, Clock())
    store.put(("model",), weights)
    one = store.statistics().bytes
    store.put(("run",), (weights, b"x"))
    assert 32_000 < one < store.statistics().bytes < 33_500
    store.put(("model",), b"")
    assert store.statistics().bytes > 32_000
    store.put(("run",), b"")
    assert store.statistics().bytes < 1000


def test_an_empty_store_holds_nothing() -> None:
    store = emptied()
    store.put(("a",), np.zeros(100))
    store.get(("a",))
    store.clear()
    held = store.statistics()
    assert (held.entries, held.bytes, held.hits, held.misses) == (0, 0, 0, 0)
    assert held.limit == LIMIT


def test_hits_misses_and_evictions_are_counted() -> None:
    store = emptied()
    store.get_or_compute(("a",), lambda: thing(30_000))
    store.get_or_compute(("a",), lambda: thing(30_000))
    store.get(("b",))
    store.put(("c",), thing(30_000))
    held = store.statistics()
    assert (held.hits, held.misses, held.evictions, held.entries) == (1, 2, 1, 1)


# Threads


def test_threads_that_ask_for_the_same_thing_compute_it_once() -> None:
    store, calls, asked = emptied(), [], threading.Barrier(8)

    def compute() -> list[int]:
        calls.append(1)
        started.set()
        assert released.wait(WAIT)
        return calls

    def ask() -> list[int]:
        asked.wait(WAIT)
        return store.get_or_compute(("thing",), compute)

    started, released = threading.Event(), threading.Event()
    with ThreadPoolExecutor(8) as threads:
        answers = [threads.submit(ask) for _ in range(8)]
        assert started.wait(WAIT)
        released.set()
        assert all(answer.result(WAIT) is calls for answer in answers)
    assert calls == [1]
    assert (store.statistics().misses, store.statistics().hits) == (1, 7)


def test_different_things_are_computed_at_the_same_time() -> None:
    store, both = emptied(), threading.Barrier(2)
    with ThreadPoolExecutor(2) as threads:
        answers = [
            threads.submit(store.get_or_compute, ("thing", k), lambda: both.wait(WAIT))
            for k in range(2)
        ]
        assert sorted(answer.result(WAIT) for answer in answers) == [0, 1]


def test_an_error_is_raised_where_it_happened_and_who_waited_tries_again() -> None:
    store, started, released = emptied(), threading.Event(), threading.Event()

    def fail() -> str:
        started.set()
        assert released.wait(WAIT)
        raise ValueError("no")

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(store.get_or_compute, ("thing",), fail)
        assert started.wait(WAIT)
        second = threads.submit(store.get_or_compute, ("thing",), lambda: "yes")
        released.set()
        with pytest.raises(ValueError, match="no"):
            first.result(WAIT)
        assert second.result(WAIT) == "yes"
    assert store.get(("thing",)) == "yes"


def test_a_thing_may_need_another_but_not_itself() -> None:
    store = emptied()
    inner = lambda: store.get_or_compute(("inner",), lambda: 1)  # noqa: E731
    assert store.get_or_compute(("outer",), inner) == 1
    with pytest.raises(RuntimeError, match="asks for itself"):
        store.get_or_compute(("a",), lambda: store.get_or_compute(("a",), lambda: 1))


def test_many_threads_leave_the_store_within_its_bound_and_its_sum_right() -> None:
    store = emptied()

    def work(seed: int) -> None:
        random = np.random.default_rng(seed)
        for _ in range(150):
            number, nbytes = int(random.integers(20)), int(random.integers(9000))
            store.get_or_compute(("thing", number), partial(thing, nbytes))
            store.put(("other", number), thing(nbytes // 2))
            assert store.statistics().bytes <= LIMIT

    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(work, seed) for seed in range(4)]:
            done.result(60)
    left = store.statistics()
    store.put(("thing", 0), b"")
    for number in range(20):
        for kind in ("thing", "other"):
            store.put((kind, number), b"")
    assert left.entries > 0
    assert store.statistics().bytes == sum(
        size((kind, number), 0) for number in range(20) for kind in ("thing", "other")
    )


# What uses it


def test_nothing_in_the_app_is_kept_in_a_cache_of_streamlits_but_the_trainer() -> None:
    kept = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "app").rglob("*.py")
        if re.search(r"\bst\.cache_(?:resource|data)\b", path.read_text(encoding="utf-8"))
    }
    assert kept == {"app/trainer/instance.py"}


# The option


def test_the_bound_is_what_the_option_says() -> None:
    assert shared_store.limit_in_bytes({shared_store.OPTION: "64"}) == 64 * 2**20
    assert shared_store.limit_in_bytes({}) == shared_store.DEFAULT_MB * 2**20


@pytest.mark.parametrize("value", ["", "0", "15", "-5", "1e3", "64.5", "lots", "٦٤"])
def test_an_option_that_makes_no_sense_is_refused_in_one_sentence(value: str) -> None:
    with pytest.raises(ValueError, match=r"^GATESCOPE_STORE_MB is .*: expected .*16 or more"):
        shared_store.limit_in_bytes({shared_store.OPTION: value})
