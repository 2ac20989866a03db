"""What the core says of itself, in Spanish: signals, tasks, demos and what they measure."""

from __future__ import annotations

PHRASES: dict[str, str] = {
    # Cells and signals
    "Standard RNN": "RNN estándar",
    "Cell state": "Estado de celda",
    "what rides on the conveyor belt": "lo que va en la cinta transportadora",
    "Forget gate": "Puerta de olvido",
    "how much of the belt is kept": "cuánto de la cinta se conserva",
    "Input gate": "Puerta de entrada",
    "how much of the candidate is added": "cuánto del candidato se suma",
    "Candidate": "Candidato",
    "what could be added": "lo que se podría sumar",
    "Output gate": "Puerta de salida",
    "how much of the belt is shown": "cuánto de la cinta se muestra",
    "Hidden state": "Estado oculto",
    "what the cell shows": "lo que muestra la celda",
    "Retained": "Conservado",
    "what the forget gate let pass": "lo que dejó pasar la puerta de olvido",
    "Written": "Escrito",
    "what the input gate let in": "lo que dejó entrar la puerta de entrada",
    "what the cell remembers and shows": "lo que la celda recuerda y muestra",
    "Reset gate": "Puerta de reinicio",
    "how much of the past the candidate sees": "cuánto del pasado ve el candidato",
    "Update gate": "Puerta de actualización",
    "how much of the hidden state is kept": "cuánto del estado oculto se conserva",
    "what the update gate let pass": "lo que dejó pasar la puerta de actualización",
    "what the update gate let in": "lo que dejó entrar la puerta de actualización",
    # Other tasks
    "Long time lag, no noise": "Retardo largo, sin ruido",
    "After every symbol, each output is within 0.25 of the truth: 1 for the symbol that follows, 0 "
    "for the others.": (
        "Tras cada símbolo, cada salida se aparta menos de 0.25 del valor real: 1 para el símbolo "
        "que sigue, 0 para los demás."
    ),
    "Copy memory": "Copia de memoria",
    "At each of the 10 timesteps after the sign, the most probable symbol is the right one.": (
        "En cada uno de los 10 pasos tras la señal, el símbolo más probable es el correcto."
    ),
    "Brackets in balance (Dyck-1)": "Paréntesis equilibrados (Dyck-1)",
    "How many brackets are open, and may the string end here?": (
        "¿Cuántos paréntesis hay abiertos, y puede terminar aquí la cadena?"
    ),
    "Handwritten digits, pixel by pixel": "Dígitos manuscritos, píxel a píxel",
    "Which digit was drawn, when all it sees is one pixel at a time?": (
        "¿Qué dígito se dibujó, si solo ve un píxel a la vez?"
    ),
    "At the last pixel, the most probable digit is the right one.": (
        "En el último píxel, el dígito más probable es el correcto."
    ),
    # Lengths
    "strings in a row": "cadenas seguidas",
    "timesteps of lag": "pasos de retardo",
    "timesteps of lag at most": "pasos de retardo, máx.",
    "timesteps at least": "pasos, mín.",
    "timesteps of silence": "pasos de silencio",
    "n at most": "n, máx.",
    "pairs at most": "pares, máx.",
    # Events
    "the end": "el final",
    "stays open longest": "el que más tarda en cerrarse",
    "the first ink": "la primera tinta",
    "the first letter": "la primera letra",
    "the sum": "la suma",
    "the product": "el producto",
    "their order": "su orden",
    "the copy": "la copia",
    "the digit": "el dígito",
    # What certificates measure
    "sequences": "secuencias",
    "sequences wrong": "secuencias erróneas",
    "largest error": "error máximo",
    "share of first write": "fracción de la primera escritura",
    "first write kept": "parte conservada de la primera escritura",
    "strings": "cadenas",
    "strings right": "cadenas correctas",
    "longest string": "cadena más larga",
    "lowest legal": "probabilidad mínima de un símbolo permitido",
    "highest illegal": "probabilidad máxima de un símbolo no permitido",
    "mean squared error": "error cuadrático medio",
    "held out years": "años reservados",
    "autoregression order": "orden de la autorregresión",
    "network error": "error de la red",
    "autoregression error": "error de la autorregresión",
    "persistence error": "error de la persistencia",
    "network choosing": "red, en los años de selección",
    "autoregression choosing": "autorregresión, en los años de selección",
    "persistence choosing": "persistencia, en los años de selección",
    "trained to n": "entrenada hasta n",
    "right up to n": "aciertos hasta n",
    "strings right of trained": "cadenas correctas de las entrenadas",
    "strings right of 200": "cadenas correctas de 200",
    "bits per character": "bits por carácter",
    "five gram bits per character": "bits por carácter de 5-gramas",
    "nine gram bits per character": "bits por carácter de 9-gramas",
    "gzip bits per character": "bits por carácter de gzip",
    "test files": "archivos de prueba",
    "test characters": "caracteres de prueba",
    "training files": "archivos de entrenamiento",
    "training characters": "caracteres de entrenamiento",
    "sample bits per character": "bits por carácter de la muestra",
    "sample gzip bits per character": "bits por carácter de gzip en la muestra",
    "sample characters": "caracteres de la muestra",
    # The study of variants
    "A run has succeeded once 99% of 256 fresh sequences are right; it is tested 40 times on its "
    "way. At its end 2,560 other fresh sequences are counted.": (
        "Un entrenamiento tiene éxito en cuanto acierta en el 99 % de 256 secuencias nuevas; se "
        "prueba 40 veces por el camino. Al final se cuentan otras 2,560 secuencias nuevas."
    ),
    "chrono": "Chrono",
    "no forget gate": "sin puerta de olvido",
    "coupled gates": "puertas acopladas",
    "peepholes": "mirillas (peepholes)",
    "standard RNN": "RNN estándar",
    "standard RNN, a third of the rate": "RNN estándar, un tercio de la tasa",
    # Properties that units are probed for
    "timestep": "paso",
    "unit": "unidad",
    "time": "tiempo",
    "reads": "lee",
    "inside quotes": "entre comillas",
    "inside a comment": "dentro de un comentario",
    "inside brackets": "entre paréntesis",
    "depth of brackets": "profundidad de paréntesis",
    "indentation": "sangría",
    "position in the line": "posición en la línea",
    "a letter": "una letra",
    "a digit": "un dígito",
    "a space": "un espacio",
    "a line break": "un salto de línea",
    "the number to remember": "el número que recordar",
    # Sequences that are made up
    "Random symbols": "Símbolos al azar",
    "Symbols drawn at random, each as often as any other: made up, not real data.": (
        "Símbolos sorteados, cada uno con la misma frecuencia: inventados, no son datos reales."
    ),
    "Symbols in their order": "Símbolos en orden",
    "The first symbols of the alphabet in their order: made up, not real data.": (
        "Los primeros símbolos del alfabeto en orden: inventados, no son datos reales."
    ),
    "Random numbers": "Números al azar",
    "Numbers drawn at random (mean 0, deviation 1): made up, not real data.": (
        "Números sorteados (media 0, desviación 1): inventados, no son datos reales."
    ),
    "Zeros": "Ceros",
    "All inputs are zero: what the network does by itself.": (
        "Todas las entradas son cero: lo que la red hace por sí sola."
    ),
    "The watched sequence": "La secuencia observada",
    "The sequence that was watched while the network learned.": (
        "La secuencia que se observó mientras la red aprendía."
    ),
    "A fresh sequence that the network has not learned from.": (
        "Una secuencia nueva, de la que la red no ha aprendido."
    ),
}

PATTERNS: dict[str, str] = {
    "{kind}, {units} units": "{kind}, {units} unidades",
    "{kind}, 1 unit": "{kind}, 1 unidad",
    "forget bias {bias}": "sesgo de olvido {bias}",
    "Fresh {k}": "Nueva {k}",
    "reads {symbol}": "lee {symbol}",
    "how often {symbol} was read": "cuántas veces se leyó {symbol}",
    "has to remember {symbol}": "tiene que recordar {symbol}",
    "Which symbols may come next in a stream of {strings} strings, and does it forget each in "
    "time?": (
        "¿Qué símbolos pueden seguir en un flujo de {strings} cadenas, y olvida cada una a tiempo?"
    ),
    "Was the first symbol x or y, {lag} timesteps ago?": (
        "¿El primer símbolo, hace {lag} pasos, fue x o y?"
    ),
    "Can it keep two marked numbers over {lag} timesteps, and add them?": (
        "¿Puede guardar dos números marcados durante {lag} pasos y sumarlos?"
    ),
    "Can it keep two marked numbers over {lag} timesteps, and multiply them?": (
        "¿Puede guardar dos números marcados durante {lag} pasos y multiplicarlos?"
    ),
    "Which {symbols} symbols came before {lag} timesteps of silence?": (
        "¿Qué {symbols} símbolos llegaron antes de {lag} pasos de silencio?"
    ),
    "Were there as many b as a, and does it still count beyond n = {n}?": (
        "¿Hubo tantas b como a, y sigue contando más allá de n = {n}?"
    ),
    "Were there as many b and c as a, and does it still count beyond n = {n}?": (
        "¿Hubo tantas b y c como a, y sigue contando más allá de n = {n}?"
    ),
    "{one}, {other}": "{one}, {other}",  # several events at once, before the parts of each
    "{symbol} to remember": "recordar {symbol}",
    "{symbol} again": "{symbol} otra vez",
    "{symbol} is not allowed here": "aquí no se permite {symbol}",
    "asks for {what}": "pide {what}",
    "marked: {number}": "marcado: {number}",
    "the first {symbol}": "la primera {symbol}",
}
