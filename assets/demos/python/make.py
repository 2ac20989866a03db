"""Make the Python demo: train a character model on the standard library, and measure its rivals.

`python -m assets.demos.python.make` takes the options of `assets.demos.demo_script`.
Training takes about an hour.

The text is the standard library of the Python that runs this. Another version's is another
text: the certificate names the version and the text's checksum.
"""

from __future__ import annotations

import gzip
import platform
import sysconfig
from collections.abc import Collection
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from assets.demos import demo_script
from assets.demos.python.ngrams import fit_ngrams
from lstm_core import Layer, Model, OneHotEncoder
from lstm_core.record import Array
from lstm_core.tasks import python_source as source
from lstm_core.training import Progress, Recipe, cosine, initial_readout, training

FOLDER = Path(__file__).resolve().parent
SEED = 1
NETWORK = demo_script.Network(units=256)
TRIALS = demo_script.Trials(share=0.05)  # a full training takes an hour
STREAMS = 32
WINDOW = 64
RECIPE = Recipe(
    loss="cross_entropy",
    updates=20_000,
    learning_rate=0.008,
    schedule=cosine(last=0.01),
    longest_gradient=1.0,
)
SAMPLE = FOLDER / "held_out"
SEQUENCES = [
    {
        "name": "A function and its docstring",
        "note": "A colon, an indented block, and plain English between three quotation marks and "
        "three more. What does it expect after each line break?",
        "sequence": 'def area(a, b):\n    """Return the area of a field."""\n    return a * b\n',
    },
    {
        "name": "Brackets in brackets",
        "note": "Five brackets are open at the deepest. Which units follow how many there are?",
        "sequence": (
            "x = [max(0, min(n, (a[k] + b[k]) * (c - d)))\n     for k in range(len(b))]\nprint(x)\n"
        ),
    },
    {
        "name": "Quotes that end nothing",
        "note": "Inside a string stand an apostrophe after a backslash and quotation marks of the "
        "other kind: neither ends it.",
        "sequence": (
            'name = \'It isn\\\'t "done" yet\'\nother = "This isn\'t the \\"end\\" either"\n'
        ),
    },
    {
        "name": "Code, comment, code",
        "note": "After # everything is English until the line ends, even a bracket that is never "
        "closed.",
        "sequence": (
            "n = 0  # how many (if any\n# The 'rest' isn't here\n"
            "for x in items:\n    n += 1  # one more\n"
        ),
    },
    {
        "name": "In and out again",
        "note": "Each level is indented by four spaces more, and then it is back at the left. "
        "Watch what holds the level while the words of a line go by.",
        "sequence": (
            "class A:\n    def f(self, x):\n        if x:\n            return x\n"
            "        return None\n\nb = A()\n"
        ),
    },
    {
        "name": "From a file it has never seen",
        "note": "Lines of getopt.py, which was held out.",
        "sequence": (
            '    opts = []\n    if type(longopts) == type(""):\n'
            "        longopts = [longopts]\n    else:\n        longopts = list(longopts)\n"
        ),
    },
]


def corpus() -> source.Corpus:
    """The standard library of the running Python, some of its files held out."""
    library = Path(sysconfig.get_paths()["stdlib"])
    return source.split(source.standard_library(library), SEED)


def train(
    network: demo_script.Network,
    on_progress: demo_script.OnProgress,
    resume: Progress | None = None,
) -> Model:
    """The trained model, from nothing but the seed; `resume` goes on from a kept progress."""
    model = new_model(network)
    text = source.places("".join(corpus().training.values())).astype(np.uint8)
    rng = np.random.default_rng([SEED + network.trial, 2])
    batches = source.batches(rng, text, STREAMS, WINDOW)
    still_to_come = islice(batches, resume.updates if resume else 0, None)
    for progress in training(model, still_to_come, network.recipe(RECIPE), resume):
        model = progress.model
        on_progress(progress)
    return model


def new_model(network: demo_script.Network) -> Model:
    """The network before its first update."""
    rng = np.random.default_rng([SEED + network.trial, 1])
    cell = network.initial(rng, len(source.ALPHABET), forget_bias=1.0)
    return Model(
        layers=(Layer(name=network.cell, forward=cell),),
        encoder=OneHotEncoder(alphabet=source.ALPHABET),
        readout=initial_readout(rng, network.units, source.ALPHABET, "softmax"),
    )


def measure(model: Model) -> dict[str, float]:
    """Every claim: on all held-out files of the running Python, and on those that we ship."""
    files = corpus()
    held_out = [source.places(text) for text in files.held_out.values()]
    training_texts = [source.places(text) for text in files.training.values()]
    return {
        "bits_per_character": round(source.bits_per_character(model, held_out), 4),
        **{
            f"{name}_bits_per_character": ngram_bits(training_texts, held_out, order)
            for name, order in (("five_gram", 5), ("nine_gram", 9))
        },
        "gzip_bits_per_character": gzip_bits(files.held_out.values()),
        "test_files": len(held_out),
        "test_characters": sum(map(len, held_out)),
        "training_files": len(training_texts),
        "training_characters": sum(map(len, training_texts)),
        **measure_sample(model),
    }


def measure_sample(model: Model) -> dict[str, float]:
    """The claims on the held-out files that stand beside this script, which every machine has."""
    texts = source.PythonSource.load(SAMPLE).files.values()
    read = [source.places(text) for text in texts]
    return {
        "sample_bits_per_character": round(source.bits_per_character(model, read), 4),
        "sample_gzip_bits_per_character": gzip_bits(texts),
        "sample_characters": sum(map(len, texts)),
    }


def ngram_bits(training_texts: list[Array], held_out: list[Array], order: int) -> float:
    """What an n-gram model of the same training files needs for each character it is asked."""
    model = fit_ngrams(training_texts, order, len(source.ALPHABET), source.LINE_BREAK)
    asked = [model.probabilities(text, source.LINE_BREAK)[1:] for text in held_out]
    return round(source.bits(np.concatenate(asked)), 4)


def gzip_bits(texts: Collection[str]) -> float:
    """What gzip -9 needs for each character, all texts in one file."""
    whole = "".join(texts).encode()
    return round(8 * len(gzip.compress(whole, 9, mtime=0)) / len("".join(texts)), 4)


def certificate() -> dict[str, Any]:
    """The certificate, but for what is measured or looked up."""
    return {
        "order": 6,
        "title": "Python source",
        "question": "Which character comes next in a Python program?",
        "summary": (
            "The network has read Python's own standard library, one character after another, and "
            "says at each which one comes next. Nobody told it about words, indentation, strings, "
            "comments or brackets: what it keeps of them in its 256 units, it found useful. "
            "In files that it has never seen it needs fewer bits for a character than a 5-gram "
            "model, which looks at the last four characters and knows how often each followed, "
            "fewer than a 9-gram model, and fewer than gzip."
        ),
        "max_timesteps": 10_000,
        "sequences": SEQUENCES,
        "provenance": {
            "task": "python_source",
            "seed": SEED,
            "training": training_in_words(),
            "date": "2026-11-25",
            "licence": (
                "Weights: MIT, as this project. The text they were trained on and the files in "
                "held_out: PSF licence, version 2, © Python Software Foundation."
            ),
            "criterion": (
                "The mean of -log₂ of the probability that was given to the character that did "
                "follow, over all characters of the held-out files but the first of each, all "
                "read from a state of zero. The n-gram models (interpolated Kneser-Ney "
                "smoothing, modified) were fitted to the same training files; gzip -9 packs all "
                "held-out files as one. The sample is of five held-out files that stand in the "
                "folder held_out."
            ),
            "published": (
                "Karpathy, Johnson & Li 2015 read the source of Linux in the same way, n-grams for "
                "rivals, and found cells that follow line lengths, quotes and brackets. Their "
                "text is another, so their numbers cannot stand beside these."
            ),
        },
    }


def training_in_words() -> str:
    """What the network was trained on and how, for the certificate."""
    files = corpus()
    read = sum(map(len, files.training.values()))
    return (
        f"{len(files.training)} files of the standard library of Python "
        f"{platform.python_version()}, {read:,} characters, without tests and tables, "
        f"{len(files.held_out)} other files held out as a hash of their names says (SHA-256 of "
        f"all names and text: {files.sha256}). {RECIPE.updates:,} updates with Adam on {STREAMS} "
        f"windows of {WINDOW} characters each, states carried from window to window for about "
        f"{source.PIECE:,} characters: the text was read "
        f"{RECIPE.updates * STREAMS * WINDOW / read:.1f} times. Learning rate "
        f"{RECIPE.learning_rate:g} falling to a hundredth as a cosine, gradients no longer than 1, "
        "forget bias 1."
    )


if __name__ == "__main__":
    demo_script.run(FOLDER, NETWORK, train, measure, certificate, TRIALS)
