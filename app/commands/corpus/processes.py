"""The jobs of a corpus in processes of this machine, which do not wait for each other.

Threads of one process wait for its interpreter at every operation of NumPy: as measured, two of
them make blocks of 64 units no faster than one does, and two processes twice as fast.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from lstm_core.corpus import CorpusError

from .jobs import Job, make_block


def through_processes(jobs: Sequence[Job], count: int) -> Iterator[str]:
    """Do jobs in `count` processes; yield their problems.

    Raises CorpusError where a job fails, or its process is ended from outside.
    """
    with process_pool(count) as pool:
        futures = [pool.submit(make_block, job) for job in jobs]
        try:
            for future in as_completed(futures):
                yield future.result()
        except BrokenProcessPool:
            raise CorpusError(
                "A process ended before its block was made, perhaps for want of memory: run it "
                "again, with fewer --workers. What is done stays."
            ) from None
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def process_pool(count: int) -> ProcessPoolExecutor:
    """Return processes that an interrupt at the keyboard ends at once.

    They have the environment of this one, in which OPENBLAS_NUM_THREADS=1 gives each its core.
    """
    begun_anew = multiprocessing.get_context("spawn")
    ended = (signal.SIGINT, signal.SIG_DFL)
    return ProcessPoolExecutor(count, begun_anew, initializer=signal.signal, initargs=ended)
