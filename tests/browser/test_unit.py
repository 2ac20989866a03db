"""The pure parts of the components' scripts: every case of `unit/*.js` is a test of its own.

A file of `unit/` exports its cases by default, each a function under the sentence that it holds.
It is joined with what it imports, as a component is, and runs in the browser; each case gets
buffers that Python packed, and the numbers that are in them.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import qrcode
from playwright.sync_api import Browser, Page
from qrcode.util import MODE_8BIT_BYTE, QRData

from app.components.shared.modules import collect_modules, join_modules
from app.components.stage import GroupMember
from app.components.stage.group import build_group
from app.components.stage.scene import cut_details
from app.components.workbench import Feed, make_frame, pack
from app.trainer import CheckpointSummary
from app.trainer.watched_run import watched_run
from lstm_core import Clamp
from lstm_core.analysis import contributions
from lstm_core.experiment import Experiment, model_of

from .caption_cases import caption_cases
from .panel_cases import panel_cases
from .stage_script import belief, made
from .value_cases import value_cases

ROOT = Path(__file__).parents[2]
UNIT = Path(__file__).parent / "unit"
HELPERS = {"expect"}
CASE = re.compile(r'^  (?:async )?"([^"]+)"\(', re.MULTILINE)
DETAILS = (1000, 1040)
CODES = (1, 14, 15, 61, 120, 200, 320, 900)  # letters in a QR code, one length for each mask

LOAD = """async ([file, text]) => {
    const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    window.units = { ...window.units, [file]: (await import(url)).default };
    return Object.keys(window.units[file]);
}"""
GIVE = """([buffers, expected]) => {
    const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const entries = Object.entries(buffers).map(([name, text]) => [name, bytes(text)]);
    window.given = { ...Object.fromEntries(entries), expected };
}"""


def unit_files() -> dict[str, Path]:
    """The files with cases, by name."""
    return {file.stem: file for file in sorted(UNIT.glob("*.js")) if file.stem not in HELPERS}


def cases() -> list[tuple[str, str]]:
    """Every case: its file and its sentence."""
    return [
        (name, sentence)
        for name, file in unit_files().items()
        for sentence in CASE.findall(file.read_text("utf-8"))
    ]


def given() -> list[dict[str, Any]]:
    """What every case gets: buffers as base64, and the numbers in them; see unit/types.d.ts."""
    scene, long = made(extra=True), made(timesteps=3000)
    gru = made("gru")
    experiment = Experiment(length=20, units=3)
    network = watched_run(experiment, model_of(experiment))
    summary = CheckpointSummary(updates=0, loss=1.0, success=float("nan"))
    words = {"state": "running", "state_words": "Training", "counted": "", "left": ""}
    feed = Feed(**words, update=0, updates=10, kept=(summary,), watched={0: network})
    members = [
        GroupMember(scene=scene, title="one"),
        GroupMember(scene=gru, title="two"),
    ]
    buffers = {
        "scene": scene.payload,
        "numbers": made(strip="numbers").payload,
        "gru": gru.payload,
        "long": long.payload,
        "details": cut_details(long, DETAILS, DETAILS, {}),
        "group": build_group(members).payload,
        "bench": pack("a-run", make_frame(experiment), feed),
    }
    trace: Any = scene.trace
    expected = {
        "cell_state": trace.cell_state,
        "retained": trace.retained,
        "written": trace.written,
        "long_cell_state": long.trace.series("cell_state")[slice(*DETAILS)],
        "extra": belief(40).values,
        "predictions": network.predictions,
    }
    numbers = {name: values.astype(float).tolist() for name, values in expected.items()}
    texts = {name: base64.b64encode(content).decode() for name, content in buffers.items()}
    tokens = list(scene.strip.tokens)
    said = {
        "captions": caption_cases(),
        "panels": panel_cases(),
        "values": value_cases(),
        "contributions": [*written_by_whom()],
        "codes": [qr_code(length, mask) for mask, length in enumerate(CODES)],
    }
    return [texts, {**numbers, "tokens": tokens, **said}]


def qr_code(length: int, mask: int) -> dict[str, Any]:
    """A text, and the QR code that another library makes of it with this mask."""
    text = ("http://gatescope/?demo=reber&text=BTÑ漢&t=4&" * 30)[:length]
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, mask_pattern=mask, border=0)
    code.add_data(QRData(text.encode(), mode=MODE_8BIT_BYTE))
    code.make(fit=True)
    rows = ["".join(str(int(dark)) for dark in row) for row in code.get_matrix()]
    return {"text": text, "mask": mask, "rows": rows}


def written_by_whom() -> Iterator[dict[str, Any]]:
    """What Python says each timestep wrote, of every kind of cell that keeps what is written."""
    kinds = ("lstm", "peephole", "none", "coupled", "clipped", "projected", "gru")
    ways = [(kind, False, False) for kind in kinds] + [("lstm", True, False)]
    for kind, reverse, is_held in (*ways, ("lstm", False, True), ("gru", True, True)):
        memory = "hidden_state" if kind == "gru" else "cell_state"
        clamps = [
            Clamp(signal=memory, value=0.5, units=(1, 4), first=10, last=20),
            Clamp(signal=memory, value=-2.0, units=(4,), first=18, last=25),
            Clamp(signal=memory, value=1.0, first=38),
        ]
        scene = made(kind, reverse=reverse, held=tuple(clamps) if is_held else ())
        t = 5 if reverse else 33
        parts = contributions(scene.trace, t)
        yield {
            "payload": base64.b64encode(scene.payload).decode(),
            "kind": kind,
            "t": t,
            "first": int(parts.timesteps[0]),
            "written": parts.written.astype(float).tolist(),
            "initial": parts.initial.astype(float).tolist(),
        }


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    """A page with nothing on it but the cases."""
    context = browser.new_context()
    page = context.new_page()
    page.evaluate(GIVE, given())
    yield page
    context.close()


@pytest.fixture(scope="module")
def loaded(blank: Page) -> dict[str, list[str]]:
    """The cases that the browser found, by file."""
    return {
        name: blank.evaluate(LOAD, [name, join_modules(file)])
        for name, file in unit_files().items()
    }


@pytest.mark.parametrize(("file", "sentence"), cases())
def test_unit(blank: Page, loaded: dict[str, list[str]], file: str, sentence: str) -> None:
    assert sentence in loaded[file]
    run = "async ([file, sentence]) => { await window.units[file][sentence](window.given); }"
    blank.evaluate(run, [file, sentence])


def test_every_case_of_every_file_is_a_test(loaded: dict[str, list[str]]) -> None:
    assert [(file, sentence) for file, several in loaded.items() for sentence in several] == cases()


@pytest.mark.parametrize(
    "entry", ["stage/js/stage", "stage/js/courier", "panels/js/panels", "workbench/js/workbench"]
)
def test_no_name_of_a_component_hides_one_of_the_browser_s_own(blank: Page, entry: str) -> None:
    modules = collect_modules(ROOT / "app" / "components" / f"{entry}.js")
    names = [name for module in modules for name in module.declares]
    assert blank.evaluate("names => names.filter((name) => name in window)", names) == []
