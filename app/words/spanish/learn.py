"""The sentences of the page Learn that belong to no lesson, in Spanish."""

from __future__ import annotations

TITLE = "Aprender"
LESSON = "Lección"
BACK, NEXT, AGAIN = "Atrás", "Continuar", "Empezar de nuevo"
DONE = "✓ Hecho."
RIGHT = "✓ Correcto."
WRONG = "✗ No es así: {right}."
LAST = (
    "Ese fue el último paso. Ahora te toca a ti: escribe una cadena, entrena una red o abre tu "
    "modelo."
)
EXPLORE, TRAIN, MODEL = "Escribir una cadena", "Entrenar una red", "Abrir tu modelo"
PRIVATE = "Lo que respondes se queda en esta página y no se guarda en ningún sitio."


def place(step: int, steps: int, minutes: int) -> str:
    """Say which step of how many this is, counted from 0, and how long the lesson takes."""
    return f"Paso {step + 1} de {steps} · unos {minutes} minutos en total"
