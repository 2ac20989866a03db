"""The jobs of a corpus on a Dask cluster: one of this machine, or one that is there by its address.

Workers write their blocks themselves, to a folder that all of them see. What a worker did not
finish when it died is given to another.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

from lstm_core.corpus import CorpusError

from .jobs import Job, make_block

LOCAL = "local"
PATIENCE = "10s"  # with a scheduler that does not answer


def through_cluster(jobs: Sequence[Job], address: str) -> Iterator[str]:
    """Do jobs on the cluster at `address`, LOCAL for one of this machine; yield their problems.

    Raises CorpusError where Dask is not installed, the cluster is not there, or a job fails.
    """
    try:
        import distributed
    except ImportError:
        raise CorpusError(
            "--scheduler needs Dask, which is not installed: pip install 'gatescope[cluster]'."
        ) from None
    with _client(distributed, address) as client:
        futures = client.map(make_block, jobs, pure=False)
        finished: Any = distributed.as_completed  # it has no types
        for future in finished(futures):
            try:
                yield future.result()
            except CorpusError:
                client.cancel(futures)
                raise
            except Exception as problem:  # whatever a worker ran into
                client.cancel(futures)
                raise CorpusError(
                    f"A worker failed with {type(problem).__name__}: {problem} What is done stays."
                ) from None


def _client(distributed: Any, address: str) -> Any:
    if address == LOCAL:
        os.environ.setdefault("DASK_DISTRIBUTED__ADMIN__TICK__LIMIT", "1h")  # no advice on stderr
        cluster = distributed.LocalCluster(
            n_workers=os.cpu_count() or 1, threads_per_worker=1, dashboard_address=None
        )
        return distributed.Client(cluster)
    try:
        return distributed.Client(address, timeout=PATIENCE)
    except (OSError, ValueError) as problem:
        reason = str(problem).split("\n")[0].rstrip(".")
        raise CorpusError(f"There is no Dask scheduler at {address}: {reason}.") from None
