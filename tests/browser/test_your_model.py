"""The page Your model in a browser: real files in, the same numbers as the library gives."""

from __future__ import annotations

import io
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, expect

from app.inputs.arrays import npy_bytes
from app.words import common as words
from app.words import uploads as upload_words
from app.words import your_model as model_words
from app.words.formatting import number
from lstm_core import load_model, save_model

from .details import details_say
from .test_explore import at_rest

GOLDEN = Path(__file__).parents[1] / "golden"
LSTM = GOLDEN / "torch" / "lstm.pt"


def arrive(page: Page, app_url: str) -> Page:
    """Open the page by its address."""
    page.goto(f"{app_url}/model")
    expect(page.get_by_role("heading", name=model_words.HEAD)).to_be_visible(timeout=30_000)
    return page


def drop(page: Page, name: str, data: bytes) -> None:
    page.locator('input[type="file"]').first.set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


def open_model(page: Page, app_url: str, path: Path) -> Page:
    arrive(page, app_url)
    drop(page, path.name, path.read_bytes())
    expect(stage(page)).to_be_visible()
    expect(page.locator(".file b")).to_have_text(path.name)
    return page


def stage(page: Page) -> Locator:
    return page.locator("[data-timestep]").first


def give(page: Page, values: np.ndarray) -> None:
    """Upload a sequence of one's own."""
    at_rest(page)  # a page that is drawn anew forgets what is being given to it
    page.get_by_role("button", name=words.UPLOAD, exact=False).first.click()
    page.get_by_test_id("stPopoverBody").locator('input[type="file"]').set_input_files(
        {"name": "mine.npy", "mimeType": "application/octet-stream", "buffer": npy_bytes(values)}
    )
    expect(page.get_by_text(upload_words.head("mine.npy"))).to_be_visible()
    page.get_by_role("button", name=words.RUN, exact=True).click()
    expect(page.get_by_text(words.not_in_link("mine.npy"))).to_be_visible()


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list; one that the page drew anew meanwhile has closed, and is opened again."""
    wanted = page.get_by_role("option", name=option)
    for _ in range(5):
        page.get_by_role("combobox", name=label).click()
        try:
            return wanted.click(timeout=4000)
        except PlaywrightError:
            page.keyboard.press("Escape")
    raise AssertionError(f"{label!r} never offered {option!r}")


def step_to(page: Page, t: int, timesteps: int) -> None:
    """Go there with the keys, and wait until the details have followed."""
    stage(page).focus()
    page.keyboard.press("Home")
    for _ in range(t):
        page.keyboard.press("ArrowRight")
    expect(stage(page)).to_have_attribute("data-timestep", str(t))
    unit = int(stage(page).get_attribute("data-unit") or 0)
    details_say(page, words.here(t, timesteps, "", unit))


def parameters(page: Page) -> dict[str, list[str]]:
    """The parameters of the page's address, in whichever order they stand."""
    return parse_qs(urlsplit(page.url).query)


def sequence(size: int) -> np.ndarray:
    return np.random.default_rng(size).normal(size=(8, size)).astype(np.float32)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_is_found_beside_explore(pages, app_url, width):
    page = pages.open(width=width)
    page.goto(app_url)
    expect(stage(page)).to_be_visible(timeout=30_000)
    narrow = width < 500  # where the pages' names are behind a button
    if narrow:
        page.get_by_test_id("stExpandSidebarButton").click()
    page.get_by_role("link", name=model_words.TITLE).click()
    if narrow and page.get_by_test_id("stSidebarCollapseButton").is_visible():
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    expect(page.get_by_role("heading", name=model_words.HEAD)).to_be_visible()


@pytest.mark.parametrize(
    ("file", "order"),
    [
        ("torch/lstm.pt", "PyTorch: i f g o"),
        ("torch/gru_without_bias.safetensors", "PyTorch: r z n"),
        ("keras/keras3_nested.keras", "Keras: i f c o"),
        ("onnx", "ONNX: z r h"),
    ],
)
def test_a_file_of_each_framework_is_stepped_with_the_numbers_of_the_library(
    page, app_url, tmp_path, file, order
):
    path = GOLDEN / file
    if file == "onnx":
        path = tmp_path / "gru.onnx"
        save_model(load_model(GOLDEN / "torch" / "gru.pt"), path)
    layer = load_model(path).layers[0]
    values = sequence(layer.input_size)
    trace = layer.unroll(values).forward
    open_model(page, app_url, path)
    expect(page.locator(".question")).to_contain_text(order)
    give(page, values)
    page.get_by_role("tab", name=words.TABS["arithmetic"]).click()
    for t in (3, 5):
        step_to(page, t, len(values))
        unit = int(stage(page).get_attribute("data-unit") or 0)
        shown = page.locator(".cards, .sum")
        for signal in trace.vocabulary.recorded:
            value = number(float(trace.series(signal.name)[t, unit]))
            expect(shown.filter(has_text=value).first).to_be_visible()
        hidden = number(float(trace.hidden_state[t, unit]))
        expect(stage(page)).to_contain_text(hidden)


def test_each_layer_and_direction_of_a_stack_plays_and_backward_says_so(page, app_url, screenshot):
    path = GOLDEN / "torch" / "lstm_stacked_bidirectional.pt"
    layers = load_model(path).layers
    values = sequence(layers[0].input_size)
    run = layers[1].unroll(layers[0].unroll(values).outputs)
    open_model(page, app_url, path)
    give(page, values)
    choose(page, model_words.LAYER, f"1: {layers[1].name}")
    expect(page.get_by_text(f"On the stage: {layers[1].name}")).to_be_visible()
    page.get_by_text(words.DIRECTIONS["backward"]).click()
    expect(page.get_by_text("This direction runs from right to left.")).to_be_visible()
    stage(page).focus()
    t = len(values) - 2  # the second that it reads
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(stage(page)).to_have_attribute("data-timestep", str(t))
    unit = int(stage(page).get_attribute("data-unit") or 0)
    there = number(float(run.backward.hidden_state[t, unit]))
    expect(stage(page)).to_contain_text(there)
    screenshot(page, "backward")
    expect(page).to_have_url(re.compile(rf"(?=.*[?&]t={t}(&|$)).*[?&]session="))
    page.reload()
    expect(page.locator(".file b")).to_have_text(path.name)
    expect(page.get_by_text("This direction runs from right to left.")).to_be_visible()
    expect(stage(page)).to_contain_text(there)


def test_an_unreadable_file_leaves_the_stage_untouched(page, app_url):
    open_model(page, app_url, LSTM)
    give(page, sequence(3))
    step_to(page, 4, 8)
    expect(page).to_have_url(re.compile("[?&]t=4(&|$)"))
    here, address = page.locator(".here").inner_text(), parameters(page)
    page.get_by_role("button", name=model_words.OTHER, exact=False).click()
    page.get_by_test_id("stPopoverBody").locator('input[type="file"]').set_input_files(
        {"name": "broken.pt", "mimeType": "application/octet-stream", "buffer": b"PK\x03\x04 no"}
    )
    told = page.get_by_role("alert")
    expect(told).to_contain_text("What was on the stage is unchanged.")
    assert told.inner_text().count("\n") == 0
    expect(stage(page)).to_have_attribute("data-timestep", "4")
    expect(page.locator(".file b")).to_have_text(LSTM.name)
    assert (page.locator(".here").inner_text(), parameters(page)) == (here, address)


HOSTILE = ("<img src=x onerror=document.title='owned'>", "$x^2$ :material/delete: **b** :red[r]")


def layers_called(*names: str) -> bytes:
    """A file of layers of these names."""
    cell = load_model(GOLDEN / "torch" / "lstm_square.pt").layers[0].forward
    arrays = {}
    for name in names:
        arrays[f"{name}.weight_ih_l0"] = np.ascontiguousarray(cell.kernel.T)
        arrays[f"{name}.weight_hh_l0"] = np.ascontiguousarray(cell.recurrent_kernel.T)
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def test_hostile_names_are_shown_letter_by_letter(page, app_url, screenshot):
    arrive(page, app_url)
    drop(page, "<b>bold<b>.npz", layers_called(*HOSTILE))
    expect(stage(page)).to_be_visible()
    page.get_by_text(model_words.FOUND).click()
    for name in HOSTILE:
        expect(page.locator(".found").get_by_text(name, exact=True)).to_be_visible()
    for k, name in enumerate(HOSTILE):
        choose(page, model_words.LAYER, f"{k}: {name}")
        expect(page.get_by_text(f"On the stage: {name}")).to_be_visible()
        expect(stage(page)).to_contain_text(name)
        expect(page.get_by_role("combobox", name=model_words.LAYER)).to_have_value(
            model_words.layer_choice(k, name, "lstm")
        )
    for tab in (words.TABS["values"], words.TABS["arithmetic"]):
        page.get_by_role("tab", name=tab).click()
    page.get_by_text(model_words.CHECK).click()
    expect(page.locator("code").filter(has_text="load_state_dict")).to_be_visible()
    assert page.locator("main img[src='x']").count() == 0
    assert page.locator("main .katex").count() == 0
    assert page.title() != "owned"
    screenshot(page, "hostile")


def test_a_reference_of_the_framework_is_compared_where_it_differs(page, app_url, screenshot):
    expected = np.load(GOLDEN / "torch" / "expected.npz")
    open_model(page, app_url, LSTM)
    give(page, expected["lstm.pt/x"][0])
    page.get_by_text(model_words.CHECK).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=model_words.INPUT_NPY).click()
    inputs = np.load(download.value.path())
    np.testing.assert_array_equal(inputs, expected["lstm.pt/x"][0])
    outputs = expected["lstm.pt/y"][0]
    box = page.get_by_label(model_words.REFERENCE_TEXT)
    box.fill(repr(outputs.tolist()))
    page.get_by_role("button", name=model_words.COMPARE).click()
    expect(page.locator(".verdict.right")).to_be_visible()
    wrong = outputs.copy()
    wrong[2, 1] += 0.25
    box.fill(repr(wrong.tolist()))
    page.get_by_role("button", name=model_words.COMPARE).click()
    expect(page.locator(".verdict.wrong")).to_contain_text("0.25, at timestep 2, output 1")
    screenshot(page, "verdict")


def test_our_own_model_is_opened_saved_and_opened_again(page, app_url):
    arrive(page, app_url)
    page.get_by_role("button", name=model_words.TRY).click()
    expect(page.locator(".file b")).to_have_text(model_words.SAMPLE_NAME)
    page.get_by_text(model_words.SAVE, exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=".onnx").click()
    saved = Path(download.value.path()).read_bytes()
    again = load_model(saved, name="reber.onnx").layers[0]
    assert (again.kind, again.hidden_size) == ("lstm", 12)


def test_explore_is_found_as_it_was_left_and_its_links_still_open(pages, app_url):
    page = pages.open()
    page.goto(f"{app_url}/?demo=sunspots&t=7&unit=1")
    expect(page.locator(".here")).to_contain_text("Timestep 7")
    page.get_by_role("link", name=model_words.TITLE).click()
    drop(page, LSTM.name, LSTM.read_bytes())
    expect(page.locator(".file b")).to_have_text(LSTM.name)
    expect(page).to_have_url(re.compile(r"/model\?"))
    assert "lstm" not in page.url
    page.get_by_role("link", name="Explore").click()
    expect(page.locator(".here")).to_contain_text("Timestep 7")
    expect(page).to_have_url(re.compile("demo=sunspots.*t=7"))
    elsewhere = pages.open()
    elsewhere.goto(page.url)
    expect(elsewhere.locator(".here")).to_have_text(page.locator(".here").inner_text())
    page.get_by_role("link", name=model_words.TITLE).click()
    expect(page.locator(".file b")).to_have_text(LSTM.name)


@pytest.mark.parametrize("file", ["gru_stacked_bidirectional.pth", "rnn_tanh.pt"])
@pytest.mark.parametrize(("width", "dark"), [(390, False), (1280, True)])
def test_the_page_fits_a_phone_and_the_dark(pages, app_url, screenshot, file, width, dark):
    page = pages.open(width=width, dark=dark, touch=width < 500)
    open_model(page, app_url, GOLDEN / "torch" / file)
    page.get_by_text(model_words.FOUND).click()
    expect(page.locator(".found")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    screenshot(page, f"{file}-{width}")


def test_long_names_are_read_on_a_phone_without_scrolling_sideways(pages, app_url, screenshot):
    names = [f"recogniser.encoder.bidirectional_layers.{k}.recurrent_lstm" for k in (0, 1)]
    page = pages.open(width=390, touch=True)
    arrive(page, app_url)
    drop(page, "long.npz", layers_called(*names))
    expect(stage(page)).to_be_visible()
    page.get_by_text(model_words.FOUND).click()
    found = page.locator(".found")
    for name in names:
        expect(found.get_by_text(name, exact=True)).to_be_visible()
    assert found.evaluate("node => node.scrollWidth <= node.clientWidth")
    where = found.locator("td:last-child").last
    box = where.bounding_box()
    assert box["x"] + box["width"] <= 390
    choice = page.get_by_role("combobox", name=model_words.LAYER)
    expect(choice).to_have_value(re.compile("0\\.recurrent_lstm"))
    assert choice.evaluate("node => node.scrollWidth <= node.clientWidth")
    screenshot(page, "long-names")
