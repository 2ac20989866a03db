"""Every sentence of the static edition and of its command, in Spanish; plain texts."""

from __future__ import annotations

from .common import count

NAVIGATION = "Páginas"
HEADLINE = "Mira cómo piensa una LSTM"
NETWORKS = "Redes"
LESSONS = "Lecciones"
TAGLINE = (
    "Recorre secuencias con redes recurrentes entrenadas, paso a paso. Cada número lo calculó la "
    "red, con pesos realmente entrenados."
)
EXPLORE_HINT = (
    "Avanza con las flechas, reproduce con la barra espaciadora; pulsa una parte del dibujo para "
    "ver su ficha."
)
NEEDS_PYTHON_TITLE = "Lo que necesita Python"
NEEDS_PYTHON = (
    "Estas páginas son archivos: sus ejecuciones se calcularon de antemano. Leer una secuencia "
    "tuya, tirar de una puerta, las pestañas bajo la escena, Memoria, entrenar una red y abrir tu "
    "modelo necesitan Python: instala Gatescope (pip install . en su carpeta) y escribe gatescope."
)
NO_RUN = (
    "No se puede cargar la ejecución de esta página. ¿Está la carpeta “runs” junto a estas "
    "páginas, y se abrieron desde un servidor web?"
)
NO_SCRIPT = "La escena se dibuja con JavaScript, que está desactivado en este navegador."
LAST = "Ese fue el último paso. Ahora recorre tú las redes:"

COMMAND = (
    "Escribe todas las redes, secuencias y lecciones como archivos para cualquier servidor web: "
    "una clase de cualquier tamaño no necesita Python. Las ejecuciones se calculan ahora."
)
OUT = "la carpeta donde escribir: nueva o vacía"
LANGUAGE_OPTION = "el idioma de las páginas"
FORCE = (
    "escribe en una carpeta que no está vacía; se sustituyen los archivos del mismo nombre, y "
    "ningún otro"
)


def lesson(title: str, minutes: int) -> str:
    """Name a lesson and how long it takes."""
    return f"{title} · unos {minutes} minutos"


def not_empty(folder: str) -> str:
    """Say that a folder has something in it, and what can be done."""
    return f"{folder} no está vacía: elige otro nombre, o añade --force para escribir en ella."


def not_a_folder(name: str) -> str:
    """Say that a file has the name, and what can be done."""
    return f"{name} es un archivo: elige otro nombre para la carpeta."


def written(files: int, megabytes: float, folder: str) -> str:
    """Say what was written, and how to look at it."""
    return (
        f"Se escribieron {count(files, 'archivo')}, {megabytes:.1f} MB, en {folder}. "
        f"Para verlo aquí: python -m http.server --directory {folder}"
    )
