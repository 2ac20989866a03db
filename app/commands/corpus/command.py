"""`gatescope corpus trace FILES --model M --out DIR`: survey and index of many sequences.

gatescope corpus trace part-*.parquet --model model.pt --out corpus
gatescope corpus trace part-*.parquet --model model.pt --out corpus --scheduler
gatescope model.pt --corpus corpus      the app on it
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from lstm_core.corpus import CorpusError, SearchIndex, planned
from lstm_core.corpus.folder import begin, finish
from lstm_core.training_command import Parser

from ...words import command_line as words
from ..common import DONE, FAILED, KEYWORDS, add_model_options, printable, run
from .cluster import LOCAL, through_cluster
from .jobs import Job, ModelSource, Work, jobs_of, make_block, opened_model, pilot, work_of
from .processes import through_processes

ALONE = 1.0  # seconds that this process works by itself: others take as long to begin


def main(arguments: Sequence[str], program: str) -> int:
    """Run a model over many files and index every run; return the exit code."""
    made = Parser(prog=program, description=words.CORPUS, allow_abbrev=False)
    made.add_argument("action", choices=["trace"], help=words.CORPUS_TRACE)
    made.add_argument("files", nargs="+", metavar="FILE", help=words.CORPUS_FILES)
    made.add_argument("--model", required=True, metavar="MODEL", help=words.CORPUS_MODEL)
    made.add_argument("--out", required=True, metavar="DIR", help=words.CORPUS_OUT)
    made.add_argument("--layer", type=int, default=0, metavar="K", help=words.CORPUS_LAYER)
    made.add_argument(
        "--direction", choices=["forward", "backward"], default="forward", help=words.CORPUS_WAY
    )
    made.add_argument("--workers", type=int, default=os.cpu_count() or 1, help=words.CORPUS_WORKERS)
    made.add_argument(
        "--scheduler", nargs="?", const=LOCAL, metavar="ADDRESS", help=words.CORPUS_SCHEDULER
    )
    add_model_options(made)
    return run(made, _trace, arguments)


def _trace(chosen: argparse.Namespace) -> int:
    try:
        return _traced(chosen)
    except CorpusError as problem:
        print(printable(str(problem)), file=sys.stderr)
        return FAILED


def _traced(chosen: argparse.Namespace) -> int:
    folder = Path(chosen.out).resolve()
    answers = tuple((keyword, getattr(chosen, keyword)) for keyword in KEYWORDS)
    source = ModelSource(
        file=str(Path(chosen.model).resolve()), answers=answers, layer=chosen.layer
    )
    opened = opened_model(*source.key())
    work = work_of([Path(file).resolve() for file in chosen.files], source)
    _say(work.problems)
    plan = planned(opened.model, pilot(work, source), opened.place, chosen.direction)
    begin(folder, plan, {"files": [list(about) for about in work.files]})
    jobs = tuple(jobs_of(work, source, plan, folder))
    try:
        _do(jobs, work, chosen)
    except KeyboardInterrupt:
        print(words.corpus_stopped(chosen.out), file=sys.stderr)
        return 130
    finish(folder, [name for name, _, _ in work.spans], work.problems)
    index = SearchIndex.open(folder)
    left_out = tuple(block.problem for block in index.blocks if block.problem)
    _say(dict.fromkeys(left_out))
    skipped = sum(block.skipped for block in index.blocks)
    print(words.corpus_done(len(index), index.timesteps, skipped, chosen.out), file=sys.stderr)
    damaged = any(block.problem and not block.skipped for block in index.blocks)
    return FAILED if work.problems or damaged else DONE


def _do(jobs: Sequence[Job], work: Work, chosen: argparse.Namespace) -> None:
    """Do all jobs, and show how far they are."""
    begun, of = time.monotonic(), len(work.spans)
    done = before = of - len(jobs)
    if before:
        print(words.corpus_goes_on(before, of), file=sys.stderr)
    if not jobs:
        return
    if chosen.scheduler:
        problems = through_cluster(jobs, chosen.scheduler)
    else:
        problems = _here(jobs, chosen.workers)
    for _ in problems:
        done += 1
        if sys.stderr.isatty():
            left = (time.monotonic() - begun) / (done - before) * (of - done)
            end = "\n" if done == of else ""
            print(f"\r{words.corpus_progress(done, of, left)}\x1b[K", end=end, file=sys.stderr)


def _here(jobs: Sequence[Job], workers: int) -> Iterator[str]:
    """Do jobs one by one and, where that takes long, the others in processes; yield problems."""
    begun = time.monotonic()
    for k, job in enumerate(jobs):
        if workers > 1 and time.monotonic() - begun >= ALONE:
            yield from through_processes(jobs[k:], workers)
            return
        yield make_block(job)


def _say(problems: Sequence[str] | dict[str, None]) -> None:
    for problem in problems:
        print(printable(problem), file=sys.stderr)
