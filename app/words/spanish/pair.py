"""The sentences of the tab that sets two sequences, or two networks, side by side, in Spanish."""

from __future__ import annotations

from ..formatting import number, percent
from .common import count, quoted

PART = "Qué se pone lado a lado"
PARTS = {"sequences": "Otra secuencia", "networks": "Otra red"}
BESIDE = "Junto a esta secuencia (A) está (B)"
HOW = "Alinear"
HOWS = {"edits": "con el mínimo de ediciones", "position": "por posición"}
UNCHANGED = "esta ejecución, sin cambiar nada"
HELD = "Lo fijado en A"
HELD_IN = {"both": "también en B", "first": "solo en A"}
HELD_IN_BOTH = (
    "Lo que ¿Y si…? fija, y el inicio, es igual en ambas, en los mismos pasos hasta donde B los "
    "tiene: las dos ejecuciones difieren en lo que leen."
)
CHANGED_ALONE = (
    "Lo que ¿Y si…? cambia está cambiado solo en A: B es la ejecución tal como la hizo la red."
)
NETWORKS_UNCHANGED = (
    "Lo que ¿Y si…? cambia no cuenta aquí: ambas redes leen la secuencia tal como era."
)
NONE = "Esta red no tiene otra secuencia para comparar con esta: dale una o pulsa Nueva."
SAME = "Las dos ejecuciones no se separan más de una décima parte del valor máximo de la memoria."
A, B = "A", "B"
DIFFERENCE = "B − A"
DIFFERENCE_MEANING = "cuánto más guarda B"
JUMP = "Ir a donde se separan"
SAVE_TABLE = "Descargar A, B y B − A (CSV)"
SAVE_ARRAYS = "Descargar ambas ejecuciones (NPZ)"
NOTE = (
    "Abajo, B − A: cuánto más guarda cada unidad en B que en A allí donde ambas leen algo. En la "
    "pestaña ¿Y si…?, “Leer aquí en su lugar” forma el par que solo difiere en un símbolo."
)

OTHER = "Junto a esta red (A) está (B)"
ALONE = (
    "Aquí no hay otra red que lea una secuencia como esta: da su archivo y se pondrá junto a esta."
)
ALONE_HERE = "Aquí no hay otra red que lea una secuencia como esta."
GIVE = "Archivo de la otra red"
OTHER_SIZE = (
    "B tiene otras unidades que A: no se pueden comparar una a una, y solo se compara lo que "
    "responden las dos redes."
)
SAME_ANSWERS = "Lo que responden nunca difiere en más de una décima de probabilidad."
NETWORKS_NOTE = (
    "Ambas leen la misma secuencia desde el mismo comienzo. Abajo, B − A: cuánto más guarda cada "
    "unidad en B que en A. Eso dice algo si B viene de A, por ejemplo tras seguir entrenándola: "
    "las unidades de redes entrenadas por separado no tienen nada que ver entre sí."
)
UNTOLD = (
    "El archivo de B no lo dice todo: se lee con las respuestas más probables. Ábrelo como la red "
    "de esta página para verlas y cambiarlas."
)


def minimal(symbol: str, timestep: int) -> str:
    """Name the sequence that differs in one symbol at a timestep."""
    return f"la misma con {quoted(symbol)} en el paso {timestep}"


def exchanged(first: str, at: int, second: str, then: int) -> str:
    """Name the sequence in which the symbols of two timesteps are exchanged."""
    return f"la misma con {quoted(second)} en el paso {at} y {quoted(first)} en el {then}"


def part_here(unit: int) -> str:
    """Name the place at which two runs part."""
    return f"aquí se separan, por la unidad {unit}"


def difference_symbol(symbol: str) -> str:
    """Return how much more of a signal B has than A, as a symbol."""
    return f"{symbol}(B) − {symbol}(A)"


def _where(first: int, second: int) -> str:
    return f"el paso {first}" if first == second else f"el paso {first} de A, {second} de B"


def parts(first: int, second: int, unit: int, difference: float, state: str) -> str:
    """Say where two runs part by more than a tenth of the memory's size, and by which unit."""
    where = _where(first, second)
    more = "mayor" if difference > 0 else "menor"
    apart = number(abs(difference))
    return (
        f"Se separan claramente en {where}, por la unidad {unit}: en B su {state} es {apart} "
        f"{more}."
    )


def answers_part(first: int, second: int, answer: str, in_a: float, in_b: float) -> str:
    """Say where two networks first give an answer clearly different probabilities."""
    where = _where(first, second)
    return (
        f"Sus respuestas difieren claramente por primera vez en {where}: a "
        f"{quoted(answer)} A le da {percent(in_a)} y B {percent(in_b)}."
    )


def answers_differ(of: int, timesteps: int) -> str:
    """Say at how many timesteps two networks answer differently."""
    return f"Lo hacen en {of:,} de {count(timesteps, 'paso')}."


def furthest(first: int, second: int, label: str, in_a: float, in_b: float) -> str:
    """Say where the numbers that two networks predict are furthest from each other."""
    where = _where(first, second)
    return (
        f"Lo que predicen se aleja más en {where}: {label} es {number(in_a)} para A y "
        f"{number(in_b)} para B."
    )


def cost(edits: int, how: str) -> str:
    """Say how far apart two sequences are."""
    if how == "edits":
        return f"B está a {count(edits, 'edición')} de A."
    return f"Difieren en {count(edits, 'posición')}."
