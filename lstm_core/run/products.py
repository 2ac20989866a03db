"""What NumPy's matrix products need to be fast from the first one on."""

from __future__ import annotations

import threading

import numpy as np

_known = threading.local()


def warm_products() -> None:
    """Make one product large enough that those of small networks are fast, once in each thread.

    OpenBLAS packs matrices into memory of its own, of which a small product touches only the
    beginning. As measured, products of 64 units take three times as long, and of 256 units a
    quarter longer, until a larger one has touched the rest, perhaps since what it fetches ahead is
    looked for in vain. This one takes about 10 ms.
    """
    if not getattr(_known, "warm", False):
        np.dot(np.zeros((256, 512), np.float32), np.zeros((512, 1024), np.float32))
        _known.warm = True
