"""What the demos and their tasks say of themselves, in Spanish."""

from __future__ import annotations

PHRASES: dict[str, str] = {
    # First letter
    "First letter": "Primera letra",
    "Was the first letter A or B, however many others came after it?": (
        "¿La primera letra fue A o B, sin importar cuántas llegaron después?"
    ),
    "A sequence begins with A or B. Then come c, d and e at random, up to 99 of them, and they "
    "mean nothing. At E the network must say which letter was the first. It is the smallest LSTM "
    "there is, one unit, and it was made to be read: in training, writing into the memory costs "
    "something. So it writes the first letter down and keeps it. One letter is little to keep: of "
    "its twins a standard RNN of one unit keeps it too, while one of three units, trained alike, "
    "does not learn to.": (
        "Una secuencia empieza con A o B. Después vienen c, d y e al azar, hasta 99, y no "
        "significan nada. En E la red debe decir cuál fue la primera letra. Es la LSTM más pequeña "
        "que hay, de una unidad, y se hizo para poder leerla: en el entrenamiento, "
        "escribir en la memoria cuesta algo. Por eso anota la primera letra y la conserva. Una "
        "letra es poco que guardar: entre sus gemelas, una RNN estándar de una unidad también la "
        "conserva, mientras que una de tres unidades, entrenada igual, no lo aprende."
    ),
    "A sequence is right when every output at E is within 0.1 of the truth: 2,560 fresh "
    "sequences, all of the longest lag, 100 timesteps. The share of the first write is that of "
    "all that was written and is still there at E, in absolute values; first write kept is how "
    "much of it is left. No smaller network could get all right: no LSTM has fewer units.": (
        "Una secuencia es correcta cuando cada salida en E se aparta menos de 0.1 del valor real: "
        "2,560 secuencias nuevas, todas con el retardo más largo, 100 pasos. La fracción de la "
        "primera escritura es la que le toca de todo lo escrito que sigue ahí en E, en valores "
        "absolutos; la parte conservada es cuánto queda de ella. Ninguna red más pequeña podría "
        "acertar en todas: no hay LSTM con menos unidades."
    ),
    "A, then 22 others": "A, luego otras 22",
    "A is written once, at timestep 0. Watch it ride along while 22 letters go by that mean "
    "nothing.": (
        "A se escribe una vez, en el paso 0. Mira cómo sigue su viaje mientras pasan 22 letras que "
        "no significan nada."
    ),
    "B, then 22 others": "B, luego otras 22",
    "The same letters after B: only the first differs, and what is carried from it.": (
        "Las mismas letras después de B: solo cambian la primera y lo que queda de ella."
    ),
    "A, then 99 others": "A, luego otras 99",
    "The longest lag it was trained on: a hundred timesteps from A to the answer.": (
        "El retardo más largo con el que se entrenó: cien pasos de A a la respuesta."
    ),
    "B, then 299 others": "B, luego otras 299",
    "Three times as long as anything it was trained on.": (
        "Tres veces más larga que todo lo que vio al entrenarse."
    ),
    "A at once": "A, sin espera",
    "The shortest there is: the answer is asked at once.": (
        "La más corta que hay: la respuesta se pide enseguida."
    ),
    "At E, every output is within 0.1 of the truth.": (
        "En E, cada salida se aparta menos de 0.1 del valor real."
    ),
    # Reber
    "Embedded Reber grammar": "Gramática de Reber incrustada",
    "Which symbols may come next, and does the ending match the beginning?": (
        "¿Qué símbolos pueden seguir, y coincide el final con el principio?"
    ),
    "Each string starts with B and then T or P, and its last symbol but one must be the same T or "
    "P again. In between stands a little grammar of its own, as long as it likes. The network has "
    "to carry one symbol across all of that.": (
        "Cada cadena empieza con B y luego T o P, y su penúltimo símbolo debe ser otra vez esa "
        "misma T o P. En medio hay una pequeña gramática propia, tan larga como quiera. La red "
        "tiene que llevar un símbolo a través de todo eso."
    ),
    "A string is right when, at every position but the last, each symbol that may follow has a "
    "probability above 0.25 and every other one below. The strings are all different and none of "
    "them was trained on.": (
        "Una cadena es correcta cuando, en cada posición salvo la última, cada símbolo que puede "
        "seguir tiene una probabilidad mayor que 0.25 y los demás, menor. Las cadenas son "
        "todas distintas y con ninguna se entrenó."
    ),
    "Keep T in mind": "Ten presente la T",
    "The second symbol is T; after twenty others it must come again. Watch which units hold it.": (
        "El segundo símbolo es T; tras otros veinte debe volver. Mira qué unidades lo guardan."
    ),
    "Remember T": "Recuerda la T",
    "The shortest there is: the second symbol is T, and so is the last but one.": (
        "La más corta que hay: el segundo símbolo es T, y el penúltimo también."
    ),
    "Remember P": "Recuerda la P",
    "The same inner string after P: only what is remembered differs.": (
        "La misma cadena interior después de P: solo cambia lo que se recuerda."
    ),
    "A long way": "Un largo camino",
    "Sixty symbols lie between the first T and the second.": (
        "Entre la primera T y la segunda hay sesenta símbolos."
    ),
    "The loop S": "El bucle S",
    "S repeats, and after each one S or X may follow, however many there were.": (
        "S se repite, y tras cada una puede seguir S o X, sin importar cuántas hubo."
    ),
    "A broken promise": "Una promesa rota",
    "It began with T and ends with P: the last but one symbol is illegal.": (
        "Empezó con T y termina con P: el penúltimo símbolo no está permitido."
    ),
    "At every position but the last, each symbol that may follow has a probability above 0.25, "
    "and every other one below.": (
        "En cada posición salvo la última, cada símbolo que puede seguir tiene una probabilidad "
        "mayor que 0.25, y los demás, menor."
    ),
    "Continual embedded Reber grammar": "Gramática de Reber incrustada, continua",
    "At every position of a whole stream but the last, each symbol that may follow has a "
    "probability above 0.25, and every other one below.": (
        "En cada posición de un flujo entero salvo la última, cada símbolo que puede seguir tiene "
        "una probabilidad mayor que 0.25, y los demás, menor."
    ),
    # Adding and multiplication
    "Adding problem": "Problema de la suma",
    "Can it keep two marked numbers over a hundred timesteps, and add them?": (
        "¿Puede guardar dos números marcados durante cien pasos y sumarlos?"
    ),
    "Every timestep brings a number between -1 and 1 and a mark. Two numbers are marked with 1; at "
    "the very end the network must say 0.5 plus a quarter of their sum. Nothing it says before is "
    "asked for. In training, writing into the memory cost something, so that what it holds can be "
    "read.": (
        "Cada paso trae un número entre -1 y 1 y una marca. Dos números están marcados con 1; al "
        "final la red debe decir 0.5 más un cuarto de su suma. Lo que diga antes no se le "
        "pregunta. En el entrenamiento, escribir en la memoria costaba algo, para que se pueda "
        "leer lo que contiene."
    ),
    "A sequence of 100 to 110 timesteps is right when the error of the prediction at its last "
    "timestep is below 0.04; 2,560 fresh sequences, the 1997 specification.": (
        "Una secuencia de 100 a 110 pasos es correcta cuando el error de la predicción en su "
        "último paso es menor que 0.04; 2,560 secuencias nuevas, según la especificación de 1997."
    ),
    "Early and late": "Pronto y tarde",
    "One mark in the first ten timesteps, one after the fortieth: what the first number wrote has "
    "to wait for the second.": (
        "Una marca en los diez primeros pasos, otra después del cuadragésimo: lo que escribió el "
        "primer número tiene que esperar al segundo."
    ),
    "Two that cancel": "Dos que se anulan",
    "The marked numbers are nearly opposite: the answer is close to one half.": (
        "Los números marcados son casi opuestos: la respuesta está cerca de un medio."
    ),
    "Both large": "Ambos grandes",
    "The marked numbers add up to almost 2, the most there can be: the answer is close to 1.": (
        "Los números marcados suman casi 2, lo máximo posible: la respuesta está cerca de 1."
    ),
    "Marked at once": "Marcados seguidos",
    "The two marks follow one another; what comes after must change nothing.": (
        "Las dos marcas van seguidas; lo que viene después no debe cambiar nada."
    ),
    "The error of the prediction at the last timestep is below 0.04.": (
        "El error de la predicción en el último paso es menor que 0.04."
    ),
    "Multiplication problem": "Problema de la multiplicación",
    # Sunspots
    "Sunspots": "Manchas solares",
    "How many sunspots will there be next year?": "¿Cuántas manchas solares habrá el próximo año?",
    "One number a year since 1700, in cycles of about eleven years that are never the same. At "
    "each year the network says the next one's number. It was trained on the years to 1920 and "
    "never saw those after 1955, where it does far better than saying next year is like this one, "
    "and a little worse than an autoregression on nine years: two centuries are little for a "
    "network to learn from.": (
        "Un número por año desde 1700, en ciclos de unos once años que nunca son iguales. Cada año "
        "la red dice el número del siguiente. Se entrenó con los años hasta 1920 y nunca vio los "
        "posteriores a 1955; en ellos acierta mucho más que quien dice que el próximo año será "
        "como este, y algo menos que una autorregresión sobre nueve años: dos siglos son poco para "
        "que aprenda una red."
    ),
    "Root mean square error of the one-step forecast in 1956 to 2008, in sunspots, having read all "
    "years before; beside persistence (next year is like this one) and an autoregression fitted by "
    "least squares to the same training years.": (
        "Raíz del error cuadrático medio del pronóstico a un paso de 1956 a 2008, en manchas "
        "solares, tras leer todos los años anteriores; junto a la persistencia (el próximo año es "
        "como este) y a una autorregresión ajustada por mínimos cuadrados a los mismos años de "
        "entrenamiento."
    ),
    "1700 to 2008": "1700 a 2008",
    "The whole series; what it says after 1955 is honest.": (
        "La serie completa; lo que dice después de 1955 es un pronóstico de verdad."
    ),
    "1956 to 2008": "1956 a 2008",
    "The held-out years, read from a standing start.": ("Los años reservados, leídos desde cero."),
    "1790 to 1840": "1790 a 1840",
    "Three weak cycles in a row, the Dalton minimum.": (
        "Tres ciclos débiles seguidos, el mínimo de Dalton."
    ),
    "1935 to 1965": "1935 a 1965",
    "Up to 1957, the highest peak there is.": "Hasta 1957, el pico más alto que hay.",
    # Temporal order
    "Temporal order": "Orden temporal",
    "In which order did the two symbols X or Y come, among letters that mean nothing?": (
        "¿En qué orden llegaron los dos símbolos X o Y, entre letras que no significan nada?"
    ),
    "Between E and B stand a hundred letters. Most mean nothing; one near the tenth and one near "
    "the fiftieth is an X or a Y. At the very end the network must say which two there were, in "
    "their order. Nothing it says before is asked for.": (
        "Entre E y B hay cien letras. La mayoría no significa nada; una cerca de la décima y otra "
        "cerca de la quincuagésima es X o Y. Al final la red debe decir cuáles fueron las dos, en "
        "su orden. Lo que diga antes no se le pregunta."
    ),
    "A sequence of 100 to 110 timesteps is right when every output at its last timestep is within "
    "0.3 of the truth; 2,560 fresh sequences, the 1997 specification.": (
        "Una secuencia de 100 a 110 pasos es correcta cuando cada salida en su último paso se "
        "aparta menos de 0.3 del valor real; 2,560 secuencias nuevas, según la especificación de "
        "1997."
    ),
    "X, then Y": "X, luego Y",
    "X, then Y, among letters that mean nothing. Watch what is written at each.": (
        "X y luego Y, entre letras que no significan nada. Mira qué se escribe en cada una."
    ),
    "Y, then X": "Y, luego X",
    "The same two symbols the other way round: only their order tells them apart.": (
        "Los mismos dos símbolos al revés: solo el orden los distingue."
    ),
    "X, then X": "X, luego X",
    "X twice. What the first wrote has to be there still when the second comes.": (
        "X dos veces. Lo que escribió la primera tiene que seguir ahí cuando llegue la segunda."
    ),
    "Y, then Y": "Y, luego Y",
    "Y twice, and forty letters of noise after the second.": (
        "Y dos veces, y cuarenta letras de ruido tras la segunda."
    ),
    "Every output at the last timestep is within 0.3 of the truth.": (
        "Cada salida en el último paso se aparta menos de 0.3 del valor real."
    ),
    "Temporal order, two symbols": "Orden temporal, dos símbolos",
    "Temporal order, three symbols": "Orden temporal, tres símbolos",
    "Temporal order, two symbols, length 30": "Orden temporal, dos símbolos, longitud 30",
    "In which order did the three symbols X or Y come, among letters that mean nothing?": (
        "¿En qué orden llegaron los tres símbolos X o Y, entre letras que no significan nada?"
    ),
    # Counting
    "Counting aⁿbⁿcⁿ": "Contar aⁿbⁿcⁿ",
    "Were there as many b and c as a? And how far can it count?": (
        "¿Hubo tantas b y c como a? ¿Y hasta dónde sabe contar?"
    ),
    "Between S and T stand some a, then as many b, then as many c. At every position the network "
    "says which symbols may follow. It was trained on up to 40 of each; no finite list of cases "
    "would carry it further, only counting does, and a cell state that adds the same amount at "
    "each step is a counter.": (
        "Entre S y T hay algunas a, luego otras tantas b, luego otras tantas c. En cada posición "
        "la red dice qué símbolos pueden seguir. Se entrenó con un máximo de 40 de cada una; "
        "ninguna lista finita de casos la llevaría más lejos, solo contar, y un estado de celda "
        "que suma lo mismo en cada paso es un contador."
    ),
    "At every position, the output of each symbol that may follow is above 0.5, and every other "
    "one below. Each n from 1 to 200 is tested; up to which n all are right is what it counts "
    "to.": (
        "En cada posición, la salida de cada símbolo que puede seguir es mayor que 0.5 y las "
        "demás, menor. Se prueba cada n de 1 a 200; cuenta hasta el n hasta el que acierta siempre."
    ),
    "Five of each. One unit climbs while it reads a, and comes down again with b.": (
        "Cinco de cada una. Una unidad sube mientras lee a, y baja de nuevo con b."
    ),
    "Twenty of each: the same slopes, four times as long.": (
        "Veinte de cada una: las mismas pendientes, cuatro veces más largas."
    ),
    "The longest it was trained on.": "La más larga con la que se entrenó.",
    "Longer than anything it was trained on, and still right.": (
        "Más larga que todo lo que vio al entrenarse, y aún acierta."
    ),
    "One more, and it loses count: watch what the counters have come to.": (
        "Una más, y pierde la cuenta: mira adónde han llegado los contadores."
    ),
    "At every position, the output of each symbol that may follow is above 0.5, and every other "
    "one below.": (
        "En cada posición, la salida de cada símbolo que puede seguir es mayor que 0.5, y las "
        "demás, menor."
    ),
    "Counting: aⁿbⁿ": "Contar: aⁿbⁿ",
    "Counting: aⁿbⁿcⁿ": "Contar: aⁿbⁿcⁿ",
    # Python source
    "Python source": "Código de Python",
    "Which character comes next in a Python program?": (
        "¿Qué carácter viene después en un programa de Python?"
    ),
    "The network has read Python's own standard library, one character after another, and says at "
    "each which one comes next. Nobody told it about words, indentation, strings, comments or "
    "brackets: what it keeps of them in its 256 units, it found useful. In files that it has never "
    "seen it needs fewer bits for a character than a 5-gram model, which looks at the last four "
    "characters and knows how often each followed, fewer than a 9-gram model, and fewer than "
    "gzip.": (
        "La red ha leído la propia biblioteca estándar de Python, un carácter tras otro, y en cada "
        "uno dice cuál sigue. Nadie le habló de palabras, sangrías, cadenas, comentarios ni "
        "paréntesis: lo que guarda de ellos en sus 256 unidades le resultó útil. En archivos que "
        "nunca ha visto necesita menos bits por carácter que un modelo de 5-gramas, que mira los "
        "últimos cuatro caracteres y sabe cuántas veces siguió cada uno, menos que un modelo de "
        "9-gramas y menos que gzip."
    ),
    "The mean of -log₂ of the probability that was given to the character that did follow, over "
    "all characters of the held-out files but the first of each, all read from a state of zero. "
    "The n-gram models (interpolated Kneser-Ney smoothing, modified) were fitted to the same "
    "training files; gzip -9 packs all held-out files as one. The sample is of five held-out files "
    "that stand in the folder held_out.": (
        "La media de -log₂ de la probabilidad que se dio al carácter que siguió, sobre todos los "
        "caracteres de los archivos reservados menos el primero de cada uno, todos leídos desde un "
        "estado de ceros. Los modelos de n-gramas (suavizado de Kneser-Ney interpolado, "
        "modificado) se ajustaron a los mismos archivos de entrenamiento; gzip -9 empaqueta todos "
        "los archivos reservados como uno. La muestra son cinco archivos reservados de la carpeta "
        "held_out."
    ),
    "A function and its docstring": "Una función y su docstring",
    "A colon, an indented block, and plain English between three quotation marks and three more. "
    "What does it expect after each line break?": (
        "Dos puntos, un bloque con sangría e inglés corriente entre tres comillas y otras tres. "
        "¿Qué espera tras cada salto de línea?"
    ),
    "Brackets in brackets": "Paréntesis dentro de paréntesis",
    "Five brackets are open at the deepest. Which units follow how many there are?": (
        "En lo más profundo hay cinco paréntesis abiertos. ¿Qué unidades siguen cuántos hay?"
    ),
    "Quotes that end nothing": "Comillas que no cierran nada",
    "Inside a string stand an apostrophe after a backslash and quotation marks of the other kind: "
    "neither ends it.": (
        "Dentro de una cadena hay un apóstrofo tras una barra invertida y comillas del otro tipo: "
        "ni uno ni otras la cierran."
    ),
    "Code, comment, code": "Código, comentario, código",
    "After # everything is English until the line ends, even a bracket that is never closed.": (
        "Tras # todo es inglés hasta el fin de la línea, incluso un paréntesis que nunca se cierra."
    ),
    "In and out again": "Hacia dentro y hacia fuera",
    "Each level is indented by four spaces more, and then it is back at the left. Watch what holds "
    "the level while the words of a line go by.": (
        "Cada nivel lleva cuatro espacios más de sangría, y luego vuelve a la izquierda. Mira qué "
        "guarda el nivel mientras pasan las palabras de una línea."
    ),
    "From a file it has never seen": "De un archivo que nunca ha visto",
    "Lines of getopt.py, which was held out.": "Líneas de getopt.py, que se reservó.",
}
