"""Files of every shape on the page Your model, opened and answered by mouse and by keyboard."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Locator, Page, expect

from app.session.subjects import uploaded
from app.words import capture as capture_words
from app.words import doctor as doctor_words
from app.words import your_model as model_words
from lstm_core import load_model, unroll

from .test_explore import at_rest
from .test_your_model import arrive, choose, drop, stage
from .watch import Pages

TESTS = Path(__file__).parents[1]
CASES = TESTS / "lstm_core" / "formats" / "cases"
CAPTURED = TESTS / "golden" / "captured"

Files = list[Path]


def uploader(page: Page, again: bool) -> Locator:
    """The button that asks for files: on the page, or where a file is open in a popover."""
    around = page.get_by_test_id("stPopoverBody") if again else page.get_by_test_id("stMain")
    button = around.get_by_test_id("stFileUploaderDropzone").locator("button").last
    expect(button).to_be_visible()
    return button


def by_mouse(page: Page, files: Files, again: bool) -> None:
    """Press the uploader's button and choose files."""
    if again:
        at_rest(page)  # a page that is drawn anew closes what has opened
        page.get_by_role("button", name=model_words.OTHER, exact=False).click()
    with page.expect_file_chooser() as chooser:
        uploader(page, again).click()
    chooser.value.set_files(files)


def by_keyboard(page: Page, files: Files, again: bool) -> None:
    """Press Enter on the uploader's button; one that was drawn anew meanwhile is pressed again."""
    if again:
        at_rest(page)
        page.get_by_role("button", name=model_words.OTHER, exact=False).press("Enter")
    for _ in range(5):
        button = uploader(page, again)
        try:
            with page.expect_file_chooser(timeout=4000) as chooser:
                button.press("Enter")
            return chooser.value.set_files(files)
        except PlaywrightError:
            continue
    raise AssertionError("the uploader never asked for files")


def pick_by_keyboard(page: Page, label: str, option: str) -> None:
    """Open a list with the keys, write the beginning of an entry and press Enter."""
    box = page.get_by_role("combobox", name=label)
    box.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option", name=option)).to_be_visible()
    page.keyboard.type(option)
    page.keyboard.press("Enter")


def tar_of(path: Path, folder: Path) -> Path:
    """The file in a tar, as a run's folder is packed."""
    made = folder / "run.tar"
    with tarfile.open(made, "w") as archive:
        archive.add(path, f"run/{path.name}")
        info = tarfile.TarInfo("run/notes.txt")
        info.size = 5
        archive.addfile(info, io.BytesIO(b"notes"))
    return made


@pytest.mark.parametrize(
    ("give", "pick"), [(by_mouse, choose), (by_keyboard, pick_by_keyboard)], ids=["mouse", "keys"]
)
def test_files_of_every_shape_are_opened_and_what_they_leave_open_is_answered(
    page: Page,
    app_url: str,
    tmp_path: Path,
    screenshot: Callable[..., Path],
    give: Callable[[Page, Files, bool], None],
    pick: Callable[[Page, str, str], None],
) -> None:
    arrive(page, app_url)
    told = page.locator(".file")

    give(page, [CASES / "two_files.onnx", CASES / "two_files.onnx.data"], False)
    expect(told).to_contain_text("two_files.onnx and 1 more")
    expect(stage(page)).to_be_visible()

    give(page, [CASES / "recurrent_ppo.zip"], True)
    expect(told).to_contain_text("policy.pth in an archive")

    give(page, [tar_of(TESTS / "golden" / "torch" / "lstm.pt", tmp_path)], True)
    expect(told).to_contain_text("run/lstm.pt in an archive")

    give(page, [CASES / "last_and_best.pt"], True)
    expect(told).to_contain_text("last_and_best.pt")
    pick(page, model_words.PART, "best_state_dict")
    expect(page.get_by_role("combobox", name=model_words.PART)).to_have_value("best_state_dict")

    give(page, [CASES / "autoencoder.safetensors"], True)
    expect(told).to_contain_text("autoencoder.safetensors")
    pick(page, model_words.ASKED["chain"], "encoder → decoder")
    expect(page.get_by_role("combobox", name=model_words.ASKED["chain"])).to_have_value(
        "encoder → decoder"
    )

    give(page, [TESTS / "golden" / "residuals" / "stacked.pt"], True)
    expect(told).to_contain_text("stacked.pt")
    around = model_words.residual_choice("lstm2")
    pick(page, model_words.ASKED["residual"], around)
    expect(page.get_by_role("combobox", name=model_words.ASKED["residual"])).to_have_value(around)

    give(page, [CASES / "relu_forecaster.weights.h5"], True)
    expect(told).to_contain_text("relu_forecaster")
    page.get_by_role("radio", name=model_words.READS["mean"]).click()
    expect(page.get_by_text(model_words.ANSWERS_ONCE)).to_be_visible()
    page.get_by_text(model_words.FOUND).click()
    expect(page.get_by_text("go_backwards")).to_be_visible()
    screenshot(page, "asked")

    give(page, [CAPTURED / "torch_lstm_chunks.npz"], True)
    expect(page.locator(".verdict.right")).to_contain_text("Your framework answered the same")
    name = capture_words.recorded_name(0, 3, 1, 2)
    pick(page, "Sequence", name)
    expect(page.get_by_text(capture_words.recorded_note(12, 12, 3))).to_be_visible()
    expect(stage(page)).to_be_visible()
    screenshot(page, "captured")


def test_a_phone_shows_the_lines_that_capture_a_model_and_examines_a_result(
    pages: Pages, app_url: str, screenshot: Callable[..., Path]
) -> None:
    page = arrive(pages.open(width=390, touch=True), app_url)
    page.get_by_text(capture_words.HEAD).click()
    code = page.locator("code")
    expect(code.filter(has_text="gatescope.capture(model)").first).to_be_visible()
    at_rest(page)  # a choice in a page that is drawn anew is forgotten
    page.get_by_text("PyTorch", exact=True).click()
    expect(code.filter(has_text="class TorchRecorder").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    screenshot(page, "how-to")

    path = TESTS / "golden" / "torch" / "lstm.pt"
    drop(page, path.name, path.read_bytes())
    expect(stage(page)).to_be_visible()
    page.get_by_text(doctor_words.HEAD).click()
    subject = uploaded("m", path.name, load_model(path), 0)
    cell, sequence = subject.model.layers[0].forward, subject.examples[0].sequence
    wrong = unroll(cell.replace(bias=0 * cell.bias), subject.model.encode(sequence)).hidden_state
    page.get_by_label(doctor_words.TEXT).fill(repr(wrong.tolist()))
    page.get_by_role("button", name=doctor_words.EXAMINE).click()
    fault = doctor_words.FAULTS["bias, missing"]
    expect(page.locator(".verdict.wrong")).to_contain_text(doctor_words.ONE.format(fault=fault))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    screenshot(page, "doctor")
