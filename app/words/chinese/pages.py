"""The titles of the pages, by the address of each, in Simplified Chinese."""

from __future__ import annotations

from . import learn, memory, train, your_model

YOUR_MODEL = "model"

TITLES = {
    "": "探索",
    "learn": learn.TITLE,
    "memory": memory.TITLE,
    "train": train.TITLE,
    YOUR_MODEL: your_model.TITLE,
}
