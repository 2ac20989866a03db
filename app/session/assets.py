"""Where the demos and the studies are: beside the app in a checkout, below it once installed."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def assets_folder(package: Path = PACKAGE) -> Path:
    """Return the folder that holds `demos` and `studies`, for the app in the folder `package`.

    A wheel puts the assets into the package, where a checkout has none.
    """
    installed = package / "assets"
    return installed if installed.is_dir() else package.parent / "assets"
