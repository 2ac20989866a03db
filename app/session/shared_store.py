"""The one store of this process, which all sessions share.

It lives in this module, not in one of Streamlit's caches: Streamlit imports every module of the
app anew when a file of it was edited, and what was kept before is made of classes that are no
longer the app's. So what is kept goes with the classes it is made of.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from .store import Store

OPTION = "GATESCOPE_STORE_MB"
DEFAULT_MB = 400  # with the program itself, the trainer's workers and a class of sessions: 1 GB
LEAST_MB = 16
IDLE = 4 * 3600.0  # seconds


def limit_in_bytes(environment: Mapping[str, str]) -> int:
    """Return the bound of the store; ValueError, in one sentence, where the option makes no sense.

    GATESCOPE_STORE_MB says it in megabytes of 2^20 bytes; 400 where it is not set.
    """
    value = environment.get(OPTION, str(DEFAULT_MB))
    if not (value.isascii() and value.isdigit() and int(value) >= LEAST_MB):
        raise ValueError(
            f"{OPTION} is {value!r}: expected a whole number of megabytes, {LEAST_MB} or more. "
            f"Set it to {DEFAULT_MB}, or leave it out."
        )
    return int(value) * 2**20


store = Store(limit_in_bytes(os.environ), IDLE)
