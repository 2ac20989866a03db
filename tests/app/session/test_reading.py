"""Large files are read in a process of their own, and come to the same as small ones do."""

from __future__ import annotations

import dataclasses
import gzip
import io
import os
import signal
import threading
import time
import zipfile
from collections.abc import Callable

import numpy as np
import pytest

from app.container import pack, unpack
from app.inputs import Understanding, UploadError, understand
from app.inputs.understanding.notes import tell_nobody
from app.inputs.understanding.vocabularies import Vocabulary
from app.session import demos, own_sequence
from app.session.reading import bounds, wire
from app.session.reading import reading as reading_module
from app.session.reading.bounds import takes_long
from app.session.reading.reading import CancelledError, Reading
from app.session.reading.readings import Readings
from app.session.uploads import Upload
from app.words import uploads as words
from lstm_core import EmbeddingEncoder, Encoder, NumericEncoder

TWO = NumericEncoder(columns=("value", "mark"), offset=np.zeros(2), scale=np.ones(2))
IDS = EmbeddingEncoder(alphabet=tuple(map(str, range(12))), embedding=np.eye(12, 3))
LONG_FORM = "id,time,value,mark,truth\na,1,1.5,0,9\na,2,2.5,1,7.5\nb,1,4.5,0,8\nb,2,4,0,8.5\n"
WORDS = Vocabulary(name="v", tokens={k: f"word{k}" for k in range(12)})

CASES = {
    "sequences with times, names and a truth": (LONG_FORM, TWO, {"truth": "truth"}, None),
    "a scaling of its own": (LONG_FORM, TWO, {"scaling": "mean 2, deviation 3"}, None),
    "a question": (
        "1.234\n2.345\n",
        NumericEncoder(columns=("x",), offset=np.zeros(1), scale=np.ones(1)),
        {},
        None,
    ),
    "ids by a vocabulary": ("3 1 11\n2 4\n", IDS, {}, WORDS),
    "a refusal": ("value,mark\n1,2\nmany,3\n2,2\n", TWO, {}, None),
}


def plain(value: object) -> object:
    """Return records as values that compare."""
    if isinstance(value, UploadError):
        return str(value), plain(value.choices)
    if dataclasses.is_dataclass(value):
        return [plain(getattr(value, field.name)) for field in dataclasses.fields(value)]
    if isinstance(value, tuple | list):
        return [plain(part) for part in value]
    return value.tolist() if isinstance(value, np.ndarray) else value


def here(data: str, encoder: Encoder, answers, vocabulary) -> Understanding | UploadError:
    try:
        return understand("a.csv", data, encoder, answers, vocabulary=vocabulary)
    except UploadError as error:
        return error


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_comes_back_from_a_process_is_what_is_understood_here(case) -> None:
    data, encoder, answers, vocabulary = case
    asked = wire.order("a.csv", data.encode(), encoder, answers, 1_000_000, vocabulary)
    sent = unpack(pack(*asked))
    back = wire.answer(*unpack(pack(*wire.execute(*sent, tell_nobody))), encoder)
    assert plain(back) == plain(here(*case))


def begun(readings: Readings, data: str, session: str = "") -> Reading:
    asked = wire.order("a.csv", data.encode(), TWO, {}, 1_000_000, None)
    return readings.begun(
        ("a",), lambda turn, alive: Reading("a.csv", asked, TWO, turn, alive), session
    )


def wait_for(there: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not there():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.slow
def test_a_file_is_read_by_a_process_that_ends_with_its_answer() -> None:
    readings = Readings(alive=lambda session: True)
    reading = begun(readings, LONG_FORM, "a session")
    assert begun(readings, LONG_FORM) is reading
    seen = reading.result()
    assert isinstance(seen, Understanding)
    assert [len(one) for one in seen.sequences] == [2, 2]
    assert (reading.ended, reading.process) == (True, None)


def test_the_loss_of_its_process_is_said_in_one_sentence() -> None:
    reading = begun(Readings(), LONG_FORM * 200_000)
    wait_for(lambda: reading.process is not None)
    os.kill(reading.process or 0, signal.SIGKILL)
    told = reading.result()
    assert isinstance(told, UploadError)
    assert str(told) == words.reading_broke(reading._name)


@pytest.mark.parametrize("how", ["cancelled", "left", "too large"])
def test_a_reading_ends_when_it_is_cancelled_left_or_too_large(how, monkeypatch) -> None:
    here = {"a session"}
    readings = Readings(alive=lambda session: session in here)
    if how == "too large":
        monkeypatch.setattr(reading_module, "MEMORY", 1)
    reading = begun(readings, LONG_FORM * 200_000, "a session")
    if how == "left":
        here.clear()
    if how == "cancelled":
        reading.cancel()
    if how == "too large":
        assert "GB" in str(reading.result())
    else:
        with pytest.raises(CancelledError):
            reading.result()
    wait_for(lambda: reading.process is None)


def test_one_session_has_two_readings_at_most_and_the_metrics_count_who_waits(monkeypatch) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(Reading, "_read", lambda self, order: go_on.wait(60) and None)
    readings = Readings(at_once=1, alive=lambda session: True)

    def of(name: str, session: str) -> Reading:
        asked = wire.order(name, b"", TWO, {}, 1_000_000, None)
        return readings.begun(
            (name,), lambda turns, alive: Reading(name, asked, TWO, turns, alive), session
        )

    first, second, other = of("a", "ada"), of("b", "ada"), of("c", "bob")
    assert of("b", "bob") is second
    assert readings.counts() == {"running": 1, "waiting": 2}
    assert [one.progress.before for one in (first, second, other)] == [0, 1, 2]
    third = of("d", "ada")
    go_on.set()
    with pytest.raises(CancelledError):
        first.result()
    assert (second.sessions, third.sessions) == ({"ada", "bob"}, {"ada"})


def test_a_reading_that_was_cancelled_is_not_begun_anew(monkeypatch) -> None:
    asked: list[object] = []

    def cancelled(upload, subject, answers) -> Understanding:
        asked.append(answers)
        raise CancelledError("cancelled")

    monkeypatch.setattr(own_sequence, "understood", cancelled)
    upload = Upload(id="a", name="a.csv", size=1, answers={})
    assert own_sequence.clear_answers(upload, demos.demo("reber"), {"a": "b"}) is None
    assert asked == [{"a": "b"}]


def test_a_packed_file_takes_long_before_a_plain_one_does() -> None:
    plain_text = (b"1," * 30 + b"1\n") * (bounds.LONG_TEXT // 80)
    assert not takes_long(plain_text)
    assert takes_long(plain_text * 3)
    assert takes_long(b"PK\3\4" + plain_text)


def test_a_small_file_that_much_is_packed_in_takes_long() -> None:
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.csv", b"0\n" * 3 * 2**20)
    for packed in (gzip.compress(b"0\n" * 3 * 2**20), zipped.getvalue()):
        assert len(packed) < 2**16
        assert takes_long(packed)
        assert not takes_long(packed[:200])  # which is damaged
    assert not takes_long(gzip.compress(b"0\n" * 2**18))


@pytest.mark.parametrize("line", [b"\n", b"1\r", b"1\r\n"])
def test_many_short_lines_take_long(line: bytes) -> None:
    assert not takes_long(line * bounds.LONG_LINES)
    assert takes_long(line * (bounds.LONG_LINES + 1))
