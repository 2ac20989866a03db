"""Every sentence of the page Memory, in Spanish.

Texts here are plain: whoever shows them as HTML escapes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from ..formatting import short
from ..phrases import said
from .common import count, quoted

TITLE = "Memoria"
NONE = "Aquí ninguna red tiene todavía una RNN estándar a su lado: no hay nada que comparar."

# The row above the stages
TASK = "Tarea"
ALIKE = "Igual número de"
ALIKES = {"size": "unidades", "count": "parámetros"}
ALIKE_HELP = (
    "Las mismas unidades en cada red, o los mismos números entrenados (redondeando a unidades "
    "enteras): una unidad de LSTM tiene unas cuatro veces los números de una de RNN estándar. "
    "Ambas se entrenan con igual cuidado."
)
THIRD = "Con GRU"
THIRD_HELP = "Una unidad recurrente con puertas como tercera red, tan grande como las otras"
NO_THIRD = "Para esta tarea no se entrenó ninguna GRU"

# 1. Forgetting
FORGETS = "¿De verdad olvida una RNN estándar?"
FORGETS_LEAD = (
    "Unas redes entrenadas en la misma tarea, con los mismos datos y el mismo cuidado, leen una "
    "secuencia al mismo ritmo."
)
PROBE_LEAD = (
    "Debajo de cada una, una sonda lineal dice qué revela todavía su memoria de lo que hay que "
    "conservar."
)
FOR_ALL = "Para todas: {facts}."
KNOWS = "recuerda {cue}"
KNOWS_SUM = "recuerda la suma parcial"
KNOWS_NOTE = "sonda; a trazos: azar"
ESTIMATE_NOTE = "sonda; 1 exacto, 0 azar"
RECALL_TITLE = "Qué revela todavía la memoria, según el tiempo desde la lectura"
RECALL_HOVER = "%{y:.3f} (%{customdata} secuencias)"
MEASURES = {"accuracy": "aciertos", "r2": "R² de lo que revela"}
FIRST_NUMBER_TITLE = "Solo el primer número"
FIRST_NUMBER_NOTE = (
    "Una red que conserva la suma no necesita conservar cada número: de uno de dos números, su "
    "suma revela la mitad (R² = 0.5). Por eso esta curva cae aunque no se olvide nada."
)
LAG = "pasos desde la lectura"
CHANCE = "azar"
CERTIFIED = "Sus propias respuestas a secuencias nuevas"
TRAINED = "Cómo se entrenaron"

# 2. Why
WHY = "¿Por qué? La influencia a través del tiempo"
MEMORY_PANEL = "la memoria: ‖∂c<sub>t</sub>/∂c<sub>s</sub>‖ o ‖∂h<sub>t</sub>/∂h<sub>s</sub>‖"
INPUT_PANEL = "la entrada: ‖∂h<sub>t</sub>/∂x<sub>s</sub>‖"
MEMORY_HOVER = "%{y:.2e} (norma %{customdata:.2e})"
READ_AT = "paso s"
AT_T = "t"
AT_CUE = "leído aquí"
INFLUENCE_NOTE = (
    "Arriba, cuánto queda en t de un cambio de la memoria en el paso s, como fracción de lo que "
    "produce un cambio en el propio t: del estado de celda c en una LSTM, de h en las demás. A "
    "trazos, lo que conservan las puertas por sí solas (el producto de las puertas de olvido; en "
    "una GRU, de las de actualización): el resto pasa por h. Abajo, cuánto mueve todavía a h en t "
    "la entrada en s. Son derivadas exactas en esta ejecución: lo que haría un cambio muy pequeño, "
    "no lo que causó el estado, ni si la red lo aprovecha."
)
INPUTS_TITLE = "respecto de lo leído en s"
STATES_TITLE = "respecto de la memoria en s"
DERIVATIVE_NOTE = (
    "Cada casilla es la derivada de un número y en t respecto de un número en s, con su signo: "
    "violeta, verde azulado o gris lo empujan hacia arriba, ocre hacia abajo. {output} Los colores "
    "crecen con el orden de magnitud, igual en todas las imágenes de una columna; el número exacto "
    "aparece bajo el puntero."
)
DERIVATIVE_HOVER = "%{customdata:.3e}<br>fila %{y}, paso %{x}<extra>%{fullData.name}</extra>"
OF_LOGIT = "y es el número que la red da a {label}, antes de convertirse en probabilidad."
OF_NUMBER = "y es el valor predicho de {label}, en la escala de la red."
OF_UNITS = "y es la memoria (c, o h donde no hay c) de la unidad elegida en cada escena."
OUTPUT = "Salida y"
LIKELIEST = "Lo que más espera la primera red"
OWN_UNITS = "La unidad elegida en cada escena"
UNIT, INPUT = "unidad", "entrada"  # what the rows of a heatmap are
GAIN = "σ<sub>max</sub>"
GAIN_TITLE = "Un paso: cuánto puede crecer la memoria"
GAIN_NOTE = (
    "El mayor valor singular del jacobiano de un paso, de h, o de h y c juntos. Donde queda por "
    "debajo de 1, todo cambio se apaga y los gradientes se desvanecen; por encima de 1 algún "
    "cambio crece en ese paso, y si los pasos coinciden en cuál, los gradientes explotan. Acota un "
    "solo paso; lo que queda después de muchos está en las curvas de arriba."
)

# 3. Variants
VARIANTS = "¿Qué hace que una LSTM recuerde?"
LEARNING_TITLE = "Éxito en secuencias nuevas durante el aprendizaje"
SEEDS_TITLE = "Secuencias de entrenamiento hasta el éxito, cada semilla"
UPDATES = "actualizaciones"
SEQUENCES_TO_SUCCESS = "secuencias de entrenamiento hasta el éxito"
NEVER = "nunca"
LEARNING_HOVER = (
    "%{fullData.name}<br>%{x:,} actualizaciones: mediana %{customdata[0]:.1%}, "
    "de %{customdata[1]:.1%} a %{customdata[2]:.1%}<extra></extra>"
)
VARIANTS_NOTE = (
    "Líneas: mediana de las semillas; bandas: de la peor semilla a la mejor. Un punto es una "
    "semilla; una cruz nunca llegó; el trazo es la semilla mediana."
)
TASKS = "¿Y en otras tareas?"
TASK_COLUMNS = ("Tarea", "LSTM", "RNN estándar", "Publicado")


def only_alike(alike: str) -> str:
    """Say that networks can be compared in one way alone: "size" or "count"."""
    return f"Para esta tarea solo se pueden comparar con igual número de {ALIKES[alike]}."


def network(kind: str, units: int, numbers: int) -> str:
    """Say which network this is: "LSTM, 12 unidades, 991 números entrenados"."""
    return f"{kind}, {network_size(units, numbers)}"


def network_size(units: int, numbers: int) -> str:
    """Say how large a network is."""
    return f"{count(units, 'unidad')}, {count(numbers, 'número entrenado')}"


def knows(number: float) -> str:
    """Head the row of what a probe reads of a number."""
    return KNOWS.format(cue=short(number))


def gates_alone(title: str, symbol: str) -> str:
    """Name the line of what the gates alone keep; `symbol` is the keeping gate's."""
    return f"{title}, solo las puertas: Π {symbol}"


def verdict(title: str, forgotten: int | None, last: int, score: float, measure: str) -> str:
    """Say in a sentence what a curve of recall shows."""
    if forgotten is not None:
        return f"{title}: no mejor que el azar {count(forgotten, 'paso')} después de la lectura."
    measured = f"{100 * score:.0f} % de aciertos" if measure == "accuracy" else f"R² {score:.2f}"
    return f"{title}: todavía mejor que el azar después de {count(last, 'paso')} ({measured})."


def recall_note(sequences: int, value: str) -> str:
    """Say what the curves of recall are, and what they are not."""
    return (
        f"Una sonda lineal se ajusta a los estados de la mitad de {sequences:,} secuencias nuevas, "
        f"y en la otra mitad se le pregunta por {value}. Bandas: ± 1.96 errores estándar. "
        "Encuentra lo que está en el estado en forma lineal; una red puede saber más, y no tiene "
        "por qué usar lo que sabe."
    )


def here(t: int, timesteps: int, token: str, last: int) -> str:
    """Say where the stages rest, and how far back the pictures look."""
    shown = f", que lee {quoted(token)}" if token else ""
    back = "" if last > t else f" Las imágenes miran {last} pasos atrás, no más."
    return f"Visto desde el paso t = {t} de {timesteps - 1}{shown}: donde están las escenas.{back}"


def sources(variants: tuple[tuple[str, str], ...]) -> str:
    """Say where each variant was proposed, where a source is named."""
    named = "; ".join(f"{name}: {source}" for name, source in variants if source)
    return f"Fuentes: {named}." if named else ""


def gains_cut(last: int) -> str:
    """Say that only the end of a long run is drawn."""
    return f"Dibujado para los últimos {last:,} pasos de la ejecución."


def derivative(network: str, by: str) -> str:
    """Head a heatmap: "LSTM: ∂y/∂x"."""
    return f"{network}: ∂y/∂{by}"


def fact(name: str, value: float) -> str:
    """Say one number of a certificate: a count in full, a measure in four digits."""
    return f"{said(name.replace('_', ' '))}: {value:{',.0f' if value == int(value) else '.4g'}}"


def right_of(right: int, total: int, noun: str) -> str:
    """Say how many of fresh sequences were right."""
    return f"{right:,} de {total:,} {noun} correctas ({100 * right / total:.1f} %)"


def seed_outcome(seed: int, sequences: int | None, wrong: int, of: int) -> str:
    """Say what became of one seed."""
    when = f"éxito tras {sequences:,} secuencias" if sequences is not None else "nunca tuvo éxito"
    return f"semilla {seed}: {when}; al final {wrong:,} de {of:,} erróneas"


def study(task: str, criterion: str, seeds: int) -> str:
    """Say on what the variants were trained."""
    return (
        f"Variantes de la celda, cada una entrenada desde {count(seeds, 'semilla')} en: {task}. "
        f"{criterion}"
    )


def made(date: str, machine: str) -> str:
    """Say when and where results were made."""
    return f"Medido: {machine if date in machine else f'{date}, {machine}'}."


def seeds_succeeded(right: int, seeds: int) -> str:
    """Say how many seeds reached success."""
    return f"{right} de {count(seeds, 'semilla')} con éxito"


def sequences_range(known: Sequence[int]) -> str:
    """Say after how many sequences success came: the median, and from which to which."""
    middle = f"{median(known):,.0f}"
    if len(known) == 1:
        return f"tras {middle} secuencias"
    return f"tras {middle} secuencias (de {min(known):,} a {max(known):,})"


def wrong_range(wrong: Sequence[int], of: int) -> str:
    """Say how many of the fresh sequences were wrong at the end: the median, and the range."""
    middle = f"{median(wrong):,.0f}"
    spread = f" (de {min(wrong):,} a {max(wrong):,})" if min(wrong) < max(wrong) else ""
    return f"{middle}{spread} de {of:,} erróneas"
