"""Archives with model files in them: each is a part."""

from __future__ import annotations

import io
import tarfile
from typing import Any

import numpy as np
import pytest

from lstm_core import ModelFileError, load_model

from .bad_files import checkpoint, pickled, refusal, zip_of
from .test_checkpoints import archive, matrix, weights
from .torch_checkpoints import kernel


def run_folder() -> tuple[dict[str, bytes], dict[str, Any]]:
    states = {"last": weights("lstm.", 4, 3, 5), "best": weights("lstm.", 4, 3, 5)}
    files = {
        "run/config.yml": b"hidden: 5\n",
        "run/scaler.pkl": pickled({"mean": np.zeros(3)}),
        "run/data.npy": b"\x93NUMPY",
        "__MACOSX/run/._last.pt": checkpoint(pickled(states["last"])),
    }
    return files | {f"run/{n}.pt": checkpoint(pickled(s)) for n, s in states.items()}, states


def tar_of(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as made:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            made.addfile(info, io.BytesIO(content))
    return file.getvalue()


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_every_model_in_an_archive_of_a_run_is_a_part_of_it(pack):
    files, states = run_folder()
    content = pack(files)
    assert load_model(content).findings.parts == ("run/last.pt", "run/best.pt")
    for part, state in states.items():
        model = load_model(content, part=f"run/{part}.pt")
        np.testing.assert_array_equal(model.layers[0].forward.kernel, kernel(state, "lstm"))
        assert model.findings.entry == f"run/{part}.pt"
    with pytest.raises(ModelFileError, match="expected one of"):
        load_model(content, part="run/other.pt")


def test_parts_of_a_file_in_an_archive_are_parts_of_the_archive():
    first, second = weights("lstm.", 4, 3, 5), weights("lstm.", 4, 3, 5)
    content = zip_of({"a.pt": checkpoint(pickled({"last": first, "best": second}))})
    assert load_model(content).findings.parts == ("a.pt: last", "a.pt: best")
    (layer,) = load_model(content, part="a.pt: best").layers
    np.testing.assert_array_equal(layer.forward.kernel, kernel(second, "lstm"))


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_an_archive_without_a_model_says_what_it_holds(pack):
    assert "'notes.txt'" in refusal(pack({"notes.txt": b"hello"}))
    assert "'a.npz'" in refusal(pack({"a.npz": archive(W=matrix(2, 2))}))
