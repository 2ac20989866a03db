"""Bytes in, sequences out: what a reader's files and texts mean. Pure: no Streamlit."""

from .files import UploadError
from .understanding import Column, Question, Table, Understanding, understand

__all__ = ["Column", "Question", "Table", "Understanding", "UploadError", "understand"]
