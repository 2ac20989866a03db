"""The sentences of the three screens of Memory, in Spanish: the question, the answer, and why.

Texts here are plain: whoever shows them as HTML escapes them.
"""

from __future__ import annotations

from math import floor, isfinite, log10

from .. import phrases
from ..formatting import percent, short
from .common import count, quoted

# 1. The question
MUST_KEEP = "Aquí hay que conservar {kept} desde el paso {read}"
UNTIL = ", hasta que se pregunta en el paso {asked}: {lag}"
SUM_FROM = ", y desde el paso {second}, donde se lee el segundo número, su suma {sum}"
MARKED = "Los triángulos marcan estos momentos."

# 2. The answer
ANSWER = "La respuesta"
LEADS = {"lost": "Sí.", "fading": "En parte.", "kept": "No, aquí no."}
WORSE, AS_GOOD = "Sus respuestas son peores.", "En sus respuestas no se nota."
NO_CUE = (
    "Esta tarea no tiene una única cosa que conservar por la que una sonda pudiera preguntar, así "
    "que se compara lo buenas que son las respuestas a secuencias con las que ninguna red se "
    "entrenó."
)
COLUMNS = ("Red", "Esta secuencia", "Secuencias nuevas", "Qué revela aún su estado")
NOT_ASKED = "aquí nada cuenta como correcto ni erróneo"
TELLS_NOTE = (
    "Una sonda lineal sobre el estado de cada red, ajustada con la mitad de {sequences:,} "
    "secuencias nuevas y evaluada con la otra mitad. Lo que no puede leer puede seguir ahí en otra "
    "forma."
)
MEASURED = {
    "right_up_to_n": "cuenta bien hasta n = {value:.0f}",
    "bits_per_character": "{value:.3f} bits por carácter (menos es mejor)",
    "network_error": "error {value:.1f} (menor es mejor)",
}

# 3. Why
WHY = "¿Por qué?"
LEFT_AXIS, LAG_AXIS = "queda", "k, pasos hacia atrás desde el paso {t}"
LEFT_HOVER = "%{y:.2e}"
LEFT_NOTE = (
    "La memoria es el estado de celda de una LSTM y el estado oculto de una RNN estándar o una "
    "GRU. Cada curva es la derivada exacta de la memoria de ahora respecto de la memoria de hace k "
    "pasos, como fracción de la de k = 0: lo que le queda a un gradiente al retroceder hasta allí, "
    "y por tanto de lo que puede aprender el entrenamiento. A trazos: lo que conservan las puertas "
    "por sí solas de lo que se escribió."
)
SPECIALISTS = "Para especialistas"

SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def must_keep(
    value: str | float, read: int, asked: int | None, then: tuple[int, float] | None = None
) -> str:
    """Say what the sequence asks to be kept: from when, until when, and what becomes of it.

    `then` is the timestep from which on a sum has to be kept in its place, and the sum.
    """
    said = MUST_KEEP.format(kept=named(value), read=read)
    if then is not None:
        said += SUM_FROM.format(second=then[0], sum=short(then[1]))
    if asked is not None and asked > read:
        said += UNTIL.format(asked=asked, lag=count(asked - read, "paso"))
    return f"{said}. {MARKED}"


def the(title: str) -> str:
    """Name a kind of network within a sentence: "la LSTM", "la RNN estándar"."""
    return f"la {title}"


def remembered(title: str, grade: str, asked: str, score: str, last: int, lost: int | None) -> str:
    """Say what a network's state still tells at the end; `score` is said already."""
    network, after = the(title), count(last, "paso")
    if grade == "kept":
        return f"{network} aún conserva {asked} después de {after}"
    if grade == "fading":
        return f"en {network} se va borrando ({score} después de {after})"
    return f"{network} lo ha perdido después de {count(lost or 0, 'paso')}"


def what_is_kept(labels: tuple[str | int, ...] | None, *, is_sum: bool) -> str:
    """Name what a probe asks for, in general: "A o B", "la suma", "el número"."""
    if labels is not None:
        return " o ".join(map(str, labels))
    return "la suma" if is_sum else "el número"


def score(measure: str, value: float, chance: float) -> str:
    """Say what a probe scores, and what a guess does."""
    if measure == "accuracy":
        return f"{percent(value)} de aciertos (azar: {percent(chance)})"
    return f"R² {value:.3f} (1 es exacto, 0 es azar)"


def verdict(lead: str, phrases: list[str]) -> str:
    """Join the lead and a phrase for each network into one verdict."""
    said = "; ".join(phrases)
    return f"{lead} {said[:1].upper()}{said[1:]}."


def answers(name: str, value: float, total: int) -> str:
    """Say how good a network's answers on fresh sequences are."""
    if total:
        return f"{value:,.0f} de {total:,} {phrases.said(name.replace('_', ' '))} correctas"
    return MEASURED[name].format(value=value)


def said(asked: int, right: int, answer: str) -> str:
    """Say what a network answers on the sequence shown."""
    if asked > 1:
        return f"acierta en {right} de {count(asked, 'paso')}"
    return f"dice {answer}: {'correcto' if right else 'erróneo'}"


def expected(label: str, probability: float) -> str:
    """Say an answer with its probability."""
    return f"{quoted(label)} ({percent(probability)})"


def tells(what: str, score: str, last: int) -> str:
    """Say what a network's state tells at the greatest lag."""
    return f"{what} después de {count(last, 'paso')}: {score}"


def left(value: float) -> str:
    """Say how much of a change is left: "61 %", "1.7 veces su tamaño"."""
    if not isfinite(value):
        return "más de lo que se puede contar"
    if value == 0:
        return "nada"
    if value >= 1.05:
        return f"{value:,.1f} veces su tamaño"
    if value >= 0.001:
        return f"{100 * value:.3g} %"
    return f"una fracción cercana a 10{str(floor(log10(value) + 0.5)).translate(SUPERSCRIPTS)}"


def why(lags: int, parts: list[tuple[str, str, float]], cue: str | float | None) -> str:
    """Say what is left after `lags` timesteps: for each network its name, memory and share.

    `cue` is what was read then, where that is what has to be kept.
    """
    when = f"hace {count(lags, 'paso')}" if cue is None else f"cuando se leyó {named(cue)}"
    (title, memory, share), *others = parts
    first = f"De un pequeño cambio en el {memory} de {the(title)} {when} queda ahora {left(share)}"
    rest = [f"en el {memory} de {the(title)}, {left(share)}" for title, memory, share in others]
    return "; ".join([first, *rest]) + "."


def named(cue: str | float) -> str:
    """Name what has to be kept: a symbol in quotation marks, or a number."""
    return quoted(cue) if isinstance(cue, str) else short(cue)
