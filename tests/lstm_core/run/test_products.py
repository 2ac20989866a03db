"""Products are made ready once in each thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from lstm_core.run import products


def test_each_thread_makes_one_large_product(monkeypatch):
    made = []
    monkeypatch.setattr(np, "dot", lambda a, b: made.append(a.shape))
    with ThreadPoolExecutor(1) as pool:
        for _ in range(3):
            pool.submit(products.warm_products).result()
    assert len(made) == 1
    with ThreadPoolExecutor(1) as pool:
        pool.submit(products.warm_products).result()
    assert len(made) == 2
