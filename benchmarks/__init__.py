"""How fast it is, as ratios measured side by side in one run: `python -m benchmarks`.

    python -m benchmarks            the run of an LSTM against torch and onnxruntime
    python -m benchmarks browser    key to paint, playing, first paint, reload, cost of a notice
    python -m benchmarks load       a hundred readers on one core
    python -m benchmarks long       512 units x 100,000 timesteps on the stage

The last three need what the tests need (tests/requirements.txt). Machines are noisy: what is
compared takes turns, and the median is told beside the best.
"""
