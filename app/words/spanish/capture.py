"""Every sentence of captured runs, in Spanish. Texts here are plain."""

from __future__ import annotations

from .common import count

CAPTURE = (
    "Muestra código de Python que registra las capas recurrentes de un modelo donde Gatescope no "
    "está instalado, y escribe el archivo que abre la app. En un proceso que lo tiene: with "
    "gatescope.capture(model) as run: model(batch); y luego run.save('run.gatescope.npz')."
)
SNIPPET = "el framework: torch o keras"

# On the page
HEAD = "¿Tu modelo es parte de algo más grande, o su archivo no se abre?"
INTRO = (
    "Captúralo donde vive: ejecuta estas líneas en tu propio Python, con tus propios datos, y abre "
    "el archivo que escriben. Nada se convierte y nada se adivina: el archivo contiene los pesos "
    "de cada capa recurrente, lo que cada una leyó de verdad y lo que respondió."
)
INSTALLED = (
    "import gatescope\n\n"
    "with gatescope.capture(model) as run:  # un torch.nn.Module o un keras.Model\n"
    "    model(batch)  # cualquier pasada hacia adelante: un episodio, un flujo, una tubería\n"
    'run.save("run.gatescope.npz")\n'
)
WITHOUT = "Sin instalar Gatescope"
FRAMEWORKS = {"torch": "PyTorch", "keras": "Keras"}
NO_CHECK = (
    "Las salidas de tu propio framework están en el archivo y ya se compararon arriba: no queda "
    "nada que ejecutar."
)


def seam(call: int) -> str:
    """Name the timestep at which another call begins, counted from 1."""
    return f"empieza la llamada {call:,}"


def recorded_name(first: int, calls: int, row: int, rows: int) -> str:
    """Name a recorded sequence by its calls and its place in the batch, counted from 0."""
    last = first + calls
    spelled = f"Llamada {first + 1:,}" if calls == 1 else f"Llamadas {first + 1:,} a {last:,}"
    return f"{spelled}, secuencia {row + 1:,} de {rows:,}" if rows > 1 else spelled


def recorded_note(timesteps: int, shown: int, calls: int) -> str:
    """Say what a recorded sequence is, and what of it is shown."""
    read = f"Registrada donde vive tu modelo: {count(timesteps, 'paso')}"
    if calls > 1:
        every = calls == timesteps
        marked = f" en {calls:,} llamadas; se marca dónde empieza cada una"
        read += ", uno en cada llamada" if every else marked
    cut = f" Aquí solo caben los primeros {shown:,}." if shown < timesteps else ""
    return f"{read}.{cut}"


def agrees(numbers: int, sequences: int, difference: float, tolerance: float) -> str:
    """Say that what was recorded is what we compute, and by how much they differ."""
    return (
        f"✓ Tu framework respondió lo mismo: {count(numbers, 'número registrado')} en "
        f"{count(sequences, 'secuencia')}, con una diferencia máxima de {difference:.2g} respecto "
        f"de los nuestros (el redondeo explica {tolerance:g})."
    )


def differs(numbers: int, sequences: int, difference: float, tolerance: float) -> str:
    """Say that what was recorded is not what we compute, and by how much they differ."""
    return (
        f"✗ Tu framework respondió otra cosa: {count(numbers, 'número registrado')} en "
        f"{count(sequences, 'secuencia')}, con diferencias de hasta {difference:.2g} respecto de "
        f"los nuestros, más que los {tolerance:g} que explica el redondeo."
    )


def largest(name: str, t: int, unit: int, ours: float, theirs: float) -> str:
    """Say where the difference is largest, and the two numbers there."""
    return (
        f"La mayor está en el paso {t} de {name}, salida {unit}: {ours:.7g} aquí, {theirs:.7g} en "
        "el registro."
    )


def nothing_recorded(name: str) -> str:
    """Say that a file has no sequence of its own."""
    return f"{name} no contiene secuencias registradas: da un archivo con secuencias como DATA."
