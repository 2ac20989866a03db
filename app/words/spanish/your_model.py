"""Every sentence of the page Your model, in Spanish.

Texts here are plain. Names from a file are data: whoever shows them escapes them.
"""

from __future__ import annotations

TITLE = "Tu modelo"

# Before there is a model
HEAD = "Abre una LSTM, GRU o RNN entrenada y recórrela paso a paso"
INTRO = (
    "Suelta aquí el archivo que escribió tu framework: PyTorch (.pt, .pth, .ckpt), safetensors, "
    "Keras (.keras, .h5), ONNX, NumPy (.npz) o un SavedModel de TensorFlow (comprimido en zip), "
    "con cualquier nombre, o un .zip que lo contenga; si el modelo está en dos archivos, los dos a "
    "la vez. Verás qué capas recurrentes contiene, en qué orden estaban sus puertas, y cada puerta "
    "en cada paso de una secuencia tuya."
)
PRIVATE = (
    "No se ejecuta ningún código del archivo. Queda en la memoria de este servidor unas horas como "
    "máximo, y solo la dirección de tu propia ventana lleva a él: al recargar vuelve a aparecer."
)
FILE = "Un archivo de modelo"
OTHER = "Otro archivo"
OTHER_HELP = "Abre otro archivo de modelo"
NO_MODEL = "¿No tienes un modelo a mano?"
TRY = "Probar con el nuestro"
TRY_HELP = "Abre una pequeña LSTM nuestra ya entrenada, por la misma vía que tu archivo"
SAMPLE = "Descargar ese archivo"
SAMPLE_NAME = "reber.safetensors"
GONE = "{name} ya no está en la memoria del servidor: abre el archivo de nuevo."

# Above the stage
FOUND = "Qué se encontró en el archivo"
LAYER = "Capa"
LAYER_HEADS = (
    "Capa",
    "Celda",
    "Entradas",
    "Unidades",
    "Direcciones",
    "Orden de las puertas en el archivo",
    "Dónde",
)
KINDS = {"lstm": "LSTM", "gru": "GRU", "rnn": "RNN estándar"}
STARTS = {"trained": "h0 y c0 entrenados", "zero": "cero"}
READS = {
    "each": "cada paso",
    "mean": "la media de todos",
    "max": "el mayor de todos",
    "ends": "con qué termina cada dirección",
}
MERGES = {
    "concat": "concatenadas",
    "sum": "sumadas",
    "mul": "multiplicadas",
    "ave": "promediadas",
}
NEW_HELP = "Nueva entrada al azar, no lo que la red vio al entrenarse"
ANSWERS_ONCE = (
    "Responde una sola vez, a partir de todos los pasos: cada predicción es lo que deduce de los "
    "leídos hasta ahí."
)
ANSWERS_ONCE_KNOWING = (
    "Responde una sola vez, a partir de todos los pasos: cada predicción toma lo que tiene hasta "
    "ahí, que ya ha leído lo que viene después."
)
ATTENDS = (
    "La atención lee todos los pasos de tiempo desde cada uno: una predicción lee también lo que "
    "viene después."
)
ANSWERS_BACKWARDS = (
    "Su última capa recorre desde el final lo que lee: la primera predicción trata del último paso."
)
ASKED = {
    "recurrent_activation": "Activación de las puertas",
    "nonlinearity": "Activación de la RNN",
    "chain": "Qué módulo lee a cuál",
    "activation": "Activación del candidato",
    "merge": "Cómo se juntan las dos direcciones",
    "reads": "Qué lee la predicción",
    "start": "De qué parten las capas",
    "backwards": "Capas que leen desde el final",
    "residual": "Conexiones residuales",
}
PART = "Modelo del archivo"
PART_HELP = "El archivo contiene varios modelos: uno está en la escena."
IGNORED = "En el archivo, pero aquí no se usa"
NOTES = "Notas"
ASSUMED = "No está en el archivo, así que se supuso"

# Sequences that we make up
DRAWN = "Sorteado al azar: inventado, no son datos reales."

# The check, and taking things home
CHECK = "Compruébalo con tu framework"
CHECK_INTRO = (
    "Ejecuta la misma capa con la misma entrada en tu framework, y compara lo que entrega en cada "
    "paso."
)
CHECK_STEPS = ("1. Toma la entrada exacta de la capa", "2. Ejecuta tu framework", "3. Compara")
INPUT_CSV, INPUT_NPY = "input.csv", "input.npy"
REFERENCE_FILE = "La referencia, como .npy o .csv"
REFERENCE_TEXT = "O pega sus números, un paso por línea"
COMPARE = "Comparar"
AGREES = "✓ Iguales hasta {tolerance:g}"
DIFFERS = "✗ Distintos: difieren en más de {tolerance:g}"
NO_SNIPPET = (
    "Este es nuestro propio formato, que ningún otro framework lee: guárdalo abajo como "
    "safetensors y abre ese archivo en PyTorch."
)
RUNS_CODE = (
    "Si el archivo nombra clases, esto ejecuta su código: hazlo con un archivo en el que confíes."
)
WEIGHTS_ONLY = "El archivo solo contiene pesos: construye antes el modelo con tu propio código."
INEXACT = (
    "Los pesos del archivo están cuantizados, y tu framework redondea más al ejecutar: dale esta "
    "entrada a la capa de tu propio modelo cuantizado. El resultado difiere un poco."
)
SAVE = "Guardar como"
SAVE_INTRO = (
    "El modelo completo con sus pesos sin cambios, para otros programas: safetensors con los "
    "nombres y el orden de puertas de PyTorch, ONNX, o el .npz de NumPy con nuestros nombres."
)
KEPT_BY_NPZ = (
    "Lo que hay antes de las capas recurrentes, o entre ellas y la lectura, y lo que se grabó, "
    "solo lo conserva el .npz."
)


def not_read(file: object, reason: object) -> str:
    """Say why a file of this machine cannot be read."""
    return f"No se puede leer {file}: {reason}."


def model_kept(problem: str) -> str:
    """Say why a file cannot be opened, and that nothing was lost."""
    return f"{problem} Lo que había en la escena no ha cambiado."


def several(names: list[str]) -> str:
    """Name files that were given together by the first of them."""
    more = len(names) - 1
    return f"{names[0]} y {more} más" if more else names[0]


def too_large(name: str, size: float, limit: int) -> str:
    """Say that a file is larger than may be uploaded, in MB."""
    return f"{name} ocupa {size:,.0f} MB: aquí se pueden abrir {limit} MB como máximo."


def too_large_to_keep(name: str, size: float, limit: float, option: str) -> str:
    """Say that what is in a file takes more memory than there is, in MB, and what can be done."""
    return (
        f"{name} ocupa {size:,.0f} MB de memoria: aquí se pueden guardar {limit:,.0f} MB como "
        f"máximo. Abre un archivo más pequeño o inicia la app con un valor mayor de {option}."
    )


def summary(format_title: str, layers: int, trained: int) -> str:
    """Say in a few words what was found."""
    noun = "capa recurrente" if layers == 1 else "capas recurrentes"
    return f"{format_title}: {layers} {noun}, {trained:,} números entrenados"


def layer_choice(k: int, name: str, kind: str) -> str:
    """Name a layer in a list, counted from 0."""
    return f"{k}: {name} ({KINDS[kind]})"


def directions(bidirectional: bool, reverse: bool, merge: str) -> str:
    """Say which way a layer runs."""
    if bidirectional:
        return f"ambas, {MERGES[merge]}"
    return "de derecha a izquierda" if reverse else "de izquierda a derecha"


def on_stage(name: str, kind: str, convention: str) -> str:
    """Say whose gates are on the stage, and in which order they stood in the file."""
    gates = "Sus puertas" if kind != "rnn" else "Sus pesos"
    return f"En la escena: {name}, {KINDS[kind]}. {gates} estaban en el archivo como {convention}."


def reads_numbers(size: int) -> str:
    """Say that the file does not tell what the network reads."""
    any_of = "un número cualquiera" if size == 1 else f"{size:,} números cualesquiera"
    return f"El archivo no dice qué lee: {any_of} por paso."


def activation_choice(spelling: str) -> str:
    """Name an activation with its numbers as a person would."""
    name, _, numbers = spelling.partition("(")
    known = {"0.2, 0.5)": "0.2·z + 0.5", "0.16666666666666666, 0.5)": "z/6 + 0.5", "1.0)": ""}
    shown = name.replace("_", " ")
    named = known.get(numbers, numbers.rstrip(")"))
    return f"{shown}, {named}" if named else shown


def chain_choice(spelling: str) -> str:
    """Name an order of modules: "encoder → decoder"."""
    return "Cada uno lee sus propias entradas" if spelling == "apart" else spelling


def merge_choice(spelling: str) -> str:
    """Name a way to put two directions together."""
    return MERGES.get(spelling, spelling)


def reads_choice(spelling: str) -> str:
    """Name what of the timesteps is read by what stands behind the layers."""
    return READS.get(spelling, spelling)


def start_choice(spelling: str) -> str:
    """Name what layers start from."""
    return STARTS.get(spelling, spelling)


def backwards_choice(spelling: str) -> str:
    """Name the layers that read from the end, by their names in the file."""
    kept = spelling.replace(" (order kept)", ", en el orden de la secuencia")
    return "ninguna" if spelling == "none" else kept


def residual_choice(spelling: str) -> str:
    """Name residual connections by layers of the file: "lstm1 + lstm2", "lstm1 … lstm2"."""
    if spelling == "none":
        return "ninguna"
    return " y ".join(_around(one) for one in spelling.split(" + "))


def _around(spelling: str) -> str:
    name, _, last = spelling.partition(" … ")
    return f"alrededor de {name} … {last} juntas" if last else f"alrededor de {spelling}"


def assumed(value: str, keyword: str) -> str:
    """Name what was assumed: an activation as a person would, names from a file as they are."""
    named = {
        "chain": chain_choice,
        "merge": merge_choice,
        "reads": reads_choice,
        "start": start_choice,
        "backwards": _assumed_order,
        "residual": _assumed_residual,
    }
    return named.get(keyword, activation_choice)(value) if keyword else value


def _assumed_order(value: str) -> str:
    return (
        "de izquierda a derecha"
        if value == "none"
        else f"desde el final: {backwards_choice(value)}"
    )


def _assumed_residual(value: str) -> str:
    return (
        "ninguna conexión residual"
        if value == "none"
        else f"conexión residual {residual_choice(value)}"
    )


def compared(numbers: int, final: bool) -> str:
    """Say what was compared."""
    what = "de la salida final" if final else "de toda la secuencia"
    return f"Se compararon {numbers:,} números {what}."


def largest(difference: float, t: int, unit: int, ours: float, theirs: float, final: bool) -> str:
    """Say where the difference is largest, and the two numbers there."""
    where = f"la salida {unit}" if final else f"el paso {t}, salida {unit}"
    return (
        f"Mayor diferencia: {difference:.2g}, en {where}: {ours:.7g} aquí, "
        f"{theirs:.7g} en la referencia."
    )


def cannot_save(suffix: str, problem: str) -> str:
    """Say why a format cannot hold this model."""
    return f"{suffix}: {problem}"
