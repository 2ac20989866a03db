"""The sentences under the drawing in Spanish."""

from __future__ import annotations

TEMPLATES: dict[str, str] = {
    # What is read
    "reads": "Lee *{token}*.",
    "reads_numbers": "Lee {inputs}.",
    "reads_many": "Lee *{count}* números.",
    "input": "{name} {number}",
    # Words and lists
    "unit": "la unidad {unit}",
    "one_unit": "1 unidad",
    "units": "{count} unidades",
    "comma": "{left}, {right}",
    "or": "{left} o {right}",
    "many": "cualquiera de {count}",
    "percent": "{number}\u00a0%",
    "percent_under": "menos del 0.1\u00a0%",
    "percent_over": "más del 99.9\u00a0%",
    "openness_reversed": "invertida",
    "openness_shut": "cerrada",
    "openness_nearly_shut": "casi cerrada",
    "openness_quarter_open": "abierta a un cuarto",
    "openness_half_open": "abierta a la mitad",
    "openness_three_quarters_open": "abierta a tres cuartos",
    "openness_nearly_open": "casi abierta",
    "openness_open": "abierta",
    # An LSTM
    "lstm_keeps": (
        "La [forget_gate|puerta de olvido] está {openness}: {who} conserva *{percent}* de "
        "*{carried}*, es decir, *{kept}*."
    ),
    "lstm_keeps_part": (
        "La [forget_gate|puerta de olvido] está {openness}: {who} conserva *{kept}* de *{carried}*."
    ),
    "lstm_empty": "Todavía no hay nada en la [cell_state|cinta] de {who}.",
    "lstm_nearly_empty": "No hay casi nada en la [cell_state|cinta] de {who}.",
    "lstm_writes_first": (
        "La [input_gate|puerta de entrada] está {openness} y pone allí [cell_state|{memory}]."
    ),
    "lstm_keeps_all": "Ninguna puerta olvida: {who} conserva *{kept}* por completo.",
    "lstm_adds": (
        "La [input_gate|puerta de entrada] está {openness} y suma *{written}*: "
        "en la cinta queda [cell_state|{memory}]."
    ),
    "lstm_subtracts": (
        "La [input_gate|puerta de entrada] está {openness} y resta *{written}*: "
        "en la cinta queda [cell_state|{memory}]."
    ),
    "lstm_adds_nothing": (
        "La [input_gate|puerta de entrada] está {openness} y casi no suma nada: "
        "en la cinta queda [cell_state|{memory}]."
    ),
    "lstm_apart": (
        "La [input_gate|puerta de entrada] está {openness} y escribe cerca de *{written}*. "
        "En la cinta queda [cell_state|{memory}]."
    ),
    "lstm_shows": (
        "La [output_gate|puerta de salida] está {openness} y muestra [hidden_state|{shown}]."
    ),
    "lstm_projects": (
        "La [output_gate|puerta de salida] está {openness} y entrega *{shown}* a la proyección."
    ),
    "lstm_mean": (
        "Media de {units}: de *{carried}* en la cinta se conserva *{kept}* y se suma "
        "*{written}*, lo que da [cell_state|{memory}]."
    ),
    "lstm_mean_shows": "Las unidades muestran *{shown}*.",
    "lstm_held": (
        "El [cell_state|estado de celda] de {who} está fijado: en la cinta queda "
        "[cell_state|{memory}], hagan lo que hagan las puertas."
    ),
    "lstm_mean_held": (
        "Media de {units}, con [cell_state|estados de celda] fijados: en la cinta queda "
        "[cell_state|{memory}]."
    ),
    "lstm_shows_held": (
        "El [hidden_state|estado oculto] está fijado en [hidden_state|{shown}], haga lo que haga "
        "la puerta de salida."
    ),
    "lstm_mean_shows_held": (
        "Con [hidden_state|estados ocultos] fijados, las unidades muestran *{shown}* en promedio."
    ),
    # A GRU
    "gru_keeps": (
        "La [update_gate|puerta de actualización] está {openness}: {who} conserva *{percent}* de "
        "*{carried}*, es decir, *{kept}*."
    ),
    "gru_keeps_part": (
        "La [update_gate|puerta de actualización] está {openness}: {who} conserva *{kept}* de "
        "*{carried}*."
    ),
    "gru_empty": "Todavía no hay nada guardado en {who}.",
    "gru_nearly_empty": "No hay casi nada guardado en {who}.",
    "gru_writes_first": (
        "El [candidate|candidato] escribe [hidden_state|{memory}], que se guarda y se muestra."
    ),
    "gru_adds": (
        "El [candidate|candidato] completa el resto y suma *{written}*: "
        "se guarda y se muestra [hidden_state|{memory}]."
    ),
    "gru_subtracts": (
        "El [candidate|candidato] completa el resto y resta *{written}*: "
        "se guarda y se muestra [hidden_state|{memory}]."
    ),
    "gru_adds_nothing": (
        "El [candidate|candidato] casi no suma nada: se guarda y se muestra "
        "[hidden_state|{memory}]."
    ),
    "gru_apart": (
        "El [candidate|candidato] completa el resto con cerca de *{written}*. "
        "Se guarda y se muestra [hidden_state|{memory}]."
    ),
    "gru_mean": (
        "Media de {units}: de *{carried}* guardado se conserva *{kept}* y se suma "
        "*{written}*, lo que da [hidden_state|{memory}]."
    ),
    "gru_held": (
        "El [hidden_state|estado oculto] de {who} está fijado en [hidden_state|{memory}], hagan lo "
        "que hagan las puertas."
    ),
    "gru_mean_held": (
        "Media de {units}, con [hidden_state|estados ocultos] fijados: las unidades muestran "
        "[hidden_state|{memory}]."
    ),
    # A standard RNN
    "rnn_changes": (
        "La única [hidden_state|capa {activation}] lo rehace todo: {who} tenía *{carried}* y ahora "
        "tiene [hidden_state|{memory}]. Ninguna puerta conserva nada."
    ),
    "rnn_mean": (
        "La única [hidden_state|capa {activation}] lo rehace todo: "
        "la media de {units} era *{carried}* y ahora es [hidden_state|{memory}]."
    ),
    "rnn_held": (
        "El [hidden_state|estado oculto] de {who} está fijado en [hidden_state|{memory}], haga lo "
        "que haga la capa."
    ),
    "rnn_mean_held": (
        "Con [hidden_state|estados ocultos] fijados, la media de {units} era *{carried}* y ahora "
        "es [hidden_state|{memory}]."
    ),
    # Slow motion: an LSTM
    "lstm_forget": (
        "La [forget_gate|puerta de olvido] está {openness}: de lo que llega por la cinta, {who} "
        "conserva *{gate}* × *{carried}* = *{kept}*."
    ),
    "lstm_forget_mean": (
        "La [forget_gate|puerta de olvido] de {units}, en promedio: de *{carried}* en la "
        "cinta se conserva *{kept}*."
    ),
    "lstm_write": (
        "La [input_gate|puerta de entrada] está {openness}: deja pasar *{gate}* × *{candidate}* = "
        "*{written}* del [candidate|candidato]."
    ),
    "lstm_write_mean": (
        "[input_gate|Puerta de entrada] y [candidate|candidato] de {units}, en promedio: "
        "pasa *{written}*."
    ),
    "lstm_update": (
        "Ambos se juntan en la [cell_state|cinta]: *{kept}* + *{written}* = *{memory}*."
    ),
    "lstm_update_apart": (
        "Ambos se juntan en la [cell_state|cinta]: *{kept}* + *{written}* da cerca de *{memory}*."
    ),
    "lstm_output": (
        "La [output_gate|puerta de salida] está {openness}: muestra *{gate}* × *{squashed}* = "
        "[hidden_state|{shown}]."
    ),
    "lstm_output_mean": (
        "La [output_gate|puerta de salida] de {units}, en promedio: se muestra *{shown}*."
    ),
    "lstm_no_effect": ("Donde el [cell_state|estado de celda] está fijado, eso no tiene efecto."),
    # Slow motion: a GRU
    "gru_reset": (
        "La [reset_gate|puerta de reinicio] está {openness}: el candidato ve *{percent}* del "
        "pasado."
    ),
    "gru_candidate": "El [candidate|candidato] está listo: se podría escribir *{candidate}*.",
    "gru_update": (
        "La [update_gate|puerta de actualización] está {openness}: {who} conserva *{gate}* × "
        "*{carried}* = *{kept}*."
    ),
    "gru_update_mean": (
        "La [update_gate|puerta de actualización] de {units}, en promedio: de *{carried}* "
        "guardado se conserva *{kept}*."
    ),
    "gru_mix": (
        "El [candidate|candidato] completa el resto: *{kept}* + *{written}* = "
        "[hidden_state|{memory}]."
    ),
    "gru_mix_apart": (
        "El [candidate|candidato] completa el resto: *{kept}* + *{written}* da cerca de "
        "[hidden_state|{memory}]."
    ),
    "gru_no_effect": ("Donde el [hidden_state|estado oculto] está fijado, eso no tiene efecto."),
    # Where the memory comes from
    "origin_largest": "La mayor parte de lo que guarda {who} se escribió en el paso {timestep}.",
    "origin_largest_reading": (
        "La mayor parte de lo que guarda {who} se escribió en el paso {timestep}, al leer "
        "*{token}*."
    ),
    "origin_almost_all": "Casi todo lo que guarda {who} se escribió en el paso {timestep}.",
    "origin_almost_all_reading": (
        "Casi todo lo que guarda {who} se escribió en el paso {timestep}, al leer *{token}*."
    ),
    "origin_largest_held": (
        "La mayor parte de lo que guarda {who} queda del valor en que estuvo fijado en el paso "
        "{timestep}."
    ),
    "origin_almost_all_held": (
        "Casi todo lo que guarda {who} queda del valor en que estuvo fijado en el paso {timestep}."
    ),
    # What the network predicts, and what is true
    "expects": "La red espera *{expected}*.",
    "expects_right": "La red espera *{expected}*, y acierta.",
    "expects_came": "La red espera *{expected}*, y llegó *{came}*.",
    "expects_wrong": "La red espera *{expected}*. Error: puede seguir *{legal}*.",
    "expects_nothing": "La red no espera nada. Error: puede seguir *{legal}*.",
    "guesses": "La red apuesta primero por *{expected}*.",
    "guesses_right": "La red apuesta primero por *{expected}*, y llegó *{came}*.",
    "guesses_other": "La red apuesta primero por *{expected}*, pero llegó *{came}*.",
    "answers_early": "La red respondería *{expected}*, pero aún no se pregunta nada.",
    "answers_right": "La red responde *{expected}*: correcto.",
    "answers_wrong": "La red responde *{expected}*: error, lo correcto es *{legal}*.",
    "answers_unknown": (
        "La red respondería *{expected}*. "
        "No se sabe qué es correcto: la tarea no produce secuencias así."
    ),
    "answers_unsure": (
        "La red no está segura de ninguna respuesta. "
        "No se sabe qué es correcto: la tarea no produce secuencias así."
    ),
    "answers_nothing": (
        "La red no está segura de ninguna respuesta, lo que cuenta como error: lo correcto es "
        "*{legal}*."
    ),
    "predicts": "La red predice *{predicted}*.",
    "predicts_off": (
        "La red predice *{predicted}*; el valor real es *{truth}*, así que se desvía en *{error}*."
    ),
    "predicts_right": (
        "La red predice *{predicted}*; el valor real es *{truth}*: correcto, con una desviación de "
        "*{error}*."
    ),
    "predicts_wrong": (
        "La red predice *{predicted}*; el valor real es *{truth}*: error, con una desviación de "
        "*{error}*."
    ),
    # Where there is nothing to say
    "waiting": "Los números exactos están en camino.",
    "beyond": "Los números han crecido más allá de lo que se puede calcular.",
}
