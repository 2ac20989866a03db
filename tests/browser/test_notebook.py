"""A notebook that is really executed and exported plays its stages without a kernel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect

import app

from .watch import Pages

ROOT = Path(__file__).parents[2]
SETUP = "import sys; import app; sys.modules['gatescope'] = app"
ELSEWHERE = "cdnjs.cloudflare.com"  # nbconvert's own page looks for its mathematics there


def exported(folder: Path) -> Path:
    """Execute docs/notebook.ipynb with this project as `gatescope`, and export it as HTML."""
    notebook = json.loads((ROOT / "docs" / "notebook.ipynb").read_text("utf-8"))
    first = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    first["source"].insert(0, f"{SETUP}\n")
    (folder / "notebook.ipynb").write_text(json.dumps(notebook))
    export = ("nbconvert", "--execute", "--to", "html", "--log-level", "WARN", "notebook.ipynb")
    state = "--ExecutePreprocessor.store_widget_state=False"  # as JupyterLab saves a notebook
    command = [sys.executable, "-m", *export, state]
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=folder, env=here, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / "notebook.html"


def test_an_executed_notebook_is_exported_and_its_stages_are_stepped(pages: Pages, tmp_path: Path):
    file = exported(tmp_path)
    page = pages.open()
    pages.watch(page).accept(ELSEWHERE)
    page.context.set_offline(True)
    page.goto(file.as_uri(), wait_until="domcontentloaded")
    short, long = page.frame_locator("iframe").first, page.frame_locator("iframe").last
    stage = short.locator("[data-timestep]")
    expect(stage).to_have_attribute("data-timestep", "1")
    short.get_by_role("button", name="Next step").click()
    expect(stage).to_have_attribute("data-timestep", "2")
    network = app.demo("first_letter")
    trace = network.model.run(network.examples[0].sequence).layers[0].forward
    number = short.locator('.now-number[data-signal="cell_state"]').inner_text()
    assert abs(float(number.replace("−", "-")) - trace.cell_state[2, 0]) <= 0.00051
    expect(long.locator(".footnote")).to_contain_text("5,000 timesteps are pooled")
    alone = "Exact numbers are here for timesteps 0 to "
    expect(long.locator(".footnote")).to_contain_text(alone)
    long.locator("[data-timestep]").press("End")
    expect(long.locator(".sentence")).to_contain_text(alone)  # nobody will bring others
