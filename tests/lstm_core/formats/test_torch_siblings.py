"""What checkpoints are in the wild, made by hand: their kinds rather than single files."""

from __future__ import annotations

import collections
import functools
import io
import os
import pickle
import sys
import tarfile
import types
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lstm_core import Model, ModelFileError, load_model

from .bad_files import Calls, checkpoint, opens_or_refuses, pickled, refusal, zip_of
from .test_checkpoints import archive, linear, matrix, weights
from .test_quantised import File, Opcodes, global_name, spelled


def opened(value: Any, **keywords: Any) -> Model:
    return load_model(checkpoint(pickled(value)), **keywords)


def kernel(state: dict[str, Any], module: str) -> np.ndarray:
    return state[f"{module}.weight_ih_l0"].T


@contextmanager
def foreign_classes(*names: str) -> Iterator[list[type]]:
    """Classes of a package that nobody has, for as long as they are pickled."""
    package = types.ModuleType("somebodys_package")
    for name in names:
        setattr(package, name, type(name, (), {"__module__": package.__name__}))
    sys.modules[package.__name__] = package
    try:
        yield [getattr(package, name) for name in names]
    finally:
        del sys.modules[package.__name__]


# --- values that are not known ----------------------------------------------------------------


class Built:
    """Pickles as `function(*arguments)` with a state, items and entries, all of it foreign."""

    def __init__(self, reduced: tuple[Any, ...]):
        self.reduced = reduced

    def __reduce__(self) -> tuple[Any, ...]:
        return self.reduced


def foreign_values(kind: Any) -> dict[str, Any]:
    plain = kind()
    plain.rate, plain.parts = 0.1, [1, 2]
    return {
        "an object": plain,
        "its class": kind,
        "a call": Built((kind, ("a", 1))),
        "a state that is no dict": Built((kind, (), (1, {"slot": 2}))),
        "items and entries": Built((kind, (), None, iter([1, 2]), iter([("a", 1)]))),
        "a partial": functools.partial(kind, rate=0.1),
        "a deque": deque([0.5, 0.25], maxlen=5),
        "a counter": collections.Counter("abca"),
        "text": np.array(["cat", "dog"]),
        "objects": np.array([None, "a"], dtype=object),
        "a record array": np.zeros(2, [("a", "f4"), ("b", "i4")]),
        "a generator": np.random.default_rng(1),
        "a date": np.datetime64("2026-01-01"),
        "a complex number": 1 + 2j,
        "a range": range(5),
        "keys of any kind": {plain: 1, (1, ("a", plain)): 2, frozenset("ab"): 3, kind: 4},
    }


NAMES = list(foreign_values(type("Thing", (), {})))


@pytest.mark.parametrize("protocol", [2, 4, 5])
@pytest.mark.parametrize("name", NAMES)
def test_anything_may_lie_beside_the_weights(name, protocol):
    state = weights("lstm.", 4, 3, 5)
    with foreign_classes("Thing") as (kind,):
        value = {"before": foreign_values(kind)[name], "model": state}
        content = pickle.dumps({**value, "after": foreign_values(kind)[name]}, protocol)
    assert "somebodys_package" not in sys.modules
    (layer,) = load_model(checkpoint(content)).layers
    np.testing.assert_array_equal(layer.forward.kernel, kernel(state, "lstm"))


def test_a_state_dict_is_found_inside_an_object_that_is_not_known():
    state = weights("lstm.", 4, 3, 5)
    with foreign_classes("Trainer", "Result") as (trainer, result):
        holder, outer = trainer(), result()
        holder.best_state, outer.trainer = state, holder
        model = opened([outer, {"epoch": 1}])
        in_arguments = opened({"a": Built((trainer, (state,)))})
    for one in (model, in_arguments):
        np.testing.assert_array_equal(one.layers[0].forward.kernel, kernel(state, "lstm"))
    assert model.findings.places[0].startswith("0.trainer.best_state: lstm.")


@pytest.mark.parametrize("wrap", [tuple, list])
def test_state_dicts_in_tuples_and_lists_are_found_each(wrap):
    first, second = weights("lstm.", 4, 3, 5), weights("lstm.", 4, 3, 5)
    value = wrap([3, first, wrap([{"state": {0: {"step": 1}}}, second])])
    assert opened(value).findings.parts == ("1", "2.1")
    for part, state in (("1", first), ("2.1", second)):
        (layer,) = opened(value, part=part).layers
        np.testing.assert_array_equal(layer.forward.kernel, kernel(state, "lstm"))


@pytest.mark.parametrize(
    "prefix", ["module.", "model.", "net.", "_orig_mod.", "module.model._orig_mod.", "a.b.c."]
)
def test_a_prefix_changes_no_number(prefix):
    state = weights(f"{prefix}rnn.", 3, 3, 5)
    (layer,) = opened({"state_dict": state}).layers
    np.testing.assert_array_equal(layer.forward.kernel, state[f"{prefix}rnn.weight_ih_l0"].T)
    assert layer.name.endswith("rnn")


# --- whole modules ----------------------------------------------------------------------------


def module_state(parameters: dict[str, Any], modules: dict[str, Any], **attributes: Any) -> Any:
    state = {"training": False, "_parameters": parameters, "_buffers": {}, "_modules": modules}
    return state | attributes


@pytest.fixture
def whole(monkeypatch):
    """Make an instance of a module class that pickles under any name, PyTorch's included."""

    def named_class(path: str) -> type:
        package, _, name = path.rpartition(".")
        parts = package.split(".")
        for k in range(1, len(parts) + 1):
            part = ".".join(parts[:k])
            if not isinstance(sys.modules.get(part), Package):
                monkeypatch.setitem(sys.modules, part, Package(part))
        kind = type(name, (), {"__module__": package})
        setattr(sys.modules[package], name, kind)
        return kind

    def make(path: str, parameters: dict[str, Any], modules: dict[str, Any], **more: Any) -> Any:
        made = named_class(path)() if path not in made_classes else made_classes[path]()
        made_classes[path] = type(made)
        made.__dict__.update(module_state(parameters, modules, **more))
        return made

    made_classes: dict[str, type] = {}
    return make


class Package(types.ModuleType):
    """A module that is there only while something is pickled."""


def rnn_module(whole: Any, state: dict[str, Any], **recorded: Any) -> Any:
    return whole("torch.nn.modules.rnn.RNN", state, {}, mode="RNN_RELU", **recorded)


def saved(root: Any) -> bytes:
    return checkpoint(pickled(root))


def test_a_whole_module_says_which_activation_its_rnn_has(whole):
    rnn = rnn_module(whole, weights("", 1, 3, 5), input_size=3, hidden_size=5, num_layers=1)
    head = whole(
        "torch.nn.modules.linear.Linear", {k[5:]: v for k, v in linear("head", 2, 5).items()}, {}
    )
    net = whole("my.models.Net", {}, {"rnn": rnn, "top": head})
    for root in (net, {"model": net, "epoch": 3}):
        model = load_model(saved(root))
        assert model.layers[0].forward.activation == "relu"
        assert model.readout.kernel.shape == (5, 2)
        assert not any(a.keyword for a in model.findings.assumptions)


@pytest.mark.parametrize(
    "recorded", [{"hidden_size": 6}, {"num_layers": 2}, {"bidirectional": True}]
)
def test_a_whole_module_that_contradicts_its_tensors_is_refused(recorded, whole):
    net = whole("my.models.Net", {}, {"rnn": rnn_module(whole, weights("", 1, 3, 5), **recorded)})
    assert f"records {next(iter(recorded))}" in refusal(saved(net))


def test_a_class_of_ones_own_with_the_tensors_of_an_lstm_is_named(whole):
    cell = whole("my.cells.FancyCell", weights("", 4, 3, 5, ""), {})
    notes = load_model(saved(whole("my.Net", {}, {"cell": cell}))).findings.notes
    assert any("'my.cells.FancyCell'" in note and "code is not read" in note for note in notes)


def test_classes_in_a_whole_module_say_what_is_an_embedding_and_what_is_linear(whole):
    def layer(kind: str, **parameters: Any) -> Any:
        return whole(f"torch.nn.modules.{kind}", parameters, {})

    lstm = whole("torch.nn.modules.rnn.LSTM", weights("", 4, 3, 5), {})
    words = layer("sparse.Embedding", weight=matrix(9, 3))
    odd = layer("linear.Linear", weight=matrix(9, 3))
    model = load_model(saved(whole("my.Net", {}, {"words": words, "lstm": lstm})))
    assert model.encoder.embedding.shape == (9, 3)
    model = load_model(saved(whole("my.Net", {}, {"embed": odd, "lstm": lstm})))
    assert model.encoder is None


def test_a_class_that_is_a_persistent_id_keeps_its_name():
    """Before PyTorch 1.6 torch.save(model) kept each class with its source."""
    file, state = File(), weights("", 4, 3, 5)
    parameters = {key: file.tensor("Float", array) for key, array in state.items()}
    attributes = {"_parameters": parameters, "_buffers": {}, "_modules": {}}
    identity = ("module", global_name("torch.nn.modules.rnn.LSTM"), "rnn.py", "source")
    module = Opcodes(spelled(identity) + b"Q)\x81" + spelled(attributes) + b"b")
    model = load_model(file.saved({"model": module}))
    np.testing.assert_array_equal(model.layers[0].forward.kernel, state["weight_ih_l0"].T)
    assert not any("code is not read" in note for note in model.findings.notes)


def test_a_module_that_contains_itself_is_refused(whole):
    net = whole("my.Net", weights("", 4, 3, 5), {})
    net.__dict__["_modules"]["again"] = net
    refusal(saved(net))


# --- which layer reads which ------------------------------------------------------------------


def stack(template: str, count: int, size: int = 5) -> dict[str, Any]:
    state: dict[str, Any] = {}
    for k in range(count):
        state |= weights(template.format(k), 4, size, size)
    return state


@pytest.mark.parametrize(
    "template", ["layers.{}.", "blocks.{}.rnn.", "lstm{}.", "rnn_{}.", "net.{}."]
)
@pytest.mark.parametrize("alphabetical", [False, True])
def test_numbered_modules_follow_each_other_by_number(template, alphabetical):
    state = stack(template, 12)
    model = opened(dict(sorted(state.items())) if alphabetical else state)
    names = [template.format(k).rstrip(".") for k in range(12)]
    assert [layer.name for layer in model.layers] == names
    assert all(layer.follows for layer in model.layers)


@pytest.mark.parametrize(
    "between",
    [
        linear("mid", 5, 5),
        linear("layers.0.fc", 5, 5),
        {"norm.weight": np.ones(5, np.float32)},
        {"layers.0.conv.weight": np.ones((3, 5, 5), np.float32)},
    ],
)
@pytest.mark.parametrize("alphabetical", [False, True])
def test_what_may_stand_between_two_layers_breaks_their_chain(between, alphabetical):
    state = weights("layers.0.rnn.", 4, 5, 5) | between | weights("layers.1.rnn.", 4, 5, 5)
    model = opened(dict(sorted(state.items())) if alphabetical else state)
    assert [layer.follows for layer in model.layers] == [True, False]
    assert model.findings.assumptions[0].keyword == "chain"


@pytest.mark.parametrize(
    "template", ["heads.{}.", "branches.{}.lstm.", "models.{}.", "experts.{}."]
)
def test_parallel_modules_are_no_chain(template):
    assert not opened(stack(template, 2)).layers[1].follows


def test_a_decoder_that_is_listed_first_stands_last():
    state = {**weights("decoder.rnn.", 4, 5, 5), **weights("encoder.rnn.", 4, 5, 5)}
    model = opened(state)
    assert [layer.name for layer in model.layers] == ["encoder.rnn", "decoder.rnn"]
    assert not model.layers[1].follows


def test_a_file_of_one_module_has_no_other_chain():
    state = weights("lstm.", 4, 3, 5)
    assert opened(state, chain="apart").layers[0].hidden_size == 5
    with pytest.raises(ModelFileError, match="cannot be made"):
        opened(state, chain="lstm → gru")


def test_two_chains_can_be_settled_at_once():
    names = ("a", "b", "c", "d")
    state = {k: v for name in names for k, v in weights(f"{name}.", 4, 5, 5).items()}
    model = opened(state, chain="b → a, d → c")
    assert [layer.name for layer in model.layers] == ["b", "a", "d", "c"]
    assert [layer.follows for layer in model.layers] == [True, True, False, True]


# --- what stands around them ------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["fc_in", "proj_in", "input_proj", "inp", "linear", "proj", "pre.0"]
)
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("alphabetical", [False, True])
def test_a_linear_layer_in_front_is_never_a_readout_or_an_embedding(name, bias, alphabetical):
    front = linear(name, 5, 5) if bias else {f"{name}.weight": matrix(5, 5)}
    state = front | weights("lstm.", 4, 5, 5)
    model = opened(dict(sorted(state.items())) if alphabetical else state)
    assert model.readout is None
    assert model.encoder is None


@pytest.mark.parametrize(
    "behind",
    [
        linear("fc1", 5, 5) | linear("fc2", 2, 5),
        linear("fc1", 7, 5) | linear("fc2", 2, 7),
        linear("head", 2, 5) | linear("static", 5, 3),
        {"embed_fc.weight": matrix(5, 5)} | linear("fc", 2, 5),
        linear("fc", 2, 5) | {"bn.weight": np.ones(5, np.float32)},
    ],
)
def test_no_readout_across_another_layer(behind):
    assert opened(weights("lstm.", 4, 3, 5) | behind).readout is None


def test_a_readout_by_its_name_is_taken_where_the_order_says_nothing():
    state = dict(sorted((weights("lstm.", 4, 3, 5) | linear("classifier.1", 2, 5)).items()))
    assert opened(state).readout.kernel.shape == (5, 2)


def test_what_stands_between_an_embedding_and_the_layers_is_said():
    state = {"emb.weight": matrix(9, 5), **linear("mix", 5, 5), **weights("lstm.", 4, 5, 5)}
    model = opened(state)
    assert model.encoder is None
    assert any("'mix.weight' may stand between" in note for note in model.findings.notes)


def test_what_stands_in_front_and_is_not_run_is_said():
    norm = {"bn.weight": np.ones(5, np.float32), "bn.bias": np.ones(5, np.float32)}
    model = opened(linear("mix", 5, 2) | norm | weights("lstm.", 4, 5, 5))
    assert any("the file lists 'mix', 'bn': not run here" in n for n in model.findings.notes)


def test_a_layer_between_encoder_and_decoder_is_no_readout():
    encoder = weights("encoder.rnn.", 3, 5, 5) | linear("encoder.fc", 5, 5)
    decoder = weights("decoder.rnn.", 3, 5, 5) | linear("decoder.fc", 7, 5)
    model = opened(encoder | decoder)
    assert model.chain(0).readout is None
    assert model.chain(1).readout.kernel.shape == (5, 7)


def test_embeddings_go_by_the_words_that_they_share_with_the_layers():
    state = {
        "embedding_src.weight": matrix(9, 5),
        "embedding_tgt.weight": matrix(7, 5),
        **weights("rnn_src.", 3, 5, 5),
        **weights("rnn_tgt.", 3, 5, 5),
    }
    model = opened(state)
    sizes = {model.layers[k].name: len(model.chain(k).encoder.alphabet) for k in (0, 1)}
    assert sizes == {"rnn_src": 9, "rnn_tgt": 7}


def test_embeddings_go_by_the_words_before_the_first_difference():
    state = {
        "src_embed.weight": matrix(9, 5),
        "tgt_embed.weight": matrix(7, 5),
        **weights("src_rnn.", 3, 5, 5),
        **weights("tgt_rnn.", 3, 5, 5),
    }
    model = opened(state)
    sizes = {model.layers[k].name: len(model.chain(k).encoder.alphabet) for k in (0, 1)}
    assert sizes == {"src_rnn": 9, "tgt_rnn": 7}


@pytest.mark.parametrize(
    "extra",
    [
        {"cell.ln.weight": np.ones(20, np.float32)},
        {"cell.weight_ci": np.ones(5, np.float32)},
        {"cell.bias": np.ones(20, np.float32)},
        {"cell.h0": np.ones((1, 5), np.float32)},
    ],
)
def test_a_module_with_more_tensors_than_pytorchs_is_said_not_to_be_plain(extra):
    own = weights("cell.", 4, 3, 5, "") | extra
    assert "no plain LSTM" in refusal(checkpoint(pickled(own)))
    alone = {name.removeprefix("cell."): value for name, value in own.items()}
    assert "no plain LSTM" in refusal(checkpoint(pickled(alone)))
    beside = opened({**own, **weights("lstm.", 4, 3, 5)})
    assert [layer.name for layer in beside.layers] == ["lstm"]
    assert any("no plain LSTM" in note for note in beside.findings.notes)


def test_a_layer_norm_beside_the_cell_belongs_to_it():
    own = weights("rnn.cell.", 4, 3, 5, "") | {"rnn.ln_gates.weight": np.ones(20, np.float32)}
    assert "'rnn.cell' is no plain LSTM" in refusal(checkpoint(pickled(own)))
    behind = weights("rnn.cell.", 4, 3, 5, "") | {"rnn.norm.weight": np.ones(5, np.float32)}
    assert opened(behind).readout is None


# --- archives ---------------------------------------------------------------------------------


def run_folder() -> tuple[dict[str, bytes], dict[str, Any]]:
    states = {"last": weights("lstm.", 4, 3, 5), "best": weights("lstm.", 4, 3, 5)}
    files = {
        "run/config.yml": b"hidden: 5\n",
        "run/scaler.pkl": pickled({"mean": np.zeros(3)}),
        "run/data.npy": b"\x93NUMPY",
        "__MACOSX/run/._last.pt": checkpoint(pickled(states["last"])),
    }
    return files | {f"run/{n}.pt": checkpoint(pickled(s)) for n, s in states.items()}, states


def tar_of(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as made:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            made.addfile(info, io.BytesIO(content))
    return file.getvalue()


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_every_model_in_an_archive_of_a_run_is_a_part_of_it(pack):
    files, states = run_folder()
    content = pack(files)
    assert load_model(content).findings.parts == ("run/last.pt", "run/best.pt")
    for part, state in states.items():
        model = load_model(content, part=f"run/{part}.pt")
        np.testing.assert_array_equal(model.layers[0].forward.kernel, kernel(state, "lstm"))
        assert model.findings.entry == f"run/{part}.pt"
    with pytest.raises(ModelFileError, match="expected one of"):
        load_model(content, part="run/other.pt")


def test_parts_of_a_file_in_an_archive_are_parts_of_the_archive():
    first, second = weights("lstm.", 4, 3, 5), weights("lstm.", 4, 3, 5)
    content = zip_of({"a.pt": checkpoint(pickled({"last": first, "best": second}))})
    assert load_model(content).findings.parts == ("a.pt: last", "a.pt: best")
    (layer,) = load_model(content, part="a.pt: best").layers
    np.testing.assert_array_equal(layer.forward.kernel, kernel(second, "lstm"))


@pytest.mark.parametrize("pack", [zip_of, tar_of])
def test_an_archive_without_a_model_says_what_it_holds(pack):
    assert "'notes.txt'" in refusal(pack({"notes.txt": b"hello"}))
    assert "'a.npz'" in refusal(pack({"a.npz": archive(W=matrix(2, 2))}))


# --- pickles that mean harm -------------------------------------------------------------------


def canaries(canary: Path) -> dict[str, Any]:
    """Values whose unpickling would make the file `canary`."""
    touch = f"open({str(canary)!r}, 'w')"
    return {
        "a call": Calls(os.system, f"touch {canary}"),
        "a call of a call": Calls(Calls, Calls(eval, touch)),
        "a state": Built((functools.partial, (eval, touch), (eval, (touch,), {}, {}))),
        "a key": {Calls(eval, touch): 1},
        "an item": Built((list, (), None, iter([Calls(eval, touch)]))),
        "a file": Calls(open, str(canary), "w"),
    }


@pytest.mark.parametrize("protocol", [2, 4, 5])
@pytest.mark.parametrize("name", list(canaries(Path("x"))))
def test_nothing_in_a_pickle_is_called_although_the_model_opens(name, protocol, tmp_path):
    canary = tmp_path / "canary"
    state = weights("lstm.", 4, 3, 5)
    content = pickle.dumps({"a": canaries(canary)[name], "model": state}, protocol)
    for given_file in (content, checkpoint(content)):
        assert load_model(given_file).layers[0].hidden_size == 5
    assert not canary.exists()


GLOBALS = ["os system", "builtins eval", "torch.nn Module", "__torch__.Net", "nobody knows"]
VALUES = [b"N", b"K\x01", b"X\x01\x00\x00\x00a", b"(t", b"]", b"}", b"(K\x01K\x02t", b"h\x00"]
MOVES = [b"R", b"\x81", b"b", b"s", b"a", b"\x85", b"\x86", b"0", b"2", b"q\x00", b"Q", b"\x92"]
MOVES += [b"(", b"o", b"e", b"u", b"\x90", b"\x82\x07"]
moves = st.lists(
    st.sampled_from(
        [*VALUES, *MOVES, *(f"c{name.replace(' ', chr(10))}\n".encode() for name in GLOBALS)]
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(moves)
def test_a_pickle_of_foreign_names_imports_nothing(pieces):
    before = set(sys.modules)
    state = pickled(weights("lstm.", 4, 3, 5))[2:-1]
    opens_or_refuses(b"\x80\x02Nq\x00" + state + b"".join(pieces) + b".")
    assert "nobody" not in set(sys.modules) - before


def test_inert_values_stay_within_bounds():
    deep = b"\x80\x02" + b"cos\nsystem\nq\x00" + b"h\x00" * 20_000
    refusal(deep + b"\x85R" * 20_000 + b".")
    wide = b"\x80\x02cos\nsystem\nq\x00)R" + b"(" + b"K\x01" * 50_000 + b"e" + b"2" * 10 + b"."
    refusal(wide)
    laughs = b"\x80\x02cos\nf\nq\x00)Rq\x01" + b"".join(
        b"h\x00h" + bytes([k]) + b"h" + bytes([k]) + b"\x86Rq" + bytes([k + 1])
        for k in range(1, 200)
    )
    refusal(laughs + b".")
