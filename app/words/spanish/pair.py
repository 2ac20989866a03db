"""The sentences of the tab Two sequences, in Spanish."""

from __future__ import annotations

from ..formatting import number
from .common import count, quoted

BESIDE = "Junto a esta secuencia (A) está (B)"
HOW = "Lado a lado"
HOWS = {"edits": "con el mínimo de ediciones", "position": "por posición"}
NONE = "Esta red no tiene otra secuencia para comparar con esta: dale una o pulsa Nueva."
SAME = "Las dos ejecuciones no se separan más de una décima parte del valor máximo de la memoria."
A, B = "A", "B"
NOTE = (
    "Abajo, B − A: cuánto más guarda cada unidad en B que en A allí donde ambas leen algo. En la "
    "pestaña ¿Y si…?, “Leer aquí en su lugar” forma el par que solo difiere en un símbolo."
)


def minimal(symbol: str, timestep: int) -> str:
    """Name the sequence that differs in one symbol at a timestep."""
    return f"la misma con {quoted(symbol)} en el paso {timestep}"


def parts(first: int, second: int, unit: int, difference: float, state: str) -> str:
    """Say where two runs part by more than a tenth of the memory's size, and by which unit."""
    where = f"el paso {first}" if first == second else f"el paso {first} de A, {second} de B"
    more = "mayor" if difference > 0 else "menor"
    apart = number(abs(difference))
    return (
        f"Se separan claramente en {where}, por la unidad {unit}: en B su {state} es {apart} "
        f"{more}."
    )


def cost(edits: int, how: str) -> str:
    """Say how far apart two sequences are."""
    if how == "edits":
        return f"B está a {count(edits, 'edición')} de A."
    return f"Difieren en {count(edits, 'posición')}."
