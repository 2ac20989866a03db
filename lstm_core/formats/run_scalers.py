"""The scalers in run folders of neuralhydrology: the center and the scale of each variable.

    scaler.nc                 a variable each, along `parameter`: center, scale, mean, std
    train_data_scaler.yml     xarray_feature_center and _scale, attribute_means and _stds
    train_data_scaler.p       the same as pickled xarray.Dataset and pandas.Series, of which nothing
                              is imported: names and numbers are read where these classes keep them

Source: neuralhydrology's `scaler.py`, `utils.py` and `basedataset.py`, read as a description.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import numpy as np

from ..record import Array, record
from . import netcdf
from .errors import ModelFileError, shown
from .keras.hdf5 import open_hdf5
from .plain_yaml import parsed
from .pytorch.checkpoints import unpickled
from .pytorch.objects import NumPyArray, NumPyType
from .pytorch.values import Inert
from .source import Readable, Source

CENTERS = ("xarray_feature_center", "attribute_means", "camels_attr_means")
SCALES = ("xarray_feature_scale", "attribute_stds", "camels_attr_stds")
PARAMETER = "parameter"
MAX_SETTINGS = 4 << 20  # bytes of one file
MAX_WALKED = 1000  # values in one that was pickled
MAX_VARIABLES = 2000


@record
class Scaling:
    """The center and the scale of each variable that a scaler knows.

    `as_listed` says that static attributes are read in the order of the settings, as by the
    versions that write `scaler.nc`; before, they were read by their names in the alphabet.
    """

    centers: Mapping[str, float]
    scales: Mapping[str, float]
    as_listed: bool = False

    def knows(self, names: tuple[str, ...]) -> bool:
        """Whether all of these have a center and a scale that one can divide by."""
        return all(
            math.isfinite(self.centers.get(name, math.nan))
            and math.isfinite(self.scales.get(name, math.nan))
            and self.scales[name] != 0
            for name in names
        )


def scaling_beside(files: Mapping[str, Readable]) -> tuple[str, Scaling] | None:
    """Return the scaler among some files and its name there; None without one.

    Of several, it is the one that neuralhydrology itself would load. Raises ModelFileError where
    it holds no numbers by name.
    """
    for known, read in READERS.items():
        for name in files:
            if PurePosixPath(name).name == known:
                source = Source(files[name], known)
                if source.size > MAX_SETTINGS:
                    raise ModelFileError(f"{shown(name)} holds {source.size} bytes: too many.")
                return name, read(source)
    return None


def settings_in(source: Source) -> Any:
    """Return what a file of settings says; ModelFileError where it is none."""
    if source.size > MAX_SETTINGS:
        raise ModelFileError(
            f"{shown(source.name)} holds {source.size} bytes: too many for settings."
        )
    try:
        return parsed(source.content.decode("utf-8"))
    except UnicodeDecodeError:
        raise ModelFileError(f"{shown(source.name)} is not text.") from None


# --- one reader for each kind of file ---------------------------------------------------------


def _from_yaml(source: Source) -> Scaling:
    content = settings_in(source)
    return _scaling(content if isinstance(content, dict) else {}, _numbers_in_words)


def _numbers_in_words(words: Any) -> dict[str, Any]:
    """What `to_dict` makes of a Dataset or a Series, as numbers by name."""
    variables = words.get("data_vars", words) if isinstance(words, dict) else {}
    return {
        name: value.get("data") if isinstance(value, dict) else value
        for name, value in variables.items()
    }


def _from_pickle(source: Source) -> Scaling:
    content = unpickled(source)
    return _scaling(content if isinstance(content, dict) else {}, _numbers_in_objects)


def _numbers_in_objects(value: Any) -> dict[str, Any]:
    """The numbers by name of a pickled Dataset or Series."""
    if not isinstance(value, Inert):
        return {}
    variables = value.attributes.get("_variables")
    if variables is not None:
        return {name: _only_number(variable) for name, variable in _pairs(variables)}
    numbers = [array.ravel().tolist() for array in _arrays(value)]
    texts = {part.texts for part in _walk(value) if isinstance(part, NumPyArray) and part.texts}
    if len(texts) != 1 or not numbers or any(len(n) != len(min(texts)) for n in numbers):
        return {}
    return dict(zip(min(texts), numbers[0], strict=True))


def _pairs(variables: Any) -> list[tuple[Any, Any]]:
    entries = variables.entries if isinstance(variables, Inert) else variables
    return list((entries or {}).items())[:MAX_VARIABLES]


def _only_number(variable: Any) -> Any:
    numbers = [array.item() for array in _arrays(variable) if array.size == 1]
    return numbers[0] if len(numbers) == 1 else None


def _parts(value: Any) -> list[Any]:
    """What lies directly in a value of a pickle."""
    if isinstance(value, Inert):
        return [*value.arguments, *value.states, *(value.items or ()), value.entries or {}]
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else []


def _walk(value: Any) -> Iterator[Any]:
    """Yield a value and what lies in it, each once, as much as a Dataset or a Series holds."""
    waiting, seen = deque([value]), set[int]()
    while waiting and len(seen) < MAX_WALKED:
        one = waiting.popleft()
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting.extend(_parts(one)[:MAX_WALKED])


def _arrays(value: Any) -> list[Array]:
    """The arrays of floating-point numbers in a value, and NumPy's single numbers as arrays."""
    arrays = (_array(one) for one in _walk(value))
    return [array for array in arrays if array is not None and array.dtype.kind == "f"]


def _array(one: Any) -> Array | None:
    if isinstance(one, NumPyArray):
        return None if one.problem else one.array
    if isinstance(one, Inert) and one.name.endswith(".multiarray.scalar"):
        kind, content = (*one.arguments, None, None)[:2]
        if isinstance(kind, NumPyType) and isinstance(content, bytes):
            return np.frombuffer(content, kind.dtype)
    return None


def _from_netcdf(source: Source) -> Scaling:
    if source.head(3) == netcdf.MAGIC:
        variables = netcdf.variables(source.view)
    else:
        variables = _hdf5_variables(source)
    names = [str(name) for name in variables.pop(PARAMETER, np.array([], str)).tolist()]
    if "center" not in names or "scale" not in names:
        raise ModelFileError(f"{shown(source.name)} has no center and scale: it is no scaler.")
    known = {name: v for name, v in variables.items() if v.shape == (len(names),)}
    centers, scales = (
        {name: float(value[names.index(which)]) for name, value in known.items()}
        for which in ("center", "scale")
    )
    return Scaling(centers=centers, scales=scales, as_listed=True)


def _hdf5_variables(source: Source) -> dict[str, Any]:
    with open_hdf5(source) as file:
        texts = file.texts.get(PARAMETER, [])
        wanted = [p for p, dataset in file.datasets.items() if dataset.shape == (len(texts),)]
        return {**file.read(wanted), PARAMETER: np.array(texts, str)}


READERS: Mapping[str, Callable[[Source], Scaling]] = {
    "scaler.nc": _from_netcdf,
    "train_data_scaler.yml": _from_yaml,
    "train_data_scaler.p": _from_pickle,
}
"""By their names the files that may hold the scaler, in the order in which one is looked for."""


def _scaling(content: Mapping[str, Any], read: Callable[[Any], dict[str, Any]]) -> Scaling:
    """What the parts of a scaler say; ModelFileError where they hold no numbers by name."""
    centers, scales = (
        {
            str(name): value
            for key in keys
            for name, value in read(content.get(key)).items()
            if value is not None
        }
        for keys in (CENTERS, SCALES)
    )
    try:
        return Scaling(
            centers={name: float(value) for name, value in centers.items()},
            scales={name: float(value) for name, value in scales.items()},
        )
    except (TypeError, ValueError) as problem:
        raise ModelFileError("The scaler beside the model holds no numbers by name.") from problem
