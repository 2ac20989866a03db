"""The titles of the pages, by the address of each."""

from __future__ import annotations

from . import learn, memory, train, your_model

TITLES = {
    "": "Explore",
    "learn": learn.TITLE,
    "memory": memory.TITLE,
    "train": train.TITLE,
    "model": your_model.TITLE,
}
