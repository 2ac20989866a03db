"""The sentences of the tab One unit, in Spanish."""

from __future__ import annotations

from ..formatting import number
from .common import count

CHOOSE = (
    "Elige una unidad (con un clic o con las teclas ↑ y ↓) para ver todo lo que se lee en sus "
    "colores."
)
TEXT = "Qué guarda, secuencia por secuencia"
DRIVES, GATES, PROBES = "Qué la mueve", "Qué hacen sus puertas", "Qué representa"
GATE_COLUMNS = {
    "gate": "Puerta",
    "mean": "Media",
    "low": "10 %",
    "middle": "Mediana",
    "high": "90 %",
    "open": "Abierta (> 0.9)",
    "shut": "Cerrada (< 0.1)",
}
DRIVE_COLUMNS = {"symbol": "Lee", "count": "Veces", "change": "La cambia, en promedio, en"}
COLUMN_DRIVES = {"symbol": "Columna", "change": "Correlación con el cambio"}
PROBE_COLUMNS = {
    "property": "Propiedad",
    "correlation": "Correlación, parte reservada",
    "chance": "Mejor unidad por azar",
    "accuracy": "Un umbral acierta",
}
DRIVES_NOTE = "Cuánto cambia la memoria en el paso en que se lee."
NO_GATES = "Una RNN estándar no tiene puertas."
COLOURS = (
    "Por encima de cero se ve el color de la memoria; por debajo, ocre, en una misma escala para "
    "todas las secuencias. Lo que está cerca de un extremo va subrayado, con puntos si está por "
    "debajo de cero. Según Karpathy, Johnson y Fei-Fei, 2015."
)


def strip(column: str) -> str:
    """Say what the pictures of numbers show."""
    return (
        f"La línea es {column} tal como se lee; los colores de detrás son lo que guarda la unidad: "
        "el color de la memoria por encima de cero, ocre por debajo, en una misma escala para "
        "todas las secuencias."
    )


def read_closely(unit: int) -> str:
    """Name the button that opens the page of a unit."""
    return f"Todas las secuencias en los colores de la unidad {unit}"


def seen(unit: int, sequences: int, timesteps: int, low: float, high: float, state: str) -> str:
    """Say what a unit was looked at on, and how far it goes."""
    return (
        f"Unidad {unit}, {state}: en {count(sequences, 'secuencia')} y {count(timesteps, 'paso')} "
        f"va de {number(low)} a {number(high)}."
    )


def raises(symbol: str, change: float) -> str:
    """Say which symbol raises a unit's memory most."""
    return f"Lo que más la sube es {symbol}: {number(change)} en promedio."


def lowers(symbol: str, change: float) -> str:
    """Say which symbol lowers a unit's memory most; `change` is below zero."""
    return f"Lo que más la baja es {symbol}: {number(-change)}."


def beginning(name: str, shown: int, timesteps: int) -> str:
    """Name a sequence of which only the beginning is shown."""
    return f"{name}, los primeros {shown:,} de {count(timesteps, 'paso')}"
