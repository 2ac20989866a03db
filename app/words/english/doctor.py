"""Every sentence of the doctor: what is the matter with somebody's implementation. Plain texts."""

from __future__ import annotations

from .common import count

DOCTOR = (
    "Say what is the matter with an implementation of a layer: which single fault (an order of the "
    "blocks, a transposed matrix, a missing bias, an activation, time, the start) makes its result "
    "from the right one. Exit code 0 where it agrees, 1 where it does not."
)
RESULT = (
    "its result: .npy or text of the hidden states (T, H), of the last (H,), or of the gates side "
    "by side (T, 4H); or .npz of arrays named h, c, i, f, g, o (a GRU: r, z, n), gates or "
    "preactivations"
)
DIRECTION = "which direction of a bidirectional layer it is"

# On the page
HEAD = "Find the fault in your own implementation"
INTRO = (
    "You have written this layer yourself, or converted it, and it gives something else? Give your "
    "result for the sequence on the stage, with these weights and this input. Every single fault "
    "that is known is tried: the order of the blocks, transposed weights, biases, activations, "
    "time, the start and the update."
)
FILE = "Your result, as .npy, .csv or .npz"
TEXT = "Or paste its numbers, a timestep per line"
EXAMINE = "Examine"
AGREES = "✓ It agrees: at most {largest:.2g} apart."
ONE = "✗ One fault explains it: {fault}"
SEVERAL = "✗ Each of these faults alone explains it; this sequence cannot tell them apart:"
NONE = (
    "✗ None of the {tried:,} single faults that are known explains it: there are several, or it is "
    "another one."
)

SIGNALS = {
    "hidden_state": "the hidden state",
    "cell_state": "the cell state",
    "input_gate": "the input gate",
    "forget_gate": "the forget gate",
    "output_gate": "the output gate",
    "candidate": "the candidate",
    "reset_gate": "the reset gate",
    "update_gate": "the update gate",
    "preactivation": "the preactivation",
    "gates": "the gates",
    "preactivations": "the preactivations",
}
MATRICES = {"kernel": "the input weights", "recurrent_kernel": "the recurrent weights"}

FAULTS = {
    "block order": "it reads the blocks of the weights as {detail}, and they stand as {blocks}.",
    "transposed": "it uses {matrix} transposed, block by block.",
    "reshaped": "it reshapes {matrix} where it should transpose them.",
    "bias, missing": "it leaves the bias out.",
    "bias, twice": "it adds the bias twice.",
    "bias, forget + 1": "it adds 1 to the bias of the forget gate, as TensorFlow 1 does.",
    "bias, forget - 1": "the bias of its forget gate is 1 too low.",
    "bias, recurrent missing": "it leaves out the recurrent bias of the candidate.",
    "recurrent_activation": "the activation of its gates is {detail}.",
    "activation": "the activation of its candidate is {detail}.",
    "output_activation": "it sends the cell state through {detail} on the way out.",
    "time, reversed": "it reads the sequence from the end to the start.",
    "time, reversed, in running order": (
        "it reads the sequence from the end to the start, and hands its answers out in that order."
    ),
    "time, answer turned": "its answers are right and stand in the opposite order of time.",
    "off by one, before the update": "it hands out the state before each update, not after it.",
    "off by one, start included": "its first row is the start, so that it has one row too many.",
    "off by one, input before": "at each timestep it reads the input of the one before.",
    "off by one, input after": "at each timestep it reads the input of the next one.",
    "start, zero": "it begins with zero, not with the given states.",
    "start, one": "it begins with states that are all one.",
    "start, swapped": "it takes the given hidden state for the cell state, and vice versa.",
    "start, carried on": "it begins with the states that a run before had left.",
    "start, never carried": "it carries no state on: every timestep begins anew.",
    "answer, cell state": "it hands out the cell state for the hidden state.",
    "answer, preactivations": "it hands out the gates before their activations.",
    "update gate, turned": "its update gate works the other way round: (1 - z)·h₋ + z·n.",
    "reset, before": "its reset gate acts before the recurrent product, not after it.",
    "reset, after": "its reset gate acts after the recurrent product, not before it.",
    "update, no output gate": "its output gate does not act: h = tanh(c).",
    "update, no input gate": "its input gate does not act: c = f·c₋ + g.",
    "update, no forget gate": "its forget gate does not act: c = c₋ + i·g.",
    "update, coupled gates": "it forgets by 1 - i in place of the forget gate.",
    "update, earlier cell state": "it hands out o·tanh(c₋), the cell state before the update.",
}


def fault(kind: str, detail: str, blocks: str, activation: str) -> str:
    """Say what one fault is; `activation` is how a person would name the detail, if it is one."""
    sentence = FAULTS.get(f"{kind}, {detail}") or FAULTS[kind]
    named = activation if kind.endswith("activation") else detail
    return sentence.format(detail=named, blocks=blocks, matrix=MATRICES.get(detail, detail))


def departs(signal: str, timestep: int, unit: int, ours: float, theirs: float) -> str:
    """Say where a signal departs first, and the two numbers there."""
    return (
        f"At timestep {timestep} {SIGNALS.get(signal, signal)} departs first: unit {unit} is "
        f"{theirs:.7g}, and {ours:.7g} here."
    )


def too_long(timesteps: int, most: int) -> str:
    """Say that a sequence is too long to be examined here."""
    return (
        f"The sequence has {count(timesteps, 'timestep')}, and every fault is a run of its own: at "
        f"most {most:,} are examined here. Take a shorter sequence, or gatescope doctor."
    )
