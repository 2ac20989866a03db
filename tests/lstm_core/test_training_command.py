"""Training from the command line: what it asks, what it keeps, and how it refuses."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lstm_core import load_model
from lstm_core import training_command as command
from lstm_core.experiment import (
    RANGES,
    Experiment,
    batches,
    model_of,
    read,
    recipe_of,
    recommended,
    right,
    task_of,
)
from lstm_core.model.weights import weights
from lstm_core.tasks import LENGTHS
from lstm_core.training import __main__ as module
from lstm_core.training import fit

ROOT = Path(__file__).parents[2]
WORDS = {
    "task": "temporal_order_6a",
    "length": "20",
    "cell": "gru",
    "units": "2",
    "updates": "12",
    "batch": "4",
    "learning_rate": "0.02",
    "seed": "3",
}
ASKED = [part for name, word in WORDS.items() for part in (f"--{name.replace('_', '-')}", word)]


def same_weights(one, other):
    return all(np.array_equal(array, weights(other)[n]) for n, array in weights(one).items())


def counted(out: str) -> tuple[int, int, int]:
    """Return the updates, the fresh sequences that are right and the wrong ones."""
    found = re.search(
        r"^After ([\d,]+) updates of 4 sequences, ([\d,]+) of 2,560 fresh sequences are right "
        r"\([\d.]+%\) and ([\d,]+) wrong; the last loss was \d\.\d{4}\.$",
        out,
        re.MULTILINE,
    )
    assert found is not None, out
    updates, correct, wrong = (int(number.replace(",", "")) for number in found.groups())
    return updates, correct, wrong


def test_the_command_trains_what_the_same_words_spell_and_keeps_it(tmp_path: Path) -> None:
    out = tmp_path / "model.npz"
    line = [sys.executable, "-m", "lstm_core.training", *ASKED, "--out", str(out)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    e = read(WORDS)
    model = fit(model_of(e), batches(e), recipe_of(e))
    assert same_weights(model, load_model(out))
    wrong = (~right(e, model, 2560, draw=1)).sum()
    kept, _, *rest = done.stdout.splitlines()
    assert kept == f"Kept in {out}."
    assert counted(done.stdout) == (12, 2560 - wrong, wrong)
    assert rest == [f"Right: {task_of(e).criterion}", f"Published: {task_of(e).published}"]
    first, *_, last = done.stderr.splitlines()
    assert first.startswith("task=temporal_order_6a ")
    assert re.fullmatch(r"\[#{20}\]  12 of 12  loss \d\.\d{4}  right \d+ %  done", last)


@pytest.mark.parametrize("suffix", [".safetensors", ".onnx", ".npz"])
def test_the_suffix_says_how_the_network_is_kept(tmp_path: Path, suffix: str) -> None:
    assert command.main([*ASKED, "--updates", "1", "--out", str(tmp_path / f"a{suffix}")]) == 0
    assert load_model(tmp_path / f"a{suffix}").layers[0].kind == "gru"


def test_without_a_file_the_result_is_told_and_nothing_kept(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    assert command.main(ASKED) == 0
    assert counted(capsys.readouterr().out)[0] == 12
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_keeps_what_is_there(tmp_path: Path, monkeypatch, capsys) -> None:
    e = read(WORDS)

    class Interrupted:
        def __call__(self, progress) -> None:
            if progress.updates == 5:
                raise KeyboardInterrupt

        def end(self) -> None: ...

    monkeypatch.setattr(command, "bar", lambda *rest: Interrupted())
    assert command.main([*ASKED, "--out", str(tmp_path / "model.npz")]) == 130
    assert counted(capsys.readouterr().out)[0] == 5
    five = fit(model_of(e), (b for b, _ in zip(batches(e), range(5), strict=False)), recipe_of(e))
    assert same_weights(five, load_model(tmp_path / "model.npz"))


def test_ctrl_c_before_the_first_update_still_says_what_is_there(monkeypatch, capsys) -> None:
    def interrupted(*_rest):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "training", interrupted)
    assert command.main(ASKED) == 130
    assert capsys.readouterr().out.startswith("After 0 updates of 4 sequences, ")


def test_nothing_is_said_of_the_literature_where_it_has_no_number() -> None:
    e = recommended("sequential_digits").replace(units=1)
    assert task_of(e).published == ""
    assert "Published" not in command.reached(e, model_of(e), None)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--task", "chess"], "task is 'chess': expected one of first_letter"),
        (["--units", "0"], "units is 0: expected 1 to 1024"),
        (["--task", "adding", "--length", "9"], "length is 9: expected 10 to 1000"),
        (["--lenght", "9"], "unrecognized arguments: --lenght 9"),
        (["--write-penalty", "101"], "write_penalty is 101.0: expected 0 to 100"),
        (["--seed"], "argument --seed: expected one argument"),
        (["--out", "model.pt"], "The suffix is '.pt': expected one of .safetensors"),
        (["--out", "nowhere/at/all/model.npz"], "out is 'nowhere/at/all/model.npz': expected a"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence_before_training(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code: object = command.main(arguments)
    except SystemExit as left:
        code = left.code
    written = capsys.readouterr()
    assert code == 2
    assert written.out == ""
    assert written.err.startswith(told)
    assert written.err.count("\n") == 1


def test_the_help_names_every_task_every_option_and_its_range() -> None:
    said = re.sub(r"\s+", " ", command.parser().format_help())
    for name, length in LENGTHS.items():
        assert name in said
        if length.usual is not None:
            assert f"{name} {length.shortest} to {length.longest} {length.counts}" in said
    for field in dataclasses.fields(Experiment):
        assert f"--{field.name.replace('_', '-')}" in said
    assert set(RANGES) < {field.name for field in dataclasses.fields(Experiment)}
    assert "(1 to 1,024)" in said


def test_it_trains_on_one_thread_unless_somebody_has_decided() -> None:
    assert module.one_thread({"PATH": "x"}) == {"PATH": "x", module.THREADS: "1"}
    assert module.one_thread({module.THREADS: "4"}) is None
