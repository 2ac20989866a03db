"""The sentences under the drawing in English."""

from __future__ import annotations

TEMPLATES: dict[str, str] = {
    # What is read
    "reads": "Reads *{token}*.",
    "reads_numbers": "Reads {inputs}.",
    "reads_many": "Reads *{count}* numbers.",
    "input": "{name} {number}",
    # Words and lists
    "unit": "unit {unit}",
    "one_unit": "1 unit",
    "units": "{count} units",
    "comma": "{left}, {right}",
    "or": "{left} or {right}",
    "many": "any of {count}",
    "percent": "{number}\u00a0%",
    "percent_under": "less than 0.1\u00a0%",
    "percent_over": "more than 99.9\u00a0%",
    "openness_reversed": "turned around",
    "openness_shut": "shut",
    "openness_nearly_shut": "nearly shut",
    "openness_quarter_open": "about a quarter open",
    "openness_half_open": "about half open",
    "openness_three_quarters_open": "about three quarters open",
    "openness_nearly_open": "nearly open",
    "openness_open": "open",
    # An LSTM
    "lstm_keeps": (
        "The [forget_gate|forget gate] is {openness}: {who} keeps *{percent}* of *{carried}*, "
        "that is *{kept}*."
    ),
    "lstm_keeps_part": (
        "The [forget_gate|forget gate] is {openness}: {who} keeps *{kept}* of *{carried}*."
    ),
    "lstm_empty": "Nothing is on the [cell_state|belt] of {who} yet.",
    "lstm_nearly_empty": "Next to nothing is on the [cell_state|belt] of {who}.",
    "lstm_writes_first": (
        "The [input_gate|input gate] is {openness} and puts [cell_state|{memory}] on it."
    ),
    "lstm_keeps_all": "No gate forgets: {who} keeps all of *{kept}*.",
    "lstm_adds": (
        "The [input_gate|input gate] is {openness} and adds *{written}*: "
        "[cell_state|{memory}] is on the belt."
    ),
    "lstm_subtracts": (
        "The [input_gate|input gate] is {openness} and subtracts *{written}*: "
        "[cell_state|{memory}] is on the belt."
    ),
    "lstm_adds_nothing": (
        "The [input_gate|input gate] is {openness} and adds next to nothing: "
        "[cell_state|{memory}] is on the belt."
    ),
    "lstm_apart": (
        "The [input_gate|input gate] is {openness} and writes about *{written}*. "
        "[cell_state|{memory}] is on the belt."
    ),
    "lstm_shows": "The [output_gate|output gate] is {openness} and shows [hidden_state|{shown}].",
    "lstm_projects": (
        "The [output_gate|output gate] is {openness} and hands *{shown}* to the projection."
    ),
    "lstm_mean": (
        "Mean over {units}: of *{carried}* on the belt *{kept}* is kept and *{written}* is "
        "added, which makes [cell_state|{memory}]."
    ),
    "lstm_mean_shows": "The units show *{shown}*.",
    "lstm_held": (
        "The [cell_state|cell state] of {who} is held: [cell_state|{memory}] is on the belt, "
        "whatever the gates do."
    ),
    "lstm_mean_held": (
        "Mean over {units}, with [cell_state|cell states] held: [cell_state|{memory}] is on the "
        "belt."
    ),
    "lstm_shows_held": (
        "The [hidden_state|hidden state] is held at [hidden_state|{shown}], whatever the output "
        "gate does."
    ),
    "lstm_mean_shows_held": (
        "With [hidden_state|hidden states] held, the units show *{shown}* on average."
    ),
    # A GRU
    "gru_keeps": (
        "The [update_gate|update gate] is {openness}: {who} keeps *{percent}* of *{carried}*, "
        "that is *{kept}*."
    ),
    "gru_keeps_part": (
        "The [update_gate|update gate] is {openness}: {who} keeps *{kept}* of *{carried}*."
    ),
    "gru_empty": "Nothing is held by {who} yet.",
    "gru_nearly_empty": "Next to nothing is held by {who}.",
    "gru_writes_first": (
        "The [candidate|candidate] writes [hidden_state|{memory}], which is held and shown."
    ),
    "gru_adds": (
        "The [candidate|candidate] fills up the rest and adds *{written}*: "
        "[hidden_state|{memory}] is held and shown."
    ),
    "gru_subtracts": (
        "The [candidate|candidate] fills up the rest and subtracts *{written}*: "
        "[hidden_state|{memory}] is held and shown."
    ),
    "gru_adds_nothing": (
        "The [candidate|candidate] adds next to nothing: [hidden_state|{memory}] is held and shown."
    ),
    "gru_apart": (
        "The [candidate|candidate] fills up the rest with about *{written}*. "
        "[hidden_state|{memory}] is held and shown."
    ),
    "gru_mean": (
        "Mean over {units}: of *{carried}* held *{kept}* is kept and *{written}* is added, "
        "which makes [hidden_state|{memory}]."
    ),
    "gru_held": (
        "The [hidden_state|hidden state] of {who} is held at [hidden_state|{memory}], whatever the "
        "gates do."
    ),
    "gru_mean_held": (
        "Mean over {units}, with [hidden_state|hidden states] held: the units show "
        "[hidden_state|{memory}]."
    ),
    # A standard RNN
    "rnn_changes": (
        "The single [hidden_state|{activation} layer] makes everything anew: {who} held "
        "*{carried}* and now holds [hidden_state|{memory}]. No gate keeps anything."
    ),
    "rnn_mean": (
        "The single [hidden_state|{activation} layer] makes everything anew: "
        "the mean over {units} was *{carried}* and now is [hidden_state|{memory}]."
    ),
    "rnn_held": (
        "The [hidden_state|hidden state] of {who} is held at [hidden_state|{memory}], whatever the "
        "layer makes."
    ),
    "rnn_mean_held": (
        "With [hidden_state|hidden states] held, the mean over {units} was *{carried}* and now is "
        "[hidden_state|{memory}]."
    ),
    # Slow motion: an LSTM
    "lstm_forget": (
        "The [forget_gate|forget gate] is {openness}: of what comes in on the belt {who} keeps "
        "*{gate}* × *{carried}* = *{kept}*."
    ),
    "lstm_forget_mean": (
        "The [forget_gate|forget gate] of {units}, on average: of *{carried}* on the belt "
        "*{kept}* is kept."
    ),
    "lstm_write": (
        "The [input_gate|input gate] is {openness}: it lets *{gate}* × *{candidate}* = "
        "*{written}* of the [candidate|candidate] through."
    ),
    "lstm_write_mean": (
        "[input_gate|Input gate] and [candidate|candidate] of {units}, on average: "
        "*{written}* is let through."
    ),
    "lstm_update": "Both meet on the [cell_state|belt]: *{kept}* + *{written}* = *{memory}*.",
    "lstm_update_apart": (
        "Both meet on the [cell_state|belt]: *{kept}* + *{written}* is about *{memory}*."
    ),
    "lstm_output": (
        "The [output_gate|output gate] is {openness}: it shows *{gate}* × *{squashed}* = "
        "[hidden_state|{shown}]."
    ),
    "lstm_output_mean": (
        "The [output_gate|output gate] of {units}, on average: *{shown}* is shown."
    ),
    "lstm_no_effect": "Where the [cell_state|cell state] is held, that has no effect.",
    # Slow motion: a GRU
    "gru_reset": (
        "The [reset_gate|reset gate] is {openness}: the candidate sees *{percent}* of the past."
    ),
    "gru_candidate": "The [candidate|candidate] is ready: *{candidate}* could be written.",
    "gru_update": (
        "The [update_gate|update gate] is {openness}: {who} keeps *{gate}* × *{carried}* = "
        "*{kept}*."
    ),
    "gru_update_mean": (
        "The [update_gate|update gate] of {units}, on average: of *{carried}* held "
        "*{kept}* is kept."
    ),
    "gru_mix": (
        "The [candidate|candidate] fills up the rest: *{kept}* + *{written}* = "
        "[hidden_state|{memory}]."
    ),
    "gru_mix_apart": (
        "The [candidate|candidate] fills up the rest: *{kept}* + *{written}* is about "
        "[hidden_state|{memory}]."
    ),
    "gru_no_effect": "Where the [hidden_state|hidden state] is held, that has no effect.",
    # Where the memory comes from
    "origin_largest": "Most of what {who} holds was written at timestep {timestep}.",
    "origin_largest_reading": (
        "Most of what {who} holds was written at timestep {timestep}, when it read *{token}*."
    ),
    "origin_almost_all": "Almost all that {who} holds was written at timestep {timestep}.",
    "origin_almost_all_reading": (
        "Almost all that {who} holds was written at timestep {timestep}, when it read *{token}*."
    ),
    "origin_largest_held": (
        "Most of what {who} holds is left of the value at which it was held at timestep {timestep}."
    ),
    "origin_almost_all_held": (
        "Almost all that {who} holds is left of the value at which it was held at timestep "
        "{timestep}."
    ),
    # What the network predicts, and what is true
    "expects": "The network expects *{expected}*.",
    "expects_right": "The network expects *{expected}*, rightly.",
    "expects_came": "The network expects *{expected}*, and *{came}* came.",
    "expects_wrong": "The network expects *{expected}*. Wrong: *{legal}* may follow.",
    "expects_nothing": "The network expects nothing. Wrong: *{legal}* may follow.",
    "guesses": "The network's first guess is *{expected}*.",
    "guesses_right": "The network's first guess is *{expected}*, and *{came}* came.",
    "guesses_other": "The network's first guess is *{expected}*, but *{came}* came.",
    "answers_early": "The network would answer *{expected}*, but nothing is asked yet.",
    "answers_right": "The network answers *{expected}*: right.",
    "answers_wrong": "The network answers *{expected}*: wrong, *{legal}* is right.",
    "answers_nothing": (
        "The network is sure of no answer, which counts as wrong: *{legal}* is right."
    ),
    "answers_unknown": (
        "The network would answer *{expected}*. "
        "What is right is not known: the task makes no such sequence."
    ),
    "answers_unsure": (
        "The network is sure of no answer. "
        "What is right is not known: the task makes no such sequence."
    ),
    "predicts": "The network predicts *{predicted}*.",
    "predicts_off": (
        "The network predicts *{predicted}*; the truth is *{truth}*, so it is off by *{error}*."
    ),
    "predicts_right": (
        "The network predicts *{predicted}*; the truth is *{truth}*: right, off by *{error}*."
    ),
    "predicts_wrong": (
        "The network predicts *{predicted}*; the truth is *{truth}*: wrong, off by *{error}*."
    ),
    # Where there is nothing to say
    "waiting": "The exact numbers are on their way.",
    "beyond": "The numbers have grown beyond what can be computed.",
}
