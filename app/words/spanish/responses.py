"""The sentences about what moves the units, in Spanish."""

from __future__ import annotations

from ..formatting import number
from .common import count, quoted

REST, MOVED, COLUMN = "En reposo lee", "y después", "Columna que se mueve"
TIME = "pasos desde que se movió la entrada"
COLUMNS = {
    "unit": "unidad",
    "impulse": "Impulso: como mucho",
    "impulse_settles": "Impulso: en reposo tras",
    "step": "Escalón: termina en",
    "step_settles": "Escalón: en reposo tras",
    "sine": "Seno: amplitud",
}
BACKWARDS = (
    "Esta red también lee hacia atrás: lo que se lee más tarde movería una unidad antes de leerse."
)
TOO_LARGE = "Esta red es demasiado grande para ejecutarla seis veces mientras esperas."
CHOOSE_UNIT = "Elige una unidad (una fila, o las teclas ↑ y ↓) para ver sus curvas."


def note(state: str, timesteps: int) -> str:
    """Say what the curves and numbers are."""
    return (
        "Las curvas y los números dicen cuánto se aleja de una ejecución en la que la entrada "
        f"sigue en reposo ({state}). Una unidad está en reposo cuando se queda a menos de un "
        "vigésimo de su mayor desviación de donde termina; ∞: no lo está en los "
        f"{timesteps} pasos que se ejecutan."
    )


def one_more(column: str) -> str:
    """Say what a network of numbers reads when it is disturbed."""
    return f"uno más en {column}, tal como la red lo lee tras el escalado"


def symbol(text: str) -> str:
    """Name a symbol that is read in place of another."""
    return quoted(text)


def titles(moved: str, period: int) -> dict[str, str]:
    """Name the three disturbances; `moved` is what is read in place of what was."""
    return {
        "impulse": f"Impulso: {moved}, una vez",
        "step": f"Escalón: {moved}, desde entonces",
        "sine": f"Seno: {moved} y otro tanto menos, en ciclos de {count(period, 'paso')}",
    }


def slowest(unit: int, timesteps: int, gain: float) -> str:
    """Say which unit takes longest to come to rest after an impulse, of those that do."""
    return (
        f"De las unidades que vuelven al reposo tras un impulso, la {unit} es la que más tarda: "
        f"llega hasta {number(gain)} y está en reposo tras {count(timesteps, 'paso')}."
    )


def unsettled(units: int, of: int, timesteps: int) -> str:
    """Say how many units have not come to rest after an impulse."""
    if not units:
        return "Tras un impulso, todas las unidades vuelven al reposo."
    return (
        f"{count(timesteps, 'paso')} después de un impulso, {units:,} de {of:,} "
        f"{'unidad' if of == 1 else 'unidades'} aún no {'está' if units == 1 else 'están'} en "
        "reposo."
    )
