"""What every page says, in Spanish. Texts here are plain, as in English."""

from __future__ import annotations

from ..formatting import cut

TITLE = "Gatescope"
UNSEEN_HEADS = {
    "learn": "Aprende qué hace una LSTM, paso a paso",
    "train": "Entrena una red y mira cómo aprende",
}
NUMBERS = "Los números de esta imagen"
THINNED = "Se muestra una de cada {rows} filas y una de cada {columns} columnas."
HEADLINES = {
    "lstm": "Una LSTM recuerda por defecto. Mira cómo lo hace.",
    "gru": "Una GRU conserva o reemplaza con una sola puerta. Mira cómo lo hace.",
    "rnn": "Una RNN estándar rehace su memoria en cada paso. Mira cómo lo hace.",
}

LANGUAGE = "Idioma"
ENGLISH_ONLY = "Los certificados y lo que se dice de los archivos están en inglés."

# The row above the stage
DEMO = "Red"
CELL = "Celda"
CELL_HELP = "La misma tarea con otra celda recurrente, entrenada igual, en el mismo paso"
SEQUENCE = "Secuencia"
LAYER = "Capa"
DIRECTION = "Dirección"
DIRECTIONS = {"forward": "Hacia adelante", "backward": "Hacia atrás, de derecha a izquierda"}
TYPE = "Escribir"
TYPE_HELP = "Escribe o pega una secuencia tuya"
UPLOAD = "Subir"
UPLOAD_HELP = "Lee secuencias de tus archivos"
NEW = "Nueva"
NEW_HELP = "Una nueva secuencia al azar, como las que la red vio al entrenarse"
RUN = "Ejecutar"
UPLOAD_HOURS = 4
TYPED_LABEL = "Tu secuencia"
UPLOAD_LABEL = "Archivos con tus secuencias"
COPY = "Enlace"
COPIED = "Copiado"
COPY_FAILED = "Copia la dirección de la barra de tu navegador"

# The details
TABS = {
    "highlights": "Lo que destaca",
    "arithmetic": "Aritmética",
    "prediction": "Predicción",
    "why": "Por qué",
    "what_if": "¿Y si…?",
    "pair": "Lado a lado",
    "units": "Unidades",
    "unit_page": "Una unidad",
    "values": "Valores",
    "reading": "Lectura detallada",
    "exercises": "Ejercicios",
    "teach": "Enseñar",
}
TRAINING = {"training": "Entrenamiento"}  # of a demo, whose training we know
CERTIFICATE = {
    "reached": "Resultado",
    "criterion": "Medido como",
    "published": "Publicado",
    "training": "Entrenada con",
    "seed": "Semilla",
    "made_by": "Hecha por",
    "versions": "Versiones",
    "date": "Fecha",
    "licence": "Licencia",
    "sha256": "SHA-256 de los pesos",
}
CHOOSE_UNIT = (
    "El dibujo muestra la media de todas las unidades. Elige una unidad (con un clic o con las "
    "teclas ↑ y ↓) para ver su aritmética."
)
LARGEST = "Términos más grandes"
NO_WEIGHTS = "Esta puerta no tiene pesos propios."
PARTS = {
    "input": "entrada",
    "recurrent": "recurrente",
    "peephole": "mirilla (peephole)",
    "bias": "sesgo",
    "recurrent_bias": "sesgo recurrente",
}
PART_SYMBOLS = {
    "input": "x·W",
    "recurrent": "h₋·U",
    "peephole": "p·c",
    "bias": "b",
    "recurrent_bias": "r·bu",
}
TABLES = {"units": "Todas las unidades, este paso", "timesteps": "Esta unidad, todos los pasos"}
TABLE_LABEL = "Filas de la tabla"
DOWNLOAD_TABLE = "Descargar esta tabla (CSV)"
DOWNLOAD_ALL = "Descargar toda la ejecución (CSV)"
SIGNAL = "Señal"
EXPECTS = "Qué espera la red a continuación"
PREDICTS = "Qué predice la red"
MAY_FOLLOW = "✓ puede seguir"
DID_FOLLOW = "✓ siguió"
ANSWERS = "Qué respondería la red ahora"
RIGHT_ANSWER = "✓ correcta"
NUMBER_COLUMNS = ("predicho", "real", "error")
NO_TRUTH = "En este paso no se pregunta nada, o nadie sabe cuál es el valor real."
NO_READOUT = "Esta red no predice nada: no tiene capa de salida."


def page_title(page: str) -> str:
    """Name a page in the browser's tab."""
    return f"{page} · {TITLE}"


def caption(units: int, parameters: int, kind: str) -> str:
    """Say what network this is, in a few words."""
    return f"{kind}, {count(units, 'unidad')}, {count(parameters, 'número entrenado')}."


def steps(timesteps: int) -> str:
    """Say how long the sequence is."""
    return count(timesteps, "paso")


def typed_hint(columns: tuple[str, ...], alphabet: tuple[str, ...]) -> str:
    """Say how to write a sequence for this network."""
    if columns:
        if len(columns) == 1:
            return f"Números ({columns[0]}), separados por comas, espacios o saltos de línea."
        few = columns if len(columns) <= 6 else (*columns[:3], "…", columns[-1])
        return f"Un paso por línea: {', '.join(few)}, separados por comas."
    white = [quoted(symbol) for symbol in alphabet if symbol.isspace()]
    letters = [symbol for symbol in alphabet if not symbol.isspace()]
    shown = " ".join(letters[:60]) + (" …" if len(letters) > 60 else "")
    return f"El alfabeto: {', '.join([*white, shown])}"


def scaling(columns: tuple[tuple[str, float, float], ...]) -> str:
    """Say how numbers are scaled before the network reads them: name, offset, scale of each."""
    one = len(columns) == 1
    rules = [
        f"({'valor' if one else name} {_minus(offset)}) / {scale:.4g}"
        for name, offset, scale in columns
        if (offset, scale) != (0, 1)
    ]
    if not rules:
        return "La red lee los números tal como son."
    return f"La red lee {' y '.join(rules)}, con la escala del entrenamiento."


def _minus(offset: float) -> str:
    return f"− {offset:.4g}" if offset >= 0 else f"+ {-offset:.4g}"


def own_sequence(kind: str, value: str) -> str:
    """Name a sequence that isn't one of the demo's, in the picker."""
    if kind == "seed":
        return f"Aleatoria, semilla {value}"
    return f"Escrita: {cut(value, 40)}" if kind == "text" else f"Subida: {cut(value, 40)}"


def not_in_link(name: str) -> str:
    """Say how long an upload stays, and that a copied link does not carry it."""
    return (
        f"{cut(name, 60)} permanece en este servidor {UPLOAD_HOURS} horas desde su último uso, "
        "aunque recargues y en todas las páginas; un enlace copiado no lo contiene."
    )


def upload_missing(name: str) -> str:
    """Say that a sequence is not here: it came with somebody's link, or is no longer kept."""
    return (
        f"{cut(name, 60)} no está aquí: un enlace copiado no lo contiene, y lo que se sube se "
        f"guarda {UPLOAD_HOURS} horas desde su último uso. Sube el archivo para verlo."
    )


def shown_instead(problem: str, shown: str) -> str:
    """Say why a sequence cannot be shown, and which one is there instead."""
    return f"{problem} En su lugar se muestra: {shown}."


def still_shown(problem: str) -> str:
    """Say what was wrong, and that nothing was lost."""
    return f"{problem} La secuencia de la escena no ha cambiado."


HERE = {
    "line": "Paso {t} de {last}{reads}; {who}{time}",
    "reads": ", lee {token}",
    "time": "; marca de tiempo {time}",
    "mean": "media de las unidades",
    "unit": "unidad {unit}",
}
"""Which timestep and which unit the details are about; the browser says it, too."""


def here(t: int, timesteps: int, token: str, unit: int, time: str = "") -> str:
    """Say which timestep and which unit the details are about, counted from 0 as on the stage.

    `time` is the time stamp of the timestep, if it has one.
    """
    shown = HERE["reads"].format(token=quoted(token)) if token else ""
    stamp = HERE["time"].format(time=cut(time, 40)) if time else ""
    who = mean_or_unit(unit)
    return HERE["line"].format(t=t, last=timesteps - 1, reads=shown, who=who, time=stamp)


def mean_or_unit(unit: int) -> str:
    """Name a unit; below 0 it is the mean over all."""
    return HERE["mean"] if unit < 0 else HERE["unit"].format(unit=unit)


def no_such_network(name: str, shown: str) -> str:
    """Say that a link names a network that is not here, and what is shown instead."""
    return f"Aquí no hay ninguna red llamada {cut(name, 60)!r}: esta es {shown}."


def twin(title: str) -> str:
    """Say which twin reads here instead of the demo's own network."""
    return f"Aquí lee una gemela de la red de la demo, entrenada igual: {title}."


def twin_results(results: tuple[tuple[str, int, int], ...]) -> str:
    """Say what a twin reached, and what another one did that had another number of units.

    `results` are title, sequences wrong and sequences, the twin's own first; "" for none.
    """
    if not results:
        return ""
    (_, wrong, tried), *others = results
    told = f"De {tried:,} secuencias nuevas acierta {tried - wrong:,}"
    rest = [f"{title}: {of - bad:,} de {of:,}" for title, bad, of in others]
    return f"{told} ({'; '.join(rest)})." if rest else f"{told}."


WRONG_PREDICTION = "predicción errónea"


def may_follow(symbols: tuple[str, ...]) -> str:
    """Say what the task allows next."""
    if not symbols:
        return "Aquí nada puede seguir: la cadena ha terminado o ha roto las reglas."
    return f"Lo que de verdad puede seguir: {', '.join(symbols)}."


def right_answer(symbols: tuple[str, ...]) -> str:
    """Say which class the task asks for."""
    if not symbols:
        return "Aquí no se pregunta nada."
    return f"La respuesta correcta: {', '.join(symbols)}."


def did_follow(symbols: tuple[str, ...]) -> str:
    """Say what came next in a text where anything may."""
    if not symbols:
        return "Nadie sabe qué sigue aquí: la secuencia termina."
    return f"Lo que siguió: {', '.join(map(quoted, symbols))}."


QUOTED = {" ": "espacio", "\n": "salto de línea", "\t": "tabulador"}
QUOTE = "“{symbol}”"


def quoted(symbol: str) -> str:
    """Return a symbol in quotation marks; a space or a line break gets its name."""
    return QUOTED.get(symbol, QUOTE.format(symbol=symbol))


def dimension(k: int) -> str:
    """Name one number of an embedding or of a vector."""
    return f"número {k}"


def unit_of_layer(k: int, layer: str) -> str:
    """Name a unit of the layer below."""
    return f"unidad {k} de {layer}"


def unit_lines_title(unit: int) -> str:
    """Head the lines of one unit."""
    return f"La unidad {unit} en el tiempo"


def window(first: int, last: int, timesteps: int) -> str:
    """Say which part of a long run is shown, first and last counted from 0."""
    return (
        f"Pasos {first:,} a {last:,} de {timesteps:,}, en torno a donde estás: "
        "una imagen más larga tendría más columnas que la pantalla."
    )


def count(number: int, noun: str) -> str:
    """Return "1 unidad", "12 unidades", "3 números entrenados"; `noun` is in the singular."""
    return f"{number:,} {noun if number == 1 else ' '.join(map(_plural, noun.split()))}"


def _plural(word: str) -> str:
    """The plural of a noun or an adjective by the rules; "más" has none."""
    if word == "más":
        return word
    if word.endswith("ión"):
        return f"{word[:-3]}iones"
    if word.endswith("z"):
        return f"{word[:-1]}ces"
    return f"{word}s" if word[-1] in "aeiouáéó" else f"{word}es"


def held_at(value: str) -> str:
    """Say at which value a state is held."""
    return f"fijado en {value}"


def held_instead(value: str, computed: str) -> str:
    """Say at which value a gate is held, and what was computed in its place."""
    return f"fijado en {value}, en lugar de {computed}"
