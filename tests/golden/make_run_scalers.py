"""Make run_scalers/: scalers as runs of neuralhydrology keep them, by each writer.

pip install xarray netCDF4 h5netcdf scipy && python tests/golden/make_run_scalers.py netcdf
pip install "numpy<2" pandas==1.5.3 xarray==2022.12.0 && python tests/golden/make_run_scalers.py p

`scaler_ENGINE.nc` is what `Scaler.save` writes, `train_data_scaler.p` what versions before 1.0
pickled: pandas' means and deviations of attributes, xarray's of time series.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import xarray as xr

FOLDER = Path(__file__).with_name("run_scalers")
CENTERS = {"prcp": 3.5, "tmean": -10.0, "elevation": 500.0, "area": 30.0, "QObs": 2.0}
SCALES = {"prcp": 7.0, "tmean": 8.0, "elevation": 250.0, "area": 15.0, "QObs": 4.0}
STATIC = ("elevation", "area")


def netcdf() -> None:
    """Write a variable for each name along `parameter`, observed and simulated ones too."""
    made = {
        f"{name}{ending}": ("parameter", [CENTERS[name], SCALES[name], CENTERS[name], SCALES[name]])
        for ending in ("", "_obs", "_sim")
        for name in CENTERS
    }
    coordinates = {"parameter": ["center", "scale", "mean", "std"]}
    scaler = xr.Dataset(made, coords=coordinates).astype("float32")
    for engine in ("netcdf4", "h5netcdf", "scipy"):
        scaler.to_netcdf(FOLDER / f"scaler_{engine}.nc", engine=engine)


def pickled() -> None:
    """Pickle what BaseDataset kept in its dictionary `scaler`."""
    moving = [name for name in CENTERS if name not in STATIC]
    scaler = {
        "attribute_means": pd.Series({name: CENTERS[name] for name in STATIC}),
        "attribute_stds": pd.Series({name: SCALES[name] for name in STATIC}),
        "xarray_feature_center": xr.Dataset({n: np.float32(CENTERS[n]) for n in moving}),
        "xarray_feature_scale": xr.Dataset({n: np.float32(SCALES[n]) for n in moving}),
    }
    with (FOLDER / "train_data_scaler.p").open("wb") as file:
        pickle.dump(scaler, file)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    {"netcdf": netcdf, "p": pickled}[sys.argv[1]]()
