"""How fast it is, as ratios measured side by side in one run: `python -m benchmarks`.

    python -m benchmarks            the run of an LSTM against torch and onnxruntime
    python -m benchmarks training   one update against torch
    python -m benchmarks browser    key to paint, playing, the bars, first paint, cost of a notice
    python -m benchmarks pages      what a reader of Memory and of Train waits for
    python -m benchmarks load       a hundred readers on one core
    python -m benchmarks long       512 units x 100,000 timesteps on the stage
    python -m benchmarks students   ten who train at once
    python -m benchmarks tasks      studies, which take long and go on where they were stopped:
    python -m benchmarks trials     every task, a hundred and fifty trials of one,
    python -m benchmarks variants   and the ways to begin or to build an LSTM
    python -m benchmarks recall     what the networks that come with the app still know, for Memory

What opens a browser needs the tests' packages (tests/requirements.txt); what is missing is said in
a sentence. Machines are noisy: what is compared takes turns, and the median is told beside the
best.
"""
