"""The sentences of the tab Why, in Spanish."""

from __future__ import annotations

from math import exp

from ..formatting import number, percent
from .common import quoted

PARTS = {
    "prediction": "Esta predicción",
    "memory": "La memoria de esta unidad",
    "write": "Esta escritura",
}
PART = "Qué explicar"
OUTPUT = "Explicar"
LIKELIEST = "lo que más espera"
NO_READOUT = "Este archivo no tiene capa de salida: no hay predicción que explicar."
ONLY_ONE = "Hasta ahora solo se ha leído el paso 0."
DIFFERENT = (
    "Las columnas responden a preguntas distintas y pueden discrepar. La primera dice de qué está "
    "hecho el número, no qué lo causó; las dos siguientes, cómo cambiaría con lo leído; la última "
    "hace la prueba."
)
COLUMNS = {
    "timestep": "Paso",
    "reads": "Lee",
    "written": "Escrito y aún presente",
    "gradient": "Gradiente × entrada",
    "integrated": "Gradientes integrados",
    "removed": "Sin esta escritura",
}
RULE = (
    "Escrito y aún presente: la parte que las escrituras de cada paso tienen en el número, con la "
    "puerta de salida tal como está y la tanh repartida entre las escrituras en proporción (la "
    "regla de reescalado de DeepLIFT). Las partes suman exactamente el número."
)
GRADIENT = (
    "Gradiente × entrada: con qué rapidez crecería el número si lo leído fuera un poco mayor."
)
REMOVED = (
    "Sin esta escritura: cuánto baja el número si en ese paso no se escribe nada y la red se "
    "ejecuta de nuevo; − significa que sube."
)
NO_SPLIT = (
    "Una RNN estándar no conserva nada como se escribió: no hay reparto entre las escrituras."
)
HELD_IS_WRITTEN = (
    "Donde la memoria está fijada, su valor cuenta como lo escrito en ese paso, y no queda nada de "
    "lo anterior."
)
NO_INTEGRAL = (
    "Faltan los gradientes integrados: la ejecución es demasiado larga para ellos, o hay algo "
    "fijado."
)
CLICK = "Al hacer clic en una fila o una barra, la escena va allí."
BY_INPUT = "Gradientes integrados, por entrada"
TRIANGLE = "Escrito en (horizontal), visto en (vertical)"
TRIANGLE_NOTE = (
    "Cada fila es un momento: de qué pasos viene entonces la memoria de la unidad. Una columna que "
    "sigue hacia abajo es un valor que se conserva; una casilla sola en la diagonal se pierde "
    "enseguida."
)
FAN_NOTE = (
    "Cuánto de lo que cada unidad escribe en este paso queda en cada paso posterior. 1 es todo; lo "
    "deciden las puertas que conservan."
)
FAN = "fracción que queda"
CHOOSE_UNIT = (
    "Elige una unidad (con un clic o con las teclas ↑ y ↓) para ver de dónde viene su memoria."
)
NO_WRITES = (
    "Una RNN estándar no conserva nada como se escribió: rehace todo su estado en cada paso."
)
TOO_LONG = "La ejecución es demasiado larga para esta imagen: elige una secuencia más corta."


def explained(label: str, against: str | None, value: float, timestep: int) -> str:
    """Say which number is explained; `against` is the strongest other symbol, None without one."""
    if against is None:
        return (
            f"En el paso {timestep} la salida {label} vale {number(value)} antes de su activación."
        )
    likelier = (
        f"{exp(min(value, 15)):,.1f} veces tan probable como"
        if value < 15
        else "muchísimo más probable que"
    )
    return (
        f"En el paso {timestep}, {quoted(label)} es {likelier} {quoted(against)}: su ventaja es "
        f"{number(value)}, en logaritmo. ¿De qué se compone esa ventaja?"
    )


def completeness(error: float) -> str:
    """Say what integrated gradients are, and how far they are from complete."""
    return (
        "Gradientes integrados: lo que aporta cada entrada en el camino desde no leer nada, todo "
        f"ceros, hasta lo leído. Su suma se aparta de la diferencia en {number(error)}."
    )


def rest(value: float) -> str:
    """Say what the split over writes leaves to the bias and the start."""
    return f"El sesgo y el inicio aportan {number(value)}."


def held_adds(value: float) -> str:
    """Say what hidden states that are held add to the split over writes."""
    return f"Los estados ocultos fijados en este paso suman {number(value)}."


def strongest(answers: dict[str, int]) -> str:
    """Say which timestep each answer, by its column, finds most important."""
    if len(set(answers.values())) == 1:
        return f"Todas coinciden: el paso {next(iter(answers.values()))} es el que más cuenta."
    parts = [f"{COLUMNS[name].lower()}, {t}" for name, t in answers.items()]
    return f"El paso que más cuenta, según cada columna: {'; '.join(parts)}."


def unit_share(unit: int, timestep: int, share: float, written: int) -> str:
    """Say where most of a unit's memory comes from."""
    return (
        f"De lo que guarda la unidad {unit} en el paso {timestep}, {percent(share)} viene del "
        f"paso {written}, más que de ningún otro."
    )
