"""Probes of a long run: what each of 256 units tells of ten properties of a million timesteps."""

from __future__ import annotations

import time

import numpy as np

from lstm_core.analysis.probes import Property, probes

from .measure import asked, machine

TIMESTEPS, UNITS, PROPERTIES = 1_000_000, 256, 10


def main() -> None:
    """Print how long all probes of a random signal take; half of the properties are yes or no."""
    timesteps, units = asked(2, "timesteps", TIMESTEPS), asked(3, "units", UNITS)
    rng = np.random.default_rng(0)
    series = rng.standard_normal((timesteps, units), dtype=np.float32)
    properties = [
        Property(name=f"property {k}", values=rng.standard_normal(timesteps) if k % 2 else values)
        for k, values in enumerate((rng.random((PROPERTIES, timesteps)) < 0.3).astype(np.float32))
    ]
    wall, cpu = time.perf_counter(), time.process_time()
    found = probes(series, properties, rng)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{timesteps:,} timesteps x {units} units x {len(found)} properties; {machine()}")
    print(f"  all probes: {wall:.1f} s, of that {cpu:.1f} s on a processor")
