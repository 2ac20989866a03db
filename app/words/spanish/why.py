"""The sentences about a run as a whole, in Spanish: what stands out, how long units remember."""

from __future__ import annotations

from ..formatting import number, percent
from .common import count, quoted

NOTHING = (
    "Aquí no destaca nada: ninguna memoria se remonta a una sola escritura, no se descarta ninguna "
    "memoria grande y ninguna puerta está casi siempre abierta o cerrada."
)
WRITTEN_NOT_CAUSED = (
    "“Se remonta a” significa: de todo lo que se escribió alguna vez en esa memoria, multiplicado "
    "por todas las puertas de olvido desde entonces, más de la mitad es esa escritura. Dice qué se "
    "escribió y sobrevivió, no qué lo causó: las propias puertas dependen de lo leído antes."
)
NO_WRITES = (
    "Una RNN estándar no tiene estado de celda: todo su estado pasa por una activación en cada "
    "paso, así que ninguna escritura se conserva como era y no hay ninguna que rastrear."
)
TOO_LONG = (
    "La ejecución es demasiado larga para buscar la escritura a la que se remonta una memoria: "
    "elige una secuencia más corta para verlo."
)
LISTED = 6  # units that a sentence names

UNIT_COLUMN = "unidad"
UNITS_COLUMNS = {
    "half_life": "semivida",
    "shortest": "semivida, puerta en su cuantil 10 %",
    "usual": "semivida, puerta en su mediana",
    "longest": "semivida, puerta en su cuantil 90 %",
    "writes": "escribe en",
    "shows": "muestra",
}
OPEN_SHARE, SHUT_SHARE = "{title} abierta", "{title} cerrada"
UNITS_HELP = (
    "Semivida: después de cuántos pasos queda la mitad de una memoria, según el producto de la "
    "{gate} a lo largo de esta secuencia (∞ si nunca se pierde nada). Escribe en: la fracción de "
    "pasos con una escritura de al menos un décimo de la mayor de la unidad. Abierta y cerrada: la "
    "fracción de pasos con la puerta por encima de 0.9 y por debajo de 0.1."
)
NO_UNITS_NUMBERS = (
    "Una RNN estándar no tiene puertas: no hay semivida que calcular, y nada se abre ni se cierra."
)
SHOWS = {"varies": "varía", "dead": "nada (muerta)", "always_on": "siempre lo mismo"}
SATURATION_TITLE = "Cuánto está abierta o cerrada la {gate} de cada unidad"
SATURATION_AXES = ("cerrada: menos de 0.1", "abierta: más de 0.9")
SATURATION_NOTE = (
    "Cada punto es una unidad. Abajo a la derecha olvida al instante, arriba a la izquierda lo "
    "conserva todo, y cerca del origen la puerta suele estar medio abierta. Al hacer clic en un "
    "punto se elige la unidad. Según Karpathy, Johnson & Fei-Fei, 2015."
)


def go_to(timestep: int | None, unit: int | None) -> str:
    """Name the place that a button shows on the stage."""
    places = [
        "" if timestep is None else f"paso {timestep}",
        "" if unit is None else f"unidad {unit}",
    ]
    return f"Mostrar {', '.join(place for place in places if place)}"


def reading(timestep: int, token: str) -> str:
    """Say which timestep it is, and what was read there."""
    return f"el paso {timestep}" + (f", al leer {quoted(token)}" if token else "")


def carry(unit: int, written: str, until: int, timesteps: int, share: float, state: str) -> str:
    """Say which write a unit keeps for the longest time."""
    return (
        f"La memoria más larga es la de la unidad {unit}. En el paso {until}, {percent(share)} "
        f"de su {state} sigue siendo lo que escribió {count(timesteps, 'paso')} antes, en "
        f"{written}."
    )


def carry_held(unit: int, where: str, until: int, timesteps: int, share: float, state: str) -> str:
    """Say which held value a unit keeps for the longest time after it was let go."""
    return (
        f"La memoria más larga es la de la unidad {unit}. En el paso {until}, {percent(share)} "
        f"de su {state} queda del valor en que estuvo fijado {count(timesteps, 'paso')} antes, en "
        f"{where}."
    )


def strongest_held(unit: int, where: str, share: float, state: str) -> str:
    """Say that most of a memory at the end is left of a held value."""
    return (
        f"Al final, {percent(share)} del {state} de la unidad {unit} queda del valor en que estuvo "
        f"fijado en {where}."
    )


def by_chance(timesteps: float) -> str:
    """Say how long the longest memory of shuffled sequences is."""
    return (
        "Con las mismas entradas en orden aleatorio, la más larga es de "
        f"{timesteps:g} {'paso' if timesteps == 1 else 'pasos'} "
        "(mediana de cinco órdenes)."
    )


def so_do(units: tuple[int, ...]) -> str:
    """Say which other units it is true of; "" for none."""
    if not units:
        return ""
    does = "hace" if len(units) == 1 else "hacen"
    return f"Lo mismo {does} {_units(units)}."


def units_listed(units: tuple[int, ...]) -> str:
    """Name some units, cut where there are many."""
    named = _units(units)
    return f"{named[0].upper()}{named[1:]}"


def _units(units: tuple[int, ...]) -> str:
    """Some units with their article, as they stand within a sentence."""
    units = tuple(sorted(units))
    if len(units) == 1:
        return f"la unidad {units[0]}"
    if len(units) > LISTED:
        named = ", ".join(map(str, units[:LISTED]))
        return f"las unidades {named} y {len(units) - LISTED} más"
    return f"las unidades {', '.join(map(str, units[:-1]))} y {units[-1]}"


def strongest_write(unit: int, written: str, share: float, state: str) -> str:
    """Say which write makes up most of a memory at the end."""
    return (
        f"Al final, {percent(share)} del {state} de la unidad {unit} se remonta a una sola "
        f"escritura: la que hizo en {written}."
    )


def reset(unit: int, where: str, kept: float, before: str, gate: str, others: int) -> str:
    """Say where the largest memory is thrown away."""
    others_too = "otra unidad" if others == 1 else f"otras {others:,} unidades"
    more = f", junto con {others_too}" if others else ""
    return (
        f"En {where}, la unidad {unit} descarta su memoria{more}: su {gate} conserva "
        f"{percent(kept)} de {before}."
    )


def mostly(kind: str, units: tuple[int, ...], of: int, gate: str, share: float) -> str:
    """Say whose keeping gate is nearly always open, or nearly always shut."""
    one = len(units) == 1
    does, bound = {
        "open": ("conserva" if one else "conservan", "por encima de 0.9"),
        "shut": ("olvida" if one else "olvidan", "por debajo de 0.1"),
    }[kind]
    when = f"{percent(share)} de los pasos{'' if one else ' o más'}"
    return (
        f"{units_listed(units)}{_out_of(units, of)} {does} casi todo en cada paso: su {gate} está "
        f"{bound} en {'todos los pasos' if share >= 1 else when}."
    )


def _out_of(units: tuple[int, ...], of: int) -> str:
    """How many of how many units these are; "" where there is but one."""
    return f" ({len(units)} de {of})" if of > 1 else ""


def dead(units: tuple[int, ...], of: int) -> str:
    """Say which units show nothing."""
    show = "no muestra" if len(units) == 1 else "no muestran"
    return (
        f"{units_listed(units)}{_out_of(units, of)} {show} nada: el estado oculto se queda a menos "
        "de 0.01 de cero."
    )


def always_on(units: tuple[int, ...], of: int) -> str:
    """Say which units show something that never changes."""
    show = "muestra" if len(units) == 1 else "muestran"
    return (
        f"{units_listed(units)}{_out_of(units, of)} {show} lo mismo en todos los pasos: el estado "
        "oculto nunca se mueve más de 0.01."
    )


def first_mistake(where: str, wrong: int, known: int) -> str:
    """Say where the network is wrong for the first time, and how often it is."""
    wrong_of = f"{wrong:,} de {count(known, 'predicción')}"
    return f"El primer error está en {where}; en total falla en {wrong_of}."


def surprise(timestep: int, came: str, probability: float) -> str:
    """Say which symbol the network least expected."""
    return (
        f"La mayor sorpresa llega en el paso {timestep}: {quoted(came)}, a lo que la red había "
        f"dado {percent(probability)}."
    )


CONSTANT = {
    "inputs": (
        "lo que se lee apenas varía (desviación estándar {measured} tal como lo lee la red): "
        "revisa la escala y si las columnas son las correctas."
    ),
    "weights": (
        "lo que se lee apenas mueve las puertas: representa {share} de lo que entra en ellas. "
        "Quizás haya que escalarlo como en el entrenamiento, o la red no ha aprendido a mirarlo."
    ),
    "output_gate": (
        "las puertas de salida están cerradas (abiertas {share} en promedio) y no muestran nada."
    ),
    "saturated": (
        "{share} de la memoria está tan lejos de cero que la tanh no puede mostrar más: se le "
        "ha ido sumando y nunca se ha olvidado."
    ),
    "kept": (
        "conserva una respuesta. Lo que los estados le aportan no cambia y vale hasta {measured}."
    ),
    "memory": (
        "lo que se lee llega a las puertas, pero los estados no se mueven (desviación estándar "
        "{measured}): se escribe muy poco, o se olvida al instante."
    ),
    "readout": (
        "los estados sí varían, pero la capa de salida apenas los tiene en cuenta: la predicción "
        "es solo su sesgo."
    ),
}


def constant(cause: str, measured: float) -> str:
    """Say why the prediction is constant."""
    why = CONSTANT[cause].format(measured=number(measured), share=percent(measured))
    return f"La predicción es casi constante: {why}"
