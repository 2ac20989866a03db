"""Every sentence of the doctor, in Spanish: what is the matter with an implementation."""

from __future__ import annotations

from .common import count

DOCTOR = (
    "Dice qué le pasa a una implementación de una capa: qué único fallo (el orden de los bloques, "
    "una matriz transpuesta, un sesgo que falta, una activación, el tiempo, el inicio) convierte "
    "el resultado correcto en el suyo. Código de salida 0 si coincide, 1 si no."
)
RESULT = (
    "su resultado: .npy o texto con los estados ocultos (T, H), con el último (H,), o con las "
    "puertas una junto a otra (T, 4H); o .npz de arreglos llamados h, c, i, f, g, o (en una GRU: "
    "r, z, n), gates o preactivations"
)
DIRECTION = "qué dirección de una capa bidireccional es"

# On the page
HEAD = "Encuentra el fallo en tu propia implementación"
INTRO = (
    "¿Escribiste tú esta capa, o la convertiste, y da otra cosa? Danos tu resultado para la "
    "secuencia de la escena, con estos pesos y esta entrada. Se prueba cada uno de los fallos "
    "conocidos: el orden de los bloques, pesos transpuestos, sesgos, activaciones, el tiempo, el "
    "inicio y la actualización."
)
FILE = "Tu resultado, como .npy, .csv o .npz"
TEXT = "O pega sus números, un paso por línea"
EXAMINE = "Examinar"
AGREES = "✓ Coincide: difiere en {largest:.2g} como máximo."
ONE = "✗ Un solo fallo lo explica: {fault}"
SEVERAL = "✗ Cada uno de estos fallos lo explica por sí solo; esta secuencia no los distingue:"
NONE = "✗ Ninguno de los {tried:,} fallos conocidos lo explica por sí solo: hay varios, o es otro."

SIGNALS = {
    "hidden_state": "el estado oculto",
    "cell_state": "el estado de celda",
    "input_gate": "la puerta de entrada",
    "forget_gate": "la puerta de olvido",
    "output_gate": "la puerta de salida",
    "candidate": "el candidato",
    "reset_gate": "la puerta de reinicio",
    "update_gate": "la puerta de actualización",
    "preactivation": "la preactivación",
    "gates": "las puertas",
    "preactivations": "las preactivaciones",
}
MATRICES = {"kernel": "los pesos de entrada", "recurrent_kernel": "los pesos recurrentes"}

FAULTS = {
    "block order": "lee los bloques de los pesos como {detail}, y están como {blocks}.",
    "transposed": "usa {matrix} transpuestos, bloque por bloque.",
    "reshaped": "cambia la forma (reshape) de {matrix} donde debería transponerlos.",
    "bias, missing": "omite el sesgo.",
    "bias, twice": "suma el sesgo dos veces.",
    "bias, forget + 1": "suma 1 al sesgo de la puerta de olvido, como hace TensorFlow 1.",
    "bias, forget - 1": "el sesgo de su puerta de olvido es 1 menor de lo debido.",
    "bias, recurrent missing": "omite el sesgo recurrente del candidato.",
    "recurrent_activation": "la activación de sus puertas es {detail}.",
    "activation": "la activación de su candidato es {detail}.",
    "output_activation": "hace pasar el estado de celda por {detail} a la salida.",
    "time, reversed": "lee la secuencia del final al principio.",
    "time, reversed, in running order": (
        "lee la secuencia del final al principio, y entrega sus respuestas en ese orden."
    ),
    "time, answer turned": "sus respuestas son correctas, pero están en el orden inverso.",
    "off by one, before the update": (
        "entrega el estado anterior a cada actualización, no el posterior."
    ),
    "off by one, start included": "su primera fila es el inicio, así que tiene una fila de más.",
    "off by one, input before": "en cada paso lee la entrada del paso anterior.",
    "off by one, input after": "en cada paso lee la entrada del paso siguiente.",
    "start, zero": "empieza con ceros, no con los estados dados.",
    "start, one": "empieza con estados que son todos uno.",
    "start, swapped": "toma el estado oculto dado por el estado de celda, y al revés.",
    "start, carried on": "empieza con los estados que dejó una ejecución anterior.",
    "start, never carried": "no transmite ningún estado: cada paso empieza de nuevo.",
    "answer, cell state": "entrega el estado de celda en lugar del estado oculto.",
    "answer, preactivations": "entrega las puertas antes de sus activaciones.",
    "update gate, turned": "su puerta de actualización funciona al revés: (1 - z)·h₋ + z·n.",
    "reset, before": "su puerta de reinicio actúa antes del producto recurrente, no después.",
    "reset, after": "su puerta de reinicio actúa después del producto recurrente, no antes.",
    "update, no output gate": "su puerta de salida no actúa: h = tanh(c).",
    "update, no input gate": "su puerta de entrada no actúa: c = f·c₋ + g.",
    "update, no forget gate": "su puerta de olvido no actúa: c = c₋ + i·g.",
    "update, coupled gates": "olvida según 1 - i en lugar de la puerta de olvido.",
    "update, earlier cell state": (
        "entrega o·tanh(c₋), con el estado de celda anterior a la actualización."
    ),
}


def fault(kind: str, detail: str, blocks: str, activation: str) -> str:
    """Say what one fault is; `activation` is how a person would name the detail, if it is one."""
    sentence = FAULTS.get(f"{kind}, {detail}") or FAULTS[kind]
    named = activation if kind.endswith("activation") else detail
    return sentence.format(detail=named, blocks=blocks, matrix=MATRICES.get(detail, detail))


def departs(signal: str, timestep: int, unit: int, ours: float, theirs: float) -> str:
    """Say where a signal departs first, and the two numbers there."""
    return (
        f"La primera diferencia está en el paso {timestep}, en {SIGNALS.get(signal, signal)}: la "
        f"unidad {unit} vale {theirs:.7g}, y aquí {ours:.7g}."
    )


def too_long(timesteps: int, most: int) -> str:
    """Say that a sequence is too long to be examined here."""
    return (
        f"La secuencia tiene {count(timesteps, 'paso')}, y cada fallo es una ejecución propia: "
        f"aquí se examinan {most:,} como máximo. Usa una secuencia más corta, o gatescope doctor."
    )
