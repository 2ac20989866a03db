"""Captured runs: the archives of `lstm_core.capture`, layers with what they read."""

from .reading import CAPTURE, model_of_capture

__all__ = ["CAPTURE", "model_of_capture"]
