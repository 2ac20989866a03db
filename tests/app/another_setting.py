"""The project with one more line in the table of the stage's settings, and nothing else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from .pages import ROOT

NEEDED = ("app", "lstm_core", "tests/browser/stage_script.py")
TABLE = "app/components/stage/settings.py"
LINE = '    another: Literal["plain", "fancy"] = setting("plain", stage=True, group=True)\n'


def copy_with_another_setting(folder: Path) -> Path:
    """Copy the project into `folder` with the setting `another`; return the folder."""
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
        else:
            (folder / name).parent.mkdir(parents=True)
            shutil.copy(ROOT / name, folder / name)
    table = folder / TABLE
    changed, count = re.subn(r"(?m)^(?=    veil: )", LINE, table.read_text("utf-8"))
    assert count == 1
    table.write_text(changed, "utf-8")
    return folder
