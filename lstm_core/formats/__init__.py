"""Model files in and out: one module per format, one door.

`load_model` recognises a file and opens it; `save_model` writes what other programs can run.
Block orders other than our own live only here, each in the module of its format.
"""

from .door import FORMATS, Format, Options, load_model
from .errors import ModelFileError
from .saving import loses_parts, model_bytes, save_model
from .source import Source

__all__ = [
    "FORMATS",
    "Format",
    "ModelFileError",
    "Options",
    "Source",
    "load_model",
    "loses_parts",
    "model_bytes",
    "save_model",
]
