"""What is said to a teacher, in Spanish."""

from __future__ import annotations

TEACH = "Enseñar"
TEACH_HELP = "Un enlace para la clase, con su código QR, y un plan de clase hecho de enlaces"
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
