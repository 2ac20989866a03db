"""What is said about known vulnerabilities, of reports as pip-audit writes them."""

from __future__ import annotations

from typing import Any

from .lowest_versions import REQUIREMENTS, lowest
from .vulnerabilities import found

KNOWN = {"name": "a", "version": "1.0", "vulns": [{"id": "CVE-1", "fix_versions": ["1.1", "2"]}]}
CLEAN: dict[str, Any] = {"name": "b", "version": "2.0", "vulns": []}
SKIPPED = {"name": "c", "skip_reason": "Dependency not found on PyPI"}


def test_a_vulnerability_is_said_with_what_fixes_it() -> None:
    said, vulnerable = found({"dependencies": [KNOWN, CLEAN, SKIPPED]})
    assert vulnerable
    assert said.splitlines() == [
        "Known vulnerabilities in 2 of 3 packages: 1.",
        "a 1.0: CVE-1, fixed in 1.1, 2",
    ]


def test_what_could_not_be_looked_up_is_not_called_clean() -> None:
    said, vulnerable = found({"dependencies": [SKIPPED, SKIPPED]})
    assert (said.count("."), vulnerable) == (1, False)
    assert "nothing is known about any of 2 packages" in said
    assert found({"dependencies": [CLEAN]})[0] == "Known vulnerabilities in 1 of 1 packages: 0."


def test_every_requirement_has_a_lowest_version() -> None:
    text = REQUIREMENTS.read_text(encoding="utf-8")
    needed = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert len(lowest(text)) == len(needed)
