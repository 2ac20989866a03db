"""The glossary in English."""

from __future__ import annotations

from ..entry import Entry

INTERFACE = {
    "open": "{title}: what it is for",
    "here": "Here, unit {unit}, timestep {t}",
    "here_mean": "Here, mean over units, timestep {t}",
    "waiting": "the exact numbers are on their way",
    "elsewhere": "Also called",
    "misreading": "Note",
    "equation": "Equation",
    "notation": "Written as",
    "split": "x·W + h₋·U (ours, Keras)",
    "cs224n": "x·U + h₋·W (CS224n)",
    "joined": "[h₋, x]·W (joined)",
    "names": "kernel, recurrent_kernel",
    "glossary": "Glossary",
    "close": "Close",
    "title": "Glossary",
    "around": "Words around them",
}

KINDS = {"lstm": "LSTM", "gru": "GRU", "rnn": "Standard RNN"}

ENTRIES = {
    "lstm.cell_state": Entry(
        title="Cell state",
        purpose=(
            "The memory itself: one number for each unit, carried from timestep to timestep. "
            "On its way it is only multiplied once and added to once, so it can stay as it is "
            "for very long."
        ),
        elsewhere="c; C and conveyor belt (Colah), carry state (Keras), c_n (PyTorch)",
        misreading=(
            "It is not what the network says: that is the hidden state, of which the output gate "
            "decides how much is shown."
        ),
    ),
    "lstm.forget_gate": Entry(
        title="Forget gate",
        purpose=(
            "Decides for each unit how much of its old cell state is kept: 1 keeps all of it, 0 "
            "throws it away."
        ),
        elsewhere="f; forget gate layer (Colah), keep gate in plain words",
        misreading=(
            "1 means keep, not forget. In spite of its name the gate is open where nothing is "
            "forgotten."
        ),
    ),
    "lstm.input_gate": Entry(
        title="Input gate",
        purpose=(
            "Decides for each unit how much of the candidate is added to the cell state: at 0 what "
            "is read leaves the memory alone."
        ),
        elsewhere="i; input gate layer (Colah), save or write gate in plain words",
        misreading=(
            "It does not decide what is written, only how much of it: what is written is the "
            "candidate."
        ),
    ),
    "lstm.candidate": Entry(
        title="Candidate",
        purpose=(
            "What could be added to the cell state at this timestep, between −1 and 1; below zero "
            "it subtracts."
        ),
        elsewhere="g; C̃ and candidate values (Colah), cell gate (PyTorch), c (Keras, ONNX)",
        misreading="It is not a gate: it holds nothing back. It is what the input gate lets in.",
    ),
    "lstm.output_gate": Entry(
        title="Output gate",
        purpose=(
            "Decides for each unit how much of the cell state is shown at this timestep, to the "
            "prediction and to the gates of the next one."
        ),
        elsewhere="o; output gate layer (Colah), show gate in plain words",
        misreading=(
            "Shutting it erases nothing: what is not shown stays in the cell state and may be "
            "shown later."
        ),
    ),
    "lstm.hidden_state": Entry(
        title="Hidden state",
        purpose=(
            "What the cell shows at this timestep: the prediction is made from it, and the gates "
            "of the next timestep read it."
        ),
        elsewhere="h; output (Keras), output and h_n (PyTorch), short-term memory",
        misreading=(
            "It is not the long memory of an LSTM: that is the cell state, which is not shown "
            "whole."
        ),
    ),
    "lstm.keep": Entry(
        title="× on the cell state's line",
        purpose="Multiplies what was carried by the forget gate, unit by unit: this is forgetting.",
        elsewhere="⊙, Hadamard or element-wise product; retained f·c₋",
        misreading="It mixes no units: each one is multiplied by its own gate alone.",
    ),
    "lstm.write": Entry(
        title="× of input gate and candidate",
        purpose="Multiplies the candidate by the input gate: the product is what is written.",
        elsewhere="⊙; written i·g",
        misreading="A candidate of 0 writes nothing, however open the gate is.",
    ),
    "lstm.add": Entry(
        title="+ on the cell state's line",
        purpose=(
            "Adds what is written to what was kept. Because it adds, a gradient passes here "
            "undiminished on its way back through time."
        ),
        elsewhere="constant error carousel (Hochreiter & Schmidhuber 1997)",
        misreading="It does not replace: the old value is in the sum as far as it was kept.",
    ),
    "lstm.squash": Entry(
        title="tanh of the cell state",
        purpose=(
            "Brings the cell state between −1 and 1 before it is shown, since it may have grown "
            "beyond."
        ),
        elsewhere="output activation",
        misreading="It has no weights, and the cell state itself stays as it is.",
    ),
    "lstm.show": Entry(
        title="× of the output gate",
        purpose="Multiplies the squashed cell state by the output gate: the product is shown.",
        elsewhere="⊙; h = o·tanh(c)",
        misreading="Nothing is taken out of the memory here.",
    ),
    "lstm.input": Entry(
        title="What is read",
        purpose=(
            "The symbol or the numbers of this timestep, x, together with what the cell showed one "
            "timestep before, h₋: every gate and the candidate read both."
        ),
        elsewhere="x_t and h_(t−1)",
        misreading="The gates do not see the cell state itself, unless there are peepholes.",
    ),
    "gru.hidden_state": Entry(
        title="Hidden state",
        purpose=(
            "Memory and output in one: a mix of the old value and of the candidate, in the "
            "proportion that the update gate sets."
        ),
        elsewhere="h",
        misreading="A GRU has no cell state beside it: what it holds it always shows.",
    ),
    "gru.update_gate": Entry(
        title="Update gate",
        purpose=(
            "Sets the mix for each unit: as much of the old value is kept as it is open, and the "
            "rest is filled up with the candidate."
        ),
        elsewhere="z; the other way round in Chung et al. 2014 and Colah: there 1 − z keeps",
        misreading="Open means keep here, and in Keras and PyTorch; it does not mean update.",
    ),
    "gru.reset_gate": Entry(
        title="Reset gate",
        purpose="Decides how much of the past the candidate gets to see.",
        elsewhere="r; relevance gate (Coursera)",
        misreading="It resets nothing that is held: only the candidate looks away from the past.",
    ),
    "gru.candidate": Entry(
        title="Candidate",
        purpose="What could take the place of the old value, between −1 and 1.",
        elsewhere="n (PyTorch), hh (Keras), h̃ (Colah)",
        misreading="It is not a gate: how much of it is taken the update gate decides.",
    ),
    "gru.keep": Entry(
        title="× on the hidden state's line",
        purpose="Multiplies what was held by the update gate, unit by unit: what is kept.",
        elsewhere="⊙; retained z·h₋",
    ),
    "gru.write": Entry(
        title="× of the candidate",
        purpose="Multiplies the candidate by 1 − z: what is new.",
        elsewhere="⊙; written (1 − z)·n",
        misreading="Keeping and writing are one decision here: more of one is less of the other.",
    ),
    "gru.add": Entry(
        title="+ on the hidden state's line",
        purpose="Adds what is kept and what is new: a weighted mean of the two.",
        elsewhere="leaky integration, interpolation",
    ),
    "gru.input": Entry(
        title="What is read",
        purpose="The symbol or the numbers of this timestep, x, and the hidden state before, h₋.",
        elsewhere="x_t and h_(t−1)",
    ),
    "rnn.hidden_state": Entry(
        title="The single tanh layer",
        purpose=(
            "Memory and output in one, computed anew at every timestep from what is read and from "
            "the hidden state before."
        ),
        elsewhere="h; SimpleRNN (Keras), RNN (PyTorch), Elman network",
        misreading=(
            "That it has no gates does not mean that it always forgets at once: some tasks a small "
            "one solves."
        ),
    ),
    "rnn.input": Entry(
        title="What is read",
        purpose="The symbol or the numbers of this timestep.",
        elsewhere="x_t",
    ),
    "lstm": Entry(
        title="LSTM",
        purpose=(
            "Long short-term memory: a recurrent network whose module has a cell state and gates "
            "on it. Remembering for long is what it does if nothing else is learnt."
        ),
        elsewhere="Hochreiter & Schmidhuber 1997; with forget gate Gers et al. 2000",
    ),
    "gru": Entry(
        title="GRU",
        purpose="Gated recurrent unit: two gates, and one state that is memory and output.",
        elsewhere="Cho et al. 2014",
    ),
    "rnn": Entry(
        title="Standard RNN",
        purpose="A recurrent network whose module is a single tanh layer.",
        elsewhere="vanilla RNN, simple RNN, Elman network",
    ),
    "chain": Entry(
        title="Chain of repeating modules",
        purpose=(
            "What every recurrent network is when it is unrolled in time: the same module with the "
            "same weights once for each timestep."
        ),
        elsewhere="unrolled or unfolded network",
        misreading="The modules of a chain are not layers: they share all of their weights.",
    ),
    "timestep": Entry(
        title="Timestep",
        purpose="One place of a sequence, counted from 0: one symbol or one row of numbers.",
        elsewhere="t, step, frame, position",
    ),
    "unit": Entry(
        title="Unit",
        purpose="One of the H numbers of a state, with its own gates; here one row of a heatmap.",
        elsewhere="neuron, feature, dimension",
    ),
    "gate": Entry(
        title="Gate",
        purpose="A number between 0 and 1 for each unit, by which something is multiplied.",
        elsewhere="valve; attention speaks of weights",
        misreading="A gate is seldom all open or all shut: it is a share, not a switch.",
    ),
    "weights": Entry(
        title="Kernel, recurrent kernel, bias",
        purpose=(
            "The trained numbers: the kernel multiplies what is read, the recurrent kernel the "
            "hidden state before, and the bias is added. They are the same at every timestep."
        ),
        elsewhere="W, U, b; weight_ih, weight_hh (PyTorch); CS224n has W and U the other way round",
        misreading="Weights change in training alone; gates change at every timestep.",
    ),
    "dependency": Entry(
        title="Long-term dependency",
        purpose="What is right now depends on something that was read many timesteps ago.",
        elsewhere="long time lag",
    ),
    "vanishing": Entry(
        title="Vanishing gradient",
        purpose=(
            "On its way back through time a gradient is multiplied at every timestep; where the "
            "factors are below 1, next to nothing arrives, and nothing is learnt about long ago."
        ),
        elsewhere="Hochreiter 1991; Bengio et al. 1994",
        misreading="It is about learning: a network may hold what it could hardly have learnt to.",
    ),
    "probe": Entry(
        title="Probe",
        purpose=(
            "A linear readout fitted on a network's states, to find out what still stands in them."
        ),
        elsewhere="linear classifier probe (Alain & Bengio 2016)",
        misreading="What a probe can read, the network need not use.",
    ),
}
