"""The sentences about what units are about, in Spanish."""

from __future__ import annotations

from .common import count

PARTS = {
    "scales": "Cuánto tiempo recuerdan",
    "probes": "Qué representan",
    "responses": "Qué las mueve",
}
PART = "Qué quieres saber de las unidades"
SIGNAL = "Señal"
COLUMNS = {
    "property": "Propiedad",
    "unit": "Mejor unidad",
    "correlation": "Correlación, parte reservada",
    "chance": "Por azar",
    "accuracy": "Aciertos con un umbral",
    "ridge": "Todas las unidades juntas",
    "told": "¿La revela?",
}
YES, NO = "sí", "no mejor que el azar"
PROPERTY = "Propiedad dibujada sobre la unidad"
TOO_LITTLE = (
    "Se lee muy poco como para reservar una parte: usa secuencias más largas o más secuencias."
)
NOTE = (
    "La mejor unidad y su umbral se eligen en los dos primeros tercios de lo leído; todos los "
    "números son del último tercio. Por azar: lo que alcanza la mejor de todas las unidades con "
    "los bloques de la propiedad barajados. Todas las unidades juntas: regresión ridge. "
    "Que una unidad revele una propiedad no significa que la red la use: quita la unidad "
    "(¿Y si…?) y míralo."
)
CLICK = "Al hacer clic en una fila se elige su unidad."


def probed(sequences: int, timesteps: int) -> str:
    """Say on what the units were probed."""
    return f"Sondeadas en {count(sequences, 'secuencia')}, {count(timesteps, 'paso')} en total."


def best(name: str, unit: int, correlation: float, chance: float) -> str:
    """Say which property is told best, and by which unit."""
    strength = f"{correlation:.2f}".replace("-", "−")
    return (
        f"Lo que mejor revela una sola unidad: {name}, por la unidad {unit}, con una correlación "
        f"de {strength} en la parte reservada; por azar la mejor unidad llegaría a {chance:.2f}."
    )


def nothing() -> str:
    """Say that no unit tells anything."""
    return "Ninguna unidad revela por sí sola alguna de estas propiedades mejor que el azar."
