"""What a reader's file means to a network: understood, or asked about; never guessed in silence."""

from .report import Column, Table, Understanding
from .understand import understand

__all__ = ["Column", "Table", "Understanding", "understand"]
