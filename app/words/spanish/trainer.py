"""Why the trainer refuses a run or ends it, in Spanish: each in one plain sentence."""

from __future__ import annotations


def too_long(minutes: float, most: float) -> str:
    """Say that an experiment would take too long."""
    return (
        f"Esto ocuparía un procesador entero unos {minutes:,.0f} minutos, y aquí se permiten "
        f"{most:.0f}: elige menos actualizaciones, unidades o pasos, "
        "o un lote más pequeño."
    )


def update_too_long(seconds: float, most: float) -> str:
    """Say that one update would keep other readers waiting."""
    return (
        f"Una actualización tardaría unos {seconds:,.1f} segundos, y aquí se permiten {most:g}: "
        "elige menos unidades o pasos, o un lote más pequeño."
    )


def too_large(megabytes: float, most: float) -> str:
    """Say that one update would take too much memory."""
    return (
        f"Una actualización ocuparía unos {megabytes:,.0f} MB de memoria, y aquí se permiten "
        f"{most:.0f}: elige menos unidades o pasos, o un lote más pequeño."
    )


def too_many(most: int, waiting: int) -> str:
    """Say that as many runs are being trained, and wait for it, as may be."""
    return (
        f"Aquí se están entrenando {most} redes y otras {waiting} esperan su turno: "
        "inténtalo de nuevo en unos minutos."
    )


def too_many_kept(most: int) -> str:
    """Say that as many runs are kept as may be."""
    return f"Aquí ya se guardan {most} entrenamientos: inténtalo de nuevo en unos minutos."


def diverged(updates: int) -> str:
    """Say that training diverged, and what helps."""
    return (
        f"Tras {updates:,} actualizaciones los números crecieron sin límite: "
        "elige una tasa de aprendizaje menor o una norma máxima del gradiente menor."
    )


def broken(updates: int, reason: str) -> str:
    """Say that an update could not be computed."""
    return (
        f"El entrenamiento se interrumpió tras {updates:,} actualizaciones: {reason.rstrip('.')}."
    )


def process_gone(updates: int) -> str:
    """Say that the worker process has ended, and what can be done."""
    return (
        f"El proceso que entrenaba esta red terminó de forma inesperada: "
        f"Reanudar continúa desde {updates:,} actualizaciones."
    )


def time_is_up(minutes: float) -> str:
    """Say that a run has used its processor time."""
    return (
        f"Este entrenamiento ha agotado sus {minutes:.0f} minutos de procesador: lo aprendido se "
        "conserva."
    )
