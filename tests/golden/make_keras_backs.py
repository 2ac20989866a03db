"""Make keras_backs/: models of Keras 3 with layers around their LSTM, and what these answer.

pip install keras tensorflow-cpu tf-keras && python tests/golden/make_keras_backs.py [NAME ...]

`expected.npz` holds for each file the model's input x and its output y. Names make those alone.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tf_keras
from keras import layers

FOLDER = Path(__file__).with_name("keras_backs")
rng = np.random.default_rng(20261129)


def classifier(x: keras.KerasTensor) -> keras.KerasTensor:
    """One answer for the sequence, through dense layers, a norm and a softmax of its own."""
    y = layers.Dense(5, activation="relu")(layers.Dropout(0.5)(layers.LSTM(4)(x)))
    return layers.Softmax()(layers.Dense(3)(layers.BatchNormalization()(y)))


def tagger(x: keras.KerasTensor) -> keras.KerasTensor:
    """An answer at each timestep, from both ways."""
    y = layers.Bidirectional(layers.LSTM(4, return_sequences=True))(layers.Embedding(6, 3)(x))
    y = layers.TimeDistributed(layers.Dense(4, activation="gelu"))(y)
    return layers.Dense(2, activation="sigmoid")(layers.LayerNormalization()(y))


def sentiment(x: keras.KerasTensor) -> keras.KerasTensor:
    """One answer from what both ways end with."""
    y = layers.Bidirectional(layers.LSTM(4))(layers.Embedding(6, 3)(x))
    return layers.Dense(1, activation="sigmoid")(layers.Dense(3, activation="tanh")(y))


def forecaster(x: keras.KerasTensor) -> keras.KerasTensor:
    """Windows over time before the layers, and an answer that is cut off at zero."""
    y = layers.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="relu")(x)
    y = layers.Conv1D(6, 3, padding="same", strides=2, groups=2, use_bias=False)(y)
    y = layers.MaxPooling1D(2)(layers.ReLU()(layers.BatchNormalization()(y)))
    y = layers.AveragePooling1D(3, strides=1, padding="same")(y)
    y = layers.GRU(4, return_sequences=True)(layers.Conv1D(3, 2)(y))
    return layers.Dense(2, activation="relu")(y)


def smoothed(x: keras.KerasTensor) -> keras.KerasTensor:
    """Windows that keep the timesteps."""
    y = layers.Conv1D(3, 4, padding="same")(layers.Rescaling(0.5, offset=1)(x))
    return layers.Dense(2)(layers.LSTM(4, return_sequences=True)(y))


def merged(x: keras.KerasTensor) -> keras.KerasTensor:
    """One answer from what both ways end with, multiplied: not run here."""
    return layers.Dense(2)(layers.Bidirectional(layers.LSTM(3), merge_mode="mul")(x))


def backwards(x: keras.KerasTensor) -> keras.KerasTensor:
    """A layer that runs from the end: what reads it is not run here."""
    return layers.Dense(2)(layers.LSTM(3, go_backwards=True, return_sequences=True)(x))


def pooled(x: keras.KerasTensor) -> keras.KerasTensor:
    """A layer behind the answer that cannot be run here."""
    y = layers.Dense(3, activation="tanh")(layers.LSTM(4, return_sequences=True)(x))
    return layers.Dense(2)(layers.GlobalMaxPooling1D(name="most")(y))


def attended(x: keras.KerasTensor) -> list[keras.KerasTensor]:
    """Two layers that read the LSTM."""
    y = layers.LSTM(4, return_sequences=True)(x)
    return [layers.Dense(2, name="policy")(y), layers.Dense(1, name="value")(y)]


def separable(x: keras.KerasTensor) -> keras.KerasTensor:
    """A layer before the LSTM that cannot be run here."""
    y = layers.Dense(3)(layers.SeparableConv1D(3, 2, padding="same", name="conv")(x))
    return layers.LSTM(4, return_sequences=True)(y)


def cell_state(x: keras.KerasTensor) -> keras.KerasTensor:
    """A dense layer that reads the final cell state."""
    return layers.Dense(2)(layers.LSTM(4, return_sequences=True, return_state=True)(x)[2])


def hidden_state(x: keras.KerasTensor) -> keras.KerasTensor:
    """A dense layer that reads the final hidden state of a layer that gives every timestep."""
    return layers.Dense(2)(layers.GRU(3, return_sequences=True, return_state=True)(x)[1])


def nested_states(x: keras.KerasTensor) -> keras.KerasTensor:
    """A dense layer that reads the second output of a model: its layer's final cell state."""
    inside = keras.Input((None, 4))
    _, *states = layers.LSTM(3, return_state=True)(inside)
    return layers.Dense(2)(keras.Model(inside, states)(x)[1])


def used_twice(x: keras.KerasTensor) -> keras.KerasTensor:
    """A layer at two places: the dense layer reads the second."""
    lstm = layers.LSTM(4, return_sequences=True, name="lstm")
    return layers.Dense(2)(lstm(lstm(x)))


def residual(x: keras.KerasTensor) -> keras.KerasTensor:
    """What is read is added to what the layer gives."""
    y = layers.LSTM(4, return_sequences=True)(x)
    return layers.Dense(2)(layers.Add(name="plus")([x, y]))


def residual_each(x: keras.KerasTensor) -> keras.KerasTensor:
    """Three layers, the first of which only makes the numbers, each other with a sum around it."""
    x = layers.Bidirectional(layers.LSTM(2, return_sequences=True))(layers.Dense(3)(x))
    for _ in range(2):
        x = x + layers.Dropout(0.5)(layers.GRU(4, return_sequences=True)(x))
    return layers.Dense(2)(layers.LayerNormalization()(x))


def residual_past(x: keras.KerasTensor) -> keras.KerasTensor:
    """What the first of two layers reads is added to what the second gives, and pooled."""
    x = layers.Dense(5, activation="tanh")(x)
    y = layers.LSTM(3, return_sequences=True)(x)
    y = layers.LSTM(5, return_sequences=True)(y)
    return layers.Dense(2)(layers.GlobalAveragePooling1D()(layers.Add()([y, x])))


def residual_raw(x: keras.KerasTensor) -> keras.KerasTensor:
    """What the model reads, rather than what the layer reads, is added: not run here."""
    y = layers.LSTM(4, return_sequences=True)(layers.Dense(4)(x))
    return layers.Dense(2)(layers.Add(name="plus")([x, y]))


def residual_end(x: keras.KerasTensor) -> keras.KerasTensor:
    """What a layer ends with is added to all that it reads: not run here."""
    return layers.Dense(2)(layers.Add(name="plus")([x, layers.LSTM(4)(x)]))


def residual_twice(x: keras.KerasTensor) -> keras.KerasTensor:
    """Another layer reads what is added to, too: not run here."""
    y = layers.LSTM(4, return_sequences=True)(x)
    return [layers.Dense(2, name="policy")(layers.Add(name="plus")([x, y])), layers.Dense(1)(y)]


def residual_backwards(x: keras.KerasTensor) -> keras.KerasTensor:
    """A sum with what is handed on from the end: not run here."""
    y = layers.LSTM(4, return_sequences=True, go_backwards=True)(x)
    return layers.Dense(2)(layers.Add(name="plus")([x, y]))


def doubled(x: keras.KerasTensor) -> keras.KerasTensor:
    """A sum of what a layer gives with itself: not run here."""
    y = layers.LSTM(4, return_sequences=True)(x)
    return layers.Dense(2)(layers.Add(name="plus")([y, y]))


def masked(x: keras.KerasTensor) -> keras.KerasTensor:
    """Timesteps of zeros are skipped."""
    return layers.Dense(2)(layers.LSTM(4, return_sequences=True)(layers.Masking(name="mask")(x)))


def padded(x: keras.KerasTensor) -> keras.KerasTensor:
    """The symbol 0 is skipped."""
    embedded = layers.Embedding(6, 3, mask_zero=True, name="symbols")(x)
    return layers.Dense(2)(layers.LSTM(4, return_sequences=True)(embedded))


def mixed_cells(x: keras.KerasTensor) -> keras.KerasTensor:
    """Stacked cells of several classes, which a file lists by name."""
    cells = [layers.LSTMCell(3), layers.GRUCell(3), layers.SimpleRNNCell(3), layers.GRUCell(3)]
    return layers.RNN(cells, return_sequences=True)(x)


def two_kinds(x: keras.KerasTensor) -> keras.KerasTensor:
    """Two ways of different kinds."""
    back = layers.GRU(4, return_sequences=True, go_backwards=True)
    forward = layers.LSTM(4, return_sequences=True)
    return layers.Bidirectional(forward, backward_layer=back, name="ways")(x)


def few_bits(x: keras.KerasTensor) -> keras.KerasTensor:
    """A layer that computes in 16 bits."""
    return layers.LSTM(4, return_sequences=True, dtype="mixed_bfloat16", name="short")(x)


def averaged(x: keras.KerasTensor) -> keras.KerasTensor:
    """The mean of all timesteps of both ways, and layers behind it."""
    y = layers.Bidirectional(layers.LSTM(3, return_sequences=True))(x)
    y = layers.BatchNormalization()(layers.GlobalAveragePooling1D()(y))
    return layers.Dense(2, activation="softmax")(y)


def weighed(x: keras.KerasTensor) -> keras.KerasTensor:
    """A sum over timesteps, weighed by a learned score through a softmax."""
    y = layers.LSTM(4, return_sequences=True)(x)
    score = layers.Dense(1)(layers.Dense(3, activation="tanh")(y))
    weight = layers.Softmax(axis=1)(score)
    return layers.Dense(2)(layers.Flatten()(layers.Dot(axes=1)([weight, y])))


def weighed_flat(x: keras.KerasTensor) -> keras.KerasTensor:
    """The same in the words of many tutorials: flat scores, repeated and turned."""
    y = layers.GRU(4, return_sequences=True)(x)
    weight = layers.Activation("softmax")(layers.Flatten()(layers.Dense(1, activation="tanh")(y)))
    weight = layers.Permute((2, 1))(layers.RepeatVector(4)(weight))
    return layers.Dense(2)(keras.ops.sum(layers.Multiply()([y, weight]), axis=1))


def last_picked(x: keras.KerasTensor) -> keras.KerasTensor:
    """The last timestep of both ways."""
    y = layers.Bidirectional(layers.LSTM(3, return_sequences=True))(x)
    return layers.Dense(2)(y[:, -1])


def last_kept(x: keras.KerasTensor) -> keras.KerasTensor:
    """The last timestep, with an axis of time that is then taken off."""
    y = layers.LSTM(4, return_sequences=True)(x)[:, -1:, :]
    return layers.Dense(2)(layers.Flatten()(layers.LayerNormalization()(y)))


def last_taken(x: keras.KerasTensor) -> keras.KerasTensor:
    """The last timestep by an operation, behind a dense layer."""
    y = layers.Dense(3, activation="tanh")(layers.GRU(4, return_sequences=True)(x))
    return layers.Dense(2)(keras.ops.take(y, -1, axis=1))


def pooled_kept(x: keras.KerasTensor) -> keras.KerasTensor:
    """The mean of all timesteps, with an axis of time."""
    y = layers.LSTM(4, return_sequences=True)(x)
    return layers.Dense(2)(layers.GlobalAveragePooling1D(keepdims=True)(y))


def first_picked(x: keras.KerasTensor) -> keras.KerasTensor:
    """The first timestep: not run here."""
    return layers.Dense(2)(layers.LSTM(4, return_sequences=True)(x)[:, 0])


def rest_picked(x: keras.KerasTensor) -> keras.KerasTensor:
    """All timesteps but the first: not run here."""
    return layers.Dense(2)(layers.LSTM(4, return_sequences=True)(x)[:, 1:])


def repeated(x: keras.KerasTensor) -> keras.KerasTensor:
    """A decoder that reads what the encoder ends with, again and again."""
    y = layers.LSTM(5)(x)
    y = layers.LSTM(3, return_sequences=True)(layers.RepeatVector(6, name="again")(y))
    return layers.TimeDistributed(layers.Dense(2))(y)


def attended_causal(x: keras.KerasTensor) -> keras.KerasTensor:
    """Causal attention, from each timestep to those so far."""
    y = layers.LSTM(4, return_sequences=True)(x)
    heads = layers.MultiHeadAttention(2, 3, value_dim=5, output_shape=6, use_bias=False)
    return layers.Dense(2)(heads(y, y, use_causal_mask=True))


def attended_sum(x: keras.KerasTensor) -> keras.KerasTensor:
    """Attention to all timesteps with a sum around it and a norm, as in a Transformer."""
    y = layers.Bidirectional(layers.LSTM(3, return_sequences=True))(x)
    y = layers.Add()([y, layers.MultiHeadAttention(3, 2, name="heads")(y, value=y, key=y)])
    return layers.Dense(2)(layers.LayerNormalization()(y))


def attended_dots(x: keras.KerasTensor) -> keras.KerasTensor:
    """Attention without weights of its own."""
    y = layers.LSTM(4, return_sequences=True)(x)
    return layers.Dense(2)(layers.Attention()([y, y])[:, -1])


def attended_elsewhere(x: keras.KerasTensor) -> keras.KerasTensor:
    """Attention to what another layer gives: not run here."""
    y = layers.LSTM(4, return_sequences=True)(x)
    return layers.Dense(2)(layers.MultiHeadAttention(2, 3, name="heads")(y, layers.Dense(4)(x)))


def attended_masked(x: keras.KerasTensor) -> keras.KerasTensor:
    """Attention whose mask is computed: not run here."""
    y = layers.LSTM(4, return_sequences=True)(x)
    mask = keras.ops.ones((1, 7, 7))
    return layers.Dense(2)(layers.MultiHeadAttention(2, 3, name="heads")(y, y, attention_mask=mask))


def self_attended(x: keras.KerasTensor) -> keras.KerasTensor:
    """Attention from each timestep to all, and their mean."""
    y = layers.LSTM(4, return_sequences=True)(x)
    y = layers.MultiHeadAttention(2, 3, name="heads")(y, y)
    return layers.Dense(2)(layers.GlobalAveragePooling1D()(y))


def backwards_once(x: keras.KerasTensor) -> keras.KerasTensor:
    """What a layer that runs from the end is left with."""
    return layers.Dense(2)(layers.LSTM(3, go_backwards=True)(x))


def two_backwards(x: keras.KerasTensor) -> keras.KerasTensor:
    """Two layers that run from the end of what they read: the second from the start."""
    y = layers.LSTM(3, go_backwards=True, return_sequences=True)(x)
    return layers.Dense(2)(layers.LSTM(3, go_backwards=True, return_sequences=True)(y))


def inputs_of(name: str) -> np.ndarray:
    """What a model reads, one sequence; nothing in it is skipped."""
    if name in ("tagger", "sentiment", "padded"):
        return rng.integers(1, 6, size=(1, 7))
    return rng.normal(size=(1, 19 if name == "forecaster" else 7, 4)).astype(np.float32)


BUILT = (
    *(classifier, tagger, sentiment, forecaster, smoothed),
    *(merged, backwards, pooled, attended, separable),
    *(cell_state, hidden_state, used_twice, residual, masked, padded),
    *(mixed_cells, two_kinds, few_bits, nested_states),
    *(averaged, weighed, weighed_flat, self_attended, backwards_once, two_backwards),
    *(last_picked, last_kept, last_taken, pooled_kept, first_picked, rest_picked, repeated),
    *(residual_each, residual_past, residual_raw, residual_end, residual_twice),
    *(residual_backwards, doubled),
    *(attended_causal, attended_sum, attended_dots, attended_elsewhere, attended_masked),
)


def legacy_last(x: Any) -> Any:
    """Keras 2: the last timestep."""
    old = tf_keras.layers
    return old.Dense(2)(old.LSTM(4, return_sequences=True)(x)[:, -1:, :])


def legacy_heads(x: Any) -> Any:
    """Keras 2: attention of a layer to itself."""
    old = tf_keras.layers
    y = old.LSTM(4, return_sequences=True)(x)
    return old.Dense(2)(old.MultiHeadAttention(2, 3, name="heads")(y, y))


def legacy_sum(x: Any) -> Any:
    """Keras 2: sums of layers and of operators."""
    old = tf_keras.layers
    y = old.LSTM(4, return_sequences=True)(x) + x
    return old.Dense(2)(old.add([y, old.LSTM(4, return_sequences=True)(y)]))


FIXED = (weighed_flat, last_kept, attended_masked)
"""Models for one number of timesteps."""

LEGACY = (legacy_last, legacy_heads, legacy_sum)
"""Models of tf_keras, in its .h5."""


def saved(build: Any, library: Any, x: np.ndarray, suffix: str) -> np.ndarray:
    """Save a model of drawn weights, and return its answer."""
    length = x.shape[1] if build in FIXED else None
    given = library.Input((length, *x.shape[2:]), name="x")
    model = library.Model(given, build(given))
    drawn = [rng.uniform(0.1, 1, w.shape) - 0.5 * (w.ndim > 1) for w in model.get_weights()]
    model.set_weights(drawn)
    model.save(FOLDER / f"{build.__name__}{suffix}")
    y = model(x)
    y = np.asarray(y[0] if isinstance(y, list) else y)
    return y.astype(np.float32) if y.dtype.itemsize == 2 else y


if __name__ == "__main__":
    wanted = sys.argv[1:]
    known = FOLDER / "expected.npz"
    expected: dict[str, np.ndarray] = dict(np.load(known)) if wanted else {}
    for build in (*BUILT, *LEGACY):
        name, legacy = build.__name__, build in LEGACY
        if wanted and name not in wanted:
            continue
        x = inputs_of(name)
        library, suffix = (tf_keras, ".h5") if legacy else (keras, ".keras")
        expected |= {f"{name}/x": x, f"{name}/y": saved(build, library, x, suffix)}
    np.savez(known, **expected)
