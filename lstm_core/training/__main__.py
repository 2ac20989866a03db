"""`python -m lstm_core.training`: the command of `lstm_core.training_command`, on one thread."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

from .. import training_command

THREADS = "OPENBLAS_NUM_THREADS"


def one_thread(environment: Mapping[str, str]) -> dict[str, str] | None:
    """Return the environment in which to begin anew; None where somebody has decided already.

    Our products are small: threads that wait for each other take four times the processor time.
    OpenBLAS reads the variable when NumPy is imported, so that it has to be there before.
    """
    return None if THREADS in environment else {**environment, THREADS: "1"}


if __name__ == "__main__":
    if (environment := one_thread(os.environ)) is not None:
        again = [sys.executable, "-m", "lstm_core.training", *sys.argv[1:]]
        if os.name == "posix":
            os.execve(sys.executable, again, environment)
        sys.exit(subprocess.call(again, env=environment))
    sys.exit(training_command.main())
