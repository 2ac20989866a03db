"""Known vulnerabilities of what requirements.txt installs, as pip-audit finds them.

    pip install pip-audit && python tests/vulnerabilities.py

ends with status 1 where a package has one. A mirror of packages has no database of them, and
pip-audit then finds none: how many packages could be looked up is said, and none found is no error.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

REQUIREMENTS = Path(__file__).parents[1] / "requirements.txt"
COMMAND = (sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off")
PATIENCE = 300  # seconds


def found(report: dict[str, Any]) -> tuple[str, bool]:
    """Return what pip-audit's report says, and whether a package has a known vulnerability."""
    packages = report["dependencies"]
    audited = [package for package in packages if "vulns" in package]
    lines = [
        f"{package['name']} {package['version']}: {known['id']}, "
        f"fixed in {', '.join(known['fix_versions']) or 'no version yet'}"
        for package in audited
        for known in package["vulns"]
    ]
    if not audited:
        said = "The database of vulnerabilities does not answer here: nothing is known about any of"
        return f"{said} {len(packages)} packages.", False
    said = f"Known vulnerabilities in {len(audited)} of {len(packages)} packages: {len(lines)}."
    return "\n".join([said, *lines]), bool(lines)


def report() -> dict[str, Any]:
    """Ask pip-audit; a report of no packages where it cannot ask anybody."""
    command = [*COMMAND, "--requirement", str(REQUIREMENTS)]
    try:
        asked = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=PATIENCE
        )
        told: dict[str, Any] = json.loads(asked.stdout)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return {"dependencies": []}
    return told


def main() -> None:
    """Print what is known."""
    if subprocess.run([*COMMAND, "--version"], check=False, capture_output=True).returncode:
        sys.exit("pip-audit is not installed: pip install pip-audit")
    said, vulnerable = found(report())
    print(said)
    sys.exit(int(vulnerable))


if __name__ == "__main__":
    main()
