"""Which folders the wheel holds, and under what names; all else about it is in pyproject.toml.

The folder `app` is installed as the package `gatescope`, and `assets` below it, so that the wheel
claims no name in Python that others use too.
"""

from setuptools import find_packages, setup

setup(
    packages=[
        "gatescope",
        "gatescope.assets",
        *(f"gatescope.{package}" for package in find_packages("app")),
        *find_packages(include=["lstm_core", "lstm_core.*"]),
    ],
    package_dir={"gatescope": "app", "gatescope.assets": "assets"},
)
