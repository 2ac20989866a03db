"""The titles of the pages, by the address of each."""

from __future__ import annotations

from . import learn, memory, sequences, train, your_model

YOUR_MODEL = "model"
SEQUENCES = "sequences"

TITLES = {
    "": "Explore",
    "learn": learn.TITLE,
    "memory": memory.TITLE,
    "train": train.TITLE,
    SEQUENCES: sequences.TITLE,
    YOUR_MODEL: your_model.TITLE,
}
