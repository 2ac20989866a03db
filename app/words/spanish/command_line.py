"""Every sentence of `gatescope inspect`, `trace` and `convert`, in Spanish. Texts are plain."""

from __future__ import annotations

from .common import count

INSPECT = "Dice qué hay en archivos de modelo: sus capas recurrentes, qué se supuso, qué se omitió."
CONVERT = "Escribe el modelo en un archivo para otro programa, con sus pesos sin cambios."
TRACE = (
    "Ejecuta un modelo con las secuencias de un archivo y escribe cada puerta y cada estado de "
    "cada paso. OUT es un archivo .npz de arreglos (N, T, …) de N secuencias, con ceros tras el "
    "final de cada una: lengths, names, inputs, predictions, symbols o numbers, y "
    "layer0.forward.forget_gate y así sucesivamente."
)

MODEL_FILE = "un archivo de modelo, o - para la entrada estándar"
DATA_FILE = "un archivo con secuencias, leído como lo lee la app, o - para la entrada estándar"
DATA_OR_RECORDED = f"{DATA_FILE}; sin él, las secuencias que contiene una ejecución capturada"
JSON = "una línea de JSON por cada archivo"
CONVERT_OUT = "el archivo que se escribe: .safetensors, .onnx o .npz"
TRACE_OUT = "el archivo .npz que se escribe, o - para la salida estándar (por defecto: run.npz)"
LAYER = "una capa de la cadena que se ejecuta, contada desde 0, si el archivo contiene varias"
ONLY = "ejecutar solo esta secuencia, contada desde 1"
ANSWER = "responder a una pregunta sobre los datos: su id y una de sus opciones"

PARTS = "Modelos del archivo, para --part"
ENDS = "Qué entra y qué sale"
RECORDED = "Lo que se registró, junto a lo que calculamos"
NO_OUTPUTS = "no se registró ninguna salida"


def called(file: str) -> str:
    """Name a file as a sentence does: standard input is given as "-"."""
    return "la entrada estándar" if file == "-" else file


def ends(
    first: str,
    size: int,
    alphabet: tuple[str, ...],
    columns: tuple[str, ...],
    labels: tuple[str, ...] | None,
) -> str:
    """Say what a chain of layers reads and predicts; None: it has no readout."""
    read = f"lee {count(size, 'número')} por paso"
    if alphabet:
        read = f"lee {_listed(alphabet, 'símbolo')}"
    elif columns:
        read = f"lee {_listed(columns, 'columna')}"
    predicted = f"predice {_listed(labels, 'salida')}" if labels else "no predice nada"
    return f"{first}: {read}; {predicted}"


def _listed(names: tuple[str, ...], noun: str, most: int = 20) -> str:
    shown = " ".join(names[:most]) + (" …" if len(names) > most else "")
    return f"{count(len(names), noun)} ({shown})"


def assumption(keyword: str, value: str, reason: str, choices: tuple[str, ...]) -> str:
    """Say what was assumed and why, and which option settles it."""
    said = f"{value}: {reason}"
    if not keyword:
        return said
    option = f"--{keyword.replace('_', '-')}"
    options = "; ".join(repr(choice) for choice in choices)
    return f"{said} Decídelo con {option}" + (f", con uno de {options}." if options else ".")


def converted(out: str, layers: int, trained: int) -> str:
    """Say what was written."""
    written = f"{count(layers, 'capa recurrente')}, {count(trained, 'número entrenado')}"
    return f"Se escribió en {out}: {written}."


def question(identity: str, text: str, options: tuple[str, ...], example: str) -> str:
    """Say what must be answered before anything is run, and how."""
    lines = [f"{text} Responde con una de estas opciones:"]
    lines += [f"  --answer {identity!r} {option!r}" for option in options]
    if example:
        lines.append(f"  o, escrita como en {example!r}, --answer {identity!r} …")
    return "\n".join(lines)


def nothing_to_run(name: str) -> str:
    """Say that a file holds no sequence."""
    return f"{name} no contiene ninguna secuencia que este modelo pueda leer."


def no_such_sequence(number: int, there_are: int) -> str:
    """Say which sequences there are."""
    return f"--only es {number}: se esperaba de 1 a {there_are}."


def no_such_layer(number: int, there_are: int) -> str:
    """Say which layers there are."""
    return f"--layer es {number}: se esperaba de 0 a {there_are - 1}."


def one_direction(layer: int) -> str:
    """Say that a layer has no second direction."""
    return f"--direction es backward: la capa {layer} tiene una sola dirección."


def too_large(gigabytes: float, most: float) -> str:
    """Say that a run is larger than is kept in memory, and what can be done."""
    return (
        f"La ejecución ocupa {gigabytes:,.1f} GB, y se escriben {most:,.1f} GB como máximo: "
        "ejecuta una secuencia cada vez con --only, o corta el archivo."
    )


def not_written(out: str, reason: str) -> str:
    """Say why there is no output."""
    return f"No se puede escribir {out}: {reason}."


def traced(sequences: int, timesteps: int, out: str) -> str:
    """Say what was written."""
    return f"Se escribió en {out}: {count(sequences, 'secuencia')}, {count(timesteps, 'paso')}."


CORPUS = (
    "Ejecuta un modelo sobre las secuencias de muchos archivos y escribe un resumen de ellas y un "
    "índice en el que busca la aplicación: cada puerta y estado de cada paso de tiempo, en un "
    "byte. Lo hecho queda: la misma orden continúa donde se detuvo."
)
CORPUS_TRACE = "ejecuta el modelo sobre los archivos"
CORPUS_FILES = (
    "particiones: Parquet, texto (una secuencia por línea), .npy, o lo que lee la aplicación"
)
CORPUS_MODEL = "un archivo de modelo"
CORPUS_OUT = "la carpeta en la que se escribe"
CORPUS_LAYER = "la capa cuyas puertas y estados se guardan, contada desde 0"
CORPUS_WAY = "qué dirección de una capa bidireccional se guarda"
CORPUS_WORKERS = "cuántos bloques se hacen a la vez (por defecto, uno por núcleo)"
CORPUS_SCHEDULER = (
    "entrega los bloques a Dask: a un clúster de esta máquina o al planificador en ADDRESS"
)


def corpus_goes_on(done: int, of: int) -> str:
    """Say that some blocks are there already."""
    return f"Ya hay {done:,} de {of:,} bloques: se continúa."


def corpus_progress(done: int, of: int, seconds: float) -> str:
    """Say how many blocks are done, and how long the rest will take."""
    return f"{done:,} de {of:,} bloques, quedan {round(seconds):,} s"


def corpus_stopped(out: str) -> str:
    """Say that nothing is lost."""
    return f"Detenido. Lo hecho queda en {out}: la misma orden continúa."


def corpus_done(sequences: int, timesteps: int, skipped: int, out: str) -> str:
    """Say what was written, and how many sequences could not be read."""
    said = f"Se escribieron {count(sequences, 'secuencia')}, {count(timesteps, 'paso')} en {out}."
    return f"{said} Omitidas: {count(skipped, 'secuencia')}." if skipped else said
