"""The page of the reader's own model as they use it, without a browser."""

from __future__ import annotations

import io
from html import escape
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.figures.model_findings import agreed
from app.inputs.arrays import npy_bytes
from app.session import demos, local_files, model_files
from app.session.shared_store import store
from app.session.subjects import ZEROS, uploaded
from app.words import capture as capture_words
from app.words import common as words
from app.words import doctor as doctor_words
from app.words import uploads as upload_words
from app.words import why as why_words
from app.words import your_model as model_words
from app.words.formatting import number
from lstm_core import load_model, save_model, unroll
from lstm_core.analysis import highlights
from lstm_core.model import agreement
from tests.app import pages
from tests.app.pages import (
    ROOT,
    choose,
    choose_button,
    give,
    give_files,
    group,
    link,
    one_page,
    picker,
    press,
    ran,
    reported,
    run_upload,
    texts,
)

pytestmark = pytest.mark.usefixtures("server_follows")

GOLDEN = ROOT / "tests" / "golden"
CAPTURED = GOLDEN / "captured"
CASES = ROOT / "tests" / "lstm_core" / "formats" / "cases"


def arrived() -> AppTest:
    return pages.opened(one_page("your_model"), {})


def opened(path: Path) -> AppTest:
    return give(arrived(), model_words.FILE, path.name, path.read_bytes())


def rest(app: AppTest, **report: object) -> AppTest:
    """The page with the arithmetic open, after its stage came to rest."""
    app.session_state["model-view"] = {
        **app.session_state["model-view"],
        "details": "arithmetic",
    }
    return reported(app, "model-stage", **report)


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("torch/lstm.pt", ["PyTorch checkpoint", "LSTM", "PyTorch: i f g o", "weight_ih_l0"]),
        ("torch/gru.pt", ["GRU", "PyTorch: r z n"]),
        ("torch/lstm_stacked_bidirectional.safetensors", ["safetensors", "2 recurrent layers"]),
        ("keras/keras3_every.keras", ["Keras", "i f c o", "z r h", "5 recurrent layers"]),
        ("torch/checkpoint.pt", ["optimizer_state_dict", "model_state_dict"]),
        ("keras_backs/sentiment.keras", ["The model answers once", "behind the layers are run"]),
        ("tflite/stacked.tflite", ["TensorFlow Lite", "2 recurrent layers"]),
    ],
)
def test_what_is_in_the_file_is_told_with_the_gate_order_of_the_file(file, told):
    page = texts(opened(GOLDEN / file))
    for words_told in told:
        assert words_told in page


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("self_attended", model_words.ANSWERS_ONCE_KNOWING),
        ("averaged", model_words.ANSWERS_ONCE_KNOWING),
        ("pooled", model_words.ANSWERS_ONCE),
        ("attended_sum", model_words.ATTENDS),
    ],
)
def test_one_sentence_says_what_a_prediction_has_read(file, told):
    page = texts(opened(GOLDEN / "keras_backs" / f"{file}.keras"))
    every = (model_words.ANSWERS_ONCE, model_words.ANSWERS_ONCE_KNOWING, model_words.ATTENDS)
    assert [sentence for sentence in every if sentence in page] == [told]


def test_without_a_file_the_page_says_what_it_takes_and_shows_no_stage():
    app = arrived()
    assert model_words.HEAD in texts(app)
    assert [part.key for part in app.get("bidi_component")] == ["address"]


def test_our_own_model_opens_through_the_same_door():
    app = press(arrived(), model_words.TRY)
    assert model_words.SAMPLE_NAME in texts(app)
    assert "PyTorch: i f g o" in texts(app)


def test_our_own_model_reads_sentences_of_its_own_grammar():
    app = press(arrived(), model_words.TRY)
    reber = demos.demo(model_files.SAMPLE)
    offered = [example.sequence.name for example in reber.examples]
    assert picker(app, words.SEQUENCE).options == offered
    assert reber.question in texts(app)
    app = press(app, words.NEW)
    assert model_words.DRAWN not in texts(app)


def test_what_stands_out_in_a_model_that_was_brought_is_the_first_thing_below_its_stage():
    path = GOLDEN / "torch" / "lstm.pt"
    app = opened(path)
    assert app.tabs[0].label == words.TABS["highlights"]
    subject = uploaded("m", path.name, load_model(path), 0)
    trace = subject.model.run(subject.examples[0].sequence).layers[0].forward
    found = highlights(trace)
    assert found
    places = [button.label for button in app.button if (button.key or "").startswith("look-")]
    assert places[0] == why_words.go_to(found[0].timestep, found[0].units[0])
    assert "details" not in link(app)


def test_the_details_are_the_numbers_of_the_layer_in_the_file():
    path = GOLDEN / "torch" / "lstm.pt"
    app = rest(opened(path), t=7, unit=2)
    subject = uploaded("m", path.name, load_model(path), 0)
    trace = subject.model.run(subject.examples[0].sequence).layers[0].forward
    assert words.here(7, len(trace), "", 2) in texts(app)
    assert number(float(trace.cell_state[7, 2])) in texts(app)
    assert number(float(trace.forget_gate[7, 2])) in texts(app)


def test_each_of_several_models_in_a_file_can_be_put_on_the_stage():
    path = CASES / "last_and_best.pt"
    app = opened(path)
    assert picker(app, model_words.PART).options == ["last_state_dict", "best_state_dict"]
    choose(app, model_words.LAYER, 1)
    for part in ("best_state_dict", "last_state_dict"):
        choose(app, model_words.PART, part)
        rest(app, t=7, unit=2)
        subject = uploaded("m", path.name, load_model(path, part=part), 0)
        trace = subject.model.run(subject.examples[0].sequence).layers[0].forward
        assert picker(app, model_words.LAYER).value == 0
        assert number(float(trace.forget_gate[7, 2])) in texts(app)


def test_which_module_reads_which_can_be_said_where_the_file_does_not():
    path = CASES / "autoencoder.safetensors"
    app = opened(path)
    orders = picker(app, model_words.ASKED["chain"])
    assert orders.options[0] == model_words.chain_choice("apart")
    choose(app, model_words.LAYER, 1)
    choose(app, model_words.ASKED["chain"], "encoder → decoder")
    choose(app, model_words.LAYER, 1)
    rest(app, t=7, unit=2)
    model = load_model(path, chain="encoder → decoder")
    subject = uploaded("m", path.name, model, 1)
    trace = subject.model.run(subject.examples[0].sequence).layers[1].forward
    assert number(float(trace.forget_gate[7, 2])) in texts(app)


def test_what_is_added_behind_a_layer_can_be_said_and_changes_the_prediction():
    path = GOLDEN / "residuals" / "stacked.pt"
    app = opened(path)
    sums = picker(app, model_words.ASKED["residual"])
    assert sums.options == [model_words.residual_choice(one) for one in ("none", "lstm2")]
    assert model_words.assumed("none", "residual") in texts(app)
    choose(app, model_words.ASKED["residual"], "lstm2")
    assert model_words.assumed("lstm2", "residual") in texts(app)
    assert app.session_state["model-model"]["answers"] == {"residual": "lstm2"}


@pytest.mark.parametrize("name", ["model", "model.th", "model_best.pth.tar", "recurrent_ppo.zip"])
def test_a_file_of_any_name_can_be_given(name):
    file = name if (CASES / name).exists() else "model_best.pth.tar"
    app = give(arrived(), model_words.FILE, name, (CASES / file).read_bytes())
    assert "PyTorch: i f g o" in texts(app)


def test_each_layer_and_direction_can_be_put_on_the_stage():
    path = GOLDEN / "torch" / "gru_stacked_bidirectional.pth"
    app = opened(path)
    choose(app, model_words.LAYER, 1)
    choose_button(app, words.DIRECTION, "backward")
    rest(app, t=3, unit=1)
    subject = uploaded("m", path.name, load_model(path), 1)
    trace = subject.model.run(subject.examples[0].sequence).layers[1].backward
    assert link(app)["direction"] == "backward"
    assert number(float(trace.update_gate[3, 1])) in texts(app)


def test_a_layer_of_another_chain_brings_a_sequence_of_its_own():
    path = GOLDEN / "keras" / "keras3_nested.keras"
    model = load_model(path)
    app = run_upload(give_files(opened(path), ("a.npy", npy_bytes(np.zeros((3, 4))))))
    assert words.not_in_link("a.npy") in texts(app)
    other = next(k for k, layer in enumerate(model.layers) if k and not layer.follows)
    choose(app, model_words.LAYER, other)
    assert words.not_in_link("a.npy") not in texts(app)
    assert model.layers[other].name in texts(app)


def test_what_the_file_does_not_say_is_asked_and_changes_the_run():
    path = GOLDEN / "torch" / "rnn_relu.pt"
    app = rest(opened(path), t=5, unit=0)
    question = model_words.ASKED["nonlinearity"]
    assert group(app, question).value == "tanh"
    choose_button(app, question, "relu")
    rest(app, t=5, unit=0)
    trace = uploaded("m", "m", load_model(path, nonlinearity="relu"), 0)
    run = trace.model.run(trace.examples[0].sequence).layers[0].forward
    assert number(float(run.hidden_state[5, 0])) in texts(app)
    assert group(app, question).value == "relu"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("bad.pt", b"", "is empty"),
        ("bad.pt", b"not a model", "does not start like one"),
        ("bad.safetensors", b"\xff" * 64, "safetensors"),
        ("expected.npz", (GOLDEN / "torch" / "expected.npz").read_bytes(), "expected arrays"),
    ],
)
def test_an_unreadable_file_is_told_in_one_sentence_and_leaves_the_stage_as_it_is(name, data, told):
    app = rest(opened(GOLDEN / "torch" / "lstm.pt"), t=7, unit=2)
    before = link(app), picker(app, words.SEQUENCE).value
    give(app, model_words.FILE, name, data)
    page = texts(app)
    assert told in page
    assert 'role="alert"' in page
    assert "What was on the stage is unchanged." in page
    assert (link(app), picker(app, words.SEQUENCE).value) == before
    assert "<b>lstm.pt</b>" in page


def test_an_unreadable_first_file_is_told_and_another_can_be_given():
    app = give(arrived(), model_words.FILE, "bad.onnx", b"\x08\xff\xff")
    assert 'role="alert"' in texts(app)
    path = GOLDEN / "torch" / "lstm.pt"
    give(app, model_words.FILE, path.name, path.read_bytes())
    assert "<b>lstm.pt</b>" in texts(app)
    assert 'role="alert"' not in texts(app)


def test_numbers_from_an_array_are_run_as_they_are():
    path = GOLDEN / "torch" / "lstm.pt"
    values = np.random.default_rng(3).normal(size=(9, 3)).astype(np.float32)
    app = run_upload(give_files(opened(path), ("mine.npy", npy_bytes(values))))
    rest(app, t=8, unit=1)
    trace = load_model(path).layers[0].unroll(values).forward
    assert words.here(8, 9, "", 1) in texts(app)
    assert number(float(trace.hidden_state[8, 1])) in texts(app)


def test_symbols_of_the_files_own_alphabet_can_be_typed():
    app = opened(GOLDEN / "torch" / "checkpoint.pt")
    app.text_area[0].input("BTXS")
    press(app, words.RUN)
    rest(app, t=3)
    assert words.here(3, 4, "S", 0) in texts(app)


def test_made_up_input_is_said_to_be_made_up():
    app = opened(GOLDEN / "torch" / "lstm.pt")
    assert "made up, not real data" in texts(app)
    press(app, words.NEW)
    assert model_words.DRAWN in texts(app)
    choose(app, words.SEQUENCE, ZEROS["name"])
    assert ZEROS["note"] in texts(app)


def test_the_address_never_names_the_model():
    app = rest(opened(GOLDEN / "torch" / "lstm.pt"), t=4)
    assert "demo" not in link(app)
    assert "lstm.pt" not in str(link(app))
    file = app.session_state["model-model"]["file"]
    assert file not in str(link(app))


def test_a_model_that_has_gone_is_told_and_asked_for_again():
    app = opened(GOLDEN / "torch" / "lstm.pt")
    store.clear()
    ran(app.run())
    assert escape(model_words.GONE.format(name="lstm.pt")) in texts(app)
    assert [door.label for door in app.file_uploader] == [model_words.FILE]


def test_what_is_typed_for_a_model_that_has_gone_is_answered_with_the_same_sentence():
    app = opened(GOLDEN / "torch" / "checkpoint.pt")
    app.text_area[0].input("BTXS")
    store.clear()
    press(app, words.RUN)
    assert escape(model_words.GONE.format(name="checkpoint.pt")) in texts(app)


def test_an_answer_about_a_model_that_has_gone_is_answered_with_the_same_sentence():
    app = opened(GOLDEN / "torch" / "rnn_tanh.pt")
    question = model_words.ASKED["nonlinearity"]
    store.clear()
    choose_button(app, question, "relu")
    assert escape(model_words.GONE.format(name="rnn_tanh.pt")) in texts(app)


def test_the_check_compares_with_what_pytorch_computed():
    path = GOLDEN / "torch" / "lstm.pt"
    expected = np.load(GOLDEN / "torch" / "expected.npz")
    app = run_upload(give_files(opened(path), ("x.npy", npy_bytes(expected["lstm.pt/x"][0]))))
    app.session_state["check-open"] = True
    ran(app.run())
    assert "torch.nn.LSTM(3, 5, batch_first=True)" in app.code[0].value
    outputs = expected["lstm.pt/y"][0]
    give(app, model_words.REFERENCE_FILE, "y.npy", npy_bytes(outputs))
    assert "✓" in texts(app)
    wrong = outputs.copy()
    wrong[4, 2] += 0.5
    give(app, model_words.REFERENCE_FILE, "y.npy", npy_bytes(wrong))
    assert "✗" in texts(app)
    assert "0.5, at timestep 4, output 2" in texts(app)
    give(app, model_words.REFERENCE_FILE, "y.npy", b"nonsense")
    assert "is not a .npy file" in texts(app)


def test_what_is_saved_is_the_same_model():
    app = opened(GOLDEN / "torch" / "gru.pt")
    app.session_state["save-open"] = True
    ran(app.run())
    labels = [button.proto.label for button in app.get("download_button")]
    assert {".safetensors", ".onnx", ".npz"} <= set(labels)


def hostile() -> tuple[bytes, tuple[str, ...]]:
    """A file whose every name tries to be more than a name."""
    names = ("<img src=x onerror=alert(1)>", "$x^2$ :material/delete: **b** :red[r]")
    model = load_model(GOLDEN / "torch" / "lstm_square.pt")
    stream = io.BytesIO()
    layer = model.layers[0].forward
    arrays: dict[str, np.ndarray] = {}
    for name in names:
        arrays |= {
            f"{name}.weight_ih_l0": np.ascontiguousarray(layer.kernel.T),
            f"{name}.weight_hh_l0": np.ascontiguousarray(layer.recurrent_kernel.T),
        }
    np.savez(stream, **arrays)
    return stream.getvalue(), names


def test_names_in_a_file_are_never_markup():
    data, names = hostile()
    app = give(arrived(), model_words.FILE, "<b>x.npz", data)
    page = texts(app)
    assert "<img" not in page
    assert "<b>x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    for name in names:  # a list's entries are shown as they are, unlike a label
        assert any(name in option for option in picker(app, model_words.LAYER).options)
    labels = [widget.label for widget in (*app.button, *app.selectbox, *app.file_uploader)]
    assert not any(name in label for name in names for label in labels)


def test_a_saved_onnx_file_opens_and_names_its_order(tmp_path):
    save_model(load_model(GOLDEN / "torch" / "gru.pt"), tmp_path / "gru.onnx")
    assert "ONNX: z r h" in texts(opened(tmp_path / "gru.onnx"))


def test_the_files_that_the_app_was_started_with_are_open(tmp_path: Path, monkeypatch):
    data = tmp_path / "series.txt"
    data.write_text("BTXSE\nBPVVE\n")
    monkeypatch.setenv(local_files.VARIABLE, "")
    local_files.announce(
        local_files.LocalFiles(
            model=(GOLDEN / "torch" / "checkpoint.pt",), sequences=(data,), layer=1
        )
    )
    app = arrived()
    assert "checkpoint.pt" in texts(app)
    assert link(app)["layer"] == "1"
    assert upload_words.head("series.txt") in texts(app)


def test_a_file_that_the_app_was_started_with_and_that_is_gone_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv(local_files.VARIABLE, "")
    local_files.announce(local_files.LocalFiles(model=(tmp_path / "gone.pt",)))
    assert "gone.pt cannot be read: No such file or directory." in texts(arrived())


def test_a_captured_run_shows_the_proof_and_plays_what_was_recorded_from_its_start():
    path = CAPTURED / "torch_lstm_projected.npz"
    app = opened(path)
    model = load_model(path)
    result = agreement(model.layers, model.recorded)
    assert agreed(result) in texts(app)
    names = [capture_words.recorded_name(0, 1, k, 2) for k in range(2)]
    assert picker(app, words.SEQUENCE).options == names
    choose(app, words.SEQUENCE, names[1])
    rest(app, t=0, unit=2)
    recorded = model.recorded[1]
    trace = model.starting(recorded.start).run_inputs(recorded.inputs).layers[0].forward
    assert number(float(trace.cell_state[0, 2])) in texts(app)
    press(app, words.NEW)  # a sequence of our own begins with zero
    assert capture_words.recorded_note(6, 6, 1) not in texts(app)


def test_where_nothing_is_open_the_page_says_how_a_model_is_captured(monkeypatch):
    app = arrived()
    assert capture_words.HEAD in [panel.label for panel in app.expander]


def test_the_doctor_names_the_fault_in_a_pasted_result():
    path = GOLDEN / "torch" / "lstm.pt"
    app = opened(path)
    subject = uploaded("m", path.name, load_model(path), 0)
    cell, sequence = subject.model.layers[0].forward, subject.examples[0].sequence
    wrong = unroll(cell.replace(bias=0 * cell.bias), subject.model.encode(sequence)).hidden_state
    app.session_state["doctor-open"] = True
    app.run()
    (box,) = [area for area in app.text_area if area.label == doctor_words.TEXT]
    box.set_value(repr(wrong.tolist()))
    press(app, doctor_words.EXAMINE)
    fault = doctor_words.FAULTS["bias, missing"]
    assert doctor_words.ONE.format(fault=fault) in texts(app)
