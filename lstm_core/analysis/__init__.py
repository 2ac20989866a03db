"""What a recorded run says: who wrote the memory, what moves what, what can be told from it."""

from .decomposition import Contributions, contribution_matrix, contributions, survival

__all__ = ["Contributions", "contribution_matrix", "contributions", "survival"]
