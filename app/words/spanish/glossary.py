"""The glossary in Spanish."""

from __future__ import annotations

from ..entry import Entry

INTERFACE = {
    "open": "{title}: para qué sirve",
    "here": "Aquí, unidad {unit}, paso {t}",
    "here_mean": "Aquí, media de las unidades, paso {t}",
    "waiting": "los números exactos están en camino",
    "elsewhere": "Otros nombres",
    "misreading": "Atención",
    "equation": "Ecuación",
    "notation": "Escrita como",
    "split": "x·W + h₋·U (la nuestra, Keras)",
    "cs224n": "x·U + h₋·W (CS224n)",
    "joined": "[h₋, x]·W (unida)",
    "names": "kernel, recurrent_kernel",
    "glossary": "Todas las palabras",
    "close": "Cerrar",
    "title": "Glosario",
    "around": "Otras palabras",
}

KINDS = {"lstm": "LSTM", "gru": "GRU", "rnn": "RNN estándar"}

ENTRIES = {
    "lstm.cell_state": Entry(
        title="Estado de celda",
        purpose=(
            "La memoria misma: un número por unidad, que pasa de un paso al siguiente. En el "
            "camino solo se multiplica una vez y se le suma una vez, por lo que puede quedarse "
            "como está durante mucho tiempo."
        ),
        elsewhere="c; C y cinta transportadora (Colah), carry state (Keras), c_n (PyTorch)",
        misreading=(
            "No es lo que la red dice: eso es el estado oculto, y la puerta de salida decide "
            "cuánto de la memoria se muestra en él."
        ),
    ),
    "lstm.forget_gate": Entry(
        title="Puerta de olvido",
        purpose=(
            "Decide, para cada unidad, cuánto se conserva de su estado de celda anterior: 1 lo "
            "conserva todo, 0 lo descarta."
        ),
        elsewhere="f; forget gate; forget gate layer (Colah); keep gate, puerta que conserva",
        misreading=(
            "1 significa conservar, no olvidar. A pesar de su nombre, la puerta está abierta donde "
            "no se olvida nada."
        ),
    ),
    "lstm.input_gate": Entry(
        title="Puerta de entrada",
        purpose=(
            "Decide, para cada unidad, cuánto del candidato se suma al estado de celda: en 0, lo "
            "que se lee no toca la memoria."
        ),
        elsewhere=(
            "i; input gate; input gate layer (Colah); save o write gate, puerta que escribe"
        ),
        misreading=("No decide qué se escribe, solo cuánto: lo que se escribe es el candidato."),
    ),
    "lstm.candidate": Entry(
        title="Candidato",
        purpose=(
            "Lo que se podría sumar al estado de celda en este paso, entre −1 y 1; por debajo de "
            "cero, resta."
        ),
        elsewhere="g; C̃ y candidate values (Colah), cell gate (PyTorch), c (Keras, ONNX)",
        misreading=(
            "No es una puerta: no retiene nada. Es lo que la puerta de entrada deja pasar."
        ),
    ),
    "lstm.output_gate": Entry(
        title="Puerta de salida",
        purpose=(
            "Decide, para cada unidad, cuánto del estado de celda se muestra en este paso, a la "
            "predicción y a las puertas del paso siguiente."
        ),
        elsewhere="o; output gate; output gate layer (Colah); show gate, puerta que muestra",
        misreading=(
            "Cerrarla no borra nada: lo que no se muestra sigue en el estado de celda y se puede "
            "mostrar más tarde."
        ),
    ),
    "lstm.hidden_state": Entry(
        title="Estado oculto",
        purpose=(
            "Lo que la celda muestra en este paso: con él se hace la predicción, y lo leen las "
            "puertas del paso siguiente."
        ),
        elsewhere="h; output (Keras), output y h_n (PyTorch), memoria a corto plazo",
        misreading=(
            "No es la memoria larga de una LSTM: esa es el estado de celda, que no se muestra "
            "entero."
        ),
    ),
    "lstm.keep": Entry(
        title="× en la línea del estado de celda",
        purpose=(
            "Multiplica lo que llega por la puerta de olvido, unidad por unidad: esto es olvidar."
        ),
        elsewhere="⊙, producto de Hadamard o elemento a elemento; retained f·c₋",
        misreading="No mezcla unidades: cada una se multiplica solo por su propia puerta.",
    ),
    "lstm.write": Entry(
        title="× de puerta de entrada y candidato",
        purpose=(
            "Multiplica el candidato por la puerta de entrada: el producto es lo que se escribe."
        ),
        elsewhere="⊙; written i·g",
        misreading="Un candidato de 0 no escribe nada, por muy abierta que esté la puerta.",
    ),
    "lstm.add": Entry(
        title="+ en la línea del estado de celda",
        purpose=(
            "Suma lo que se escribe a lo que se conservó. Como es una suma, un gradiente pasa por "
            "aquí sin disminuir cuando retrocede en el tiempo."
        ),
        elsewhere="carrusel de error constante (Hochreiter & Schmidhuber 1997)",
        misreading="No reemplaza: del valor anterior está en la suma todo lo que se conservó.",
    ),
    "lstm.squash": Entry(
        title="tanh del estado de celda",
        purpose=(
            "Lleva el estado de celda al intervalo de −1 a 1 antes de mostrarlo, ya que puede "
            "haber crecido más allá."
        ),
        elsewhere="activación de salida",
        misreading="No tiene pesos, y el estado de celda en sí queda como está.",
    ),
    "lstm.show": Entry(
        title="× de la puerta de salida",
        purpose=(
            "Multiplica el estado de celda, ya pasado por tanh, por la puerta de salida: el "
            "producto se muestra."
        ),
        elsewhere="⊙; h = o·tanh(c)",
        misreading="Aquí no se saca nada de la memoria.",
    ),
    "lstm.input": Entry(
        title="Lo que se lee",
        purpose=(
            "El símbolo o los números de este paso, x, junto con lo que la celda mostró un paso "
            "antes, h₋: cada puerta y el candidato leen ambos."
        ),
        elsewhere="x_t y h_(t−1)",
        misreading="Las puertas no ven el estado de celda mismo, salvo que haya mirillas.",
    ),
    "gru.hidden_state": Entry(
        title="Estado oculto",
        purpose=(
            "Memoria y salida en uno: una mezcla del valor anterior y del candidato, en la "
            "proporción que fija la puerta de actualización."
        ),
        elsewhere="h",
        misreading="Una GRU no tiene además un estado de celda: lo que guarda lo muestra siempre.",
    ),
    "gru.update_gate": Entry(
        title="Puerta de actualización",
        purpose=(
            "Fija la mezcla para cada unidad: del valor anterior se conserva tanto como abierta "
            "esté, y el resto se completa con el candidato."
        ),
        elsewhere="z; update gate; al revés en Chung et al. 2014 y Colah: allí conserva 1 − z",
        misreading=(
            "Abierta significa conservar, aquí y en Keras y PyTorch; no significa actualizar."
        ),
    ),
    "gru.reset_gate": Entry(
        title="Puerta de reinicio",
        purpose="Decide cuánto del pasado llega a ver el candidato.",
        elsewhere="r; reset gate; relevance gate (Coursera)",
        misreading=("No reinicia nada de lo guardado: solo el candidato deja de mirar el pasado."),
    ),
    "gru.candidate": Entry(
        title="Candidato",
        purpose="Lo que podría ocupar el lugar del valor anterior, entre −1 y 1.",
        elsewhere="n (PyTorch), hh (Keras), h̃ (Colah)",
        misreading=("No es una puerta: cuánto se toma de él lo decide la puerta de actualización."),
    ),
    "gru.keep": Entry(
        title="× en la línea del estado oculto",
        purpose=(
            "Multiplica lo guardado por la puerta de actualización, unidad por unidad: lo que se "
            "conserva."
        ),
        elsewhere="⊙; retained z·h₋",
    ),
    "gru.write": Entry(
        title="× del candidato",
        purpose="Multiplica el candidato por 1 − z: lo nuevo.",
        elsewhere="⊙; written (1 − z)·n",
        misreading=(
            "Conservar y escribir son aquí una sola decisión: más de uno es menos del otro."
        ),
    ),
    "gru.add": Entry(
        title="+ en la línea del estado oculto",
        purpose="Suma lo que se conserva y lo nuevo: una media ponderada de ambos.",
        elsewhere="integración con fugas (leaky integration), interpolación",
    ),
    "gru.input": Entry(
        title="Lo que se lee",
        purpose="El símbolo o los números de este paso, x, y el estado oculto anterior, h₋.",
        elsewhere="x_t y h_(t−1)",
    ),
    "rnn.hidden_state": Entry(
        title="La única capa tanh",
        purpose=(
            "Memoria y salida en uno, calculadas de nuevo en cada paso a partir de lo que se lee y "
            "del estado oculto anterior."
        ),
        elsewhere="h; SimpleRNN (Keras), RNN (PyTorch), red de Elman",
        misreading=(
            "Que no tenga puertas no significa que siempre olvide al instante: una pequeña "
            "resuelve algunas tareas."
        ),
    ),
    "rnn.input": Entry(
        title="Lo que se lee",
        purpose="El símbolo o los números de este paso.",
        elsewhere="x_t",
    ),
    "lstm": Entry(
        title="LSTM",
        purpose=(
            "Long short-term memory, una memoria a corto plazo de larga duración: una red "
            "recurrente cuyo módulo tiene un estado de celda y puertas sobre él. Recordar por "
            "mucho tiempo es lo que hace si no aprende otra cosa."
        ),
        elsewhere="Hochreiter & Schmidhuber 1997; con puerta de olvido, Gers et al. 2000",
    ),
    "gru": Entry(
        title="GRU",
        purpose=(
            "Unidad recurrente con puertas (gated recurrent unit): dos puertas, y un solo estado "
            "que es memoria y salida."
        ),
        elsewhere="Cho et al. 2014",
    ),
    "rnn": Entry(
        title="RNN estándar",
        purpose="Una red recurrente cuyo módulo es una sola capa tanh.",
        elsewhere="vanilla RNN, RNN simple, red de Elman",
    ),
    "chain": Entry(
        title="Cadena de módulos repetidos",
        purpose=(
            "Lo que es toda red recurrente cuando se despliega en el tiempo: el mismo módulo, con "
            "los mismos pesos, una vez por cada paso."
        ),
        elsewhere="red desplegada o desenrollada",
        misreading="Los módulos de una cadena no son capas: comparten todos sus pesos.",
    ),
    "timestep": Entry(
        title="Paso",
        purpose="Un lugar de una secuencia, contado desde 0: un símbolo o una fila de números.",
        elsewhere="t, timestep, paso de tiempo, instante, posición",
    ),
    "unit": Entry(
        title="Unidad",
        purpose=(
            "Uno de los H números de un estado, con sus propias puertas; aquí, una fila de un mapa "
            "de calor."
        ),
        elsewhere="neurona, característica, dimensión",
    ),
    "gate": Entry(
        title="Puerta",
        purpose="Un número entre 0 y 1 para cada unidad, por el que se multiplica algo.",
        elsewhere="compuerta, válvula; la atención habla de pesos",
        misreading=(
            "Rara vez está del todo abierta o del todo cerrada: es una proporción, no un "
            "interruptor."
        ),
    ),
    "weights": Entry(
        title="Kernel, kernel recurrente, sesgo",
        purpose=(
            "Los números entrenados: el kernel multiplica lo que se lee, el kernel recurrente el "
            "estado oculto anterior, y el sesgo se suma. Son los mismos en todos los pasos."
        ),
        elsewhere="W, U, b; weight_ih, weight_hh (PyTorch); CS224n usa W y U al revés",
        misreading=(
            "Los pesos solo cambian en el entrenamiento; las puertas cambian en cada paso."
        ),
    ),
    "dependency": Entry(
        title="Dependencia a largo plazo",
        purpose="Lo correcto ahora depende de algo que se leyó muchos pasos antes.",
        elsewhere="retardo largo (long time lag)",
    ),
    "vanishing": Entry(
        title="Desvanecimiento del gradiente",
        purpose=(
            "Al retroceder en el tiempo, un gradiente se multiplica en cada paso; donde los "
            "factores son menores que 1, no llega casi nada, y no se aprende nada de lo lejano."
        ),
        elsewhere="vanishing gradient; Hochreiter 1991; Bengio et al. 1994",
        misreading=(
            "Se trata de aprender: una red puede guardar lo que difícilmente habría aprendido a "
            "guardar."
        ),
    ),
    "probe": Entry(
        title="Sonda",
        purpose=(
            "Una capa de salida lineal ajustada a los estados de una red, para averiguar qué hay "
            "todavía en ellos."
        ),
        elsewhere="sonda lineal; linear classifier probe (Alain & Bengio 2016)",
        misreading="Lo que una sonda puede leer, la red no tiene por qué usarlo.",
    ),
}
