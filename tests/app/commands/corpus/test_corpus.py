"""`gatescope corpus trace`: the same folder whoever makes it, however often it is stopped."""

from __future__ import annotations

import errno
import os
import signal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from app.command import main
from app.commands.corpus import cluster, command, jobs, processes
from app.inputs import partitions
from app.words import command_line as words
from lstm_core import Layer, Model, save_model
from lstm_core.corpus import CorpusError, NotWrittenError, SearchIndex
from lstm_core.corpus.blocks import read_block
from lstm_core.training import initial_lstm
from tests.lstm_core.corpus.small import network, texts


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(jobs, "BLOCK", 60)


@pytest.fixture
def given(tmp_path) -> list[str]:
    """Three partitions of twenty lines each, and the options that name the model."""
    lines = ["".join(one.symbols) for one in texts(60)]
    files = [tmp_path / f"{k}.txt" for k in range(3)]
    for k, file in enumerate(files):
        file.write_text("\n".join(lines[20 * k : 20 * k + 20]) + "\n")
    save_model(network(), tmp_path / "model.npz")
    return [*map(str, files), "--model", str(tmp_path / "model.npz")]


def trace(given: list[str], out: Path, *more: str) -> int:
    return main(["corpus", "trace", *given, "--out", str(out), *more])


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path in it."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def test_every_sequence_of_every_partition_is_surveyed_and_can_be_searched(tmp_path, given, capsys):
    assert trace(given, tmp_path / "out") == 0
    index = SearchIndex.open(tmp_path / "out")
    assert [text for _, text, _ in index.texts()] == ["".join(one.symbols) for one in texts(60)]
    assert index.survey.names[:2] == ("0.txt:1", "0.txt:2")
    assert len(index.blocks) > 10
    assert (
        words.corpus_done(60, index.timesteps, 0, str(tmp_path / "out")) in capsys.readouterr().err
    )


@pytest.mark.parametrize("stopped_by", [KeyboardInterrupt(), CorpusError("The disk is full.")])
def test_who_is_stopped_midway_goes_on_and_ends_with_the_same_bytes(
    tmp_path, given, monkeypatch, capsys, stopped_by
):
    assert trace(given, tmp_path / "whole") == 0
    made = []

    def make_block(job):
        made.append(job.name)
        if len(made) == 5:
            raise stopped_by
        return jobs.make_block(job)

    monkeypatch.setattr(command, "make_block", make_block)
    code = trace(given, tmp_path / "twice", "--workers", "1")
    assert code == (130 if isinstance(stopped_by, KeyboardInterrupt) else 1)
    assert len(list((tmp_path / "twice" / "blocks").iterdir())) >= 4
    said = capsys.readouterr().err
    assert ("Stopped. What is done stays" in said) == isinstance(stopped_by, KeyboardInterrupt)
    monkeypatch.undo()
    monkeypatch.setattr(jobs, "BLOCK", 60)
    assert trace(given, tmp_path / "twice") == 0
    assert "blocks are there: going on." in capsys.readouterr().err
    assert content(tmp_path / "twice") == content(tmp_path / "whole")


def test_of_what_cannot_be_read_each_says_why_and_the_rest_is_done(tmp_path, given, capsys):
    (tmp_path / "bad.parquet").write_bytes(b"PAR1")
    (tmp_path / "odd.txt").write_text("abc\nabz\n")
    files = [str(tmp_path / "bad.parquet"), str(tmp_path / "odd.txt"), *given]
    assert trace(files, tmp_path / "out") == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("bad.parquet cannot be read: ")
    assert said[1].startswith("odd.txt:2: Symbol 'z' at position 3 is not in the alphabet")
    assert said[2].endswith("Left out: 1 sequence.")
    assert len(SearchIndex.open(tmp_path / "out")) == 61


def test_of_tables_that_are_not_as_the_others_each_says_why_and_the_rest_is_done(tmp_path, capsys):
    cell = initial_lstm(np.random.default_rng(0), 2, 4)
    save_model(Model(layers=(Layer(name="lstm", forward=cell),)), tmp_path / "model.npz")
    rows = "0.5,1\n0.25,2\n0.125,3\n"
    tables = {
        "damaged.parquet": ("PAR1" + 40 * "x", "damaged.parquet cannot be read: "),
        "ragged.csv": (f"a,b\n{rows}1.5\n", "ragged.csv, line 5, has 1 cell: expected 2"),
        "other.csv": ("a,b,c\n1,2,3\n4,5,6\n", "other.csv leaves something open: "),
        "empty.csv": ("", "empty.csv is empty: "),
        "head.csv": ("a,b\n", "head.csv has no row of numbers below its names: "),
        "good.csv": (f"a,b\n{rows}", "Wrote 1 sequence"),
    }
    for name, (text, _) in tables.items():
        (tmp_path / name).write_text(text)
    files = [str(tmp_path / name) for name in tables]
    assert trace([*files, "--model", str(tmp_path / "model.npz")], tmp_path / "out") == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == len(tables)
    for line, (_, begins) in zip(said, tables.values(), strict=True):
        assert line.startswith(begins)
    assert SearchIndex.open(tmp_path / "out").timesteps == 3


@pytest.mark.parametrize("group", [0, 2])
def test_of_a_file_that_is_damaged_inside_the_other_parts_are_done(tmp_path, capsys, group):
    cell = initial_lstm(np.random.default_rng(0), 1, 4)
    save_model(Model(layers=(Layer(name="lstm", forward=cell),)), tmp_path / "model.npz")
    file, rows = tmp_path / "a.parquet", np.arange(240)
    pq.write_table(pa.table({"sequence": rows // 20, "x": rows / 240}), file, row_group_size=60)
    chunk = pq.ParquetFile(file).metadata.row_group(group).column(1)
    content = bytearray(file.read_bytes())
    first = chunk.dictionary_page_offset or chunk.data_page_offset
    content[first : first + 12] = b"\xff" * 12
    file.write_bytes(content)
    assert trace([str(file), "--model", str(tmp_path / "model.npz")], tmp_path / "out") == 1
    said, done = capsys.readouterr().err.splitlines()
    assert said.startswith(f"a.parquet cannot be read at row {60 * group + 1}: ")
    assert done.startswith("Wrote 9 sequences, 180 timesteps")
    names = SearchIndex.open(tmp_path / "out").survey.names
    assert names == tuple(str(k) for k in range(12) if k // 3 != group)


def test_of_a_part_that_has_a_bad_line_the_others_are_done_and_counted(tmp_path, given, capsys):
    file = tmp_path / "1.txt"
    file.write_bytes(b"ab\xff\n" + file.read_bytes())
    assert trace(given, tmp_path / "out") == 0
    said, done = capsys.readouterr().err.splitlines()
    assert said.startswith("1.txt cannot be read at line 1: ")
    assert "Wrote 60 sequences" in done
    assert done.endswith("Left out: 1 sequence.")


def test_where_nothing_can_be_read_it_is_said_why(tmp_path, given, capsys):
    (tmp_path / "bad.txt").write_bytes(b"\xff\n" * 200)
    assert trace([str(tmp_path / "bad.txt"), *given[-2:]], tmp_path / "out") == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("bad.txt cannot be read at line 1: ")
    assert not (tmp_path / "out").exists()


def test_of_a_file_that_cannot_be_read_on_what_stands_before_is_done(
    tmp_path, given, capsys, monkeypatch
):
    monkeypatch.setattr(partitions.text, "LONGEST_LINE", 1000)
    with (tmp_path / "1.txt").open("a") as file:
        file.write("a" * 1001)
    assert trace(given, tmp_path / "out") == 1
    said, _ = capsys.readouterr().err.splitlines()
    assert said.startswith("Line 21 of 1.txt has 1,001 bytes: ")
    names = SearchIndex.open(tmp_path / "out").survey.names
    assert 40 < len(names) < 60  # the part that the line would have ended is not
    assert ("1.txt:1" in names, "2.txt:20" in names) == (True, True)


def test_a_disk_that_is_full_midway_keeps_what_is_done_and_goes_on_once_there_is_room(
    tmp_path, given, monkeypatch, capsys
):
    assert trace(given, tmp_path / "whole") == 0
    save, saved = np.save, []

    def until_full(file, *more, **options):
        saved.append(file)
        if len(saved) > 30:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        save(file, *more, **options)

    monkeypatch.setattr(np, "save", until_full)
    capsys.readouterr()
    assert trace(given, tmp_path / "twice", "--workers", "1") == 1
    (said,) = capsys.readouterr().err.strip().splitlines()
    assert said.endswith("cannot be written: No space left on device.")
    blocks = list((tmp_path / "twice" / "blocks").iterdir())
    assert blocks
    assert all(len(read_block(block).names) for block in blocks)  # whole ones, and nothing else
    monkeypatch.setattr(np, "save", save)
    assert trace(given, tmp_path / "twice") == 0
    assert content(tmp_path / "twice") == content(tmp_path / "whole")


@pytest.mark.slow  # starts processes
def test_processes_write_the_bytes_of_one_process(tmp_path, given, monkeypatch):
    assert trace(given, tmp_path / "one", "--workers", "1") == 0
    monkeypatch.setattr(command, "ALONE", 0.0)
    monkeypatch.setattr(command, "make_block", None)
    assert trace(given, tmp_path / "two", "--workers", "2") == 0
    assert content(tmp_path / "two") == content(tmp_path / "one")


def is_killed(job):
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.slow  # starts processes
def test_that_a_process_was_killed_is_said_in_one_sentence_and_what_is_done_stays(
    tmp_path, given, monkeypatch, capsys
):
    assert trace(given, tmp_path / "whole") == 0
    make_block = jobs.make_block

    def by_itself_once(job):
        monkeypatch.setattr(command, "ALONE", 0.0)
        return make_block(job)

    monkeypatch.setattr(command, "ALONE", 60.0)
    monkeypatch.setattr(command, "make_block", by_itself_once)
    monkeypatch.setattr(processes, "make_block", is_killed)
    capsys.readouterr()
    assert trace(given, tmp_path / "twice", "--workers", "2") == 1
    (said,) = capsys.readouterr().err.strip().splitlines()
    assert said.startswith("A process ended before its block was made")
    assert len(list((tmp_path / "twice" / "blocks").iterdir())) == 1
    monkeypatch.undo()
    monkeypatch.setattr(jobs, "BLOCK", 60)
    assert trace(given, tmp_path / "twice") == 0
    assert content(tmp_path / "twice") == content(tmp_path / "whole")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (["--layer", "1"], "--layer is 1: expected 0 to 0."),
        (["--direction", "backward"], "direction is backward: lstm reads forwards only."),
        (["--scheduler", "tcp://127.0.0.1:1"], "There is no Dask scheduler at tcp://127.0.0.1:1"),
        (["--model", "nowhere.npz"], "nowhere.npz"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    tmp_path, given, capsys, monkeypatch, change, said
):
    monkeypatch.setattr(cluster, "PATIENCE", "0.2s")
    assert trace(given, tmp_path / "out", *change) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert said in lines[0]


def test_another_model_does_not_write_into_the_same_folder(tmp_path, given, capsys):
    assert trace(given, tmp_path / "out") == 0
    save_model(network(seed=1), tmp_path / "model.npz")
    assert trace(given, tmp_path / "out") == 1
    assert "holds the corpus of another model" in capsys.readouterr().err


def finds_no_room(job):
    raise NotWrittenError(job.folder, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))


def meets_a_bug(job):
    raise ZeroDivisionError("by zero.")


@pytest.mark.slow  # starts a cluster
@pytest.mark.filterwarnings("ignore")  # what sockets and loops leave
@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (finds_no_room, "{} cannot be written: No space left on device."),
        (meets_a_bug, "A worker failed with ZeroDivisionError: by zero. What is done stays."),
    ],
)
def test_what_a_worker_of_a_cluster_runs_into_is_said_in_one_sentence(
    tmp_path, given, monkeypatch, capsys, happens, said
):
    import distributed

    monkeypatch.setattr(cluster, "make_block", happens)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, silence_logs=50
    ) as local:
        address = local.scheduler_address
        assert trace(given, tmp_path / "out", "--scheduler", address) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert lines == [said.format(tmp_path / "out")]


@pytest.mark.slow  # starts a cluster
@pytest.mark.filterwarnings("ignore")  # what sockets and loops of a cluster that dies leave
def test_a_cluster_whose_worker_is_killed_ends_with_the_bytes_of_one_process(
    tmp_path, given, monkeypatch
):
    import distributed

    assert trace(given, tmp_path / "one") == 0
    killed: list[int] = []

    def through(to_do, address):
        for problem in cluster.through_cluster(to_do, address):
            if not killed:
                (worker,) = (w.process.pid for w in local.workers.values())
                killed.append(worker)
                os.kill(worker, signal.SIGKILL)
            yield problem

    monkeypatch.setattr(command, "through_cluster", through)
    options = {"threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    with distributed.LocalCluster(n_workers=1, **options) as local:
        address = local.scheduler_address
        assert trace(given, tmp_path / "two", "--scheduler", address) == 0
    assert killed
    assert content(tmp_path / "one") == content(tmp_path / "two")
