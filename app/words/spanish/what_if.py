"""The sentences of the tab What if, in Spanish."""

from __future__ import annotations

from ..formatting import cut, number, percent
from .common import count, quoted

LEAD = (
    "Cambia algo, y la red se ejecuta de nuevo desde ahí. La escena y todas las pestañas muestran "
    "la ejecución cambiada; la dirección lleva los cambios."
)
NONE = "No hay nada cambiado: esta es la ejecución tal como la hizo la red."
KINDS = {"gates": "Puertas y estados", "input": "Lo leído", "start": "El inicio", "go_on": "Seguir"}
KIND = "Qué cambiar"
ADD, REMOVE, CLEAR = "Fijar así", "Deshacer", "Deshacer todo"
SIGNAL, VALUE, UNITS, FIRST, LAST = "Fijar", "en", "de", "desde el paso", "hasta el paso"
ALL_UNITS = "todas las unidades"
OF_UNITS = "de las unidades"
STATE_NOTE = (
    "Un estado de celda fijado, o el estado oculto fijado de una GRU, empieza de nuevo: no queda "
    "nada de lo que había antes, y lo que haya después viene del valor fijado y de las escrituras "
    "posteriores. El estado oculto fijado de una LSTM deja el estado de celda a sus puertas: solo "
    "cambia lo que ellas ven."
)
PRESETS = {
    "keep_all": "Conservarlo todo",
    "forget_here": "Olvidarlo todo aquí",
    "write_no_more": "No escribir más",
    "show_all": "Mostrarlo todo",
    "without_write": "Sin esta escritura",
    "without_unit": "Sin esta unidad",
    "freeze": "Congelar esta memoria",
    "drop": "Omitir esto",
    "repeat": "Leer esto dos veces",
    "drop_before": "Empezar aquí",
    "pad_before": "Diez filas de ceros antes",
}
PRESET_HELP = {
    "keep_all": "La puerta que conserva está del todo abierta en cada paso",
    "forget_here": "La puerta que conserva está cerrada en este paso",
    "write_no_more": "La puerta de entrada está cerrada desde el paso siguiente",
    "show_all": "La puerta de salida está del todo abierta en cada paso",
    "without_write": "Se omite lo que esta unidad escribe en este paso",
    "without_unit": "Nadie ve esta unidad: ni las otras unidades ni la predicción",
    "freeze": "Lo que esta unidad recuerda queda como está en este paso, hasta el final",
    "drop": "Se omite lo que se lee en este paso",
    "repeat": "Lo que se lee en este paso se lee una vez más",
    "drop_before": "Se omite lo que se lee antes de este paso",
    "pad_before": "La red lee primero diez filas de ceros",
}
INSTEAD, COLUMN, READ_IT = "Leer aquí en su lugar", "en", "Leerlo"
PADDING, TIMES, WHERE, PAD_IT = "Añadir", "veces", "dónde", "Añadirlo"
BEFORE_ALL, AFTER_ALL = "antes de la secuencia", "después de la secuencia"
BEGIN, BEGIN_SO = "Empezar con", "Empezar así"
AFTER_ITSELF, TYPED = "lo que deja esta secuencia", "un valor escrito"
START_VALUE = "valor"
HORIZON, TEMPERATURE, SEED, GO_ON = "Seguir (pasos)", "temperatura", "semilla", "Dejar que siga"
GO_ON_NOTE = (
    "Después del final, la red lee sus propias predicciones, con todos los cambios activos. Una "
    "temperatura de 0 toma el símbolo más probable; los números no la necesitan."
)
GOES_ON = "lee sus propias predicciones"
SAME = "El cambio no cambia nada: los valores ya eran esos, o no tuvo efecto."
BEFORE, AFTER, DIFFERENCE = "como era", "cambiada", "diferencia, todas las unidades"


def whose(units: tuple[int, ...] | None) -> str:
    """Name some units; None is all of them."""
    if units is None:
        return ALL_UNITS
    return f"unidad{'es' if len(units) > 1 else ''} {', '.join(map(str, units))}"


def _of(units: tuple[int, ...] | None) -> str:
    """Whose something is: "de todas las unidades", "de la unidad 3"."""
    if units is None:
        return f"de {ALL_UNITS}"
    return f"de la{'s' if len(units) > 1 else ''} {whose(units)}"


def held(title: str, value: float, units: tuple[int, ...] | None, first: int, last: int) -> str:
    """Say what is held, of which units and when."""
    return f"{title} {_of(units)} con valor fijo {number(value)} {stretch(first, last)}"


def stretch(first: int, last: int) -> str:
    """Say when, both timesteps included."""
    return f"en el paso {first}" if first == last else f"del paso {first} al {last}"


def replaced(timestep: int, value: str | float, column: str) -> str:
    """Say what is read instead; `column` is "" for a symbol."""
    what = quoted(value) if isinstance(value, str) else number(value)
    return f"En el paso {timestep} se lee {what}{f' como {column}' if column else ''}"


def dropped(first: int, last: int) -> str:
    """Say what is left out of the sequence."""
    return f"Se omite lo que se leyó {stretch(first, last)}"


def repeated(timestep: int, times: int) -> str:
    """Say what is read again."""
    return f"Lo que se lee en el paso {timestep} se lee {count(times, 'vez más')}"


def padded(before: int, after: int, value: str | float) -> str:
    """Say what is read before and after the sequence."""
    what = quoted(value) if isinstance(value, str) else number(value)
    sides = ((before, "antes"), (after, "después"))
    parts = [f"{count(n, 'vez')} {where}" for n, where in sides if n]
    return f"Se lee {what}: {' y '.join(parts)} de la secuencia"


def started(value: float, unit: int | None, state: str) -> str:
    """Say with which memory the run begins."""
    return f"El {state} {_of(None if unit is None else (unit,))} empieza en {number(value)}"


def started_after(sequence: str) -> str:
    """Say whose states the run begins with; "" is the sequence itself."""
    left = f"“{sequence}”" if sequence else "esta misma secuencia"
    return f"La red empieza con los estados que deja {left}"


def goes_on(timesteps: int, temperature: float, seed: int, drawn: bool) -> str:
    """Say for how long the network reads its own predictions, and how symbols are drawn."""
    how = f", sorteadas con temperatura {temperature:g} y semilla {seed}" if drawn else ""
    return f"Después del final lee sus propias predicciones durante {count(timesteps, 'paso')}{how}"


def cannot_go_on(reason: str) -> str:
    """Say why a network cannot read its own predictions."""
    return f"Esta red no puede leer sus propias predicciones: {reason}."


def left_by(sequence: str) -> str:
    """Name the states that a sequence leaves, as a choice."""
    return f"lo que deja “{cut(sequence, 40)}”"


def on_stage(change: str, others: int) -> str:
    """Say beside the stage what is changed: the last change, and how many others there are."""
    more = f", y {count(others, 'cambio más')}" if others else ""
    return f"¿Y si…? {change}{more}."


def parted(timestep: int) -> str:
    """Say in short where the changed run parts from the other."""
    return f"Desde el paso {timestep} la ejecución es otra."


def part(timestep: int, state: str) -> str:
    """Say where the two runs part."""
    return (
        f"Las dos ejecuciones se separan en el paso {timestep}: antes, todos los valores del "
        f"{state} son iguales."
    )


def largest(unit: int, timestep: int, before: float, after: float, state: str) -> str:
    """Say where they differ most."""
    return (
        f"Donde más difieren es en la unidad {unit} en el paso {timestep}: su {state} es "
        f"{number(after)} en vez de {number(before)}."
    )


def says(timestep: int, after: str, share: float, before: str, earlier: float) -> str:
    """Say what the network answers now, and what it answered before."""
    if after == before:
        return (
            f"En el paso {timestep} sigue diciendo {quoted(after)}: {percent(share)} en vez de "
            f"{percent(earlier)}."
        )
    return (
        f"En el paso {timestep} dice {quoted(after)} ({percent(share)}); sin el cambio dice "
        f"{quoted(before)} ({percent(earlier)})."
    )


def predicts(timestep: int, label: str, after: float, before: float) -> str:
    """Say which number the network predicts now, and which before."""
    return f"En el paso {timestep} predice {label} {number(after)} en vez de {number(before)}."


def by_decomposition(expected: float, measured: float, timestep: int) -> str:
    """Compare a removed write's own share with what leaving it out really does."""
    same = abs(expected - measured) <= 5e-4 * max(1.0, abs(expected))
    why = (
        "lo mismo, porque aquí ninguna puerta posterior depende de ella."
        if same
        else "el resto es obra de las puertas que la leen a través del estado oculto."
    )
    return (
        f"De esa escritura quedaba {number(expected)} en el paso {timestep}; omitirla cambia la "
        f"memoria en {number(-measured)}: {why}"
    )
