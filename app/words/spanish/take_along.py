"""Every sentence of what a reader takes along, in Spanish: files that play without the app."""

from __future__ import annotations

SAVE_PAGE = "Descargar como página (HTML)"
SAVE_PAGE_HELP = "Un archivo con esta escena, que funciona sin la app y sin conexión"
FRAME = "Una LSTM, paso a paso"
TIMESTEP = "paso"
FOOTER = (
    "Hecho con Gatescope. Cada número que ves lo calculó la red. No hace falta internet: avanza "
    "con las flechas del teclado, reproduce con la barra espaciadora."
)


def too_long(timesteps: int, most: int, most_bytes: int) -> str:
    """Say that a run is too long for a page in one file, and what can be done."""
    return (
        f"La ejecución tiene {timesteps:,} pasos, y una página en un solo archivo admite como "
        f"máximo {most:,} ({most_bytes / 1e6:.0f} MB): ejecuta un tramo de la secuencia."
    )
