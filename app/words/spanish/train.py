"""Every sentence of the page Train, in Spanish. Texts are plain."""

from __future__ import annotations

from ..formatting import percent
from .common import count

TITLE = "Entrenar"

# The choices
TASK = "Tarea"
CELL = "Celda"
CELLS = {
    "lstm": "LSTM",
    "lstm_no_forget": "LSTM sin puerta de olvido (1997)",
    "lstm_coupled": "LSTM, puertas acopladas (f = 1 − i)",
    "lstm_peephole": "LSTM con mirillas (peepholes)",
    "gru": "GRU",
    "rnn": "RNN estándar",
}
SHORT = {
    "lstm": "LSTM",
    "lstm_no_forget": "LSTM 1997",
    "lstm_coupled": "LSTM acoplada",
    "lstm_peephole": "LSTM con mirillas",
    "gru": "GRU",
    "rnn": "RNN",
}
UNITS = "Unidades"
LENGTH = "Longitud"
SEED = "Semilla"
SEED_HELP = "La misma semilla y las mismas opciones dan la misma red, número por número"
MORE = "Más opciones"
START = "Inicio de las puertas"
STARTS = {True: "Chrono", False: "Simple"}
START_HELP = (
    "Qué sesgos tienen las puertas antes del entrenamiento. Chrono los sortea de modo que las "
    "memorias duren hasta el mayor retardo de la tarea (Tallec & Ollivier 2018)."
)
FORGET_BIAS = "Sesgo de olvido"
FORGET_BIAS_HELP = "Si es grande, la puerta empieza abierta (Jozefowicz 2015)"
OPTIMISER = "Optimizador"
OPTIMISERS = {"adam": "Adam", "sgd": "SGD, momento 0.9"}
LEARNING_RATE = "Tasa de aprendizaje"
LAST = "… baja a la fracción"
LAST_HELP = "Como medio coseno a lo largo de las actualizaciones previstas; 1 la deja como está"
UPDATES = "Actualizaciones"
BATCH = "Secuencias por actualización"
CLIPPING = "Norma máxima del gradiente"
CLIPPING_HELP = "Un gradiente más largo se acorta a esta norma (Pascanu 2013)"
WRITE_PENALTY = "Costo de escribir"
WRITE_PENALTY_HELP = (
    "Le cobra a la red lo que escribe en su memoria: este número por el tamaño medio de i · g se "
    "suma a la pérdida (en una GRU, el de (1 − z) · n). Una red a la que se le cobra escribe solo "
    "lo que necesita, y así se puede leer su memoria. 0: escribir es gratis."
)
AS_MANY = "Tantos números como la LSTM"
AS_MANY_HELP = (
    "Elige el número de unidades para entrenar tantos números como en la LSTM recomendada"
)
RECOMMENDED = "Recomendado"
RECOMMENDED_HELP = "Vuelve a los ajustes que funcionan para esta tarea y esta celda"

# The actions
TRAIN = "Entrenar"
TRAIN_HELP = "Empieza con una red nueva"
PAUSE = "Pausar"
RESUME = "Reanudar"
STEP = "Una actualización"
STEP_HELP = "Aprende de un lote más y hace una pausa"
STOP = "Parar"
STOP_HELP = "Termina aquí; lo aprendido se conserva"
CANCEL = "Salir de la cola"
CANCEL_HELP = "Deja de esperar; lo aprendido se conserva"
GO_ON = "Continuar desde aquí"
GO_ON_HELP = "Vuelve al punto de control que se muestra, olvida lo posterior y sigue entrenando"
STATES = {
    "untrained": "Sin entrenar",
    "queued": "Esperando un procesador libre",
    "running": "Entrenando",
    "paused": "En pausa",
    "stopped": "Parado",
    "done": "Terminado",
    "failed": "Interrumpido",
}
CHANGED = "Las opciones difieren de lo que se muestra: Entrenar empieza una red nueva con ellas."
GONE = "Lo que se entrenó aquí ya no está en la memoria del servidor: Entrenar lo hace de nuevo."
EMPTY = "Cuando empiece el entrenamiento, la pérdida aparecerá aquí, actualización a actualización"

# The workbench
HEADING = "La misma secuencia, leída tras la actualización {update}"
ANSWER = "Predice"
TRUTH = {
    "labels": "con borde: lo correcto",
    "numbers": "gris: el valor real",
    "once": "anillo: el valor real",
}

# What can be taken away
EXPLORE = "Recorrerla en Explorar"
EXPLORE_HELP = "Abre la red del punto de control que se muestra"
SAVE = "Guardar como"
NOTHING_YET = "Primero entrena una red."
USUAL = "como en la literatura"
YES, NO = "sí", "no"
RECIPE = {
    "task": "Tarea",
    "length": "Longitud",
    "cell": "Celda",
    "units": "Unidades",
    "forget_bias": "Sesgo de olvido",
    "chrono": "Inicialización Chrono",
    "optimiser": "Optimizador",
    "learning_rate": "Tasa de aprendizaje",
    "last": "Baja a la fracción",
    "updates": "Actualizaciones previstas",
    "batch": "Secuencias por actualización",
    "longest_gradient": "Norma máxima del gradiente",
    "write_penalty": "Costo de escribir",
    "seed": "Semilla",
}
RECIPE_LINK = "Abrir esta receta en Entrenar"
ELSEWHERE = "Esta red se entrenó en otra sesión; su receta entrena la misma."
RECIPE_HEAD = "Entrenada aquí, con esta receta"
DRAWN_LATER = (
    "Una red de este tamaño se dibuja en cuanto la tiene un proceso aparte: pulsa Entrenar. "
    "Hasta entonces se ve la recomendada."
)


def counts_as_right(criterion: str) -> str:
    """Say when a sequence counts as right, of a criterion that is a whole sentence."""
    return f"Qué cuenta como correcto: {criterion[:1].lower()}{criterion[1:]}"


def left_out(shown: int, units: int, factor: int) -> str:
    """Say what is left out of the pictures of a long sequence or a large network."""
    notes = [f"Se muestran {shown} de {units:,} unidades."] if shown < units else []
    if factor > 1:
        notes.append(
            f"Una columna representa {factor} pasos: el valor que más se aleja de la media."
        )
    return " ".join(notes)


def instead(shown: str) -> str:
    """Say that a trained network is not here, and what is shown."""
    return (
        "Este enlace nombra una red que se entrenó en otra sesión y no está en la memoria; su "
        f"receta entrena la misma. En su lugar se muestra: {shown}."
    )


def counts(counted: str) -> str:
    """Label the length by what it counts."""
    return f"{LENGTH}: {counted}" if counted else LENGTH


def cost(numbers: int, seconds: float) -> str:
    """Say how many numbers are trained, and about how long it takes."""
    return f"{count(numbers, 'número')} por entrenar, en aproximadamente {duration(seconds)}."


def duration(seconds: float) -> str:
    """Return a time as a person would say it."""
    if seconds < 1.5:
        return "1 segundo"
    if seconds < 90:
        return f"{seconds:.0f} segundos"
    if seconds < 5400:
        return f"{seconds / 60:.0f} minutos"
    return f"{seconds / 3600:.1f} horas"


def waits(place: int) -> str:
    """Say that a run waits for its turn, and its place in the line; 1 is the next one."""
    return f"Espera su turno: puesto {place:,} de la cola"


def counted(update: int, updates: int) -> str:
    """Say how far training has come."""
    return f"Actualización {update:,} de {updates:,}"


def time_left(seconds: float | None) -> str:
    """Say how long it still takes, where that is known."""
    return "" if seconds is None else f"tiempo restante: aprox. {duration(seconds)}"


def trained(task: str, cell: str, units: int, update: int) -> str:
    """Name a network that was trained here; what tells it from others comes first."""
    return f"{SHORT[cell]} {units} entrenada, actualización {update:,}: {task}"


def about(seed: int, update: int, success: float) -> str:
    """Say what a trained network reached."""
    done, right = count(update, "actualización"), percent(success)
    return f"Semilla {seed}, tras {done}: {right} de secuencias nuevas correctas."


def not_understood(problem: str) -> str:
    """Say that a link spells no experiment."""
    return f"Este enlace pide algo que no existe ({problem}). Se muestra lo recomendado."


def save_intro(update: int) -> str:
    """Say which network is saved: that of the checkpoint that is shown."""
    return (
        f"La red tras la actualización {update:,}, la del punto de control que se muestra, con sus "
        "pesos sin cambios."
    )


def cannot_save(suffix: str, problem: str) -> str:
    """Say why a format cannot hold this network."""
    return f"{suffix}: {problem}"
