"""What is said to a teacher, in Spanish."""

from __future__ import annotations

TEACH = "Enseñar"
CONTROLS = {
    "network": "La lista de redes",
    "cell": "La elección de la celda",
    "sequence": "La lista de secuencias",
    "own": "Secuencias propias",
    "new": "Secuencias nuevas al azar",
    "layer": "La elección de la capa",
    "details": "Las pestañas bajo el escenario",
    "pages": "Las otras páginas",
    "link": "Los botones de enlaces",
}
CONTROLS_OF = {
    "learn": {"network": "La lista de lecciones"},
    "train": {"network": "La elección de tarea y red"},
    "sequences": {"own": "Subir secuencias"},
}
WITHOUT_FILE = (
    "Un enlace no puede llevar tu archivo: quien lo abre trae el archivo u otro modelo propio."
)
LINK = {
    "hide": "Ocultar a la clase",
    "link": "Enlace de clase",
    "copy": "Copiar el enlace de clase",
    "copied": "Enlace de clase copiado",
    "failed": "Copia el enlace del campo",
    "code": "Código QR del enlace de clase",
    "enlarge": "Mostrar el código QR en grande",
    "close": "Cerrar",
    "too_long": "Este enlace es demasiado largo para un código QR.",
    "local": "Esta dirección solo lleva a este equipo: abre la página con el nombre por el que la "
    "clase llega a ella.",
    "plan": "Plan de clase",
    "add": "Añadir esta pantalla",
    "save": "Guardar el plan",
    "open": "Abrir un plan",
    "play": "Empezar",
    "empty": "Un plan es una lista de estos enlaces: añade esta pantalla y pasa a la siguiente.",
    "remove": "Quitar {title}",
    "step": "{title}, paso de tiempo {t}",
    "bad": "En este archivo no hay ningún enlace: un plan de clase es un archivo de texto con un "
    "enlace por línea.",
}
PLAN = {
    "region": "Plan de clase",
    "place": "{k} de {n}: {title}",
    "back": "Atrás",
    "next": "Siguiente",
    "end": "Terminar el plan",
    "keys": "Mayús + AvPág avanza y Mayús + RePág retrocede; también un mando de presentación en "
    "los extremos de una secuencia que se presenta.",
}
ROOM = {
    "region": "Sígueme",
    "lead": "Los escenarios de tu clase van adonde va el tuyo: red, secuencia, cambios, paso de "
    "tiempo y unidad. Quien hace otra cosa toma el control y vuelve con un botón. El servidor no "
    "guarda nada de ello.",
    "word": "Palabra de la sala",
    "open_room": "Abrir la sala",
    "bad": "La palabra de una sala tiene de 3 a 24 letras, cifras o guiones: escribe una como "
    "lstm-7b.",
    "room_link": "Enlace a la sala",
    "copy_room": "Copiar el enlace a la sala",
    "copied_room": "El enlace a la sala está copiado",
    "room_code": "Código QR del enlace a la sala",
    "close_room": "Cerrar la sala",
    "leading": "Tu clase te sigue en la sala {word}.",
    "count": "Conectados: {n}",
    "unseen": "Tu clase se queda donde estaba: esta pantalla trata de archivos que solo tú tienes.",
    "taken": "Otra persona tiene una sala con esta palabra: sal de ella y elige otra palabra.",
    "full": "Ahora hay demasiadas salas en este servidor: inténtalo más tarde.",
    "connecting": "Conectando con la sala {word} …",
    "waiting": "Estás en la sala {word}; quien da la clase aún no ha llegado.",
    "following": "Sigues a quien da la clase en la sala {word}.",
    "alone": "Has tomado el control; la clase continúa en la sala {word}.",
    "closed": "La sala {word} está cerrada.",
    "stop": "Dejar de seguir",
    "again": "Volver a seguir",
    "leave": "Salir de la sala",
}
ONE_PROCESS = (
    "Esto funciona donde un solo proceso de Gatescope atiende a la clase, como ocurre si quien lo "
    "aloja no ha elegido otra cosa. Varios procesos necesitan una carpeta común (GATESCOPE_STORE)."
)

SHOW_ANSWERS = "Mostrar las respuestas"
OTHER_EXERCISES = "Otros ejercicios"
NO_NUMBER = "Eso no es un número: escribe uno como 0.73."


def exercises_lead(seed: int, tolerance: float) -> str:
    """Say what is asked here, and which exercises these are."""
    return (
        f"Ejercicios {seed}: números de esta red con una secuencia al azar, redondeados a dos "
        f"decimales. Vale una respuesta que no se aparte más de {tolerance}. Un enlace lleva a "
        "estos mismos ejercicios."
    )


def exercise(asked: str, givens: str, unit: int, timestep: int) -> str:
    """Ask for a value; `givens` are what it follows from, a being the preactivation."""
    return f"¿Cuánto es {asked} de la unidad {unit} en el paso {timestep}, si {givens}?"


def exercise_right(equation: str) -> str:
    """Say that an answer is right, and by which equation."""
    return f"✓ Correcto: {equation}."


def exercise_wrong(equation: str) -> str:
    """Say that an answer is wrong, and which equation leads to the right one."""
    return f"✗ No es así. Usa {equation}."


HANDOUT = "Hoja para imprimir"
HANDOUT_HELP = (
    "Dos páginas para imprimir o guardar como PDF con el navegador: esta pantalla con huecos que "
    "rellenar, y las soluciones"
)
NAME, TIMESTEP, READS = "Nombre", "paso", "lee"
PREACTIVATIONS = "a es la suma entre paréntesis. Calcula con ella las casillas, con dos decimales."


def solutions(title: str) -> str:
    """Head the page with the solutions."""
    return f"Soluciones: {title}"


def heatmap_title(signal: str) -> str:
    """Head the table of values; `signal` is what the cell remembers in."""
    return f"{signal} de algunas unidades: rellena la fila vacía"


def about_module(t: int, token: str, unit: int) -> str:
    """Head the drawing of the module."""
    reads = f", que lee «{token}»" if token else ""
    return f"El módulo en el paso de tiempo {t}{reads}; unidad {unit}"


def unit_name(unit: int) -> str:
    """Name a unit at the edge of a table."""
    return f"unidad {unit}"


def exercises_title(number: int) -> str:
    """Head the exercises, which are on another sequence."""
    return f"Ejercicios {number}, con una secuencia al azar"


def gates_title(unit: int) -> str:
    """Head the table of the gates of a unit, from which its memory follows."""
    return f"Puertas de la unidad {unit} en los mismos pasos de tiempo"
