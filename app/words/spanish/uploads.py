"""Every sentence about files and texts that readers give, in Spanish. Texts here are plain.

Names from a file are data: whoever shows them as HTML or as a label escapes them.
"""

from __future__ import annotations

from ..formatting import cut
from .common import UPLOAD_HOURS, count

TYPED_NAME = "tu texto"
NAMELESS = "un archivo"

# Giving
KINDS = (
    "Texto, .csv, .tsv, Excel (.xlsx), JSON por líneas, Parquet, .npy, .npz; también en .gz y "
    ".zip. Varios a la vez si quieres."
)
LISTED = "Todo lo que subes queda en la lista de secuencias hasta que lo quites."

# What did not arrive; {name} stands for the file's
NO_ROOM = (
    "{name} no se ha recibido: este servidor no tiene espacio ahora. Lo que subiste antes sigue "
    "ahí; inténtalo de nuevo más tarde."
)
KIND_NOT_TAKEN = "{name} no se ha recibido: aquí no se leen archivos de este tipo."
NOT_ARRIVED = "{name} no ha llegado: el servidor no respondió o lo rechazó. Súbelo de nuevo."

# The preview
CLOSE = "Ahora no"
CLOSE_HELP = "Cierra esto; el archivo queda en la lista de secuencias"
REMOVE = "Quitar"
REMOVE_HELP = "Olvida este archivo: se borra de la memoria del servidor"
NOT_READ = "Elige otra red, sube el archivo de nuevo o quítalo."
CORRECT = "Elige abajo otra columna u otra respuesta, o corrige el archivo y súbelo de nuevo."
VOCABULARY = "Vocabulario"
VOCABULARY_HINT = (
    "Un archivo que dice qué token corresponde a cada id: un token por línea, o JSON, una lista de "
    "tokens o tokens con sus id."
)
NO_VOCABULARY = "Ninguno: los símbolos se leen tal cual"
ADD_VOCABULARY = "Subir un vocabulario"
QUESTIONS = "Por favor, elige"
LIKELY = "¿Es correcto?"  # above questions whose likelier answer is chosen
NOT_CHOSEN = "Elige una opción"
ANSWER_FIRST = "Podrás ejecutar en cuanto respondas todas las preguntas de arriba."
OTHERWISE = "Leerlo de otra forma"
INPUTS = "Qué columna alimenta cada entrada"
INPUT = "Entrada"
COLUMN = "se lee de la columna"
STANDARDISE = "Estandarizar con este archivo"
STANDARDISE_HELP = "Lee cada columna como (valor − media) / desviación, ambas de este archivo"
SETTINGS = {
    "scaling": "Escala de las entradas",
    "truth": "Comparar la predicción con",
    "truth scaling": "Escala de aquello con lo que se compara",
    "rows": "Pasos",
}
ROLES = {
    "input": "se lee",
    "truth": "valor real",
    "time": "tiempo",
    "index": "cuenta las filas",
    "label": "id o etiqueta",
    "number": "no se lee",
    "text": "no se lee",
    "symbol": "no se lee",
    "empty": "vacía",
}
HOLDS = {"number": "números", "text": "texto", "symbol": "símbolos"}
FIRST_ROWS = "Las primeras filas"
NOTICED = "Observaciones"
TOGETHER = "Subidos junto con él"

# What stays on the page
READ = "Lo que se leyó"
CHANGE = "Cambiar"
CHANGE_HELP = "Vuelve a lo que se entendió, para responder de otra forma"
WHICH = "Secuencia de este archivo"
PREVIOUS, NEXT = "Anterior", "Siguiente"
PREVIOUS_HELP, NEXT_HELP = "La secuencia anterior a esta", "La secuencia que sigue a esta"


def limits(megabytes: int, timesteps: int, sequences: int) -> str:
    """Say how much can be given."""
    return (
        f"Hasta {megabytes} MB por archivo, {timesteps:,} pasos por secuencia para esta red (de "
        f"las más largas eliges un tramo), {sequences:,} secuencias."
    )


def larger_than_taken(megabytes: int) -> str:
    """Say that a file is larger than the server takes; {name} stands for the file's."""
    return f"{{name}} no se ha recibido: tiene más de {megabytes} MB. Divídelo en partes."


def survey_all(count: int) -> str:
    """Offer the survey of all sequences of a file."""
    return f"Ver las {count:,} en Secuencias"


def too_large(name: str, size: int, limit: int) -> str:
    """Say that a file has more bytes than are kept."""
    return (
        f"{name} ocupa {size / 2**20:,.0f} MB: se pueden guardar {limit / 2**20:,.0f} MB como "
        "máximo; córtalo en partes."
    )


STAY = (
    f"lo que se sube se guarda {UPLOAD_HOURS} horas desde su último uso, y mientras haya espacio "
    "en el servidor."
)


def gone(names: tuple[str, ...] = ()) -> str:
    """Say which uploads are no longer kept, and what to do; () where their names are gone, too."""
    few = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    few, one = few or "Lo que habías subido", len(names) <= 1
    kept, again = ("guarda", "Súbelo") if one else ("guardan", "Súbelos")
    return f"{few} ya no se {kept}: {STAY} {again} de nuevo."


def made_room(names: tuple[str, ...], megabytes: int) -> str:
    """Say which uploads had to go for a new one."""
    few = ", ".join(names[:3]) + (" …" if len(names) > 3 else "")
    return f"Se quitó para hacer espacio: {few}. Una sesión guarda hasta {megabytes} MB."


def undecided(question: str) -> str:
    """Say that a text in a link can be read in more than one way."""
    return (
        f"El texto de este enlace se puede leer de más de una forma. {question} Escríbelo para "
        "elegir."
    )


def several(number: int) -> str:
    """Say that a text in a link is several sequences."""
    return (
        f"El texto de este enlace contiene {number:,} secuencias: escríbelo para elegir una de "
        "ellas."
    )


def not_run_here(name: str) -> str:
    """Say that an upload has not been run by this network yet."""
    return f"Esta red aún no ha ejecutado {cut(name, 60)}: elígelo en la lista de secuencias."


def size(rows: int, columns: int) -> str:
    """Say how large a table is."""
    return f"{count(rows, 'fila')}, {count(columns, 'columna')}"


def feeds(inputs: tuple[str, ...]) -> str:
    """Say which inputs a column feeds."""
    few = ", ".join(inputs[:2]) + (" …" if len(inputs) > 2 else "")
    return f"se lee como {few}" if inputs else ROLES["input"]


def more_columns(number: int) -> str:
    """Say how many columns of a wide table are not shown."""
    return f"y {count(number, 'columna más')}"


def sequence_line(name: str, label: str | None, timesteps: int) -> str:
    """Name one of several sequences: what it is called, its label, its length."""
    labelled = f", etiqueta {cut(label, 30)}" if label else ""
    return f"{cut(name, 50)}{labelled}, {count(timesteps, 'paso')}"


def numbered(place: int, total: int, line: str) -> str:
    """Name one of several sequences in a list."""
    return f"{place + 1:,} de {total:,}: {line}"


def head(name: str) -> str:
    """Head the preview of a file."""
    return f"Cómo se lee {cut(name, 60)}"


def reading(name: str, size: int) -> str:
    """Say which file is being read, and how large it is."""
    return f"Leyendo {cut(name, 60)}, {size / 2**20:,.1f} MB …"


CANCEL_READING = "Cancelar"
CANCEL_READING_HELP = "Deja de leer; el archivo queda en la lista de secuencias"


def how_far(name: str, size: int, counted: str, done: int, total: int, seconds: float) -> str:
    """Say how far the reading of a large file is."""
    parts = {
        "bytes": f"{done / 2**20:,.0f} de {total / 2**20:,.0f} MB divididos en celdas",
        "columns": f"columna {done:,} de {total:,}",
    }
    return f"{reading(name, size)} {parts.get(counted, '')} {seconds:,.0f} s".replace("  ", " ")


def waits_its_turn(name: str, before: int) -> str:
    """Say how many files of others are read before this one."""
    return f"{cut(name, 60)} espera su turno: antes se leen {count(before, 'archivo')}."


def reading_cancelled(name: str) -> str:
    """Say that the reading of a file was ended."""
    return f"No se leyó {cut(name, 60)}: se canceló. Elígelo en la lista de secuencias."


def reading_broke(name: str) -> str:
    """Say that the process that read a file has ended without an answer."""
    return f"No se pudo leer {cut(name, 60)}: la lectura se interrumpió. Sube una parte de él."


def reading_takes_too_long(name: str, seconds: float) -> str:
    """Say that a file takes more time than there is for one."""
    return f"Leer {cut(name, 60)} tarda más de {seconds:,.0f} s: córtalo en partes."


def reading_needs_memory(name: str, limit: int) -> str:
    """Say that a file takes more memory than there is for one."""
    return f"Leer {cut(name, 60)} necesita más de {limit / 2**30:,.0f} GB: córtalo en partes."


def too_large_to_keep(name: str) -> str:
    """Say that what was read of a file is more than the server keeps."""
    return (
        f"{cut(name, 60)} contiene más números de los que se guardan: deja las columnas y las "
        "filas que la red necesita."
    )


def read_alike(name: str, sequences: int) -> str:
    """Say that a file given together with another one asks nothing."""
    return (
        f"{cut(name, 60)}: {count(sequences, 'secuencia')}, nada que preguntar: se ejecuta con este"
    )


def asked_later(name: str) -> str:
    """Say that a file given together with another one asks something."""
    return f"{cut(name, 60)}: hay algo que preguntar; elígelo en la lista de secuencias"


def or_type(example: str) -> str:
    """Say how an answer may be typed that is not in the list."""
    return f"O escribe, por ejemplo: {example}"


def fed(name: str, column: str | None) -> str:
    """Say in a list of inputs which column feeds one."""
    return f"{cut(name, 40)} ← {cut(column, 40) if column else '?'}"


def use(kind: str, inputs: tuple[str, ...], decided: bool) -> str:
    """Say what a column is used for; before anything is decided only what it holds."""
    if kind == "input":
        return feeds(inputs)
    if not decided and kind in HOLDS:
        return HOLDS[kind]
    return ROLES[kind]


def gaps(number: int) -> str:
    """Say how many values of a column are missing."""
    return f"{'falta' if number == 1 else 'faltan'} {number:,}"


def sequences_head(number: int) -> str:
    """Head the list of sequences in a file."""
    return f"{number:,} secuencias"


def more_sequences(number: int) -> str:
    """Say how many sequences are not named."""
    return f"y {number:,} más"


def named(name: str, label: str | None) -> str:
    """Name a sequence in a file, with its label."""
    return f"{cut(name, 50)} ({cut(label, 30)})" if label else cut(name, 50)


def fed_by(inputs: dict[str, str]) -> str:
    """Say which columns feed which inputs."""
    pairs = [
        name if name == column else f"{cut(column, 30)} → {cut(name, 30)}"
        for name, column in inputs.items()
    ]
    return ", ".join(pairs[:3]) + (f" … ({len(pairs)} entradas)" if len(pairs) > 3 else "")


def held_against(column: str, scaling: tuple[float, float]) -> str:
    """Say what the prediction is held against, and how that is scaled."""
    mean, deviation = scaling
    scaled = "" if scaling == (0.0, 1.0) else f", media {mean:.4g}, desviación {deviation:.4g}"
    return f"comparada con {cut(column, 30)}{scaled}"


def remark_count(number: int) -> str:
    """Say how much was noticed."""
    return count(number, "observación")
