"""A large checkpoint with a small LSTM in it: how long it takes to open, and how much memory.

The file is written here, as PyTorch writes it: a zip container whose other tensors make it large.
It is opened in a process of its own, by its path and as bytes, as the page and the command do.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from .measure import asked, machine

OTHERS, UNITS, INPUTS = 20, 64, 16
CHILD = """
import json, resource, sys, time
from pathlib import Path
from lstm_core import load_model
from lstm_core.formats import npz, pytorch  # what is imported is not measured
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
path, way = Path(sys.argv[1]), sys.argv[2]
before, start = peak(), time.perf_counter()
model = load_model(path if way == "path" else path.read_bytes(), name=path.name)
seconds = time.perf_counter() - start
print(json.dumps([seconds, peak() - before, model.layers[0].hidden_size]))
"""


def text(value: str) -> bytes:
    """Return the instruction of a pickle that puts a text on the stack."""
    return b"X" + len(value).to_bytes(4, "little") + value.encode()


def number(value: int) -> bytes:
    """Return the instruction of a pickle that puts a whole number on the stack."""
    return b"J" + value.to_bytes(4, "little", signed=True)


def tensor(key: str, shape: tuple[int, ...]) -> bytes:
    """Return the instructions of a pickle that rebuild a tensor of float32 from a storage."""
    strides = [int(np.prod(shape[k + 1 :], dtype=int)) for k in range(len(shape))]
    storage = text("storage") + b"ctorch\nFloatStorage\n" + text(key) + text("cpu")
    count = number(int(np.prod(shape)))
    sizes = b"".join(b"(" + b"".join(map(number, axis)) + b"t" for axis in (shape, strides))
    rest = b"\x89ccollections\nOrderedDict\n)R"
    rebuild = b"ctorch._utils\n_rebuild_tensor_v2\n"
    return rebuild + b"((" + storage + count + b"tQ" + number(0) + sizes + rest + b"tR"


def write(path: Path, megabytes: int) -> None:
    """Write a checkpoint of so many MB: an LSTM, and matrices that are of no use here."""
    side = int((megabytes * 2**20 / OTHERS / 4) ** 0.5)
    tensors = {
        "lstm.weight_ih_l0": (4 * UNITS, INPUTS),
        "lstm.weight_hh_l0": (4 * UNITS, UNITS),
        "lstm.bias_ih_l0": (4 * UNITS,),
        "lstm.bias_hh_l0": (4 * UNITS,),
        **{f"encoder.{k}.dense.weight": (side, side) for k in range(OTHERS)},
    }
    rng = np.random.default_rng(0)
    described = [
        text(name) + tensor(str(k), shape) for k, (name, shape) in enumerate(tensors.items())
    ]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("model/data.pkl", b"\x80\x02}(" + b"".join(described) + b"u.")
        for k, shape in enumerate(tensors.values()):
            values = rng.standard_normal(shape, np.float32) * np.float32(0.1)
            archive.writestr(f"model/data/{k}", values.tobytes())


def opened(path: Path, way: str) -> tuple[float, int]:
    """Return how many seconds it took to open a file, and by how many bytes the peak grew."""
    command = [sys.executable, "-c", CHILD, str(path), way]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, grown, units = json.loads(done.stdout)
    assert units == UNITS
    return float(seconds), int(grown)


def main() -> None:
    """Print time and memory for both ways; the size in MB may follow the name, 300 without."""
    megabytes = asked(2, "megabytes", 300)
    print(f"a PyTorch checkpoint of {megabytes} MB with an LSTM of {UNITS} units; {machine()}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "checkpoint.pt"
        write(path, megabytes)
        for way in ("path", "bytes"):
            seconds, grown = opened(path, way)
            print(
                f"by its {way:5} {seconds:.2f} s, memory grew by {grown / 2**20:.0f} MB. "
                f"Asked for: 2 s and {3 * megabytes} MB."
            )
