"""Bytes in, sequences out: what a reader's files and texts mean. Pure: no Streamlit."""

from .files import UploadError
from .questions import Question
from .understanding import Column, Table, Understanding, understand

__all__ = ["Column", "Question", "Table", "Understanding", "UploadError", "understand"]
