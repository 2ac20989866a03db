"""What a visitor is told of the server: faults, and what it keeps, in Spanish."""

from __future__ import annotations

from .common import UPLOAD_HOURS

PRIVACY = "Qué guarda esta página sobre ti"
PRIVACY_TITLE = "Qué guarda esta página sobre ti · Gatescope"
BACK = "Volver a la página"
KEPT = (
    "Nada sobre quién eres: ni cuenta, ni nombre, ni estadísticas, ni peticiones a terceros. Las "
    "páginas solo preguntan a este servidor, y el servidor no pregunta a nadie.",
    f"Lo que subes, escribes o pegas se guarda {UPLOAD_HOURS} horas desde su último uso, para que "
    "al recargar lo encuentres de nuevo, o hasta que lo quites. Solo lleva a ello una dirección "
    "con la palabra aleatoria de tu sesión; Copiar enlace no la incluye.",
    "La red que entrenas se olvida poco después de que te vayas. Guárdala para conservarla.",
    "Dos cookies son del servidor: una protege las subidas frente a otros sitios y otra puede "
    "llevarte de nuevo al mismo proceso. Ninguna dice quién eres y ninguna página las lee.",
    "El registro de errores dice qué hizo el programa; un error puede citar un valor que no pudo "
    "leer. Gatescope no anota direcciones de visitantes; un servidor web puesto delante sí puede "
    "hacerlo.",
    "En una sala (Enseñar, Sígueme), el lugar donde está quien da la clase pasa por el servidor "
    "hasta quienes siguen. Se olvida cuando se cierra la sala, o dos minutos después de que esa "
    "persona se haya ido; de quienes siguen solo se sabe cuántos son.",
)
IN_MEMORY = "Todo está en la memoria del servidor: no se escribe en disco nada para guardarlo."
IN_FOLDER = (
    "En este servidor lo que se sube se escribe además en una carpeta que comparten sus procesos, "
    "las mismas horas, para que lo encuentres de nuevo cuando uno de ellos termina. También "
    "una sala, mientras dura."
)


def part_failed(number: str) -> str:
    """Say that one part of a page is missing."""
    return (
        "Esta parte no se pudo mostrar por un fallo del programa; el resto de la página no se ve "
        f"afectado. Quien la aloja encuentra en el registro qué fue: incidente {number}."
    )


def page_failed(number: str) -> str:
    """Say that a page is missing or not whole."""
    return (
        "Esta página no se pudo mostrar hasta el final por un fallo del programa. Recárgala o ve "
        f"a otra página. Quien la aloja encuentra en el registro qué fue: incidente {number}."
    )
