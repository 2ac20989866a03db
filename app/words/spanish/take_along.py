"""Every sentence of what a reader takes along, in Spanish: files that play without the app."""

from __future__ import annotations

SAVE_PAGE = "Descargar como página (HTML)"
SAVE_PAGE_HELP = "Un archivo con esta escena, que funciona sin la app y sin conexión."
SAVE_FIGURE_PNG = "Descargar la imagen como PNG"
SAVE_FIGURE_SVG = "Descargar la imagen como SVG"
SAVE_FIGURE_CSV = "Descargar los datos como CSV"
SAVE_TRACE = "Descargar la traza completa (NPZ)"
SAVE_TRACE_HELP = "Cada señal de cada paso como arreglos de NumPy: numpy.load(…)"
SNIPPET = "Lo mismo en Python"
SNIPPET_NOTE = (
    "Con Gatescope instalado, estas líneas repiten esta ejecución, con los mismos números."
)
SNIPPET_FILE = "el nombre de tu archivo"
SNIPPET_START = "Empezó con otros estados, puestos en ¿Y si…?, que estas líneas omiten."
SAVE_RUNS_TABLE = "Descargar las ejecuciones como tabla (CSV)"
SAVE_RUNS = "Descargar las ejecuciones completas (NPZ)"
STUDIES_SNIPPET = "Los gráficos y estudios en Python"
STUDIES_SNIPPET_NOTE = (
    "Con Gatescope instalado, estas líneas vuelven a medir lo que muestran los gráficos. La sonda "
    "se ajusta de nuevo, lo que tarda unos segundos."
)
SAVE_WATCHED_TABLE = "Descargar la ejecución mostrada como tabla (CSV)"
SAVE_WATCHED = "Descargar la ejecución mostrada completa (NPZ)"
TRAINING_SNIPPET_NOTE = (
    "Con Gatescope instalado, estas líneas entrenan esta red otra vez, actualización por "
    "actualización: en una misma máquina y con el mismo NumPy dan los mismos números."
)
FRAME = "Una LSTM, paso a paso"
TIMESTEP = "paso"
FOOTER = (
    "Hecho con Gatescope. Cada número que ves lo calculó la red. No hace falta internet: avanza "
    "con las flechas del teclado, reproduce con la barra espaciadora."
)


def pooled(timesteps: int, first: int, last: int) -> str:
    """Say what a page in one file holds of a long run."""
    return (
        f"La ejecución tiene {timesteps:,} pasos: la página la muestra entera y agrupada, con los "
        f"valores mínimo y máximo de cada tramo, y números exactos de los pasos {first:,} a "
        f"{last:,}."
    )
