"""The Spanish sentences of the page Sequences."""

from __future__ import annotations

from ..formatting import number, percent
from .common import count

TITLE = "Secuencias"
HEADLINE = "Todas tus secuencias a la vez: ¿cuál no se parece al resto y dónde más ocurre?"
NOTHING_YET = (
    "Elige una red y sus secuencias y pulsa Resumir. Cada secuencia se ejecuta una vez; se guarda "
    "lo que hizo cada puerta y cada estado, para poder buscar en ello."
)
NOT_KEPT = (
    "Este resumen no se guarda aquí, o ya no: pulsa Resumir para ejecutar cada secuencia una vez."
)
DETAILS = "Detalles de la secuencia en escena"
OTHER_MODEL = "Este corpus se hizo con otra red: elige la red con la que se hizo."
GONE = "Ese archivo ya no se conserva: vuelve a darlo."
NO_MEMORY = "No hay memoria suficiente para estas secuencias: resume menos."
NO_ROOM = (
    "Estas secuencias necesitan más espacio del que este servidor da a un resumen: lo hecho se "
    "conserva."
)
NO_DISK = (
    "El disco de este servidor no admite más de este resumen: lo hecho se conserva, y Resumir "
    "continúa desde ahí cuando vuelva a haber sitio."
)
BROKE = "El resumen se interrumpió, quizá por falta de memoria: pulsa Resumir y continúa desde ahí."

# The row above
COUNT = "Cuántas"
SURVEY = "Resumir"
SURVEY_HELP = "Ejecuta cada secuencia una vez y guarda lo que hizo cada puerta y estado"
FRESH = "Secuencias nuevas de su tarea"
RECORDED = "Las secuencias grabadas"
OF_WHICH = "Secuencias"
CANCEL = "Detener"
CANCEL_HELP = "Lo hecho queda, y Resumir continúa desde ahí"

# The survey
SURVEY_HEAD = "El resumen"
SURVEY_COLUMNS = {
    "number": "Número",
    "name": "Nombre",
    "picture": "Memoria",
    "label": "Etiqueta",
    "predicted": "Predicho",
    "right": "Acierto",
    "timesteps": "Pasos",
    "loss": "Pérdida",
    "memory": "Memoria máxima",
    "saturated": "Puertas saturadas",
    "unlike": "Distinta del resto",
}
RIGHT = {1: "correcta", 0: "errónea"}
FILTER = "El nombre contiene"
FILTER_HELP = "Un texto o una expresión regular"
LABELS = "Etiquetas"
ONLY_WRONG = "Solo las erróneas"
SORT = "Ordenar por"
UPWARDS = "De menor a mayor"
NUMBER = "Número de secuencia"
OPEN = "Poner en escena"
OPEN_HELP = "O haz clic en la casilla a la izquierda de una fila"
COLUMNS_HEAD = "Qué dicen las columnas"
COLUMNS_NOTE = (
    "Memoria: la media de |c| sobre todas las unidades, a lo largo del tiempo (|h| donde no hay "
    "estado de celda). Pérdida: la sorpresa media −ln p de los símbolos que llegaron, o de la "
    "etiqueta; de números, el error cuadrático medio en la escala de la red. Memoria máxima: el "
    "mayor |c|. Puertas saturadas: la parte por debajo de 0.1 o por encima de 0.9. Distinta del "
    "resto: a cuántas desviaciones típicas robustas está el estado oculto medio de cada unidad de "
    "la mediana de todas las secuencias, como media cuadrática sobre las unidades; 1 es lo "
    "corriente, y una secuencia corta resulta distinta con más facilidad."
)

# The search
SEARCH_ALL = "Buscar esto en todas las secuencias"
SEARCH_HEAD = "¿Dónde más ocurre esto?"
SEARCH_NOTE = (
    "Arrastra sobre un mapa de calor de la escena, o pulsa ahí Mayús con ← y →, para marcar un "
    "intervalo. Sus unidades son aquellas cuya señal llega al umbral o lo supera en todo el "
    "intervalo y queda por debajo justo fuera de él."
)
OTHER_LAYER = "Este resumen es de otra capa o dirección: elige la que se resumió."
NO_UNITS = (
    "Ninguna unidad está activa en todo este intervalo e inactiva fuera de él: elige otro "
    "intervalo, otra señal u otro umbral, o menos lados en los que esté inactiva."
)
FIRST = "Primer paso"
LAST = "Último paso"
SIGNAL = "Señal"
OUTSIDE = "Inactiva fuera"
OUTSIDES = {
    "both": "antes y después",
    "before": "antes",
    "after": "después",
    "neither": "en ningún lado",
}
THRESHOLD = "Umbral"
LEAST = "Unidades que deben estar activas"
MATCH = "Coincidencia"
OPEN_MATCH = "Ir a ella"
EXPORT_CSV = "Coincidencias (CSV)"
EXPORT_JSON = "Coincidencias (JSON)"
MATCH_COLUMNS = {
    "rank": "Puesto",
    "name": "Secuencia",
    "first": "Primero",
    "last": "Último",
    "read": "Lee",
    "exact": "Unidades como aquí",
    "others": "Otras unidades activas",
}
READS = "Se lee"
COUNTS_NOTE = (
    "Qué se lee en cada posición de las coincidencias de la imagen, contada desde donde empieza "
    "cada una: cuántas veces, o la media si son números."
)
MATCH_HOVER = (
    "%{customdata}<br>%{x} desde el comienzo<br>lee %{text}<br>media %{z:.3f}<extra></extra>"
)
FROM_BEGINNING = "Pasos desde donde empieza la coincidencia"

# Words and patterns
TEXT_HEAD = "Palabras y patrones"
PATTERN = "Texto o expresión regular"
PATTERN_HELP = "Se busca en cada secuencia tal como se leyó"
PATTERN_TOO_LONG = "Esta expresión tarda demasiado: hazla más sencilla, o busca un texto."
PLACE = "Lugar"

# The overviews
OVERVIEWS_HEAD = "Todas las secuencias de un vistazo"
OVERVIEW = "Vista general"
OVERVIEWS = {
    "gates": "Puertas",
    "event": "En torno a un suceso",
    "units": "Unidades que van juntas",
    "states": "Secuencias en dos ejes",
}
GATES_NOTE = (
    "La media de cada puerta sobre todos los pasos de todas las secuencias, para cada unidad."
)
GATES_SEQUENCES_NOTE = "Cuánto se abre de media cada puerta en una secuencia, y en cuántas."
UNITS_NOTE = (
    "Correlaciones de las unidades en pasos repartidos por igual entre todas las secuencias. Las "
    "unidades que suben y bajan juntas están una al lado de la otra."
)
STATES_NOTE = (
    "Cada punto es una secuencia: su estado oculto medio en las dos direcciones en las que más "
    "difieren (componentes principales), por etiqueta o, si no hay, por lo predicho. Un clic la "
    "pone en escena."
)
NO_EVENT = "Esto no ocurre en ninguna parte: elige otro suceso."
SYMBOL = "Símbolo"
LABEL = "De la etiqueta"
ANY = "cualquiera"
UNLABELLED = "sin etiqueta"
OTHERS = "otras"
COLUMN = "Columna"
RISES_TO = "Sube hasta"
GATE_HOVER = "%{y}, unidad %{x}: %{z:.3f}<extra></extra>"
MEAN_GATE = "Media de la puerta en una secuencia"
SEQUENCES_COUNTED = "Número de secuencias"
FROM_EVENT = "Pasos desde el suceso"


def on_stage(name: str) -> str:
    """Name the sequence on the stage."""
    return f"En escena: {name}"


def asks(name: str) -> str:
    """Say that a file leaves something to ask."""
    return (
        f"{name} deja algo por preguntar: ábrelo antes en Explorar o en Tu modelo y resúmelo luego."
    )


def progress(done: int, of: int, left: float | None, before: int) -> str:
    """Say how many sequences are run, and how long the rest will take."""
    if before:
        others = "resumen" if before == 1 else "resúmenes"
        return f"Espera su turno: antes, {before:,} {others} de otros lectores."
    said = f"{done:,} de {count(of, 'secuencia')}"
    return said if left is None else f"{said}, faltan {count(max(round(left), 1), 'segundo')}"


def too_long(minutes: int) -> str:
    """Say that a survey took as long as it may."""
    return (
        f"Un resumen puede durar {count(minutes, 'minuto')}, porque otros esperan: lo hecho se "
        "conserva, y Resumir continúa desde ahí."
    )


def stopped(done: int, of: int) -> str:
    """Say that a survey was stopped, and that what is done stays."""
    return f"Detenido tras {done:,} de {count(of, 'secuencia')}. Resumir continúa desde ahí."


def surveyed(sequences: int, timesteps: int, skipped: int, problem: str) -> str:
    """Say how much was run, and what was left out, why the first of them."""
    said = f"{count(sequences, 'secuencia')}, {count(timesteps, 'paso')}."
    return f"{said} Omitidas: {count(skipped, 'secuencia')}. {problem}" if skipped else said


def rows(shown: int, of: int) -> str:
    """Say how many rows the filters leave."""
    return f"{shown:,} de {count(of, 'secuencia')}"


def suggested(threshold: float) -> str:
    """Say where a threshold comes from."""
    return (
        f"{number(threshold)} es lo que mejor separa en dos los valores de esta señal (método de "
        "Otsu). Los pasos son los límites que el índice conoce con exactitud."
    )


def hypothesis(units: tuple[int, ...], length: int, threshold: float) -> str:
    """Say which units a search is about."""
    listed = ", ".join(map(str, units[:12])) + (" …" if len(units) > 12 else "")
    what = "Unidad" if len(units) == 1 else "Unidades"
    return f"{what} {listed}: en {number(threshold)} o más durante {count(length, 'paso')}."


def matched(total: int, chance: float, units: int) -> str:
    """Say how many matches there are, and how many chance would give."""
    said = f"{count(total, 'coincidencia')} en todas las secuencias"
    if units == 1:
        return f"{said}; una sola unidad no dice nada del azar."
    return f"{said}; por azar se esperarían {chance:,.1f}."


def places(matches: int, most: int) -> str:
    """Say how many places a pattern has."""
    if not matches:
        return "Esto no está en ninguna parte."
    first = "Los primeros " if matches == most else ""
    return f"{first}{count(matches, 'lugar')}."


def no_pattern(reason: str) -> str:
    """Say that a text is no regular expression."""
    return f"Esto no es una expresión regular: {reason}. Pon \\ antes de signos como ( [ * + ?"


def states_note(drawn: int, sequences: int) -> str:
    """Say what a point of the projection is, and whether all sequences are drawn."""
    some = f" Se dibujan {drawn:,} de las {sequences:,} secuencias." if drawn < sequences else ""
    return STATES_NOTE + some


def event_note(events: int, cut: bool) -> str:
    """Say over how many events the mean is taken."""
    what = "los primeros " if cut else ""
    return f"La media sobre {what}{count(events, 'suceso')}; 0 es el paso del suceso."


def direction(number_: int, share: float) -> str:
    """Name a main direction, and how much of the variance lies along it."""
    return f"Dirección {number_} ({percent(share)} de la varianza)"
