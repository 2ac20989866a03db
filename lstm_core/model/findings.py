"""What was found in a model file: the record that a page shows beside the model."""

from __future__ import annotations

from ..record import record


@record
class Assumption:
    """One thing that the file does not say, and what was taken instead.

    `keyword` is the keyword of `load_model` that settles it ("recurrent_activation",
    "nonlinearity", "chain"), or "" where nothing can be asked. `choices` are the sensible values,
    each one right for that keyword.
    """

    value: str
    reason: str  # one sentence: "A PyTorch file does not record whether an RNN uses tanh or relu."
    keyword: str = ""
    choices: tuple[str, ...] = ()


@record
class Findings:
    """What was found in a file, in the file's own words. Names in it are data, never markup.

    `places` says for each of the model's layers, in order, where in the file it stood.
    """

    format: str  # "PyTorch checkpoint (zip container)"
    places: tuple[str, ...]  # "state_dict: encoder.lstm.weight_ih_l0 and 3 more"
    assumptions: tuple[Assumption, ...] = ()
    ignored: tuple[str, ...] = ()  # "conv.weight (32, 1, 3)": there, and of no use here
    notes: tuple[str, ...] = ()  # whole sentences: anything else the reader should know
    inexact: bool = False  # the weights are rounded: the framework's own outputs differ a little
    entry: str = ""  # the file in an archive that the model was in
    parts: tuple[str, ...] = ()  # the models in the file, where there are several
