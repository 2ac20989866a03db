"""The stage as a notebook's widget: in a page that stands in for the notebook."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path

from playwright.sync_api import Page, expect

import app
from tests.app.test_notebook import trace as random_trace

from .stage_page import at, now
from .watch import Pages

NOTEBOOK = """<!DOCTYPE html><meta charset="utf-8"><body style="background: #111">
<div id="cell"></div><script type="module">
const kept = %s;
const binary = (text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
kept._scene = binary(kept._scene);
const acts = {}, sent = [];
const model = {
  get: (name) => kept[name],
  set: (name, value) => {
    if (JSON.stringify(kept[name]) === JSON.stringify(value)) return;
    kept[name] = value;
    for (const act of acts[`change:${name}`] ?? []) act();
  },
  save_changes: () => { window.saved = { ...kept }; },
  send: (message) => sent.push(message),
  on: (event, act) => (acts[event] ??= []).push(act),
  off: () => {},
};
window.kernel = { model, sent, tell: (text) => acts["msg:custom"][0]({}, [binary(text)]) };
const module = await import(URL.createObjectURL(new Blob([%s], { type: "text/javascript" })));
module.default.render({ model, el: document.getElementById("cell") });
</script>"""


def test_the_kernel_reads_where_the_reader_is_drives_the_stage_and_brings_exact_numbers(
    pages: Pages, tmp_path: Path
):
    trace = random_trace(timesteps=4000)
    stage = app.show(trace, live=True, t=12, unit=1)
    names = [*stage._settings, "_settings", "_style", "_themes"]
    kept = {name: getattr(stage, name) for name in names}
    kept["_scene"] = b64encode(stage._scene).decode()
    file = tmp_path / "notebook.html"
    file.write_text(NOTEBOOK % (json.dumps(kept), json.dumps(stage._esm)), "utf-8")
    page: Page = pages.open()
    page.goto(file.as_uri())
    at(page, 12, unit=1)
    expect(page.locator(".stage")).to_have_attribute("data-mode", "dark")
    page.wait_for_function("window.kernel.sent.length > 0")
    answers: list[bytes] = []
    stage.send = lambda _message, buffers: answers.extend(buffers)
    stage._answer(stage, page.evaluate("window.kernel.sent[0]"), [])
    page.evaluate("(text) => window.kernel.tell(text)", b64encode(answers[0]).decode())
    expect(page.locator('.now-number[data-signal="cell_state"]')).not_to_have_text("…")
    assert abs(now(page, "cell_state") - trace.cell_state[12, 1]) <= 0.00051
    page.locator(".stage").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("window.saved?.t === 13 && window.saved.unit === 1")
    page.evaluate("window.kernel.model.set('t', 20)")
    at(page, 20, unit=1)
