"""The lowest versions that requirements.txt allows, as constraints for pip.

    python tests/lowest_versions.py > lowest.txt
    pip install -c lowest.txt -r tests/requirements.txt && pytest -m quick

in an environment of its own: what `requirements.txt` promises is then what is tested.
"""

from __future__ import annotations

import re
from pathlib import Path

REQUIREMENTS = Path(__file__).parents[1] / "requirements.txt"


def lowest(requirements: str) -> list[str]:
    """Return a line `name==version` for each requirement with a lower bound."""
    return [
        f"{name}=={version}"
        for name, version in re.findall(r"^([\w-]+)>=([\w.]+)", requirements, re.MULTILINE)
    ]


if __name__ == "__main__":
    print("\n".join(lowest(REQUIREMENTS.read_text(encoding="utf-8"))))
